/**
 * `{{ graph }}`: the manifest as macros read it. Mutable and shared by all nodes of an invocation, as in dbt.
 */
import type { JsonObject } from '../base/index.js';
import { AttributeDict } from '../context/index.js';
import { PyDict, type Value } from '../jinja/index.js';
import type { Manifest, ManifestNode } from '../manifest/index.js';
import { nodeDict } from './node-dict.js';

const SECTIONS: Readonly<Record<string, (node: ManifestNode) => boolean>> = {
  nodes: ({ resourceType }) =>
    ['model', 'seed', 'snapshot', 'test', 'analysis', 'operation'].includes(resourceType),
  sources: ({ resourceType }) => resourceType === 'source',
  exposures: ({ resourceType }) => resourceType === 'exposure',
  metrics: ({ resourceType }) => resourceType === 'metric',
  semantic_models: ({ resourceType }) => resourceType === 'semantic_model',
  saved_queries: ({ resourceType }) => resourceType === 'saved_query',
};

export function graphValue(manifest: Manifest): Value {
  const graph = new PyDict();
  for (const [section, belongs] of Object.entries(SECTIONS)) {
    const dict = new PyDict();
    for (const node of manifest.nodes.values()) {
      if (belongs(node)) dict.set(node.id, new AttributeDict(nodeDict(node)));
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
