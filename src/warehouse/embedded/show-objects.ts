/**
 * SHOW STAGES, FILE FORMATS, SEQUENCES and USERS: what schemas hold beside relations.
 */
import type { Cell, Row, StatementResult } from '../port.js';
import { listing } from './answers.js';
import type { Ask } from './catalog.js';
import { type FullName, readKept } from './names.js';
import type { Session } from './session.js';
import type { Place } from './show.js';

/** Keeps the rows that LIKE, STARTS WITH, FROM and LIMIT ask for. */
type Filter = (rows: readonly Row[]) => readonly Row[];

function isIn(place: Place, name: Pick<FullName, 'database' | 'schema'>): boolean {
  return (
    (place.database === undefined ||
      place.database.toUpperCase() === name.database.toUpperCase()) &&
    (place.schema === undefined || place.schema.toUpperCase() === name.schema.toUpperCase())
  );
}

const CLOUDS: Readonly<Record<string, string>> = { s3: 'AWS', gcs: 'GCP', azure: 'AZURE' };

export function showStages(session: Session, place: Place, filter: Filter): StatementResult {
  const rows = [...session.shared.stages.stages.values()]
    .filter(({ name }) => isIn(place, name))
    .map(({ name, options, isTemporary, createdOn }): Row => {
      const url = options['URL']?.[0] ?? '';
      const kind = url === '' ? 'INTERNAL' : 'EXTERNAL';
      return [
        createdOn,
        name.identifier,
        name.database,
        name.schema,
        url,
        options['CREDENTIALS'] === undefined ? 'N' : 'Y',
        options['ENCRYPTION'] === undefined ? 'N' : 'Y',
        session.role ?? '',
        options['COMMENT']?.[0] ?? '',
        null,
        isTemporary ? `${kind} TEMPORARY` : kind,
        CLOUDS[url.split('://')[0] ?? ''] ?? null,
        null,
        options['STORAGE_INTEGRATION']?.[0] ?? null,
        null,
        'ROLE',
        'N',
      ];
    });
  return listing(STAGE_LIST, filter(byName(rows)));
}

const STAGE_LIST =
  'created_on name database_name schema_name url has_credentials has_encryption_key owner comment region type cloud notification_channel storage_integration endpoint owner_role_type directory_enabled'.split(
    ' ',
  );

export function showFormats(session: Session, place: Place, filter: Filter): StatementResult {
  const rows = [...session.shared.stages.formats.values()]
    .filter(({ name }) => isIn(place, name))
    .map(({ name, options, createdOn }): Row => [
      createdOn,
      name.identifier,
      name.database,
      name.schema,
      (options['TYPE']?.[0] ?? 'CSV').toUpperCase(),
      session.role ?? '',
      options['COMMENT']?.[0] ?? '',
      JSON.stringify(options),
      'ROLE',
    ]);
  return listing(
    'created_on name database_name schema_name type owner comment format_options owner_role_type'.split(
      ' ',
    ),
    filter(byName(rows)),
  );
}

function byName(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((left, right) => (String(left[1]) < String(right[1]) ? -1 : 1));
}

/** Sequences that were made as such: those of identity columns are the table's. */
export async function showSequences(
  ask: Ask,
  session: Session,
  place: Place,
  filter: Filter,
): Promise<StatementResult> {
  const found = await ask(
    "SELECT sequence_name, schema_name, coalesce(last_value + increment_by, start_value), increment_by, comment FROM duckdb_sequences() WHERE sequence_name NOT LIKE '%\\_\\_SEQ' ESCAPE '\\' ORDER BY 1",
  );
  const rows = found.flatMap(([name = null, schema, next = null, step = null, comment]): Row[] => {
    const kept = readKept(String(schema));
    if (kept?.schema === undefined || !isIn(place, { ...kept, schema: kept.schema })) return [];
    return [
      [
        name,
        kept.database,
        kept.schema,
        next,
        step,
        null,
        session.role ?? '',
        comment ?? '',
        'ROLE',
        'N',
      ],
    ];
  });
  return listing(
    'name database_name schema_name next_value interval created_on owner comment owner_role_type ordered'.split(
      ' ',
    ),
    filter(rows),
    ['next_value', 'interval'],
  );
}

/** The one user there is. */
export const USER_LIST: readonly string[] =
  'name created_on login_name display_name first_name last_name email mins_to_unlock days_to_expiry comment disabled must_change_password snowflake_lock default_warehouse default_namespace default_role default_secondary_roles'.split(
    ' ',
  );

export function userCell(column: string, session: Session): Cell {
  switch (column) {
    case 'name':
    case 'login_name':
    case 'display_name':
      return session.user;
    case 'default_warehouse':
      return session.warehouse;
    case 'default_role':
      return session.role;
    case 'disabled':
    case 'must_change_password':
    case 'snowflake_lock':
      return 'false';
    default:
      return null;
  }
}
