/**
 * What the node screen shows, fetched when a tab is looked at and forgotten when the project changes.
 */
import type { NodeId } from '../../base/index.js';
import { type Core, diagnosticOf, isAbort } from '../core.js';
import type { Loadable } from '../loadable.js';
import type { CteCounter } from '../node/cte-counter.js';
import {
  COMPILED_TABS,
  emptyNodeScreen,
  type NodeScreenState,
  type NodeTab,
} from '../node/node-screen.js';
import { goTo, patch } from '../state.js';

export interface NodeLoader {
  /** Opens the node screen. */
  open(id: NodeId, tab?: NodeTab): void;
  /** Looks at another tab of the open node. */
  show(tab: NodeTab): void;
  /** Fetches again what is shown: the project or the warehouse has changed. */
  refresh(): void;
}

export function createNodeLoader(core: Core, counter: CteCounter): NodeLoader {
  const { session, store, host } = core;
  let controller = new AbortController();

  const load = <Key extends 'compiled' | 'plan' | 'columns'>(
    id: NodeId,
    key: Key,
    fetch: (signal: AbortSignal) => Promise<LoadedOf<Key>>,
  ): void => {
    if (store.get().node[key].kind !== 'idle') return;
    const { signal } = controller;
    const put = (value: Loadable<LoadedOf<Key>>): void => {
      if (signal.aborted || store.get().node.id !== id) return;
      store.update((state) => patch(state, 'node', { [key]: value }));
      countSteps();
    };
    put({ kind: 'loading', sinceMs: host.now() });
    fetch(signal).then(
      (value) => put({ kind: 'ready', value }),
      (error: unknown) => {
        if (!isAbort(error)) put({ kind: 'failed', error: diagnosticOf(error) });
      },
    );
  };

  /** Where statements cost money they are counted when asked for. */
  const countSteps = (): void => {
    if (store.get().node.tab === 'ctes' && !session.facts.isMetered) counter.count();
  };

  const ensure = (): void => {
    const { id, tab } = store.get().node;
    if (id === null) return;
    const source = session.sourceText(id);
    const builtSql = session.builtSql(id);
    store.update((state) => patch(state, 'node', { source, builtSql }));
    const node = session.manifest.nodes.get(id);
    if (node === undefined) return;
    if (COMPILED_TABS.has(tab) && hasCode(node.resourceType)) {
      load(id, 'compiled', (signal) => session.compile(id, { signal }));
      countSteps();
    }
    if (tab === 'plan' && canRun(node.resourceType)) {
      load(id, 'plan', (signal) => session.planNode(id, {}, { signal }));
    }
    if (tab === 'columns' && hasRelation(node.resourceType)) {
      load(id, 'columns', (signal) => session.columns(id, { signal }));
    }
  };

  const restart = (): void => {
    controller.abort();
    counter.forget();
    controller = new AbortController();
  };

  return {
    open(id, tab) {
      const before = store.get().node;
      const node = session.manifest.nodes.get(id);
      const wanted = tab ?? (before.id === id ? before.tab : firstTab(node?.resourceType));
      if (before.id !== id) restart();
      core.settings.rememberNode(id);
      store.update((state) => {
        const fresh = before.id === id ? state.node : emptyNodeScreen(id, wanted);
        const scroll = fresh.tab === wanted ? fresh.scroll : 0;
        return patch(goTo(state, 'node'), 'node', { ...fresh, tab: wanted, scroll });
      });
      ensure();
    },
    show(tab) {
      store.update((state) => patch(state, 'node', { tab, scroll: 0, left: 0 }));
      ensure();
    },
    refresh() {
      restart();
      store.update((state) => {
        const { id, tab, scroll, step } = state.node;
        return patch(state, 'node', { ...emptyNodeScreen(id, tab), scroll, step });
      });
      if (store.get().screen === 'node') ensure();
    },
  };
}

type LoadedOf<Key extends 'compiled' | 'plan' | 'columns'> =
  NodeScreenState[Key] extends Loadable<infer Value> ? Value : never;

type Kind = string | undefined;

/** Whether a node has text that is compiled. */
export function hasCode(kind: Kind): boolean {
  return (
    kind === 'model' ||
    kind === 'snapshot' ||
    kind === 'test' ||
    kind === 'analysis' ||
    kind === 'operation'
  );
}

/** Whether a run can do something with a node. */
export function canRun(kind: Kind): boolean {
  return (
    kind === 'model' ||
    kind === 'seed' ||
    kind === 'snapshot' ||
    kind === 'test' ||
    kind === 'unit_test'
  );
}

/** Whether there may be rows to look at. */
export function hasRelation(kind: Kind): boolean {
  return kind === 'model' || kind === 'seed' || kind === 'snapshot' || kind === 'source';
}

function firstTab(kind: Kind): NodeTab {
  if (hasCode(kind)) return 'compiled';
  return hasRelation(kind) ? 'columns' : 'source';
}
