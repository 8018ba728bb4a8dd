/**
 * Metrics, semantic models and saved queries as dbt's manifest writes them: yaml's short forms written out.
 */
import { isJsonObject, type Json, type JsonObject, type NodeId } from '../base/index.js';
import type { CarriedNode, ManifestNode } from '../manifest/index.js';

type Nodes = ReadonlyMap<NodeId, ManifestNode>;

/** What a metric's dict has beside what all nodes have. */
export function metricDict(node: CarriedNode, nodes: Nodes | undefined): JsonObject {
  const { properties } = node;
  const params = objectOf(properties['type_params']);
  return {
    label: properties['label'] ?? null,
    type: properties['type'] ?? null,
    type_params: {
      measure: measureOf(params['measure']),
      input_measures: inputMeasures(node, nodes, new Set()),
      numerator: inputMetric(params['numerator']),
      denominator: inputMetric(params['denominator']),
      expr: textOrNull(params['expr']),
      window: windowOf(params['window']),
      grain_to_date: params['grain_to_date'] ?? null,
      metrics: allOf(params['metrics']).map(inputMetric),
      conversion_type_params: conversionOf(params['conversion_type_params']),
      cumulative_type_params: cumulativeOf(params['cumulative_type_params'], properties['type']),
      metric_aggregation_params: null,
      fill_nulls_with: params['fill_nulls_with'] ?? null,
      join_to_timespine: params['join_to_timespine'] ?? false,
      is_private: params['is_private'] ?? null,
    },
    filter: filterOf(properties['filter']),
    metadata: null,
    time_granularity: properties['time_granularity'] ?? null,
    sources: [],
    refs: [],
    metrics: [],
    group: textOrNull(node.config['group']),
  };
}

/** What a semantic model's dict has beside what all nodes have; it has neither `meta` nor `tags` of its own. */
export function semanticModelDict(node: CarriedNode, nodes: Nodes | undefined): JsonObject {
  const { properties } = node;
  const model = node.dependsOn.map((id) => nodes?.get(id)).find((one) => one !== undefined);
  return {
    model: properties['model'] ?? null,
    node_relation:
      model !== undefined && 'alias' in model
        ? {
            alias: model.alias,
            schema_name: model.schema,
            database: model.database,
            relation_name: model.relationName,
          }
        : null,
    label: properties['label'] ?? null,
    defaults: isJsonObject(properties['defaults'])
      ? { agg_time_dimension: null, ...properties['defaults'] }
      : null,
    entities: listOf(properties['entities']).map((one) => ({
      ...field(one),
      role: null,
      expr: textOrNull(one['expr']),
    })),
    measures: listOf(properties['measures']).map((one) => ({
      name: one['name'] ?? null,
      agg: textOrNull(one['agg'])?.toLowerCase() ?? null,
      description: one['description'] ?? null,
      label: one['label'] ?? null,
      create_metric: one['create_metric'] ?? false,
      expr: textOrNull(one['expr']),
      agg_params: aggregationOf(one['agg_params']),
      non_additive_dimension: nonAdditive(one['non_additive_dimension']),
      agg_time_dimension: one['agg_time_dimension'] ?? null,
      config: configOf(one),
    })),
    dimensions: listOf(properties['dimensions']).map((one) => ({
      ...field(one),
      is_partition: one['is_partition'] ?? false,
      type_params: timeOf(one['type_params']),
      expr: textOrNull(one['expr']),
      metadata: null,
      datatype: null,
    })),
    metadata: null,
    refs: node.refs.map((ref) => ({
      name: ref.name,
      package: ref.packageName,
      version: ref.version,
    })),
    primary_entity: properties['primary_entity'] ?? null,
    group: textOrNull(node.config['group']),
  };
}

/** What a saved query's dict has beside what all nodes have. */
export function savedQueryDict(node: CarriedNode, target: JsonObject | undefined): JsonObject {
  const { properties } = node;
  const params = objectOf(properties['query_params']);
  return {
    query_params: {
      metrics: params['metrics'] ?? [],
      group_by: params['group_by'] ?? [],
      where: filterOf(params['where']),
      order_by: params['order_by'] ?? [],
      limit: params['limit'] ?? null,
    },
    exports: listOf(properties['exports']).map((one) => exportOf(one, target)),
    label: properties['label'] ?? null,
    metadata: null,
    config: { export_as: null, schema: null, cache: { enabled: false }, ...node.config },
    refs: [],
    group: textOrNull(node.config['group']),
  };
}

function exportOf(one: JsonObject, target: JsonObject | undefined): JsonObject {
  const config = objectOf(one['config']);
  return {
    name: one['name'] ?? null,
    config: {
      export_as: config['export_as'] ?? 'view',
      schema_name: config['schema'] ?? target?.['schema'] ?? null,
      alias: config['alias'] ?? one['name'] ?? null,
      database: config['database'] ?? target?.['database'] ?? null,
    },
    unrendered_config: config,
  };
}

