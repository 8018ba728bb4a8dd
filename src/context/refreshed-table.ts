/**
 * Dynamic and interactive tables of Snowflake: the options a model asks for, those a table has, and what differs.
 */
import {
  isTruthy,
  JinjaError,
  PyDict,
  PyObject,
  toList,
  toText,
  type Value,
} from '../jinja/index.js';
import { sameClustering, sameLag, sameWarehouse } from './refreshed-options.js';
import { PyRow, PyTable } from './table.js';

/** Options by dbt's names for them; an absent one is null. */
export class PyOptions extends PyObject {
  readonly typeName: string;
  readonly #fields: ReadonlyMap<string, Value>;

  constructor(typeName: string, fields: Readonly<Record<string, Value>>) {
    super();
    this.typeName = typeName;
    this.#fields = new Map(Object.entries(fields));
  }

  override getAttribute(name: string): Value | undefined {
    return this.#fields.get(name);
  }

  text(name: string): string | null {
    const value = this.#fields.get(name) ?? null;
    return value === null ? null : toText(value);
  }
}

/**
 * `relation.from_config(config.model)`.
 *
 * @throws JinjaError for a materialization that has no such options, and for options that contradict each other.
 */
export function refreshedTableOf(model: Value): PyOptions {
  const config = member(model, 'config');
  const materialized = toText(member(config, 'materialized'));
  if (materialized === 'dynamic_table') return dynamicTableOf(model, config);
  if (materialized === 'interactive_table') return interactiveTableOf(model, config);
  throw new JinjaError(
    'DbtRuntimeError',
    `from_config() is not supported for the provided relation type: ${materialized}`,
  );
}

function dynamicTableOf(model: Value, config: Value): PyOptions {
  const read = (name: string): Value => member(config, name);
  const lag = read('target_lag');
  const warehouse = nonBlank(read('refresh_warehouse')) ?? read('snowflake_warehouse');
  if (read('snowflake_warehouse') === null) {
    throw new JinjaError(
      'CompilationError',
      `The dynamic table ${toText(member(model, 'alias'))} needs the config snowflake_warehouse.`,
    );
  }
  return new PyOptions('SnowflakeDynamicTableConfig', {
    ...place(model),
    target_lag: lag,
    snowflake_warehouse: read('snowflake_warehouse'),
    refresh_warehouse: read('refresh_warehouse'),
    warehouse_parameter: warehouse,
    snowflake_initialization_warehouse: presentName(read('snowflake_initialization_warehouse')),
    refresh_mode: upper(read('refresh_mode')) ?? 'AUTO',
    initialize: upper(read('initialize')) ?? 'ON_CREATE',
    scheduler: schedulerOf(upper(read('scheduler')), lag),
    row_access_policy: read('row_access_policy'),
    table_tag: read('table_tag'),
    cluster_by: clustering(read('cluster_by')),
    copy_grants: read('copy_grants'),
    immutable_where: read('immutable_where'),
    transient: read('transient'),
  });
}

function schedulerOf(asked: string | null, lag: Value): string {
  if (asked === null) return isTruthy(lag) ? 'ENABLE' : 'DISABLE';
  if (asked !== 'ENABLE' && asked !== 'DISABLE') {
    throw new JinjaError(
      'CompilationError',
      `Invalid value for \`scheduler\`: '${asked}'. Expected one of: ENABLE, DISABLE.`,
    );
  }
  if ((asked === 'ENABLE') === (lag === null)) {
    throw new JinjaError(
      'CompilationError',
      asked === 'ENABLE'
        ? "Invalid dynamic table config: `scheduler='ENABLE'` requires `target_lag`."
        : "Invalid dynamic table config: `scheduler='DISABLE'` requires `target_lag` to be omitted.",
    );
  }
  return asked;
}

