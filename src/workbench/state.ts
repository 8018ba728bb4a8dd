/**
 * Everything that the workbench remembers between two keys.
 */
import type { NodeId } from '../base/index.js';
import type { RunRequest } from '../session/index.js';
import { type DataState, emptyData } from './data/data-state.js';
import { type GraphState, graphAt } from './graph/graph-state.js';
import { type ColumnsState, emptyColumns } from './lineage/columns-state.js';
import { emptyNodeScreen, type NodeScreenState } from './node/node-screen.js';
import type { NotebookState } from './notebook/notebook-state.js';
import type { Overlay, Toast } from './overlay.js';
import { EMPTY_REPL, type ReplScreenState } from './repl/repl-screen.js';
import type { RunView } from './run-view.js';
import type { ScreenName } from './screen-list.js';
import { emptySnapshots, type SnapshotsState } from './snapshots/snapshots-state.js';
import type { ThemeName } from './themes.js';

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

export interface WorkbenchState {
  /** Of the terminal, in cells. */
  readonly size: { readonly columns: number; readonly rows: number };
  /** Moves on while something runs, so that times on screen do. */
  readonly nowMs: number;
  readonly theme: ThemeName;
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
  readonly repl: ReplScreenState;
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
  theme: ThemeName,
): WorkbenchState {
  return {
    size,
    nowMs,
    theme,
    screen: 'graph',
    back: [],
    graph: graphAt(centre),
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
    repl: EMPTY_REPL,
    overlay: null,
    toasts: [],
    version: 0,
    quitArmedAtMs: null,
  };
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
