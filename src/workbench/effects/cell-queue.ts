/**
 * Runs cells of the open notebook, one after another, each after what it needs.
 */
import type { Core } from '../core.js';
import { isAbort, showError } from '../core.js';
import type { Desk } from '../metadata/ask.js';
import { CellRunner, type DoneCell } from '../notebook/cell-runner.js';
import type { CellKey } from '../notebook/edit-notebook.js';
import { type LiveGraph, liveGraph } from '../notebook/live-graph.js';
import type { Cell } from '../notebook/notebook.js';
import { type CellView, NO_VIEW, type OpenNotebook } from '../notebook/notebook-state.js';
import { runCell } from '../notebook/run-cell.js';
import { patch } from '../state.js';

export interface CellQueue {
  /** Runs cells, with what they need that is stale. */
  run(indexes: readonly number[]): void;
  /** Marks what is stale; where the notebook is reactive, and statements cost nothing, runs it. */
  react(): void;
  readonly isBusy: () => boolean;
  /** True if there was something to cancel. */
  cancel(): boolean;
  close(): Promise<void>;
}

/** What a cell gave, and what its result stands on. */
interface Kept {
  readonly done: DoneCell;
  readonly hash: string;
}

export function createCellQueue(core: Core, desk: Desk): CellQueue {
  const { session, store, host } = core;
  const kept = new Map<CellKey, Kept>();
  const waiting = new Set<CellKey>();
  let working: { readonly controller: AbortController; readonly ended: Promise<void> } | null =
    null;

  const setView = (key: CellKey, change: Partial<CellView>): void => {
    store.update((state) => {
      const { open } = state.notebook;
      if (open === null || !open.keys.includes(key)) return state;
      const views = new Map(open.views);
      views.set(key, { ...(open.views.get(key) ?? NO_VIEW), ...change });
      return { ...patch(state, 'notebook', { open: { ...open, views } }), nowMs: host.now() };
    });
  };

  const isStale = (key: CellKey, hash: string | undefined): boolean => kept.get(key)?.hash !== hash;

  /** The places of stale cells, run cells left out: what writes is run by a person. */
  const staleOf = (open: OpenNotebook, { graph, hashes }: LiveGraph): readonly number[] =>
    graph.order.filter((index) => {
      const kind = open.notebook.cells[index]?.kind;
      const key = open.keys[index];
      return (
        kind !== 'run' && kind !== 'unreadable' && key !== undefined && isStale(key, hashes[index])
      );
    });

  /** A cell that ran again gives new rows: what stands on it holds no more. */
  const forgetReaders = (
    open: OpenNotebook,
    { graph }: Pick<LiveGraph, 'graph'>,
    index: number,
  ): void => {
    for (const [child, parents] of graph.parents.entries()) {
      const key = open.keys[child];
      if (key === undefined || !parents.includes(index) || !kept.delete(key)) continue;
      forgetReaders(open, { graph }, child);
    }
  };

  const mark = (open: OpenNotebook, live: LiveGraph): void => {
    store.update((state) => {
      const views = new Map<CellKey, CellView>();
      for (const [index, key] of open.keys.entries()) {
        const view = open.views.get(key) ?? NO_VIEW;
        views.set(key, { ...view, isStale: isStale(key, live.hashes[index]) });
      }
      return patch(state, 'notebook', { open: { ...open, views, fault: live.fault } });
    });
  };

  /** Adds what the cells need and do not have. */
  const withNeeds = (
    open: OpenNotebook,
    live: LiveGraph,
    indexes: readonly number[],
  ): ReadonlySet<number> => {
    const wanted = new Set<number>();
    const add = (index: number, isNeeded: boolean): void => {
      const key = open.keys[index];
      if (key === undefined || wanted.has(index)) return;
      if (isNeeded && !isStale(key, live.hashes[index])) return;
      wanted.add(index);
      for (const parent of live.graph.parents[index] ?? []) add(parent, true);
    };
    for (const index of indexes) add(index, false);
    return wanted;
  };

  const enqueue = (indexes: readonly number[]): void => {
    const { open } = store.get().notebook;
    if (open === null) return;
    const live = liveGraph(open.notebook, open.given, session);
    for (const index of withNeeds(open, live, indexes)) {
      const key = open.keys[index];
      if (key === undefined) continue;
      waiting.add(key);
      setView(key, { activity: 'waiting', sinceMs: host.now() });
    }
    if (working === null && waiting.size > 0) {
      const controller = new AbortController();
      working = { controller, ended: work(controller.signal) };
    }
  };

  const work = async (signal: AbortSignal): Promise<void> => {
    try {
      for (;;) {
        const next = nextCell();
        if (next === null || signal.aborted) break;
        await runNext(next, signal);
        // Lets keys and frames through between cells.
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      if (!isAbort(error)) showError(core, 'notebook', error);
    } finally {
      for (const key of waiting) setView(key, { activity: 'idle' });
      waiting.clear();
      working = null;
      if (!signal.aborted) react();
    }
  };

  interface Next {
    readonly open: OpenNotebook;
    readonly live: LiveGraph;
    readonly index: number;
    readonly key: CellKey;
    readonly cell: Cell;
  }

  /** The first waiting cell in the order of needs, in the notebook as it is now. */
  const nextCell = (): Next | null => {
    const { open } = store.get().notebook;
    if (open === null) return null;
    const live = liveGraph(open.notebook, open.given, session);
    for (const index of live.graph.order) {
      const key = open.keys[index];
      const cell = open.notebook.cells[index];
      if (key !== undefined && cell !== undefined && waiting.has(key)) {
        return { open, live, index, key, cell };
      }
    }
    return null;
  };

  const runNext = async (
    { open, live, index, key, cell }: Next,
    signal: AbortSignal,
  ): Promise<void> => {
    waiting.delete(key);
    if (cell.kind === 'unreadable') {
      setView(key, { activity: 'idle' });
      return;
    }
    setView(key, { activity: 'running', sinceMs: host.now() });
    const { values } = live;
    const runner = new CellRunner({ session, notebook: open.notebook, values, desk, signal });
    const parents = (live.graph.parents[index] ?? []).flatMap((parent) => {
      const done = kept.get(open.keys[parent] ?? -1)?.done;
      return done === undefined ? [] : [done];
    });
    const reads = live.reads[index] ?? { references: [], nodes: [] };
    const done = await runCell(cell, { runner, reads, parents, now: () => host.now(), signal });
    if (signal.aborted) {
      setView(key, { activity: 'idle' });
      return;
    }
    // What a run cell builds changes what others stand on: the moment after it counts.
    const hash =
      cell.kind === 'run'
        ? liveGraph(open.notebook, open.given, session).hashes[index]
        : live.hashes[index];
    forgetReaders(open, live, index);
    kept.set(key, { done, hash: hash ?? '' });
    setView(key, { activity: 'idle', outcome: done.outcome, isStale: false });
  };

  const react = (): void => {
    const { open, isReactive } = store.get().notebook;
    if (open === null) return;
    const live = liveGraph(open.notebook, open.given, session);
    mark(open, live);
    if (!isReactive || session.facts.isMetered || working !== null) return;
    const stale = staleOf(open, live);
    if (stale.length > 0) enqueue(stale);
  };

  return {
    run: enqueue,
    react,
    isBusy: () => working !== null,
    cancel() {
      if (working === null) return false;
      waiting.clear();
      working.controller.abort();
      return true;
    },
    async close() {
      waiting.clear();
      working?.controller.abort();
      await working?.ended;
    },
  };
}
