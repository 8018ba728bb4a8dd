/**
 * How many rows each step of a node's query has, counted one after the other while the list is already there.
 */
import type { Desk } from '../metadata/ask.js';
import { type Core, diagnosticOf, isAbort } from '../core.js';
import { dialectOf } from '../dialect-of.js';
import { patch } from '../state.js';
import { countSql, type QueryStep, queryStepsOf } from './cte-list.js';
import type { StepCount } from './node-screen.js';

export interface CteCounter {
  /** Counts the steps of the node that is open, if its query is there and they are not counted yet. */
  count(): void;
  /** What was counted is of another text, or of other rows. */
  forget(): void;
  readonly isBusy: () => boolean;
  /** True if there was something to cancel; what was counted stays. */
  cancel(): boolean;
  close(): Promise<void>;
}

export function createCteCounter(core: Core, desk: Desk): CteCounter {
  const { session, store } = core;
  let working: { readonly controller: AbortController; readonly ended: Promise<void> } | null =
    null;

  const put = (index: number, count: StepCount, signal: AbortSignal): void => {
    if (signal.aborted) return;
    store.update((state) => {
      const counts = new Map(state.node.counts).set(index, count);
      return patch(state, 'node', { counts });
    });
  };

  const countOne = async (step: QueryStep, signal: AbortSignal): Promise<StepCount> => {
    try {
      const { rows } = await desk.ask(countSql(step), { signal, maxRows: 1 });
      return { kind: 'rows', rowCount: Number(rows[0]?.[0] ?? 0) };
    } catch (error) {
      if (isAbort(error) || signal.aborted) throw error;
      return { kind: 'failed', message: diagnosticOf(error).message };
    }
  };

  const countAll = async (steps: readonly QueryStep[], signal: AbortSignal): Promise<void> => {
    for (const [index, step] of steps.entries()) {
      if (store.get().node.counts.has(index)) continue;
      put(index, { kind: 'counting' }, signal);
      put(index, await countOne(step, signal), signal);
    }
  };

  const stop = (): void => {
    working?.controller.abort();
    working = null;
    store.update((state) => {
      const counts = [...state.node.counts].filter(([, { kind }]) => kind !== 'counting');
      return counts.length === state.node.counts.size
        ? state
        : patch(state, 'node', { counts: new Map(counts) });
    });
  };

  return {
    count() {
      const { compiled } = store.get().node;
      const sql = compiled.kind === 'ready' ? compiled.value.compiledSql : null;
      if (sql === null || working !== null) return;
      const controller = new AbortController();
      const mine = {
        controller,
        ended: countAll(queryStepsOf(sql, dialectOf(session)), controller.signal)
          .catch((error: unknown) => {
            if (!isAbort(error) && !controller.signal.aborted) throw error;
          })
          .finally(() => {
            if (working === mine) working = null;
          }),
      };
      working = mine;
    },
    forget() {
      stop();
      store.update((state) => patch(state, 'node', { counts: new Map() }));
    },
    isBusy: () => working !== null,
    cancel() {
      if (working === null) return false;
      stop();
      return true;
    },
    async close() {
      const ended = working?.ended;
      stop();
      await ended;
    },
  };
}
