/**
 * Rows of a result for other programs: as CSV, as objects for JSON, as a Markdown table.
 */
import type { Cell, ResultPage, Row } from '../../warehouse/index.js';

export interface CsvOptions {
  /** Puts a `'` before texts that a spreadsheet would take for a formula. The default writes what is there. */
  readonly isSafe?: boolean;
}

/** Lines of CSV, the names first; NULL is an empty cell, and what needs quotes has them. */
export function csvLines(page: ResultPage, options: CsvOptions = {}): readonly string[] {
  return [csvHeader(page, options), ...csvRows(page, options)];
}

export function csvHeader({ columns }: ResultPage, { isSafe = false }: CsvOptions = {}): string {
  return columns.map(({ name }) => csvCell(isSafe ? defused(name) : name)).join(',');
}

export function csvRows(
  { columns, rows }: ResultPage,
  { isSafe = false }: CsvOptions = {},
): readonly string[] {
  const isText = columns.map(({ kind }) => kind === 'text' || kind === 'json');
  return rows.map((row) =>
    row
      .map((cell, index) => {
        if (cell === null) return '';
        const text = String(cell);
        return csvCell(isSafe && isText[index] === true ? defused(text) : text);
      })
      .join(','),
  );
}

/** How many texts a spreadsheet would take for formulas. */
export function formulaCount({ columns, rows }: ResultPage): number {
  const texts = columns.flatMap(({ kind }, index) =>
    kind === 'text' || kind === 'json' ? [index] : [],
  );
  const isFormula = (row: Row, index: number): boolean => FORMULA.test(String(row[index] ?? ''));
  return rows.reduce((sum, row) => sum + texts.filter((index) => isFormula(row, index)).length, 0);
}

/** One object a row; integers beyond the safe range are text. */
export function rowObjects({ columns, rows }: ResultPage): readonly object[] {
  return rows.map((row) =>
    Object.fromEntries(columns.map((column, index) => [column.name, jsonCell(row[index] ?? null)])),
  );
}

/** A cell as JSON can hold it. */
export function jsonCell(cell: Cell): Cell {
  return typeof cell === 'bigint' ? String(cell) : cell;
}

/** Lines of a Markdown table; numbers stand at the right. */
export function markdownLines({ columns, rows }: ResultPage): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = columns.map(({ kind }) =>
    kind === 'integer' || kind === 'decimal' || kind === 'float' ? '---:' : '---',
  );
  return [
    line(columns.map(({ name }) => markdownCell(name))),
    line(rule),
    ...rows.map((row) => line(columns.map((_, index) => markdownCell(row[index] ?? null)))),
  ];
}

const FORMULA = /^[=+\-@\t\r]/u;

function defused(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function csvCell(text: string): string {
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function markdownCell(cell: Cell): string {
  if (cell === null) return '';
  return String(cell)
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('|', String.raw`\|`)
    .replaceAll('<', '&lt;')
    .replaceAll(/\r\n|\r|\n/gu, '<br>');
}
