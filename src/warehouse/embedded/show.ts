/**
 * SHOW and DESCRIBE, with Snowflake's columns in Snowflake's order.
 */
import type { ShowRequest } from '../../sql/index.js';
import type { Row, StatementResult } from '../port.js';
import { WarehouseError } from '../warehouse-error.js';
import { listing } from './answers.js';
import {
  type Ask,
  hasSchema,
  listColumns,
  listDatabases,
  listRelations,
  listSchemas,
  type RelationEntry,
} from './catalog.js';
import { showGrants } from './grants.js';
import type { Session } from './session.js';
import { USER_LIST, showFormats, showSequences, showStages, userCell } from './show-objects.js';
import { relationCell } from './relation-cell.js';
import { EMPTY_LISTS, RELATION_LISTS, TERSE_LIST } from './show-columns.js';

/** Answers a SHOW. @throws WarehouseError with 002043 for a schema or database that does not exist. */
export async function answerShow(
  request: ShowRequest,
  session: Session,
  ask: Ask,
): Promise<StatementResult> {
  const empty = EMPTY_LISTS[request.object === 'FUNCTIONS' ? 'USER FUNCTIONS' : request.object];
  if (empty !== undefined) {
    await placeOf(request, session, ask);
    return listing(empty, []);
  }
  switch (request.object) {
    case 'SCHEMAS':
      return showSchemas(request, session, ask);
    case 'DATABASES':
      return showDatabases(request, session, ask);
    case 'OBJECTS':
    case 'TABLES':
    case 'VIEWS':
    case 'DYNAMIC TABLES':
      return showRelations(request, session, ask);
    case 'COLUMNS':
      return showColumns(request, session, ask);
    case 'PARAMETERS':
      return showParameters(request, session);
    case 'VARIABLES': {
      const rows = [...session.variables].map(([name, value]): Row => [
        session.id,
        null,
        null,
        name,
        value,
        'text',
        '',
      ]);
      return listing(
        ['session_id', 'created_on', 'updated_on', 'name', 'value', 'type', 'comment'],
        filtered(request, rows, 3),
      );
    }
    case 'STAGES':
      return showStages(session, await placeOf(request, session, ask), (rows) =>
        filtered(request, rows, 1),
      );
    case 'FILE FORMATS':
      return showFormats(session, await placeOf(request, session, ask), (rows) =>
        filtered(request, rows, 1),
      );
    case 'SEQUENCES':
      return showSequences(ask, session, await placeOf(request, session, ask), (rows) =>
        filtered(request, rows, 0),
      );
    case 'USERS':
      return listing(
        USER_LIST,
        filtered(request, [USER_LIST.map((name) => userCell(name, session))], 0),
      );
    case 'WAREHOUSES': {
      const rows: readonly Row[] =
        session.warehouse === null
          ? []
          : [[session.warehouse, 'STARTED', 'STANDARD', 'X-Small', 'Y']];
      return listing(['name', 'state', 'type', 'size', 'is_current'], filtered(request, rows, 0));
    }
    case 'ROLES': {
      const rows: readonly Row[] =
        session.role === null ? [] : [[null, session.role, 'Y', 'Y', 'N']];
      return listing(
        ['created_on', 'name', 'is_default', 'is_current', 'is_inherited'],
        filtered(request, rows, 1),
      );
    }
    case 'GRANTS':
      return showGrants(request, session, ask);
    default:
      throw new WarehouseError(
        'warehouse/unsupported',
        `SHOW ${request.object} is not supported by the embedded warehouse.`,
      );
  }
}

export interface Place {
  readonly database?: string;
  readonly schema?: string;
  readonly identifier?: string;
}

