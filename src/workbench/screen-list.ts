/**
 * The screens, in the order of their tabs. Tabs, keys, footer, help and `docs/keys.md` follow from this list; what a screen
 * remembers is its part of `WorkbenchState`, what it does are commands whose `when` names it, how it looks is in
 * `tui/screens/screen-views.ts`.
 */
export const SCREEN_LIST = [
  { name: 'graph', key: '1', title: 'Graph', purpose: 'the graph' },
  { name: 'node', key: '2', title: 'Node', purpose: 'the node' },
  { name: 'run', key: '3', title: 'Run', purpose: 'the run' },
  { name: 'data', key: '4', title: 'Data', purpose: 'the data' },
  { name: 'notebook', key: '5', title: 'Notebook', purpose: 'the notebook' },
  {
    name: 'snapshots',
    key: '6',
    title: 'Snapshots',
    purpose: 'the snapshots: health, changes, history of a key',
  },
  {
    name: 'columns',
    key: '7',
    title: 'Columns',
    purpose: 'the columns: where they come from, what they reach',
  },
  { name: 'repl', key: '8', title: 'REPL', purpose: 'the REPL: questions and verbs, line by line' },
] as const;

export type ScreenName = (typeof SCREEN_LIST)[number]['name'];
