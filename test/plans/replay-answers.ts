/**
 * What a Snowflake that executes nothing answers: its catalog is what `create` and `drop` have said, and everything else
 * is canned. The same answers were given to real dbt when its statements were recorded.
 */
import { type Cell, type CellKind, WarehouseError } from '../../src/warehouse/index.js';

/** Column names with the kinds of their cells, and the rows. */
export interface Answer {
  readonly columns: readonly (readonly [name: string, kind: CellKind])[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What `describe table` answers: by pattern of the relation's upper-case name, the first that fits. */
export type DescribedColumns = Readonly<
  Record<string, readonly (readonly [name: string, type: string])[]>
>;

const CREATE =
  /^create (?:or replace )?(?<flags>(?:transient |temporary |secure |dynamic |iceberg )*)(?<kind>table|view) (?:if not exists )?(?<name>[\w".]+)/u;
const USUAL = [
  ['ID', 'NUMBER(38,0)'],
  ['NAME', 'VARCHAR(16777216)'],
  ['UPDATED_AT', 'TIMESTAMP_NTZ(9)'],
] as const;
const SNAPSHOT = [
  ['DBT_SCD_ID', 'VARCHAR(32)'],
  ['DBT_UPDATED_AT', 'TIMESTAMP_NTZ(9)'],
  ['DBT_VALID_FROM', 'TIMESTAMP_NTZ(9)'],
  ['DBT_VALID_TO', 'TIMESTAMP_NTZ(9)'],
] as const;
const STAGED = [
  ['DBT_CHANGE_TYPE', 'VARCHAR(6)'],
  ['DBT_UNIQUE_KEY', 'NUMBER(38,0)'],
] as const;
const NOW = '2024-01-01 01:00:00+00:00';
const LOADED = '2024-01-01 00:00:00+00:00';
const DONE = texts(['status'], [['ok']]);

/** The catalog of one case, kept over its runs. */
export class ReplayCatalog {
  /** `DB.SCHEMA.NAME` to TABLE, VIEW or DYNAMIC; TEMPTABLE and TEMPVIEW end with their run. */
  readonly #relations = new Map<string, string>();
  readonly #described: readonly (readonly [RegExp, DescribedColumns[string]])[];
  #schemas = new Set<string>();

  constructor(described: DescribedColumns) {
    this.#described = Object.entries(described).map(([pattern, columns]) => [
      globOf(pattern.toUpperCase()),
      columns,
    ]);
  }

  /** What only lived in the session of the last run is gone, schemas without a relation among it. */
  startRun(): void {
    for (const [name, kind] of this.#relations) {
      if (kind.startsWith('TEMP')) this.#relations.delete(name);
    }
    this.#schemas = new Set([
      'PUBLIC',
      ...[...this.#relations.keys()].map((name) => schemaOf(name)),
    ]);
  }

  /** @param sql the statement in lower case, without comments, white space folded. */
  answer(sql: string): Answer {
    return this.#metadata(sql) ?? query(sql) ?? this.#define(sql) ?? anyQuery(sql) ?? DONE;
  }

  #metadata(sql: string): Answer | undefined {
    if (sql.startsWith('show terse schemas')) {
      return texts(
        ['created_on', 'name', 'kind', 'database_name', 'schema_name'],
        [...this.#schemas].sort().map((name) => ['2024-01-01', name, null, 'DB', null]),
      );
    }
    if (sql.startsWith('show objects')) return this.#objects(sql);
    if (sql.startsWith('describe table')) {
      return texts(
        ['name', 'type', 'kind'],
        this.#describe(stored(sql.split(' ')[2] ?? '')).map(([name, type]) => [
          name,
          type,
          'COLUMN',
        ]),
      );
    }
    return CANNED.find(([start]) => sql.startsWith(start))?.[1];
  }

  #objects(sql: string): Answer {
    const schema = schemaOf(
      stored(/^show objects in (?<in>[\w".]+)/u.exec(sql)?.groups?.['in'] ?? ''),
    );
    if (!this.#schemas.has(schema)) {
      throw new WarehouseError(
        'warehouse/replayed',
        '002043 (02000): SQL compilation error: Object does not exist',
      );
    }
    return texts(
      ['created_on', 'name', 'database_name', 'schema_name', 'kind', 'is_dynamic', 'is_iceberg'],
      [...this.#relations]
        .filter(([name, kind]) => schemaOf(name) === schema && !kind.startsWith('TEMP'))
        .map(([name, kind]) => [
          '2024-01-01',
          name.split('.')[2] ?? '',
          'DB',
          schema,
          kind === 'DYNAMIC' ? 'TABLE' : kind,
          kind === 'DYNAMIC' ? 'Y' : 'N',
          'N',
        ]),
    );
  }

  #describe(name: string): DescribedColumns[string] {
    const told = this.#described.find(([pattern]) => pattern.test(name))?.[1];
    if (told !== undefined) return told;
    if (!name.includes('SNAP')) return USUAL;
    return [...USUAL, ...SNAPSHOT, ...(name.endsWith('__DBT_TMP') ? STAGED : [])];
  }

  #define(sql: string): Answer | undefined {
    if (sql.startsWith('create schema')) {
      this.#schemas.add(schemaOf(stored(sql.split(' ').at(-1) ?? '')));
      return DONE;
    }
    const made = CREATE.exec(sql)?.groups;
    if (made !== undefined) {
      const { flags = '', kind = '', name = '' } = made;
      const type = flags.includes('dynamic') ? 'DYNAMIC' : kind.toUpperCase();
      this.#relations.set(stored(name), flags.includes('temporary') ? `TEMP${type}` : type);
      return DONE;
    }
    if (!sql.startsWith('drop ') || sql.includes('schema')) return undefined;
    this.#relations.delete(stored(/if exists (?<name>[\w".]+)/u.exec(sql)?.groups?.['name'] ?? ''));
    return DONE;
  }
}

