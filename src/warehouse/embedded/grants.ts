/**
 * Grants: kept with the warehouse and shown, and of no other effect, as nobody else is here.
 */
import type { ShowRequest, Translation } from '../../sql/index.js';
import { sqlText } from '../duckdb/sandbox.js';
import type { Row, StatementResult } from '../port.js';
import { listing } from './answers.js';
import type { Ask } from './catalog.js';
import { keptSchema } from './names.js';
import type { Session } from './session.js';

type Grant = Extract<Translation, { readonly kind: 'grant' }>;

/** The kept name under which a relation's facts and grants stand. */
export function factKey(name: {
  readonly database: string;
  readonly schema: string;
  readonly identifier: string;
}): string {
  return `${keptSchema(name.database, name.schema)}.${name.identifier}`;
}

/** Statements that record a grant or take it back. Grants on anything but relations are accepted only. */
export function grantStatements(grant: Grant, session: Session): readonly string[] {
  if (grant.object !== 'TABLE' && grant.object !== 'VIEW') return [];
  const object = sqlText(factKey(session.fullName(grant.name)));
  return grant.privileges.flatMap((privilege) => {
    const value = sqlText(JSON.stringify([privilege, grant.grantee]));
    const forget = `DELETE FROM main."__FACTS" WHERE lower(object) = lower(${object}) AND fact = 'grant' AND value = ${value}`;
    return grant.isRevoke
      ? [forget]
      : [forget, `INSERT INTO main."__FACTS" VALUES (${object}, 'grant', ${value})`];
  });
}

const COLUMNS = [
  'created_on',
  'privilege',
  'granted_on',
  'name',
  'granted_to',
  'grantee_name',
  'grant_option',
  'granted_by',
];

/** `show grants on t`: the owner, and what was granted. */
export async function showGrants(
  request: ShowRequest,
  session: Session,
  ask: Ask,
): Promise<StatementResult> {
  const { on } = request;
  if (on === undefined || (on.object !== 'TABLE' && on.object !== 'VIEW'))
    return listing(COLUMNS, []);
  const name = session.fullName(on.name);
  const shown = `${name.database}.${name.schema}.${name.identifier}`;
  const rows = await ask(
    `SELECT value FROM main."__FACTS" WHERE lower(object) = lower(${sqlText(factKey(name))}) AND fact = 'grant' ORDER BY value`,
  );
  const owner = session.role ?? 'OWNER';
  const grants = rows.map(([value]): Row => {
    const pair: unknown = JSON.parse(String(value));
    const [privilege, grantee] = Array.isArray(pair) ? pair.map(String) : ['', ''];
    return [null, privilege ?? '', 'TABLE', shown, 'ROLE', grantee ?? '', 'false', owner];
  });
  return listing(COLUMNS, [
    [null, 'OWNERSHIP', 'TABLE', shown, 'ROLE', owner, 'true', owner],
    ...grants,
  ]);
}
