/**
 * A result that is looked at: rows as they have come so far, the cursor, and which part of it is on screen.
 */
import type { ResultColumn, ResultPage, Row } from '../../warehouse/index.js';

/** `rows` grows in place, page by page: a million rows are not copied for each page. `rowCount` says how many count. */
export interface Grid {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Row[];
  readonly rowCount: number;
  /** Cells of each column, header included. */
  readonly widths: readonly number[];
  readonly cursorRow: number;
  readonly cursorColumn: number;
  readonly topRow: number;
  readonly leftColumn: number;
}

/** The columns that fit, with where each starts. */
export interface GridWindow {
  readonly columns: readonly {
    readonly index: number;
    readonly x: number;
    readonly width: number;
  }[];
  readonly topRow: number;
  readonly rowCount: number;
}

export const EMPTY_GRID: Grid = {
  columns: [],
  rows: [],
  rowCount: 0,
  widths: [],
  cursorRow: 0,
  cursorColumn: 0,
  topRow: 0,
  leftColumn: 0,
};

// Between two columns: a space, a line, a space.
const SEPARATOR = 3;

/**
 * Adds a page.
 *
 * @param widthsOf cells that each column needs for these rows; asked once a page, so that widths only grow.
 */
export function addPage(
  grid: Grid,
  page: ResultPage,
  widthsOf: (page: ResultPage) => readonly number[],
): Grid {
  const rows = grid.rowCount === 0 ? [] : grid.rows;
  // The one place that writes to a grid's rows; everything else sees them as readonly.
  const growing = rows as Row[];
  growing.length = grid.rowCount;
  for (const row of page.rows) growing.push(row);
  const needed = widthsOf(page);
  return {
    ...grid,
    columns: page.columns,
    rows,
    rowCount: growing.length,
    widths: page.columns.map((_, index) => Math.max(grid.widths[index] ?? 0, needed[index] ?? 1)),
  };
}

/** Moves the cursor, clamped, and scrolls so that it is seen. */
export function moveCursor(
  grid: Grid,
  to: { readonly row?: number; readonly column?: number },
  view: { readonly width: number; readonly height: number },
): Grid {
  const cursorRow = clamp(to.row ?? grid.cursorRow, grid.rowCount);
  const cursorColumn = clamp(to.column ?? grid.cursorColumn, grid.columns.length);
  const height = Math.max(1, view.height);
  const topRow = Math.max(0, Math.min(Math.max(grid.topRow, cursorRow - height + 1), cursorRow));
  let leftColumn = Math.min(grid.leftColumn, cursorColumn);
  while (leftColumn < cursorColumn && endOf(grid, leftColumn, cursorColumn) > view.width) {
    leftColumn += 1;
  }
  return { ...grid, cursorRow, cursorColumn, topRow, leftColumn };
}

/** What of the grid is on screen. The last column may be cut. */
export function windowOf(
  grid: Grid,
  view: { readonly width: number; readonly height: number },
): GridWindow {
  const columns: { index: number; x: number; width: number }[] = [];
  let x = 0;
  for (let index = grid.leftColumn; index < grid.columns.length && x < view.width; index += 1) {
    const width = Math.min(grid.widths[index] ?? 1, view.width - x);
    columns.push({ index, x, width });
    x += width + SEPARATOR;
  }
  return {
    columns,
    topRow: grid.topRow,
    rowCount: Math.max(0, Math.min(view.height, grid.rowCount - grid.topRow)),
  };
}

function endOf(grid: Grid, from: number, to: number): number {
  let width = -SEPARATOR;
  for (let index = from; index <= to; index += 1) width += (grid.widths[index] ?? 1) + SEPARATOR;
  return width;
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(value, count - 1));
}
