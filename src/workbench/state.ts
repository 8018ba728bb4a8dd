/**
 * Everything that the workbench remembers between two keys.
 */
import type { NodeId } from '../base/index.js';
import type { NodePlan, Plan } from '../plan/index.js';
import type { CompiledNode, RunRequest } from '../session/index.js';
import { type DataState, emptyData } from './data/data-state.js';
import type { ColumnProfile } from './data/profile.js';
import type { Found } from './finder/search.js';
import { type ColumnsState, emptyColumns } from './lineage/columns-state.js';
import { IDLE, type Loadable } from './loadable.js';
import type { NotebookState } from './notebook/notebook-state.js';
import type { Completion } from './repl/complete.js';
import type { RunView } from './run-view.js';
import { emptySnapshots, type SnapshotsState } from './snapshots/snapshots-state.js';
import type { TextField } from './text-field.js';

export type ScreenName = 'graph' | 'node' | 'run' | 'data' | 'notebook' | 'snapshots' | 'columns';
export const SCREENS: readonly ScreenName[] = [
  'graph',
  'node',
  'run',
  'data',
  'notebook',
  'snapshots',
  'columns',
];

export type GraphPane = 'upstream' | 'node' | 'downstream';

export interface GraphState {
  /** Null only in a project without nodes. */
  readonly centre: NodeId | null;
  /** Centres walked through before this one, oldest first. */
  readonly trail: readonly NodeId[];
  readonly pane: GraphPane;
  readonly upstreamIndex: number;
  readonly downstreamIndex: number;
  /** First row of the node card that is shown. */
  readonly cardScroll: number;
  /** Levels of neighbours, >= 1. */
  readonly depth: number;
  readonly marks: ReadonlySet<NodeId>;
  /** Whether an action also takes what is above and below. */
  readonly reach: { readonly upstream: boolean; readonly downstream: boolean };
  readonly filter: GraphFilter | null;
  readonly isMapFull: boolean;
  readonly isFolding: boolean;
}

export interface GraphFilter {
  /** A selector, as typed. */
  readonly text: string;
  readonly ids: ReadonlySet<NodeId>;
  /** Why the selector cannot be read; the ids are then those of the last one that could. */
  readonly error: string | null;
}

export type NodeTab = 'source' | 'compiled' | 'plan' | 'columns' | 'tests';
export const NODE_TABS: readonly NodeTab[] = ['source', 'compiled', 'plan', 'columns', 'tests'];

/** A column of the relation as built. */
export interface BuiltColumn {
  readonly name: string;
  readonly typeName: string;
}

export interface NodeScreenState {
  readonly id: NodeId | null;
  readonly tab: NodeTab;
  /** First line shown of the tab. */
  readonly scroll: number;
  /** First cell of each line that is shown. */
  readonly left: number;
  readonly source: string | null;
  readonly compiled: Loadable<CompiledNode>;
  readonly plan: Loadable<NodePlan>;
  readonly columns: Loadable<readonly BuiltColumn[]>;
}

export interface RunScreenState {
  readonly view: RunView | null;
  /** What the last run was asked for, to ask for it again. */
  readonly request: RunRequest | null;
  /** Row of the timeline; null follows what happens: the newest node, and at the end the first that failed. */
  readonly index: number | null;
  readonly showsLog: boolean;
  readonly showsFailedOnly: boolean;
  readonly scroll: number;
}

/** Words that may come next where something is typed. */
export interface OfferedWords extends Completion {
  /** The one that is chosen; -1 while none is: Enter is then a new line. */
  readonly index: number;
}

