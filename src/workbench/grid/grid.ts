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
  /** Index of a column that is shown. */
  readonly cursorColumn: number;
  readonly topRow: number;
  /** Place of the first scrolled column on screen, among those that are not frozen. */
  readonly left: number;
  /** Columns that stay at the left, in this order. */
  readonly frozen: readonly number[];
  readonly hidden: ReadonlySet<number>;
}

/** The columns that fit, with where each starts. */
export interface GridWindow {
  readonly columns: readonly {
    readonly index: number;
    readonly x: number;
    readonly width: number;
    readonly isFrozen: boolean;
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
  left: 0,
  frozen: [],
  hidden: new Set(),
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

/** The same columns, with the same place and looks, before their rows have come again. */
export function emptied(grid: Grid): Grid {
  return { ...grid, rows: [], rowCount: 0, cursorRow: 0, topRow: 0 };
}

/** Columns as they stand from left to right. */
export function shownColumns(grid: Grid): readonly number[] {
  return [...grid.frozen.filter((index) => !grid.hidden.has(index)), ...scrolledColumns(grid)];
}

function scrolledColumns(grid: Grid): readonly number[] {
  return grid.columns.flatMap((_, index) =>
    grid.hidden.has(index) || grid.frozen.includes(index) ? [] : [index],
  );
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
  const scrolled = scrolledColumns(grid);
  const place = scrolled.indexOf(cursorColumn);
  if (place === -1) return { ...grid, cursorRow, cursorColumn, topRow };
  const room = view.width - frozenWidth(grid);
  let left = Math.min(grid.left, place);
  while (left < place && widthOf(grid, scrolled.slice(left, place + 1)) > room) left += 1;
  return { ...grid, cursorRow, cursorColumn, topRow, left };
}

/** Moves the cursor some columns to the right, or to the left, over those that are shown. */
export function stepColumn(
  grid: Grid,
  by: number,
  view: { readonly width: number; readonly height: number },
): Grid {
  const shown = shownColumns(grid);
  const place = clamp(shown.indexOf(grid.cursorColumn) + by, shown.length);
  return moveCursor(grid, { column: shown[place] ?? grid.cursorColumn }, view);
}

/** Freezes a column at the left, or lets it go. */
export function toggleFrozen(grid: Grid, column: number): Grid {
  const frozen = grid.frozen.includes(column)
    ? grid.frozen.filter((one) => one !== column)
    : [...grid.frozen, column];
  return { ...grid, frozen };
}

/** Hides a column; the cursor goes to a neighbour. The last one stays. */
export function hideColumn(grid: Grid, column: number): Grid {
  const shown = shownColumns(grid);
  if (shown.length < 2) return grid;
  const place = shown.indexOf(column);
  const cursorColumn = shown[place + 1] ?? shown[place - 1] ?? grid.cursorColumn;
  return { ...grid, cursorColumn, hidden: new Set([...grid.hidden, column]) };
}

/** What of the grid is on screen. The last column may be cut. */
export function windowOf(
  grid: Grid,
  view: { readonly width: number; readonly height: number },
): GridWindow {
  const columns: { index: number; x: number; width: number; isFrozen: boolean }[] = [];
  const frozen = grid.frozen.filter((index) => !grid.hidden.has(index));
  let x = 0;
  for (const index of [...frozen, ...scrolledColumns(grid).slice(grid.left)]) {
    if (x >= view.width) break;
    const width = Math.min(grid.widths[index] ?? 1, view.width - x);
    columns.push({ index, x, width, isFrozen: frozen.includes(index) });
    x += width + SEPARATOR;
  }
  return {
    columns,
    topRow: grid.topRow,
    rowCount: Math.max(0, Math.min(view.height, grid.rowCount - grid.topRow)),
  };
}

function frozenWidth(grid: Grid): number {
  const frozen = grid.frozen.filter((index) => !grid.hidden.has(index));
  return frozen.length === 0 ? 0 : widthOf(grid, frozen) + SEPARATOR;
}

function widthOf(grid: Grid, columns: readonly number[]): number {
  return columns.reduce((sum, index) => sum + (grid.widths[index] ?? 1) + SEPARATOR, -SEPARATOR);
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(value, count - 1));
}
