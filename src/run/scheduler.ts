/**
 * Works through a graph of nodes with so many at a time, each after those it waits for.
 */
import type { NodeId } from '../base/index.js';

export interface Schedule {
  /** In the order in which ready nodes are preferred. */
  readonly ids: readonly NodeId[];
  /** For each node, those of `ids` that must end before it. Acyclic. */
  readonly waitsFor: ReadonlyMap<NodeId, readonly NodeId[]>;
  /** At least 1. */
  readonly threads: number;
}

export interface Worker {
  /**
   * Does one node.
   *
   * @param thread 0-based number of the thread it runs on.
   * @returns `blocked` if what waits for it must not run.
   */
  run(id: NodeId, thread: number): Promise<'done' | 'blocked'>;
  /** Told of each node that will not run, and of the failed node at the root of that. */
  skip(id: NodeId, because: NodeId): void;
  /** True once no further node may start; those that run are waited for. */
  isStopped(): boolean;
}

/**
 * Runs a schedule to its end.
 *
 * @returns nodes that were never started because the worker stopped.
 * @throws what a worker throws, after the other threads have ended.
 */
export async function runSchedule(schedule: Schedule, worker: Worker): Promise<readonly NodeId[]> {
  const rank = new Map(schedule.ids.map((id, index) => [id, index]));
  const waiting = new Map<NodeId, number>();
  const dependents = new Map<NodeId, NodeId[]>();
  for (const id of schedule.ids) {
    const parents = (schedule.waitsFor.get(id) ?? []).filter((parent) => rank.has(parent));
    waiting.set(id, parents.length);
    for (const parent of parents) {
      const list = dependents.get(parent);
      if (list === undefined) dependents.set(parent, [id]);
      else list.push(id);
    }
  }
  const ready = schedule.ids.filter((id) => waiting.get(id) === 0);
  const pending = new Set(schedule.ids);
  const running = new Set<Promise<void>>();
  const free = Array.from({ length: schedule.threads }, (_, index) => index);
  const failures: unknown[] = [];

  const release = (id: NodeId): void => {
    for (const dependent of dependents.get(id) ?? []) {
      if (!pending.has(dependent)) continue;
      const left = (waiting.get(dependent) ?? 0) - 1;
      waiting.set(dependent, left);
      if (left === 0) insert(ready, dependent, rank);
    }
  };
  const block = (id: NodeId, because: NodeId): void => {
    for (const dependent of dependents.get(id) ?? []) {
      if (!pending.delete(dependent)) continue;
      worker.skip(dependent, because);
      block(dependent, because);
    }
  };
  const start = (id: NodeId, thread: number): void => {
    const work = worker
      .run(id, thread)
      .then((outcome) => (outcome === 'done' ? release(id) : block(id, id)))
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        free.push(thread);
        running.delete(work);
      });
    running.add(work);
  };

  for (;;) {
    while (ready.length > 0 && free.length > 0 && !worker.isStopped() && failures.length === 0) {
      const id = ready.shift();
      const thread = free.shift();
      if (id === undefined || thread === undefined) break;
      pending.delete(id);
      start(id, thread);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (failures.length > 0) throw failures[0];
  return [...pending];
}

/** Keeps the list of ready nodes in the order of preference. */
function insert(ready: NodeId[], id: NodeId, rank: ReadonlyMap<NodeId, number>): void {
  const at = ready.findIndex((other) => (rank.get(other) ?? 0) > (rank.get(id) ?? 0));
  if (at === -1) ready.push(id);
  else ready.splice(at, 0, id);
}