export type Overlay =
  | {
      readonly kind: 'finder';
      readonly field: TextField;
      readonly index: number;
      readonly found: readonly Found[];
      readonly total: number;
    }
  | { readonly kind: 'help'; readonly field: TextField; readonly scroll: number }
  | { readonly kind: 'command-line'; readonly field: TextField; readonly historyIndex: number }
  | {
      readonly kind: 'query';
      readonly field: TextField;
      readonly historyIndex: number;
      readonly completion: OfferedWords | null;
    }
  | {
      /** A cell of the notebook that is typed in, in its own place. */
      readonly kind: 'cell';
      readonly index: number;
      readonly field: TextField;
      readonly past: readonly TextField[];
      readonly future: readonly TextField[];
      readonly historyIndex: number;
      readonly completion: OfferedWords | null;
    }
  | { readonly kind: 'parameter'; readonly name: string; readonly field: TextField }
  | { readonly kind: 'promote'; readonly field: TextField }
  | { readonly kind: 'selector'; readonly field: TextField; readonly before: GraphFilter | null }
  | { readonly kind: 'condition'; readonly field: TextField }
  | { readonly kind: 'export'; readonly field: TextField }
  | { readonly kind: 'compare-target'; readonly field: TextField }
  | {
      readonly kind: 'snapshot-line';
      /** What the text is: a part of a key, a moment, or the name of what shall be begun anew. */
      readonly purpose: 'key' | 'as-of' | 'rebuild';
      readonly field: TextField;
    }
  | {
      readonly kind: 'profile';
      /** Index of the column in the result. */
      readonly column: number;
      readonly profile: Loadable<ColumnProfile>;
      /** Row of the list of values. */
      readonly index: number;
      /** Rows of the list that are marked, to filter by several. */
      readonly marked: ReadonlySet<number>;
    }
  | { readonly kind: 'go-to-column'; readonly field: TextField; readonly index: number }
  | {
      readonly kind: 'plan';
      readonly request: RunRequest;
      readonly plan: Loadable<Plan>;
      readonly scroll: number;
    }
  | {
      readonly kind: 'message';
      readonly title: string;
      readonly lines: readonly string[];
      readonly isError: boolean;
      readonly scroll: number;
    };

export interface Toast {
  readonly id: number;
  readonly kind: 'info' | 'error';
  readonly text: string;
  readonly untilMs: number;
}

export interface WorkbenchState {
  /** Of the terminal, in cells. */
  readonly size: { readonly columns: number; readonly rows: number };
  /** Moves on while something runs, so that times on screen do. */
  readonly nowMs: number;
  readonly screen: ScreenName;
  /** Screens to go back to, oldest first. */
  readonly back: readonly ScreenName[];
  readonly graph: GraphState;
  readonly node: NodeScreenState;
  readonly run: RunScreenState;
  readonly data: DataState;
  readonly notebook: NotebookState;
  readonly snapshots: SnapshotsState;
  readonly columns: ColumnsState;
  readonly overlay: Overlay | null;
  readonly toasts: readonly Toast[];
  /** Grows with each reload and each result: whoever caches by node watches it. */
  readonly version: number;
  /** When ctrl-c was last pressed with nothing to cancel, or null. */
  readonly quitArmedAtMs: number | null;
}

/** The state of a workbench that has just been opened. */
export function initialState(
  size: WorkbenchState['size'],
  nowMs: number,
  centre: NodeId | null,
): WorkbenchState {
  return {
    size,
    nowMs,
    screen: 'graph',
    back: [],
    graph: {
      centre,
      trail: [],
      pane: 'node',
      upstreamIndex: 0,
      downstreamIndex: 0,
      cardScroll: 0,
      depth: 2,
      marks: new Set(),
      reach: { upstream: false, downstream: false },
      filter: null,
      isMapFull: false,
      isFolding: true,
    },
    node: emptyNodeScreen(null, 'compiled'),
    run: {
      view: null,
      request: null,
      index: null,
      showsLog: false,
      showsFailedOnly: false,
      scroll: 0,
    },
    data: emptyData(nowMs),
    notebook: { open: null, index: 0, scroll: 0, isReactive: true },
    snapshots: emptySnapshots(null, 'list'),
    columns: emptyColumns(null),
    overlay: null,
    toasts: [],
    version: 0,
    quitArmedAtMs: null,
  };
}

/** The node screen before anything of the node was loaded. */
export function emptyNodeScreen(id: NodeId | null, tab: NodeTab): NodeScreenState {
  return { id, tab, scroll: 0, left: 0, source: null, compiled: IDLE, plan: IDLE, columns: IDLE };
}

/** Changes a part of the state. */
export function patch<Key extends ScreenName>(
  state: WorkbenchState,
  key: Key,
  change: Partial<WorkbenchState[Key]>,
): WorkbenchState {
  return { ...state, [key]: { ...state[key], ...change } };
}

/** Goes to a screen, remembering where from. */
export function goTo(state: WorkbenchState, screen: ScreenName): WorkbenchState {
  if (state.screen === screen) return state;
  const back = [...state.back.filter((one) => one !== screen), state.screen];
  return { ...state, screen, back };
}

/** Goes back to the screen before; the graph is always the last. */
export function goBack(state: WorkbenchState): WorkbenchState {
  const screen = state.back.at(-1) ?? 'graph';
  return { ...state, screen, back: state.back.slice(0, -1) };
}