/** Where a SHOW looks. Without IN it is the session's schema, or its database, or everything. */
async function placeOf(request: ShowRequest, session: Session, ask: Ask): Promise<Place> {
  const place = readPlace(request, session);
  const { database, schema } = place;
  if (
    database !== undefined &&
    schema !== undefined &&
    schema.toUpperCase() !== 'INFORMATION_SCHEMA' &&
    !(await hasSchema(ask, database, schema))
  )
    throw absent(`${database}.${schema}`);
  if (
    database !== undefined &&
    schema === undefined &&
    !(await listDatabases(ask)).some((name) => name.toUpperCase() === database.toUpperCase())
  )
    throw absent(database);
  return place;
}

function readPlace(request: ShowRequest, session: Session): Place {
  const { scope } = request;
  const own: Place = session.database === null ? {} : { database: session.database };
  if (scope === undefined)
    return session.schema === null || request.object === 'SCHEMAS'
      ? own
      : { ...own, schema: session.schema };
  const [last, before] = [...scope.name].reverse();
  const isOfTable = request.object === 'COLUMNS' || request.object.endsWith(' KEYS');
  if (scope.kind === 'any' && (scope.name.length === 3 || (isOfTable && last !== undefined))) {
    const name = session.fullName(scope.name);
    return { database: name.database, schema: name.schema, identifier: name.identifier };
  }
  switch (scope.kind) {
    case 'absent':
      throw new WarehouseError(
        'warehouse/absent',
        `002003 (02000): SQL compilation error:\nObject '${scope.name.join('.')}' does not exist or not authorized.`,
      );
    case 'account':
    case 'session':
      return {};
    case 'database':
      return last === undefined ? own : { database: last };
    case 'schema':
      if (last === undefined)
        return session.schema === null ? own : { ...own, schema: session.schema };
      return { ...(before === undefined ? own : { database: before }), schema: last };
    case 'relation': {
      const name = session.fullName(scope.name);
      return { database: name.database, schema: name.schema, identifier: name.identifier };
    }
    case 'any':
      // `in db.schema`, or `in x`, which is a database for schemas and a schema for what schemas hold.
      if (before !== undefined && last !== undefined) return { database: before, schema: last };
      if (last === undefined) return own;
      return request.object === 'SCHEMAS' ? { database: last } : { ...own, schema: last };
  }
}

function absent(name: string): WarehouseError {
  return new WarehouseError(
    'warehouse/absent',
    `002043 (02000): SQL compilation error:\nObject does not exist, or operation cannot be performed: ${name}`,
  );
}

/** Rows whose name passes LIKE, STARTS WITH, FROM and LIMIT. */
function filtered(request: ShowRequest, rows: readonly Row[], nameAt: number): readonly Row[] {
  const pattern = request.like === undefined ? undefined : likePattern(request.like);
  const kept = rows.filter((row) => {
    const name = String(row[nameAt]);
    return (
      (pattern?.test(name) ?? true) &&
      (request.startsWith === undefined || name.startsWith(request.startsWith)) &&
      (request.from === undefined || name > request.from)
    );
  });
  return request.limit === undefined ? kept : kept.slice(0, request.limit);
}

function likePattern(like: string): RegExp {
  const source = like.replaceAll(
    /\\(.)|([%_])|([^])/gu,
    (_, escaped: string | undefined, wild: string | undefined, other: string | undefined) =>
      wild === '%'
        ? '.*'
        : wild === '_'
          ? '.'
          : (escaped ?? other ?? '').replaceAll(/[$()*+.?[\\\]^{|}/-]/gu, String.raw`\$&`),
  );
  return new RegExp(`^${source}$`, 'isu');
}

