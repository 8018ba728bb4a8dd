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

/** Answers what asks for no table: `select 1 + 1` of an empty DuckDB. */
export interface Reckoner {
  /** Undefined: it cannot say. */
  answer(
    sql: string,
    options: { readonly signal: AbortSignal },
  ): Promise<StatementResult | undefined>;
  close(): Promise<void>;
}

/**
 * Opens nothing.
 *
 * @param reckoner where given, is asked first: an empty database of that dialect that needs no account.
 */
export async function openNone(dialect: Dialect, reckoner?: Reckoner): Promise<Warehouse> {
  const execute: Connection['execute'] = async (sql, options) =>
    (QUERY.test(sql) ? await reckoner?.answer(sql, options) : undefined) ?? nothing(sql);
  const connection: Connection = {
    execute,
    stream: async function* stream(sql, options): AsyncGenerator<ResultPage> {
      const { columns, rows } = await execute(sql, options);
      yield { columns, rows };
    },
    close: async () => undefined,
  };
  return {
    engine: 'none',
    dialect,
    isMetered: false,
    connect: async () => connection,
    listSchemas: async (): Promise<readonly string[]> => [],
    listRelations: async (): Promise<readonly CatalogRelation[]> => [],
    listColumns: async (): Promise<readonly CatalogColumn[]> => [],
    close: async () => reckoner?.close(),
  };
}

/** Comments, then a word that begins a query. */
const QUERY =
  /^(?:\s|--[^\n]*(?:\n|$)|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\()*(?:select|with|values|from)\b/iu;

function nothing(sql: string): StatementResult {
  return { columns: columnsOf(sql), rows: [], rowCount: 0, message: 'SUCCESS 0' };
}

function columnsOf(sql: string): readonly ResultColumn[] {
  const names = COLUMNS.find(([pattern]) => pattern.test(sql))?.[1] ?? [];
  return names.map((name) => ({ name, kind: 'text', typeName: 'VARCHAR(16777216)' }));
}
