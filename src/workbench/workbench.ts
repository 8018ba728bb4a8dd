/**
 * The workbench without a screen: one state, the effects around an open session, and the commands that drive them.
 */
import type { DagbookEvent } from '../events/index.js';
import type { Session } from '../session/index.js';
import { allCommands } from './commands/all.js';
import type { Command } from './command.js';
import { type Core, type Host, toast } from './core.js';
import { type Analyst, createAnalyst } from './effects/analyst.js';
import { type CellQueue, createCellQueue } from './effects/cell-queue.js';
import { type Consent, createConsent } from './effects/consent.js';
import { createFinderBox, type FinderBox } from './effects/finder-box.js';
import { createMapBox, type MapBox } from './effects/map-box.js';
import { createNodeLoader, type NodeLoader } from './effects/node-loader.js';
import { createNotebookDesk, type NotebookDesk } from './effects/notebook-desk.js';
import { createPreviewer, type Previewer } from './effects/previewer.js';
import { createReplDesk, type ReplDesk } from './effects/repl-desk.js';
import { createRunner, type Runner } from './effects/runner.js';
import { createTypist, type Typist } from './effects/typist.js';
import { afterReload } from './graph-moves.js';
import { withKeyMap } from './key-map.js';
import { Desk } from './metadata/ask.js';
import type { RunRecords } from './run-records.js';
import { type ColumnTracer, createColumnTracer } from './lineage/column-tracer.js';
import { createSnapshotBox, type SnapshotBox } from './snapshots/snapshot-box.js';
import { createTraceBox, type TraceBox } from './lineage/trace-box.js';
import { type CteCounter, createCteCounter } from './node/cte-counter.js';
import { foldRun } from './run-view.js';
import type { Settings } from './settings.js';
import { createStatementLog, type StatementLog } from './statement-log.js';
import { createStateCache, type StateCache } from './state-cache.js';
import { goTo, initialState, patch, type WorkbenchState } from './state.js';
import { createStore } from './store.js';
import { startNode } from './subject.js';
import type { ThemeName } from './themes.js';

export interface Workbench extends Core {
  readonly states: StateCache;
  readonly previewer: Previewer;
  readonly consent: Consent;
  readonly analyst: Analyst;
  readonly notebooks: NotebookDesk;
  readonly cells: CellQueue;
  readonly typist: Typist;
  readonly repl: ReplDesk;
  readonly loader: NodeLoader;
  readonly counter: CteCounter;
  readonly runner: Runner;
  readonly finder: FinderBox;
  readonly map: MapBox;
  readonly tracer: ColumnTracer;
  readonly traces: TraceBox;
  readonly snapshots: SnapshotBox;
  readonly commands: readonly Command[];
  readonly statements: StatementLog;
  /** Moves the clock on screen and lets toasts end; called while something is shown that changes with time. */
  tick(): void;
  /** Whether the screen changes by itself. */
  isLive(): boolean;
  /** Cancels what is going on and stops listening. The session stays open: its owner closes it. */
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  readonly session: Session;
  readonly host: Host;
  readonly settings: Settings;
  readonly records: RunRecords;
  readonly size: WorkbenchState['size'];
  /** Where the user has chosen none; `dark` if absent. */
  readonly theme?: ThemeName;
}

