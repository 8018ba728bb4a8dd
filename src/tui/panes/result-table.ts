/**
 * The first rows of a result, where the grid would be too much.
 */
import type { ResultPage } from '../../warehouse/index.js';
import { cellText, isRightAligned } from '../../workbench/index.js';
import { cutEnd, padTo } from '../cells/fit.js';
import { cellWidth } from '../cells/width.js';
import { piece, type Row, row } from './rows.js';
import { plural } from './words.js';

const MAX_WIDTH = 28;

export interface TableOptions {
  /** Cells that a row may take. */
  readonly width: number;
  readonly maxRows: number;
  /** How to see what is left out. */
  readonly hint: string;
}

/** A result as a table: numbers to the right, as many rows and columns as fit, and how many are left out. */
export function tableRows(
  { columns, rows }: ResultPage,
  { width, maxRows, hint }: TableOptions,
): readonly Row[] {
  const shown = rows.slice(0, maxRows);
  const texts = shown.map((cells) => columns.map((_, index) => cellText(cells[index])));
  const widths = columns.map(({ name }, index) =>
    Math.min(
      MAX_WIDTH,
      Math.max(cellWidth(name), ...texts.map((line) => cellWidth(line[index]?.text ?? ''))),
    ),
  );
  let used = 0;
  const count = widths.filter((one) => (used += one + 2) <= width + 2).length;
  const fitting = columns.slice(0, Math.max(1, count));
  const side = (index: number): 'left' | 'right' => {
    const column = columns[index];
    return column !== undefined && isRightAligned(column.kind) ? 'left' : 'right';
  };
  const head: Row = fitting.map(({ name }, index) =>
    piece(`${padTo(name, widths[index] ?? 1, side(index))}  `, 'heading'),
  );
  const body = texts.map((line): Row =>
    fitting.map((_, index) => {
      const { text = '', isNull = false } = line[index] ?? {};
      const cell = padTo(cutEnd(text, widths[index] ?? 1), widths[index] ?? 1, side(index));
      return piece(`${cell}  `, isNull ? 'null' : 'text');
    }),
  );
  const more = [
    ...(rows.length > maxRows ? [`${plural(rows.length - maxRows, 'row')} more`] : []),
    ...(count < columns.length
      ? [`${plural(columns.length - fitting.length, 'column')} more`]
      : []),
  ];
  if (rows.length === 0) return [head, row('no rows', 'muted')];
  return [
    head,
    ...body,
    ...(more.length === 0 ? [] : [row(`… ${more.join(', ')}: ${hint}`, 'muted')]),
  ];
}
