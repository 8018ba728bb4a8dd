/**
 * Compares what a unit test's query gave with what was expected.
 */
import type { PyTable } from '../context/index.js';
import { toText } from '../jinja/index.js';

const MARK = 'actual_or_expected';
const MAX_SHOWN = 20;

interface Side {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
}

/**
 * Reads the union of actual and expected rows, told apart by the column `actual_or_expected`.
 *
 * @returns how many rows differ, and a diff to print: `-` expected, `+` actual.
 */
export function unitTestOutcome(table: PyTable | null): {
  readonly failures: number;
  readonly message: string;
} {
  if (table === null) return { failures: 0, message: '' };
  const mark = table.columnNames.findIndex((name) => name.toLowerCase() === MARK);
  const columns = table.columnNames
    .filter((_, index) => index !== mark)
    .map((name) => name.toLowerCase());
  const side = (which: 'actual' | 'expected'): Side => ({
    columns,
    rows: table.rows
      .filter((row) => toText(row.values[mark] ?? null) === which)
      .map((row) =>
        row.values
          .filter((_, index) => index !== mark)
          .map((value) => (value === null ? 'NULL' : toText(value)))
          .join(' | '),
      ),
  });
  const missing = difference(side('expected').rows, side('actual').rows);
  const extra = difference(side('actual').rows, side('expected').rows);
  const failures = Math.max(missing.length, extra.length);
  const lines = [
    `  ${columns.join(' | ')}`,
    ...missing.slice(0, MAX_SHOWN).map((row) => `- ${row}`),
    ...extra.slice(0, MAX_SHOWN).map((row) => `+ ${row}`),
  ];
  return { failures, message: `actual differs from expected:\n${lines.join('\n')}` };
}

/** Rows of the first list that the second lacks, counted with their repetitions. */
function difference(left: readonly string[], right: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const row of right) counts.set(row, (counts.get(row) ?? 0) + 1);
  return left.filter((row) => {
    const count = counts.get(row) ?? 0;
    if (count > 0) counts.set(row, count - 1);
    return count === 0;
  });
}
