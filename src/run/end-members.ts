/**
 * What on-run-end hooks see of the run: `schemas`, `database_schemas` and `results`.
 */
import type { NodeId } from '../base/index.js';
import { cachedSchemas, type Compiler } from '../compile/index.js';
import { AttributeDict } from '../context/index.js';
import type { NodeResult } from '../events/index.js';
import { PyTuple, type Value } from '../jinja/index.js';
import type { ManifestNode } from '../manifest/index.js';

/** Schemas are those of the nodes that succeeded and have a relation. */
export function endMembers(
  compiler: Compiler,
  results: readonly NodeResult[],
  nodeOf: (id: NodeId) => ManifestNode,
): ReadonlyMap<string, Value> {
  const pairs = new Map<string, readonly [string, string]>();
  for (const { nodeId, status } of results) {
    if (status === 'error' || status === 'fail' || status === 'skipped') continue;
    for (const { fields } of cachedSchemas(compiler, [nodeOf(nodeId)])) {
      const pair = [fields.database ?? '', fields.schema ?? ''] as const;
      pairs.set(pair.join('.'), pair);
    }
  }
  return new Map<string, Value>([
    ['schemas', [...new Set([...pairs.values()].map(([, schema]) => schema))]],
    ['database_schemas', [...pairs.values()].map((pair) => new PyTuple([...pair]))],
    ['results', results.map((result) => resultValue(result, nodeOf(result.nodeId)))],
  ]);
}

/** A result as on-run-end macros read it: `.node.name`, `.status`, `.message`. */
function resultValue(result: NodeResult, node: ManifestNode): Value {
  const value = new AttributeDict({
    status: result.status,
    message: result.message,
    failures: result.failures,
    execution_time: result.durationMs / 1000,
    thread_id: result.thread,
    unique_id: result.nodeId,
    adapter_response: { rows_affected: result.rowsAffected, query_id: result.queryId },
    timing: [],
  });
  value.set(
    'node',
    new AttributeDict({
      unique_id: node.id,
      name: node.name,
      resource_type: node.resourceType,
      original_file_path: node.originalFilePath,
      package_name: node.packageName,
      config: node.config,
      tags: node.tags,
    }),
  );
  return value;
}