const CANNED: readonly (readonly [start: string, answer: Answer])[] = [
  [
    'show user functions',
    texts(['created_on', 'name', 'schema_name', 'is_builtin', 'catalog_name'], []),
  ],
  ['select current_warehouse', texts(['WAREHOUSE'], [['WH_DEFAULT']])],
  ['show parameters', texts(['key', 'value'], [['QUERY_TAG', 'orig_tag']])],
  [
    'show grants',
    texts(
      ['created_on', 'privilege', 'granted_on', 'name', 'granted_to', 'grantee_name'],
      [
        ['2024-01-01', 'SELECT', 'TABLE', 'n', 'ROLE', 'OLD_ROLE'],
        ['2024-01-01', 'OWNERSHIP', 'TABLE', 'n', 'ROLE', 'OWNER'],
      ],
    ),
  ],
  [
    'show dynamic tables',
    texts(
      [
        'name',
        'schema_name',
        'database_name',
        'text',
        'target_lag',
        'warehouse',
        'refresh_mode',
        'immutable_where',
        'cluster_by',
        'initialization_warehouse',
        'scheduler',
      ],
      [['DYN', 'S', 'DB', 'select', '2 hours', 'WH_DEFAULT', 'AUTO', null, null, null, null]],
    ),
  ],
];

/** Queries that dbt reads an answer out of. */
function query(sql: string): Answer | undefined {
  if (sql.includes('stats:clustering_key:label')) {
    return texts(
      [
        'table_database',
        'table_schema',
        'table_name',
        'table_type',
        'table_comment',
        'table_owner',
        'column_name',
        'column_index',
        'column_type',
        'column_comment',
      ],
      [['DB', 'DEV', 'T_FULL', 'BASE TABLE', 'c', 'R', 'ID', 1, 'NUMBER', '']],
    );
  }
  if (sql.includes('dbt_internal_unit_test_actual as')) {
    return {
      columns: [
        ['ID', 'integer'],
        ['NAME', 'text'],
        ['actual_or_expected', 'text'],
      ],
      rows: [
        [1, 'a', 'actual'],
        [1, 'a', 'expected'],
      ],
    };
  }
  if (sql.includes('dbt_internal_test'))
    return texts(['FAILURES', 'SHOULD_WARN', 'SHOULD_ERROR'], [[0, false, false]]);
  if (sql.includes('where false') || sql.includes('limit 0')) {
    return {
      columns: [
        ['ID', 'integer'],
        ['NAME', 'text'],
        ['UPDATED_AT', 'timestamp'],
      ],
      rows: [],
    };
  }
  if (sql.includes('as max_loaded_at')) {
    return {
      columns: [
        ['MAX_LOADED_AT', 'timestamp_tz'],
        ['SNAPSHOTTED_AT', 'timestamp_tz'],
      ],
      rows: [[LOADED, NOW]],
    };
  }
  if (!sql.includes('last_altered as last_modified')) return undefined;
  return {
    columns: [
      ['SCHEMA', 'text'],
      ['IDENTIFIER', 'text'],
      ['LAST_MODIFIED', 'timestamp_tz'],
      ['SNAPSHOTTED_AT', 'timestamp_tz'],
    ],
    rows: [['RAW', 'T2', LOADED, NOW]],
  };
}

function anyQuery(sql: string): Answer | undefined {
  if (!sql.startsWith('select') && !sql.startsWith('with')) return undefined;
  return {
    columns: [
      ['ID', 'integer'],
      ['NAME', 'text'],
    ],
    rows: [[1, 'a']],
  };
}

function texts(names: readonly string[], rows: Answer['rows']): Answer {
  return { columns: names.map((name) => [name, 'text']), rows };
}

function stored(name: string): string {
  return name.replaceAll('"', '').toUpperCase();
}

function schemaOf(name: string): string {
  return name.split('.')[1] ?? '';
}

/** `*`, `?` and `[...]` as a shell reads them. */
function globOf(pattern: string): RegExp {
  const body = pattern
    .replaceAll(/[.+^${}()|\\]/gu, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
    .replaceAll('[!', '[^');
  return new RegExp(`^${body}$`, 'su');
}
