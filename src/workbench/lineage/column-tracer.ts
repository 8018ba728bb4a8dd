/**
 * Fetches what the columns screen shows: a node's lineage, then the trace of the column under the cursor, both ways. Never
 * while a key is being answered: a newer question ends an older one.
 */
import type { NodeId } from '../../base/index.js';
import {
  type ColumnPlace,
  columnNamed,
  impactOf,
  type NodeLineage,
  traceDownstream,
  traceUpstream,
} from '../../session/index.js';
import { type Core, diagnosticOf, isAbort } from '../core.js';
import { IDLE, type Loadable } from '../loadable.js';
import { goTo, patch } from '../state.js';
import { type ColumnsState, emptyColumns, keptColumns, tracedColumn } from './columns-state.js';
import { notebookHits } from './notebook-hits.js';

export interface ColumnTracer {
  /** Opens the screen on a node. @param column the one to trace; its first if absent. */
  open(id: NodeId, column?: string): void;
  /** Traces another column of the list. */
  select(index: number): void;
  /** Traces a column of the trace, remembering where from. */
  follow(place: ColumnPlace): void;
  /** Back to what was traced before. @returns false if there is nothing before. */
  back(): boolean;
  /** The lineage of a node that a trace has passed, or null: what is shown beside it costs nothing. */
  known(id: NodeId): NodeLineage | null;
  /** Asks again: the project or the warehouse has changed. */
  refresh(): void;
}

export function createColumnTracer(core: Core): ColumnTracer {
  const { session, store, host } = core;
  let controller = new AbortController();
  const passed = new Map<NodeId, NodeLineage>();

  const lineageOf = async (id: NodeId, signal: AbortSignal): Promise<NodeLineage> => {
    const lineage = await session.lineage(id, { signal });
    passed.set(id, lineage);
    return lineage;
  };

  const change = (part: Partial<ColumnsState>): void =>
    store.update((state) => patch(state, 'columns', part));

  const restart = (): AbortSignal => {
    controller.abort();
    controller = new AbortController();
    return controller.signal;
  };

  const fetch = <Value>(
    signal: AbortSignal,
    ask: () => Promise<Value>,
    put: (value: Loadable<Value>) => void,
  ): void => {
    put({ kind: 'loading', sinceMs: host.now() });
    // A turn of the event loop first: the key that asked is on screen before the work begins.
    const isCurrent = (): boolean => !signal.aborted;
    new Promise((resolve) => setImmediate(resolve)).then(ask).then(
      (value) => {
        if (isCurrent()) put({ kind: 'ready', value });
      },
      (error: unknown) => {
        if (isCurrent() && !isAbort(error)) put({ kind: 'failed', error: diagnosticOf(error) });
      },
    );
  };

  const trace = (signal: AbortSignal): void => {
    const start = tracedColumn(store.get().columns);
    if (start === null || start.nodeId === null) return;
    const { nodeId } = start;
    const source = {
      manifest: session.manifest,
      lineage: (id: NodeId) => lineageOf(id, signal),
    };
    fetch(
      signal,
      async () => await traceUpstream(source, start),
      (value) => change({ trace: value }),
    );
    fetch(
      signal,
      async () => {
        const found = await traceDownstream(source, { ...start, nodeId });
        const impact = impactOf(session.manifest, found);
        return { trace: found, impact, notebooks: notebookHits(session, found, impact) };
      },
      (value) => change({ reach: value }),
    );
  };

  const load = (
    id: NodeId,
    wanted: { readonly column?: string; readonly index?: number },
  ): void => {
    const signal = restart();
    fetch(
      signal,
      async () => await lineageOf(id, signal),
      (lineage) => {
        change({ lineage });
        if (lineage.kind !== 'ready') return;
        const { columns } = lineage.value;
        const named =
          wanted.column === undefined ? null : columnNamed(lineage.value, wanted.column);
        const index = named === null ? (wanted.index ?? 0) : columns.indexOf(named);
        change({ index: Math.max(0, Math.min(index, columns.length - 1)) });
        trace(signal);
      },
    );
  };

  return {
    open(id, column) {
      const before = store.get().columns;
      const isSame = before.id === id && before.lineage.kind === 'ready';
      store.update((state) => goTo(state, 'columns'));
      if (isSame && column === undefined) return;
      change({ ...emptyColumns(id), ...keptColumns(before) });
      load(id, column === undefined ? {} : { column });
    },
    select(index) {
      const { lineage, index: before } = store.get().columns;
      const count = lineage.kind === 'ready' ? lineage.value.columns.length : 0;
      const next = Math.max(0, Math.min(index, count - 1));
      if (count === 0 || next === before) return;
      change({ index: next, trace: IDLE, reach: IDLE, cursor: null });
      trace(restart());
    },
    follow(place) {
      const before = store.get().columns;
      const { id, index, trail } = before;
      if (place.nodeId === null || id === null) return;
      change({
        ...emptyColumns(place.nodeId),
        ...keptColumns(before),
        focus: 'trace',
        trail: [...trail, { id, index }].slice(-MAX_TRAIL),
      });
      load(place.nodeId, { column: place.column });
    },
    back() {
      const before = store.get().columns;
      const { trail } = before;
      const last = trail.at(-1);
      if (last === undefined) return false;
      change({ ...emptyColumns(last.id), ...keptColumns(before), trail: trail.slice(0, -1) });
      load(last.id, { index: last.index });
      return true;
    },
    known: (id) => passed.get(id) ?? null,
    refresh() {
      passed.clear();
      const before = store.get().columns;
      const { id, index, trail } = before;
      if (id === null) return;
      const isThere = session.manifest.nodes.has(id);
      change({ ...emptyColumns(isThere ? id : null), ...keptColumns(before), trail });
      if (isThere && store.get().screen === 'columns') load(id, { index });
    },
  };
}

const MAX_TRAIL = 50;
