/**
 * `{{ graph }}`: the manifest as macros read it. Mutable and shared by all nodes of an invocation, as in dbt.
 */
import type { JsonObject } from '../base/index.js';
import { AttributeDict } from '../context/index.js';
import { PyDict, type Value } from '../jinja/index.js';
import type { Manifest, ManifestNode } from '../manifest/index.js';
import { nodeDict } from './node-dict.js';

/** In dbt's order. */
const SECTIONS: Readonly<Record<string, (node: ManifestNode) => boolean>> = {
  exposures: ({ resourceType }) => resourceType === 'exposure',
  functions: ({ resourceType }) => resourceType === 'function',
  groups: () => false,
  metrics: ({ resourceType }) => resourceType === 'metric',
  nodes: ({ resourceType }) =>
    ['model', 'seed', 'snapshot', 'test', 'analysis', 'operation'].includes(resourceType),
  sources: ({ resourceType }) => resourceType === 'source',
  semantic_models: ({ resourceType }) => resourceType === 'semantic_model',
  saved_queries: ({ resourceType }) => resourceType === 'saved_query',
  unit_tests: ({ resourceType }) => resourceType === 'unit_test',
};

/** @param target where nodes live that make no relation of their own. */
export function graphValue(manifest: Manifest, target: JsonObject): Value {
  const graph = new PyDict();
  const scope = { target, manifest };
  for (const [section, belongs] of Object.entries(SECTIONS)) {
    const dict = new PyDict();
    for (const node of manifest.nodes.values()) {
      if (belongs(node)) dict.set(node.id, new AttributeDict(nodeDict(node, scope)));
    }
    graph.set(section, dict);
  }
  const groups = new PyDict();
  for (const group of manifest.groups.values()) {
    const fields: JsonObject = {
      name: group.name,
      resource_type: 'group',
      package_name: group.packageName,
      unique_id: group.id,
      owner: group.owner,
    };
    groups.set(group.id, new AttributeDict(fields));
  }
  graph.set('groups', groups);
  return graph;
}
