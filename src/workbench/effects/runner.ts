/**
 * Runs: one at a time, planned first where that is asked for, cancelled by a key.
 */
import type { NodeId } from '../../base/index.js';
import type { RunRequest } from '../../session/index.js';
import { type Core, diagnosticOf, isAbort, showError, toast } from '../core.js';
import { commandText } from '../repl/run-flags.js';
import { recordOf } from '../run-records.js';
import { foldRun } from '../run-view.js';
import { goTo, patch } from '../state.js';
import type { Previewer } from './previewer.js';

export interface Runner {
  readonly isRunning: () => boolean;
  /** Runs at once, or shows the plan first: a full refresh, and anything where statements cost money, is confirmed. */
  request(request: RunRequest): void;
  /** Shows what a run would send, to run it or not. */
  showPlan(request: RunRequest): void;
  /** Runs what the plan screen shows. */
  confirm(): void;
  /** True if there was a run to cancel. */
  cancel(): boolean;
  /** Cancels one node of the run; false if it has ended, or nothing runs. */
  cancelNode(id: NodeId): boolean;
  /** Cancels and waits until the run has ended. */
  close(): Promise<void>;
}

interface Running {
  readonly controller: AbortController;
  /** Made when a node is asked about: a run has thousands. */
  readonly nodes: Map<NodeId, AbortController>;
  readonly ended: Promise<void>;
}

export function createRunner(core: Core, previewer: Previewer): Runner {
  const { session, store, host } = core;
  let running: Running | null = null;
  let planning: AbortController | null = null;

  const stopPlanning = (): void => {
    planning?.abort();
    planning = null;
  };

  const start = (request: RunRequest): void => {
    const controller = new AbortController();
    const { signal } = controller;
    const nodes = new Map<NodeId, AbortController>();
    const controllerOf = (id: NodeId): AbortController => {
      const own = nodes.get(id) ?? new AbortController();
      nodes.set(id, own);
      return own;
    };
    // The view of the last run would be taken for this one until its first event comes.
    store.update((state) => ({
      ...patch(goTo(state, 'run'), 'run', {
        view: null,
        request,
        index: null,
        scroll: 0,
        showsFailedOnly: false,
      }),
      overlay: null,
      nowMs: host.now(),
    }));
    const work = async (): Promise<void> => {
      try {
        // The embedded warehouse has one owner; an open preview must not make the run wait for it.
        await previewer.close();
        const isReusing = request.isReusing ?? core.settings.reuses();
        const summary = await session.run(
          { ...request, isReusing },
          {
            signal,
            nodeSignal: (id) => controllerOf(id).signal,
          },
        );
        store.update((state) => {
          const view = foldRun(state.run.view, { type: 'run_finished', summary });
          // Whoever emits its own end is folded already.
          return state.run.view?.summary == null ? patch(state, 'run', { view }) : state;
        });
        core.records.keep(recordOf(summary, commandText(request)));
        if (store.get().screen !== 'run') sayEnd(summary.isCancelled);
      } catch (error) {
        if (isAbort(error)) toast(core, 'The run was cancelled.');
        else showError(core, `${request.command} failed`, error);
      } finally {
        running = null;
        store.update((state) => ({ ...state, nowMs: host.now(), version: state.version + 1 }));
      }
    };
    running = { controller, nodes, ended: work() };
  };

  const sayEnd = (isCancelled: boolean): void => {
    toast(core, isCancelled ? 'The run was cancelled.' : 'The run has ended: 3 shows it.');
  };

  const plan = (request: RunRequest): void => {
    stopPlanning();
    planning = new AbortController();
    const { signal } = planning;
    const sinceMs = host.now();
    store.update((state) => ({
      ...state,
      overlay: { kind: 'plan', request, plan: { kind: 'loading', sinceMs }, scroll: 0 },
    }));
    const isShown = (): boolean => !signal.aborted && store.get().overlay?.kind === 'plan';
    session.plan(request, { signal }).then(
      (value) => {
        if (!isShown()) return;
        store.update((state) => ({
          ...state,
          overlay: { kind: 'plan', request, plan: { kind: 'ready', value }, scroll: 0 },
        }));
      },
      (error: unknown) => {
        if (!isShown() || isAbort(error)) return;
        const failed = { kind: 'failed', error: diagnosticOf(error) } as const;
        store.update((state) => ({
          ...state,
          overlay: { kind: 'plan', request, plan: failed, scroll: 0 },
        }));
      },
    );
  };

  return {
    isRunning: () => running !== null,
    request(request) {
      if (running !== null) {
        toast(core, 'A run is going on: 3 shows it, ctrl-c cancels it.', 'error');
        return;
      }
      if (request.isFullRefresh === true || session.facts.isMetered) plan(request);
      else start(request);
    },
    showPlan: plan,
    confirm() {
      const { overlay } = store.get();
      if (overlay?.kind !== 'plan' || running !== null) return;
      if (overlay.plan.kind === 'failed') {
        store.update((state) => ({ ...state, overlay: null }));
        return;
      }
      stopPlanning();
      start(overlay.request);
    },
    cancel() {
      if (running === null) return false;
      running.controller.abort();
      store.update((state) => {
        const { view } = state.run;
        return view === null
          ? state
          : patch(state, 'run', { view: { ...view, isCancelling: true } });
      });
      return true;
    },
    cancelNode(id) {
      const node = store.get().run.view?.nodes.get(id);
      const isOver = node === undefined || (node.state !== 'running' && node.state !== 'waiting');
      if (running === null || isOver) return false;
      const own = running.nodes.get(id) ?? new AbortController();
      running.nodes.set(id, own);
      own.abort();
      return true;
    },
    async close() {
      stopPlanning();
      running?.controller.abort();
      await running?.ended;
    },
  };
}
