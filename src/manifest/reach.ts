/**
 * Walks over the project graph: what feeds nodes, and what they feed.
 */
import type { NodeId } from '../base/index.js';
import type { Dag } from './manifest.js';

/**
 * Every node reachable from any of `start`.
 *
 * @param depth edges to cross, an integer >= 0; Infinity is a bare `+`.
 * @returns ids by distance. A start is among them only if another start leads to it. O(V + E).
 */
export function reachWithin(
  dag: Dag,
  start: Iterable<NodeId>,
  direction: 'upstream' | 'downstream',
  depth: number = Number.POSITIVE_INFINITY,
): ReadonlySet<NodeId> {
  const edges = direction === 'upstream' ? dag.parents : dag.children;
  const seen = new Set<NodeId>();
  let frontier: Iterable<NodeId> = start;
  for (let hop = 0; hop < depth; hop += 1) {
    const next = new Set<NodeId>();
    for (const id of frontier) {
      for (const neighbour of edges.get(id) ?? []) if (!seen.has(neighbour)) next.add(neighbour);
    }
    if (next.size === 0) break;
    for (const id of next) seen.add(id);
    frontier = next;
  }
  return seen;
}
