/**
 * Rows of a result for other programs: as CSV, and as objects for JSON.
 */
import type { Cell, ResultPage } from '../../warehouse/index.js';

/** Lines of CSV, the names first; NULL is an empty cell, and what needs quotes has them. */
export function csvLines({ columns, rows }: ResultPage): readonly string[] {
  return [
    columns.map(({ name }) => csvCell(name)).join(','),
    ...rows.map((row) => row.map((cell) => (cell === null ? '' : csvCell(String(cell)))).join(',')),
  ];
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

function csvCell(text: string): string {
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
