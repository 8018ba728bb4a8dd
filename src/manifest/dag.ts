/**
 * Builds the graph of a project and finds its cycles.
 */
import type { NodeId } from '../base/index.js';
import type { Dag } from './manifest.js';

/** Both edge directions; what a node depends on outside of `nodes` is left out. */
export function buildDag(
  nodes: Iterable<{ readonly id: NodeId; readonly dependsOn: readonly NodeId[] }>,
): Dag {
  const parents = new Map<NodeId, readonly NodeId[]>();
  const children = new Map<NodeId, NodeId[]>();
  const all = [...nodes];
  for (const { id } of all) children.set(id, []);
  for (const { id, dependsOn } of all) {
    const known = dependsOn.filter((parent) => children.has(parent));
    parents.set(id, known);
    for (const parent of known) children.get(parent)?.push(id);
  }
  return { parents, children };
}

/** One cycle of a graph as a path that ends where it begins, or undefined if there is none. */
export function findCycle(dag: Dag): readonly NodeId[] | undefined {
  const state = new Map<NodeId, 'open' | 'done'>();
  for (const start of dag.parents.keys()) {
    if (state.has(start)) continue;
    // An explicit stack: chains may be longer than the call stack.
    const path: NodeId[] = [];
    const stack: { readonly id: NodeId; next: number }[] = [{ id: start, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1);
      if (top === undefined) break;
      if (top.next === 0) {
        state.set(top.id, 'open');
        path.push(top.id);
      }
      const child = dag.children.get(top.id)?.[top.next];
      top.next += 1;
      if (child === undefined) {
        state.set(top.id, 'done');
        path.pop();
        stack.pop();
      } else if (state.get(child) === 'open') {
        return [...path.slice(path.indexOf(child)), child];
      } else if (!state.has(child)) stack.push({ id: child, next: 0 });
    }
  }
  return undefined;
}