function interactiveTableOf(model: Value, config: Value): PyOptions {
  const read = (name: string): Value => member(config, name);
  const keys = read('cluster_by');
  const listed = typeof keys === 'string' ? [keys] : keys === null ? [] : toList(keys);
  const refuse = (message: string): never => {
    throw new JinjaError('CompilationError', `${message}: ${toText(member(model, 'alias'))}`);
  };
  if (listed.length === 0 || listed.some((key) => toText(key).trim() === ''))
    refuse('interactive_table models require every `cluster_by` entry to be non-blank');
  if (upper(read('table_format')) === 'ICEBERG')
    refuse('Interactive tables do not support `table_format: iceberg`');
  if (isTruthy(read('transient')))
    refuse('transient=true is not supported for interactive_table models');
  const lag = read('target_lag');
  const warehouse =
    nonBlank(read('refresh_warehouse')) ?? nonBlank(read('snowflake_warehouse')) ?? null;
  const isDynamic = sameLag(lag) !== null;
  if (isDynamic && warehouse === null)
    refuse('target_lag requires refresh_warehouse or snowflake_warehouse');
  return new PyOptions('SnowflakeInteractiveTableConfig', {
    ...place(model),
    cluster_by: clustering(keys),
    target_lag: lag,
    is_dynamic: isDynamic,
    snowflake_warehouse: read('snowflake_warehouse'),
    refresh_warehouse: read('refresh_warehouse'),
    warehouse_parameter: warehouse,
    snowflake_initialization_warehouse: presentName(read('snowflake_initialization_warehouse')),
  });
}

/** `relation.dynamic_table_config_changeset(described, config.model)`: null where nothing differs. */
export function dynamicTableChanges(described: Value, model: Value): Value {
  const wanted = dynamicTableOf(model, member(model, 'config'));
  const found = describedRow(described, 'dynamic_table');
  const changes = new Map<string, PyOptions>();
  const note = (name: string, context: Value, replaces = false): void => {
    changes.set(name, change(replaces ? 'create' : 'alter', context, replaces));
  };
  const lag = wanted.getAttribute('target_lag') ?? null;
  if (lag !== null && sameLag(lag) !== sameLag(found('target_lag'))) note('target_lag', lag);
  const warehouse = wanted.getAttribute('warehouse_parameter') ?? null;
  if (sameWarehouse(warehouse) !== sameWarehouse(found('warehouse')))
    note('snowflake_warehouse', warehouse);
  const first = wanted.getAttribute('snowflake_initialization_warehouse') ?? null;
  if (sameWarehouse(first) !== sameWarehouse(found('initialization_warehouse')))
    note('snowflake_initialization_warehouse', first);
  const mode = wanted.text('refresh_mode');
  if (mode !== 'AUTO' && mode !== toText(found('refresh_mode'))) note('refresh_mode', mode, true);
  const foundScheduler = found('scheduler');
  const scheduler = foundScheduler ?? (isTruthy(found('target_lag')) ? 'ENABLE' : 'DISABLE');
  if (wanted.text('scheduler') !== toText(scheduler)) note('scheduler', wanted.text('scheduler'));
  if (wanted.text('immutable_where') !== immutable(found('immutable_where')))
    note('immutable_where', wanted.text('immutable_where'));
  const cluster = wanted.getAttribute('cluster_by') ?? null;
  if (sameClustering(cluster) !== sameClustering(found('cluster_by'))) note('cluster_by', cluster);
  const transient = wanted.getAttribute('transient') ?? null;
  const foundTransient = found('transient');
  if (transient !== null && foundTransient !== null && transient !== foundTransient)
    note('transient', transient, true);
  return changeset('SnowflakeDynamicTableConfigChangeset', changes, DYNAMIC_CHANGES);
}

