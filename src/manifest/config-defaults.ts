/**
 * What a config holds before anything sets it, by kind of resource: the keys and defaults that dbt's manifest shows.
 */
import type { JsonObject } from '../base/index.js';
import type { ResourceType } from './node.js';

const NODE: JsonObject = {
  enabled: true,
  alias: null,
  schema: null,
  database: null,
  tags: [],
  meta: {},
  group: null,
  static_analysis: null,
  materialized: 'view',
  incremental_strategy: null,
  batch_size: null,
  lookback: 1,
  begin: null,
  persist_docs: {},
  'post-hook': [],
  'pre-hook': [],
  quoting: {},
  column_types: {},
  full_refresh: null,
  unique_key: null,
  on_schema_change: 'ignore',
  on_configuration_change: 'apply',
  grants: {},
  packages: [],
  docs: { show: true, node_color: null },
  contract: { enforced: false, alias_types: true },
  event_time: null,
  concurrent_batches: null,
};

const MODEL: JsonObject = {
  ...NODE,
  access: 'protected',
  freshness: null,
  on_error: null,
  latest_version_pointer: { enabled: null, alias: null },
};

const SEED: JsonObject = { ...NODE, materialized: 'seed', delimiter: ',', quote_columns: null };

const SNAPSHOT: JsonObject = {
  ...NODE,
  materialized: 'snapshot',
  strategy: null,
  target_schema: null,
  target_database: null,
  updated_at: null,
  check_cols: null,
  snapshot_meta_column_names: {
    dbt_valid_to: null,
    dbt_valid_from: null,
    dbt_scd_id: null,
    dbt_updated_at: null,
    dbt_is_deleted: null,
  },
  dbt_valid_to_current: null,
};

const TEST: JsonObject = {
  enabled: true,
  alias: null,
  schema: 'dbt_test__audit',
  database: null,
  tags: [],
  meta: {},
  group: null,
  static_analysis: null,
  materialized: 'test',
  severity: 'ERROR',
  store_failures: null,
  store_failures_as: null,
  sql_header: null,
  where: null,
  limit: null,
  fail_calc: 'count(*)',
  warn_if: '!= 0',
  error_if: '!= 0',
};

const SOURCE: JsonObject = {
  enabled: true,
  event_time: null,
  freshness: {
    warn_after: { count: null, period: null },
    error_after: { count: null, period: null },
    filter: null,
  },
  loaded_at_field: null,
  loaded_at_query: null,
  meta: {},
  tags: [],
  static_analysis: null,
};

const FUNCTION: JsonObject = {
  ...NODE,
  materialized: 'function',
  type: 'scalar',
  volatility: null,
  runtime_version: null,
  entry_point: null,
};

const BARE: JsonObject = { enabled: true, tags: [], meta: {} };
const GROUPABLE: JsonObject = { enabled: true, group: null, meta: {} };

/** The config that a resource of each kind starts from. */
export const DEFAULT_CONFIGS: Readonly<Record<ResourceType, JsonObject>> = {
  model: MODEL,
  analysis: NODE,
  seed: SEED,
  snapshot: SNAPSHOT,
  test: TEST,
  unit_test: { ...BARE, static_analysis: null },
  operation: NODE,
  source: SOURCE,
  exposure: BARE,
  metric: GROUPABLE,
  semantic_model: GROUPABLE,
  saved_query: GROUPABLE,
  function: FUNCTION,
};
