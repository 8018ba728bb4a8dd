/**
 * What of the state changes the arrangement of panes: only then does React have work to do.
 */
import type { WorkbenchState } from '../../workbench/index.js';

// From here on the three columns stand side by side; below, one pane and a breadcrumb.
export const WIDE_COLUMNS = 100;
// Lists, card and lane map above each other.
export const TALL_ROWS = 30;
// A side pane of properties beside the SQL.
export const SIDE_COLUMNS = 116;

/** A key that is equal as long as the same panes stand in the same places. */
export function structureKey(state: WorkbenchState): string {
  const { size, screen, graph, run, columns, snapshots, overlay, toasts } = state;
  const lines =
    overlay?.kind === 'message'
      ? overlay.lines.length
      : overlay?.kind === 'query'
        ? overlay.field.text.split('\n').length
        : 0;
  return [
    size.columns,
    size.rows,
    screen,
    graph.isMapFull,
    size.columns < WIDE_COLUMNS ? graph.pane : '',
    run.showsLog,
    screen === 'columns' ? columns.focus : screen === 'snapshots' ? snapshots.focus : '',
    overlay?.kind ?? '',
    overlay?.kind === 'query' && overlay.completion !== null,
    lines,
    toasts.map(({ id }) => id).join(','),
  ].join('|');
}