/** `relation.interactive_table_config_changeset(described, config.model)`: null where nothing differs. */
export function interactiveTableChanges(described: Value, model: Value): Value {
  const wanted = interactiveTableOf(model, member(model, 'config'));
  const found = describedRow(described, 'interactive_table');
  const changes = new Map<string, PyOptions>();
  const lag = wanted.getAttribute('target_lag') ?? null;
  const [newLag, oldLag] = [sameLag(lag), sameLag(found('target_lag'))];
  if (newLag !== oldLag) {
    const action = oldLag === null ? 'create' : newLag === null ? 'drop' : 'alter';
    changes.set('target_lag', change(action, lag, action !== 'alter'));
  }
  const cluster = wanted.getAttribute('cluster_by') ?? null;
  if (sameClustering(cluster) !== sameClustering(found('cluster_by')))
    changes.set('cluster_by', change('alter', cluster, true));
  // A static table has no warehouse to compare.
  const ifDynamic = (name: string): Value =>
    newLag === null ? null : (wanted.getAttribute(name) ?? null);
  const warehouse = ifDynamic('warehouse_parameter');
  if (sameWarehouse(warehouse) !== sameWarehouse(found('refresh_warehouse')))
    changes.set('refresh_warehouse', change('alter', warehouse, false));
  const first = ifDynamic('snowflake_initialization_warehouse');
  if (sameWarehouse(first) !== sameWarehouse(found('initialization_warehouse')))
    changes.set('snowflake_initialization_warehouse', change('alter', first, false));
  return changeset('SnowflakeInteractiveTableConfigChangeset', changes, INTERACTIVE_CHANGES);
}

const INTERACTIVE_CHANGES = [
  'target_lag',
  'cluster_by',
  'refresh_warehouse',
  'snowflake_initialization_warehouse',
];
const DYNAMIC_CHANGES = [
  'target_lag',
  'snowflake_warehouse',
  'snowflake_initialization_warehouse',
  'refresh_mode',
  'scheduler',
  'immutable_where',
  'cluster_by',
  'transient',
];

function change(action: string, context: Value, replaces: boolean): PyOptions {
  return new PyOptions('RelationConfigChange', {
    action,
    context,
    requires_full_refresh: replaces,
  });
}

function changeset(
  typeName: string,
  changes: ReadonlyMap<string, PyOptions>,
  names: readonly string[],
): Value {
  if (changes.size === 0) return null;
  const all = [...changes.values()];
  return new PyOptions(typeName, {
    ...Object.fromEntries(names.map((name) => [name, changes.get(name) ?? null])),
    has_changes: true,
    requires_full_refresh: all.some((one) => one.getAttribute('requires_full_refresh') === true),
  });
}

/** Reads the one row of what a `show` command said. */
function describedRow(described: Value, key: string): (name: string) => Value {
  const table = described instanceof PyDict ? described.get(key) : undefined;
  const row = table instanceof PyTable ? table.rows[0] : undefined;
  if (!(row instanceof PyRow))
    throw new JinjaError('DbtRuntimeError', `Nothing is known of the ${key.replace('_', ' ')}.`);
  return (name) => row.getItem(name) ?? null;
}

/** `IMMUTABLE WHERE (x)` as the model writes it: `x`. */
function immutable(value: Value): string | null {
  const text = value === null ? '' : toText(value).trim();
  if (text === '' || text.toUpperCase() === 'NONE') return null;
  return /^IMMUTABLE WHERE \((?<inner>.*)\)$/isu.exec(text)?.groups?.['inner'] ?? text;
}

function place(model: Value): Readonly<Record<string, Value>> {
  return {
    name: member(model, 'alias'),
    schema_name: member(model, 'schema'),
    database_name: member(model, 'database'),
    query: member(model, 'compiled_code'),
  };
}

function clustering(value: Value): Value {
  return value === null || typeof value === 'string' ? value : toList(value).map(toText).join(', ');
}

function upper(value: Value): string | null {
  return isTruthy(value) ? toText(value).toUpperCase() : null;
}

function nonBlank(value: Value): Value | undefined {
  return value === null || toText(value).trim() === '' ? undefined : value;
}

function presentName(value: Value): Value {
  const text = value === null ? '' : toText(value).trim();
  return text === '' || text.toLowerCase() === 'none' ? null : text;
}

function member(value: Value, name: string): Value {
  if (value instanceof PyDict) return value.get(name) ?? null;
  return value instanceof PyObject ? (value.getAttribute(name) ?? null) : null;
}
