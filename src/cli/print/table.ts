/**
 * Tables on the command line. The only file that knows cli-table3.
 */
import Table from 'cli-table3';
import { display } from '../../base/index.js';
import type { Cell, ResultColumn, ResultPage } from '../../warehouse/index.js';
import type { Io } from '../io.js';

export interface TableColumn {
  readonly title: string;
  readonly isRight?: boolean;
}

const BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

/** Lays rows out in columns; every cell passes through `display()`. */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  io: Io,
): string {
  const table = new Table({
    head: columns.map((column) => io.style.bold(display(column.title))),
    colAligns: columns.map((column) => (column.isRight === true ? 'right' : 'left')),
    chars: BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => row.map((cell) => display(cell))));
  return table
    .toString()
    .split('\n')
    .map((text) => text.trimEnd())
    .join('\n');
}

/** Rows of a result as a table: numbers to the right, NULL as ∅. */
export function renderResult(page: ResultPage, io: Io): string {
  return renderTable(
    page.columns.map(titleOf),
    page.rows.map((row) => row.map(textOf)),
    io,
  );
}

/** As many columns as fit, long cells cut; says how many columns are left out. */
export function renderGlance(
  page: ResultPage,
  io: Io,
  options: { readonly width: number },
): string {
  const cells = page.rows.map((row) => row.map((cell) => cut(textOf(cell))));
  const widths = page.columns.map((column, index) =>
    Math.max(column.name.length, ...cells.map((row) => (row[index] ?? '').length)),
  );
  let used = 0;
  const fitting = widths.findIndex((width) => (used += width + 2) > options.width);
  const count = fitting === -1 ? widths.length : Math.max(1, fitting);
  const table = renderTable(
    page.columns.slice(0, count).map(titleOf),
    cells.map((row) => row.slice(0, count)),
    io,
  );
  const left = page.columns.length - count;
  return left === 0 ? table : `${table}\n${io.style.dim(`… and ${left} more columns`)}`;
}

const LONGEST_CELL = 24;

function cut(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;
}

function textOf(cell: Cell): string {
  return cell === null ? '∅' : String(cell);
}

function titleOf(column: ResultColumn): TableColumn {
  return { title: column.name, isRight: ['integer', 'decimal', 'float'].includes(column.kind) };
}
