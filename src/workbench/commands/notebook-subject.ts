/**
 * What a key of the notebook acts on, and why it cannot.
 */
import type { Cell } from '../notebook/notebook.js';
import type { OpenNotebook } from '../notebook/notebook-state.js';
import type { Workbench } from '../workbench.js';

/** The notebook that is open, or null. */
export function openOf(workbench: Workbench): OpenNotebook | null {
  return workbench.store.get().notebook.open;
}

/** The cell under the cursor, or null. */
export function cellOf(workbench: Workbench): Cell | null {
  const { open, index } = workbench.store.get().notebook;
  return open?.notebook.cells[index] ?? null;
}

/** Why nothing can be done with a notebook now, or null. */
export const noNotebook = (workbench: Workbench): string | null =>
  openOf(workbench) === null ? 'No notebook is open: o opens one, n starts one.' : null;
/** Why nothing can be done with a cell now, or null. */
export const noCell = (workbench: Workbench): string | null =>
  noNotebook(workbench) ?? (cellOf(workbench) === null ? 'There is no cell: a adds one.' : null);
/** Why nothing can be done with a query of the notebook now, or null. */
export const noQuery = (workbench: Workbench): string | null =>
  noCell(workbench) ?? (cellOf(workbench)?.kind === 'sql' ? null : 'This cell is no query.');
