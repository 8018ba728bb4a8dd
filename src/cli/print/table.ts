/**
 * Tables on the command line. The only file that knows cli-table3.
 */
import Table from 'cli-table3';
import { display } from '../../base/index.js';
import type { ResultPage } from '../../warehouse/index.js';
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
  const isNumber = (kind: string): boolean => ['integer', 'decimal', 'float'].includes(kind);
  return renderTable(
    page.columns.map((column) => ({ title: column.name, isRight: isNumber(column.kind) })),
    page.rows.map((row) => row.map((cell) => (cell === null ? '∅' : String(cell)))),
    io,
  );
}
