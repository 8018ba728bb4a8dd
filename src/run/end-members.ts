/**
 * What on-run-end hooks see of the run: `schemas`, `database_schemas` and `results`.
 */
import type { NodeId } from '../base/index.js';
import { cachedSchemas, type Compiler, nodeDict } from '../compile/index.js';
import type { NodeResult } from '../events/index.js';
import { PyTuple, type Value } from '../jinja/index.js';
import type { ManifestNode } from '../manifest/index.js';
import { resultValue } from './result-value.js';

/** Schemas are those of the nodes that succeeded and have a relation. */
export function endMembers(
  compiler: Compiler,
  results: readonly NodeResult[],
  nodeOf: (id: NodeId) => ManifestNode,
): ReadonlyMap<string, Value> {
  const { facts, manifest } = compiler.input;
  const scope = { target: facts.target, manifest };
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
    [
      'results',
      results.map((result) => resultValue(result, nodeDict(nodeOf(result.nodeId), scope))),
    ],
  ]);
}
