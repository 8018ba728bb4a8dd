/** How the screens are called in the header. */

export type ScreenTitle = 'Graph' | 'Node' | 'Run' | 'Data' | 'Notebook' | 'Snapshots' | 'Columns';

export const SCREEN_TITLES = {
  graph: 'Graph',
  node: 'Node',
  run: 'Run',
  data: 'Data',
  notebook: 'Notebook',
  snapshots: 'Snapshots',
  columns: 'Columns',
} as const;