/** Opens a workbench over an open session. */
export function createWorkbench(options: WorkbenchOptions): Workbench {
  const { session, host, settings, records, size, theme = 'dark' } = options;
  const start = startNode(session.manifest, settings.recentNodes());
  const store = createStore(initialState(size, host.now(), start, settings.theme() ?? theme));
  const core: Core = { session, store, host, settings, records, limits: new Map() };
  const statements = createStatementLog();
  const desk = new Desk(session, {
    onStatement: (sql) => statements.add({ sql, what: 'query', atMs: host.now() }),
  });
  const queue = createCellQueue(core, desk);
  const notebooks = createNotebookDesk(core, queue);
  const states = createStateCache(session, () => store.get().run.view);
  const previewer = createPreviewer(core, desk);
  const analyst = createAnalyst(core, desk, previewer);
  const counter = createCteCounter(core, desk);
  const loader = createNodeLoader(core, counter);
  const runner = createRunner(core, previewer);
  const keyMap = settings.keyMap();
  const commands = withKeyMap(allCommands(), keyMap);
  const typist = createTypist(core, commands);
  const repl = createReplDesk(core, desk, commands);
  if (keyMap.problem !== null) toast(core, keyMap.problem, 'error');
  const finder = createFinderBox(
    core,
    () =>
      commands
        .filter((command) => command.isKeyOnly !== true)
        .map(({ id, title, keys }) => ({ id, title, keys: keys[0] ?? '' })),
    () => notebooks.list(),
  );
  const map = createMapBox(core);
  const consent = createConsent(core);
  const tracer = createColumnTracer(core);
  const traces = createTraceBox(core);
  const snapshots = createSnapshotBox(core);

  const onEvent = (event: DagbookEvent | { readonly type: 'manifest_changed' }): void => {
    if (event.type === 'manifest_changed') {
      onReload();
      return;
    }
    if (event.type === 'statement_started') {
      const { sql, nodeId } = event;
      const node = nodeId === null ? undefined : session.manifest.nodes.get(nodeId);
      statements.add({ sql, what: node?.name ?? 'run', atMs: host.now() });
    }
    if (event.type === 'node_finished') states.forget(event.result.nodeId);
    if (event.type === 'run_finished') states.forget();
    store.update((state) => {
      const view = foldRun(state.run.view, event);
      const folded = view === state.run.view ? state : patch(state, 'run', { view });
      // A run that somebody else started (the command line of this process) is as worth seeing.
      const shown = event.type === 'run_started' ? goTo(folded, 'run') : folded;
      return event.type === 'run_finished'
        ? { ...shown, version: shown.version + 1, nowMs: host.now() }
        : shown;
    });
    if (event.type !== 'run_finished') return;
    loader.refresh();
    notebooks.refresh();
    tracer.refresh();
    snapshots.refresh();
  };

  const onReload = (): void => {
    states.forget();
    finder.forget();
    typist.forget();
    const { nodes } = session.manifest;
    store.update((state) => ({
      ...patch(
        state,
        'graph',
        afterReload(state.graph, (id) => nodes.has(id), startNode(session.manifest, [])),
      ),
      version: state.version + 1,
    }));
    loader.refresh();
    notebooks.refresh();
    tracer.refresh();
    snapshots.refresh();
  };

  const unsubscribe = session.subscribe(onEvent);

  return {
    ...core,
    states,
    previewer,
    consent,
    analyst,
    notebooks,
    cells: queue,
    typist,
    repl,
    loader,
    counter,
    runner,
    finder,
    map,
    tracer,
    traces,
    snapshots,
    commands,
    statements,
    tick() {
      const nowMs = host.now();
      store.update((state) => {
        const toasts = state.toasts.filter((toast) => toast.untilMs > nowMs);
        return {
          ...state,
          nowMs,
          toasts: toasts.length === state.toasts.length ? state.toasts : toasts,
        };
      });
    },
    isLive() {
      const shown = store.get();
      const { run, data, node, columns, overlay, toasts } = shown;
      return (
        (run.view !== null && run.view.summary === null) ||
        runner.isRunning() ||
        data.status === 'loading' ||
        data.status === 'cancelling' ||
        node.compiled.kind === 'loading' ||
        node.plan.kind === 'loading' ||
        Object.values(shown.snapshots).some(isLoading) ||
        columns.lineage.kind === 'loading' ||
        columns.trace.kind === 'loading' ||
        columns.reach.kind === 'loading' ||
        (overlay?.kind === 'profile' && overlay.profile.kind === 'loading') ||
        analyst.isBusy() ||
        counter.isBusy() ||
        repl.isBusy() ||
        queue.isBusy() ||
        (overlay?.kind === 'plan' && overlay.plan.kind === 'loading') ||
        toasts.length > 0
      );
    },
    async close() {
      await previewer.close();
      await analyst.close();
      await queue.close();
      await counter.close();
      await repl.close();
      await runner.close();
      await desk.close();
      unsubscribe();
    },
  };
}

function isLoading(part: unknown): boolean {
  return typeof part === 'object' && part !== null && 'kind' in part && part.kind === 'loading';
}
