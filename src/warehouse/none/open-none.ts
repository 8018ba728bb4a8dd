/**
 * The warehouse that is not there: every statement succeeds and returns no rows, so that any project parses and compiles anywhere.
 */
import type {
  CatalogColumn,
  CatalogRelation,
  Connection,
  Dialect,
  ResultColumn,
  ResultPage,
  StatementResult,
  Warehouse,
} from '../port.js';

/** Columns of the catalog's answers, which macros read by name even where there is no row. */
const COLUMNS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\s*show\s+terse\s+/iu, ['created_on', 'name', 'kind', 'database_name', 'schema_name']],
  [
    /^\s*show\s+schemas/iu,
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
    ],
  ],
  [
    /^\s*show\s+(?:objects|tables)/iu,
    [
      'created_on',
      'name',
      'database_name',
      'schema_name',
      'kind',
      'comment',
      'cluster_by',
      'rows',
      'bytes',
      'owner',
      'retention_time',
      'owner_role_type',
      'is_hybrid',
      'is_dynamic',
      'is_iceberg',
      'is_interactive',
    ],
  ],
  [
    /^\s*show\s+user\s+functions/iu,
    ['created_on', 'name', 'schema_name', 'is_builtin', 'catalog_name', 'arguments'],
  ],
  [/^\s*show\s+parameters/iu, ['key', 'value', 'default', 'level', 'description', 'type']],
  [
    /^\s*show\s+grants/iu,
    [
      'created_on',
      'privilege',
      'granted_on',
      'name',
      'granted_to',
      'grantee_name',
      'grant_option',
      'granted_by',
    ],
  ],
  [
    /^\s*desc(?:ribe)?\s/iu,
    [
      'name',
      'type',
      'kind',
      'null?',
      'default',
      'primary key',
      'unique key',
      'check',
      'expression',
      'comment',
      'policy name',
    ],
  ],
];

/** Opens nothing. */
export async function openNone(dialect: Dialect): Promise<Warehouse> {
  return {
    engine: 'none',
    dialect,
    isMetered: false,
    connect: async () => CONNECTION,
    listSchemas: async (): Promise<readonly string[]> => [],
    listRelations: async (): Promise<readonly CatalogRelation[]> => [],
    listColumns: async (): Promise<readonly CatalogColumn[]> => [],
    close: async () => undefined,
  };
}

const CONNECTION: Connection = {
  execute: async (sql): Promise<StatementResult> => ({
    columns: columnsOf(sql),
    rows: [],
    rowCount: 0,
    message: 'SUCCESS 0',
  }),
  stream: async function* stream(sql): AsyncGenerator<ResultPage> {
    yield { columns: columnsOf(sql), rows: [] };
  },
  close: async () => undefined,
};

function columnsOf(sql: string): readonly ResultColumn[] {
  const names = COLUMNS.find(([pattern]) => pattern.test(sql))?.[1] ?? [];
  return names.map((name) => ({ name, kind: 'text', typeName: 'VARCHAR(16777216)' }));
}
