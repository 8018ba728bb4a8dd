/**
 * semantic_manifest.json: metrics, semantic models and saved queries for the semantic layer's own reader.
 */
import { isJsonObject, type Json, type JsonObject } from '../base/index.js';

/**
 * The file's content.
 *
 * @param manifest manifest.json's content, or as much of it as `isSemantic` asks for.
 */
export function semanticManifestJson(manifest: JsonObject): JsonObject {
  return {
    semantic_models: nodesOf(manifest, 'semantic_models').map((node) => ({
      name: node['name'] ?? null,
      defaults: node['defaults'] ?? null,
      description: node['description'] ?? null,
      node_relation: node['node_relation'] ?? null,
      primary_entity: node['primary_entity'] ?? null,
      entities: listOf(node['entities']).map(withMetadata),
      measures: listOf(node['measures']).map(withMetadata),
      dimensions: node['dimensions'] ?? [],
      label: node['label'] ?? null,
      metadata: null,
      config: metaOf(node),
    })),
    metrics: nodesOf(manifest, 'metrics').map((node) => ({
      name: node['name'] ?? null,
      description: node['description'] ?? null,
      type: node['type'] ?? null,
      datatype: null,
      type_params: node['type_params'] ?? null,
      filter: node['filter'] ?? null,
      metadata: null,
      label: node['label'] ?? null,
      config: metaOf(node),
      time_granularity: node['time_granularity'] ?? null,
    })),
    project_configuration: {
      time_spine_table_configurations: nodesOf(manifest, 'nodes')
        .filter(({ name, resource_type: type }) => type === 'model' && name === OLD_SPINE)
        .map((node) => ({
          location: node['relation_name'] ?? null,
          column_name: 'date_day',
          grain: 'day',
        })),
      metadata: null,
      dsi_package_version: { major_version: '0', minor_version: '213', patch_version: '0' },
      time_spines: nodesOf(manifest, 'nodes').flatMap((node) => timeSpine(node) ?? []),
    },
    saved_queries: nodesOf(manifest, 'saved_queries').map((node) => ({
      name: node['name'] ?? null,
      query_params: node['query_params'] ?? null,
      description: node['description'] ?? null,
      metadata: null,
      label: node['label'] ?? null,
      exports: listOf(node['exports']).map((one) => {
        const { database: _, ...config } = objectOf(one['config']);
        return { name: one['name'] ?? null, config };
      }),
      tags: node['tags'] ?? [],
    })),
  };
}

/** True for a dict of manifest.json that the file is made of. @param section the key it stands under. */
export function isSemantic(section: string, dict: JsonObject): boolean {
  if (section !== 'nodes')
    return section === 'semantic_models' || section === 'metrics' || section === 'saved_queries';
  return isJsonObject(dict['time_spine']) || dict['name'] === OLD_SPINE;
}

/** A model of this name is a time spine by days, as it was before yaml could say so. */
const OLD_SPINE = 'metricflow_time_spine';

/** A model that is a time spine, with the grain of its standard column. */
function timeSpine(node: JsonObject): JsonObject | undefined {
  const spine = node['time_spine'];
  if (!isJsonObject(spine)) return undefined;
  const name = spine['standard_granularity_column'] ?? null;
  const column = typeof name === 'string' ? objectOf(objectOf(node['columns'])[name]) : {};
  return {
    node_relation: {
      alias: node['alias'] ?? null,
      schema_name: node['schema'] ?? null,
      database: node['database'] ?? null,
      relation_name: node['relation_name'] ?? null,
    },
    primary_column: { name, time_granularity: column['granularity'] ?? null },
    custom_granularities: spine['custom_granularities'] ?? [],
  };
}

function withMetadata(one: JsonObject): JsonObject {
  return { ...one, metadata: null };
}

function metaOf(node: JsonObject): JsonObject {
  return { meta: objectOf(objectOf(node['config'])['meta']) };
}

function nodesOf(manifest: JsonObject, section: string): readonly JsonObject[] {
  return Object.values(objectOf(manifest[section])).filter((one: Json) => isJsonObject(one));
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((one: Json) => isJsonObject(one)) : [];
}
