/**
 * What is killed: each materialization and strategy, at its first run, its next, a full refresh and a change of columns.
 */

export interface KillCase {
  readonly name: string;
  readonly node: string;
  /** Variables of the builds before, one a build. */
  readonly prepare: readonly Readonly<Record<string, string>>[];
  readonly vars: Readonly<Record<string, string>>;
  readonly isFullRefresh: boolean;
  /** Whether the same run again, over what it left, must give the same rows: appending twice does not. */
  readonly isRepeatable: boolean;
}

/** Rows of a load; the second changes one, adds one and leaves one out. */
const SOURCE = `select * from (
  {% if var('load', '1') == '1' %}
  values (1, 'a', timestamp '2026-01-01 00:00:00'), (2, 'b', timestamp '2026-01-01 01:00:00')
  {% else %}
  values (2, 'B', timestamp '2026-01-01 02:00:00'), (3, 'c', timestamp '2026-01-01 03:00:00')
  {% endif %}
) as t (id, word, at)`;

const EXTRA = "{% if var('columns', 'few') == 'more' %}, 7 as extra{% endif %}";

const model = (config: string): string =>
  `{{ config(${config}) }}\nselect id, word, at${EXTRA} from (${SOURCE}) s`;

const incremental = (strategy: string, more: string = ''): string =>
  model(
    `materialized='incremental', incremental_strategy='${strategy}', on_schema_change='append_new_columns'${more}`,
  );

const KEYED = ", unique_key='id'";

const snapshot = (config: string): string =>
  `{% snapshot NAME %}\n{{ config(unique_key='id', ${config}) }}\nselect id, word, at${EXTRA} from (${SOURCE}) s\n{% endsnapshot %}`;

const SNAPSHOTS: Readonly<Record<string, string>> = {
  snap_timestamp: snapshot("strategy='timestamp', updated_at='at'"),
  snap_check: snapshot("strategy='check', check_cols=['word']"),
  snap_invalidate: snapshot("strategy='timestamp', updated_at='at', hard_deletes='invalidate'"),
  snap_record: snapshot("strategy='timestamp', updated_at='at', hard_deletes='new_record'"),
};

const MODELS: Readonly<Record<string, string>> = {
  a_table: model("materialized='table'"),
  a_view: model("materialized='view'"),
  inc_append: incremental('append'),
  inc_merge: incremental('merge', KEYED),
  inc_delete_insert: incremental('delete+insert', KEYED),
  inc_overwrite: incremental('insert_overwrite'),
  inc_microbatch: incremental(
    'microbatch',
    ", event_time='at', batch_size='day', begin='2026-01-01'",
  ),
};

export const KILL_PROJECT: Readonly<Record<string, string>> = {
  'dbt_project.yml':
    "name: shop\nversion: '1.0'\nprofile: shop\nseeds: {shop: {+enabled: true}}\nsnapshots: {shop: {+target_schema: dev}}\n",
  'profiles.yml':
    'shop:\n  target: dev\n  outputs:\n    dev: {type: snowflake, engine: embedded, path: w.duckdb, account: x, user: x, database: DB, schema: DEV, warehouse: W, threads: 1}\n',
  'seeds/a_seed.csv': 'id,word\n1,a\n2,b\n3,c\n',
  ...Object.fromEntries(Object.entries(MODELS).map(([name, sql]) => [`models/${name}.sql`, sql])),
  ...Object.fromEntries(
    Object.entries(SNAPSHOTS).map(([name, sql]) => [
      `snapshots/${name}.sql`,
      sql.replace('NAME', name),
    ]),
  ),
};

const FIRST = { load: '1' };
const SECOND = { load: '2' };
const MORE = { load: '2', columns: 'more' };

function casesOf(node: string): readonly KillCase[] {
  const one = (
    name: string,
    prepare: KillCase['prepare'],
    vars: KillCase['vars'],
    isFullRefresh: boolean = false,
  ): KillCase => ({
    name: `${node}, ${name}`,
    node,
    prepare,
    vars,
    isFullRefresh,
    isRepeatable: node !== 'inc_append' || isFullRefresh,
  });
  const isSnapshot = node.startsWith('snap_');
  return [
    one('first run', [], FIRST),
    one('next run', [FIRST], SECOND),
    ...(isSnapshot ? [] : [one('full refresh', [FIRST], SECOND, true)]),
    ...(node === 'a_seed' ? [] : [one('new column', [FIRST], MORE)]),
  ];
}

export const KILL_CASES: readonly KillCase[] = [
  ...Object.keys(MODELS),
  ...Object.keys(SNAPSHOTS),
  'a_seed',
].flatMap(casesOf);
