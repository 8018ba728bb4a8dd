/**
 * How each screen looks, and what of its state moves its panes.
 */
import type { ReactElement } from 'react';
import type { ScreenName, Workbench, WorkbenchState } from '../../workbench/index.js';
import { NARROW_COLUMNS } from './breakpoints.js';
import { ColumnsScreen } from './ColumnsScreen.js';
import { DataScreen } from './DataScreen.js';
import { GraphScreen } from './GraphScreen.js';
import { NodeScreen } from './NodeScreen.js';
import { NotebookScreen } from './NotebookScreen.js';
import { ReplScreen } from './ReplScreen.js';
import { RunScreen } from './RunScreen.js';
import { SnapshotsScreen } from './SnapshotsScreen.js';

export interface ScreenView {
  readonly View: (props: { readonly workbench: Workbench }) => ReactElement;
  /** A text that is equal as long as the same panes stand in the same places; absent where the size alone says so. */
  readonly arrangement?: (state: WorkbenchState) => string;
}

export const SCREEN_VIEWS: Readonly<Record<ScreenName, ScreenView>> = {
  graph: {
    View: GraphScreen,
    arrangement: ({ graph, size }) =>
      `${graph.isMapFull} ${size.columns < NARROW_COLUMNS ? graph.pane : ''}`,
  },
  node: { View: NodeScreen },
  run: { View: RunScreen, arrangement: ({ run }) => String(run.showsLog) },
  data: { View: DataScreen },
  notebook: { View: NotebookScreen },
  snapshots: { View: SnapshotsScreen, arrangement: ({ snapshots }) => snapshots.focus },
  repl: { View: ReplScreen },
  columns: { View: ColumnsScreen, arrangement: ({ columns }) => columns.focus },
};
