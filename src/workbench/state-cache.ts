/**
 * States of nodes, asked of the session once each: a screen asks for hundreds at every key.
 */
import type { NodeId } from '../base/index.js';
import type { NodeState, Session } from '../session/index.js';
import type { RunView } from './run-view.js';

export interface StateCache {
  stateOf(id: NodeId): NodeState;
  /** Changes whenever the state of some node may have: what is worked out of many states is kept as long as it is the same. */
  version(): number;
  /** Forgets one node, or all. */
  forget(id?: NodeId): void;
}

/** @param runOf the run that is shown: while it goes, what it says of a node is newer than any record. */
export function createStateCache(session: Session, runOf: () => RunView | null): StateCache {
  const known = new Map<NodeId, NodeState>();
  let version = 0;
  let lastRun: RunView | null = null;
  return {
    version() {
      const run = runOf();
      if (run !== lastRun) version += 1;
      lastRun = run;
      return version;
    },
    stateOf(id) {
      const live = liveState(runOf(), id);
      if (live !== null) return live;
      const cached = known.get(id);
      if (cached !== undefined) return cached;
      const state = session.stateOf(id);
      known.set(id, state);
      return state;
    },
    forget(id) {
      version += 1;
      if (id === undefined) known.clear();
      else known.delete(id);
    },
  };
}

function liveState(view: RunView | null, id: NodeId): NodeState | null {
  if (view === null || view.summary !== null) return null;
  const node = view.nodes.get(id);
  if (node === undefined) return null;
  const lastResult = node.result;
  switch (node.state) {
    case 'running':
      return { state: 'running', lastResult, reason: null };
    case 'failed':
      return { state: 'failed', lastResult, reason: null };
    case 'skipped':
      return { state: 'skipped', lastResult, reason: null };
    case 'ok':
    case 'warn':
      return { state: 'built', lastResult, reason: null };
    default:
      return null;
  }
}
