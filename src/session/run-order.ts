/**
 * The selected nodes of a run, in order, with what each waits for.
 */
import type { NodeId } from '../base/index.js';
import type { PlanStyle, RunnableNode } from '../compile/index.js';
import { executionOrder, type Manifest, type ManifestNode } from '../manifest/index.js';
import { isNoOp, type RunNode } from '../run/index.js';
import type { RunRequest } from './api.js';
import { dbtQueueOrder } from './dbt-queue.js';

const RUNNABLE: ReadonlySet<ManifestNode['resourceType']> = new Set([
  'model',
  'seed',
  'snapshot',
  'test',
  'unit_test',
]);

export function isRunnable(node: ManifestNode): node is RunnableNode {
  return RUNNABLE.has(node.resourceType);
}

export function runOrder(
  manifest: Manifest,
  ids: readonly NodeId[],
  command: RunRequest['command'],
  planStyle: PlanStyle,
): {
  readonly nodes: readonly RunNode[];
  readonly waitsFor: ReadonlyMap<NodeId, readonly NodeId[]>;
} {
  const found = executionOrder(manifest, ids, command);
  // Clones do not need each other.
  const waitsFor = command === 'clone' ? new Map([...found.keys()].map((id) => [id, []])) : found;
  const order = planStyle === 'dbt' ? dbtQueueOrder(waitsFor) : [...waitsFor.keys()];
  const nodes = order.flatMap((id) => {
    const node = manifest.nodes.get(id);
    return node !== undefined && (isRunnable(node) || isNoOp(node)) ? [node] : [];
  });
  return { nodes, waitsFor };
}
