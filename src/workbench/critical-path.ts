/**
 * The chain of nodes that a run could not have been quicker than.
 */
import type { NodeId } from '../base/index.js';
import type { RunView } from './run-view.js';

export interface CriticalPath {
  /** From the first to the last. */
  readonly ids: readonly NodeId[];
  /** Of its nodes together. */
  readonly durationMs: number;
}

/**
 * The longest chain by time, along what waits for what; nodes that did not run take none.
 *
 * @param parents what each node reads, of the whole project. Acyclic.
 */
export function criticalPath(
  view: RunView,
  parents: ReadonlyMap<NodeId, readonly NodeId[]>,
): CriticalPath {
  const known = new Map<NodeId, CriticalPath>();
  const pathTo = (id: NodeId): CriticalPath => {
    const found = known.get(id);
    if (found !== undefined) return found;
    let longest: CriticalPath = { ids: [], durationMs: 0 };
    for (const parent of parents.get(id) ?? []) {
      if (!view.nodes.has(parent)) continue;
      const path = pathTo(parent);
      if (path.durationMs > longest.durationMs) longest = path;
    }
    const node = view.nodes.get(id);
    const ownMs = node?.state === 'skipped' ? 0 : (node?.durationMs ?? 0);
    const path = { ids: [...longest.ids, id], durationMs: longest.durationMs + ownMs };
    known.set(id, path);
    return path;
  };
  let best: CriticalPath = { ids: [], durationMs: 0 };
  for (const id of view.nodes.keys()) {
    const path = pathTo(id);
    if (path.durationMs > best.durationMs) best = path;
  }
  return best;
}