async function showSchemas(
  request: ShowRequest,
  session: Session,
  ask: Ask,
): Promise<StatementResult> {
  const { database } = await placeOf(request, session, ask);
  const entries = await listSchemas(ask, database);
  const names = [
    ...new Set([
      ...entries.map((entry) => entry.database),
      ...(database === undefined ? [] : [database]),
    ]),
  ];
  const all = [
    ...entries,
    ...names.map((name) => ({
      database: name,
      schema: 'INFORMATION_SCHEMA',
      comment: 'Views describing the contents of schemas in this database',
    })),
  ];
  if (request.isTerse) {
    const rows = all.map((entry): Row => [null, entry.schema, null, entry.database, null]);
    return listing(
      ['created_on', 'name', 'kind', 'database_name', 'schema_name'],
      filtered(request, rows, 1),
    );
  }
  const rows = all.map((entry): Row => [
    null,
    entry.schema,
    'N',
    entry.database === session.database && entry.schema === session.schema ? 'Y' : 'N',
    entry.database,
    session.role ?? '',
    entry.comment,
    '',
    '1',
    'ROLE',
  ]);
  return listing(
    [
      'created_on',
      'name',
      'is_default',
      'is_current',
      'database_name',
      'owner',
      'comment',
      'options',
      'retention_time',
      'owner_role_type',
    ],
    filtered(request, rows, 1),
  );
}

async function showDatabases(
  request: ShowRequest,
  session: Session,
  ask: Ask,
): Promise<StatementResult> {
  const rows = (await listDatabases(ask)).map((name): Row => [
    null,
    name,
    'N',
    name === session.database ? 'Y' : 'N',
    '',
    session.role ?? '',
    '',
    '',
    '1',
  ]);
  return listing(
    [
      'created_on',
      'name',
      'is_default',
      'is_current',
      'origin',
      'owner',
      'comment',
      'options',
      'retention_time',
    ],
    filtered(request, rows, 1),
  );
}

async function showRelations(
  request: ShowRequest,
  session: Session,
  ask: Ask,
): Promise<StatementResult> {
  const place = await placeOf(request, session, ask);
  const all = await listRelations(ask, place);
  const entries = all.filter(({ kind }) => {
    if (request.object === 'OBJECTS') return true;
    if (request.object === 'VIEWS') return kind === 'view';
    return request.object === 'TABLES' ? kind !== 'view' : kind === 'dynamic_table';
  });
  const names = request.isTerse ? TERSE_LIST : (RELATION_LISTS[request.object] ?? TERSE_LIST);
  // SHOW TABLES tells which tables are transient; to SHOW OBJECTS each is a TABLE.
  const told = (entry: RelationEntry): RelationEntry =>
    request.object === 'OBJECTS' ? { ...entry, isTransient: false } : entry;
  const rows = entries.map((entry): Row =>
    names.map((name) => relationCell(name, told(entry), session)),
  );
  return listing(names, filtered(request, rows, 1), ['rows', 'bytes']);
}

async function showColumns(
  request: ShowRequest,
  session: Session,
  ask: Ask,
): Promise<StatementResult> {
  const place = await placeOf(request, session, ask);
  const rows: Row[] = [];
  for (const entry of await listRelations(ask, place)) {
    for (const column of await listColumns(ask, entry, {
      isTemporary: false,
      hasComments: true,
      hasLengths: true,
    }))
      rows.push([
        entry.identifier,
        entry.schema,
        column.name,
        JSON.stringify({ type: column.typeName.replace(/\(.*/u, ''), nullable: column.isNullable }),
        column.isNullable ? 'true' : 'false',
        column.defaultText ?? '',
        'COLUMN',
        '',
        column.comment ?? '',
        entry.database,
        '',
      ]);
  }
  return listing(
    [
      'table_name',
      'schema_name',
      'column_name',
      'data_type',
      'null?',
      'default',
      'kind',
      'expression',
      'comment',
      'database_name',
      'autoincrement',
    ],
    filtered(request, rows, 2),
  );
}

function showParameters(request: ShowRequest, session: Session): StatementResult {
  const rows = session
    .parameters()
    .map(({ key, value, isSet, standard }): Row => [
      key,
      value,
      standard,
      isSet ? 'SESSION' : '',
      '',
      'STRING',
    ]);
  return listing(
    ['key', 'value', 'default', 'level', 'description', 'type'],
    filtered(request, rows, 0),
  );
}