/** The measures that a metric reads, those of the metrics it is made of included, each once. */
function inputMeasures(node: CarriedNode, nodes: Nodes | undefined, seen: Set<NodeId>): Json[] {
  seen.add(node.id);
  const params = objectOf(node.properties['type_params']);
  const own = measureOf(params['measure']);
  const conversion = objectOf(params['conversion_type_params']);
  const found = [
    own,
    measureOf(conversion['base_measure']),
    measureOf(conversion['conversion_measure']),
  ];
  for (const id of node.dependsOn) {
    const parent = nodes?.get(id);
    if (parent?.resourceType === 'metric' && !seen.has(id))
      found.push(...inputMeasures(parent, nodes, seen));
  }
  const unique = new Map(found.map((one) => [JSON.stringify(one), one]));
  return [...unique.values()].filter((one) => one !== null);
}

function measureOf(value: Json | undefined): Json {
  if (value === undefined || value === null) return null;
  const given = isJsonObject(value) ? value : { name: value };
  return {
    name: given['name'] ?? null,
    filter: filterOf(given['filter']),
    alias: given['alias'] ?? null,
    join_to_timespine: given['join_to_timespine'] ?? false,
    fill_nulls_with: given['fill_nulls_with'] ?? null,
  };
}

function inputMetric(value: Json | undefined): Json {
  if (value === undefined || value === null) return null;
  const given = isJsonObject(value) ? value : { name: value };
  return {
    name: given['name'] ?? null,
    filter: filterOf(given['filter']),
    alias: given['alias'] ?? null,
    offset_window: windowOf(given['offset_window']),
    offset_to_grain: given['offset_to_grain'] ?? null,
  };
}

function filterOf(value: Json | undefined): Json {
  if (value === undefined || value === null) return null;
  const texts: readonly Json[] = Array.isArray(value) ? value : [value];
  return { where_filters: texts.map((text) => ({ where_sql_template: text })) };
}

/** `30 days` as a count and a grain without its plural. */
function windowOf(value: Json | undefined): Json {
  const text = textOrNull(value);
  if (text === null) return null;
  const [count = '', granularity = ''] = text.trim().toLowerCase().split(/\s+/u);
  return { count: Number(count), granularity: granularity.replace(/s$/u, '') };
}

function cumulativeOf(value: Json | undefined, type: Json | undefined): Json {
  if (!isJsonObject(value) && type !== 'cumulative') return null;
  const given = objectOf(value);
  return {
    window: windowOf(given['window']),
    grain_to_date: given['grain_to_date'] ?? null,
    period_agg: given['period_agg'] ?? 'first',
    metric: inputMetric(given['metric']),
  };
}

function conversionOf(value: Json | undefined): Json {
  if (!isJsonObject(value)) return null;
  return {
    base_measure: measureOf(value['base_measure']),
    conversion_measure: measureOf(value['conversion_measure']),
    base_metric: inputMetric(value['base_metric']),
    conversion_metric: inputMetric(value['conversion_metric']),
    entity: value['entity'] ?? null,
    calculation: value['calculation'] ?? 'conversion_rate',
    window: windowOf(value['window']),
    constant_properties: value['constant_properties'] ?? null,
  };
}

function aggregationOf(value: Json | undefined): Json {
  if (!isJsonObject(value)) return null;
  return {
    percentile: value['percentile'] ?? null,
    use_discrete_percentile: value['use_discrete_percentile'] ?? false,
    use_approximate_percentile: value['use_approximate_percentile'] ?? false,
  };
}

function nonAdditive(value: Json | undefined): Json {
  if (!isJsonObject(value)) return null;
  return {
    name: value['name'] ?? null,
    window_choice: textOrNull(value['window_choice'])?.toLowerCase() ?? 'min',
    window_groupings: value['window_groupings'] ?? [],
  };
}

function timeOf(value: Json | undefined): Json {
  return isJsonObject(value)
    ? {
        time_granularity: value['time_granularity'] ?? null,
        validity_params: isJsonObject(value['validity_params'])
          ? { is_start: false, is_end: false, ...value['validity_params'] }
          : null,
      }
    : null;
}

function field(one: JsonObject): JsonObject {
  return {
    name: one['name'] ?? null,
    type: textOrNull(one['type'])?.toLowerCase() ?? null,
    description: one['description'] ?? null,
    label: one['label'] ?? null,
    config: configOf(one),
  };
}

function configOf(one: JsonObject): JsonObject {
  return { meta: objectOf(objectOf(one['config'])['meta']) };
}

function textOrNull(value: Json | undefined): string | null {
  if (value === undefined || value === null || typeof value === 'object') return null;
  return String(value);
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function allOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((one: Json) => isJsonObject(one)) : [];
}
