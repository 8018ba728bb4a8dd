/**
 * A notebook that is open on the screen.
 */
import type { CellOutcome } from './cell-outcome.js';
import type { CellKey } from './edit-notebook.js';
import type { Notebook } from './notebook.js';

/** What is known of a cell beside its text. */
export interface CellView {
  /** `waiting`: it runs after others; `running`: now. */
  readonly activity: 'idle' | 'waiting' | 'running';
  readonly sinceMs: number;
  /** Its last result; null if it was never run here. */
  readonly outcome: CellOutcome | null;
  /** Whether the result is of another text, of other parameters, or of relations built since. */
  readonly isStale: boolean;
}

export interface OpenNotebook {
  /** Path from the project's folder. */
  readonly file: string;
  readonly text: string;
  /** What is on disk; null for a file that is not there yet. */
  readonly savedText: string | null;
  readonly notebook: Notebook;
  /** Ids of the cells, by index. */
  readonly keys: readonly CellKey[];
  readonly views: ReadonlyMap<CellKey, CellView>;
  /** Values given to parameters on screen, instead of those in the file. */
  readonly given: ReadonlyMap<string, string>;
  /** What stands in the way of running: the first fault of the notebook. */
  readonly fault: string | null;
  /** Texts before the last changes, the latest last; and those that were undone. */
  readonly past: readonly string[];
  readonly future: readonly string[];
}

export interface NotebookState {
  readonly open: OpenNotebook | null;
  /** The cell that the keys act on. */
  readonly index: number;
  /** Rows that a cell higher than the screen is scrolled by. */
  readonly scroll: number;
  /** Whether stale cells run by themselves. */
  readonly isReactive: boolean;
}

export const NO_VIEW: CellView = { activity: 'idle', sinceMs: 0, outcome: null, isStale: true };

/** What is known of the cell at a place. */
export function viewOf(open: OpenNotebook, index: number): CellView {
  return open.views.get(open.keys[index] ?? -1) ?? NO_VIEW;
}

export function isDirty(open: OpenNotebook): boolean {
  return open.text !== open.savedText;
}

/** Cells that show something other than what they say. */
export function staleCount(open: OpenNotebook): number {
  return open.keys.filter((_, index) => viewOf(open, index).isStale).length;
}
