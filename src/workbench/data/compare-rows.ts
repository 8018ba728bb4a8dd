/**
 * Two results compared by key: rows that were added, removed or changed, as a result of its own.
 */
import type { Cell, ResultColumn, ResultPage, Row } from '../../warehouse/index.js';

export interface Comparison {
  /** Names of the key, as in the newer result. */
  readonly key: readonly string[];
  readonly page: ResultPage;
  readonly counts: {
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
    readonly same: number;
  };
  /** Columns that only one side has. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

const MAX_KEY = 3;

/**
 * Compares; columns are matched by name, letter case aside.
 *
 * @param wanted names of the key, if they are known; else one is guessed.
 * @returns null if no columns tell the rows of both sides apart.
 */
export function compareRows(
  before: ResultPage,
  after: ResultPage,
  wanted: readonly string[] | null,
): Comparison | null {
  const shared = sharedColumns(before, after);
  const key = keyOf(before, after, shared, wanted);
  if (key === null) return null;
  const others = shared.filter((column) => !key.includes(column));
  const old = new Map(before.rows.map((row) => [keyText(row, key, 'before'), row]));
  const counts = { added: 0, removed: 0, changed: 0, same: 0 };
  const rows: Row[] = [];
  for (const row of after.rows) {
    const text = keyText(row, key, 'after');
    const match = old.get(text);
    old.delete(text);
    if (match === undefined) {
      counts.added += 1;
      rows.push(['+ added', ...cellsOf(row, key, 'after'), ...cellsOf(row, others, 'after')]);
      continue;
    }
    const cells = others.map((column) => changed(match[column.before], row[column.after]));
    if (cells.every((cell) => cell === null)) {
      counts.same += 1;
      continue;
    }
    counts.changed += 1;
    rows.push(['~ changed', ...cellsOf(row, key, 'after'), ...cells]);
  }
  for (const row of old.values()) {
    counts.removed += 1;
    rows.push(['- removed', ...cellsOf(row, key, 'before'), ...cellsOf(row, others, 'before')]);
  }
  return {
    key: key.map(({ column }) => column.name),
    page: { columns: [DIFF, ...key.map(textColumn), ...others.map(textColumn)], rows },
    counts,
    onlyBefore: missing(before, after),
    onlyAfter: missing(after, before),
  };
}

interface Shared {
  readonly column: ResultColumn;
  /** Places on both sides. */
  readonly before: number;
  readonly after: number;
}

const DIFF: ResultColumn = { name: 'difference', kind: 'text', typeName: '' };

/** Cells hold `old → new`: whatever they were, they are text now. */
function textColumn({ column }: Shared): ResultColumn {
  return { ...column, kind: 'text' };
}

function sharedColumns(before: ResultPage, after: ResultPage): readonly Shared[] {
  const places = new Map(before.columns.map(({ name }, index) => [name.toLowerCase(), index]));
  return after.columns.flatMap((column, index) => {
    const place = places.get(column.name.toLowerCase());
    return place === undefined ? [] : [{ column, before: place, after: index }];
  });
}

function missing(from: ResultPage, other: ResultPage): readonly string[] {
  const known = new Set(other.columns.map(({ name }) => name.toLowerCase()));
  return from.columns.map(({ name }) => name).filter((name) => !known.has(name.toLowerCase()));
}

function keyOf(
  before: ResultPage,
  after: ResultPage,
  shared: readonly Shared[],
  wanted: readonly string[] | null,
): readonly Shared[] | null {
  const isKey = (columns: readonly Shared[]): boolean =>
    columns.length > 0 && isUnique(before, columns, 'before') && isUnique(after, columns, 'after');
  if (wanted !== null) {
    const names = new Set(wanted.map((name) => name.toLowerCase()));
    const columns = shared.filter(({ column }) => names.has(column.name.toLowerCase()));
    return columns.length === names.size && isKey(columns) ? columns : null;
  }
  // A measure may happen to be unique: names of keys come first, then columns in their order.
  const likely = shared.toSorted((left, right) => likelihood(left) - likelihood(right));
  const single = likely.find((column) => isKey([column]));
  if (single !== undefined) return [single];
  for (let size = 2; size <= Math.min(MAX_KEY, likely.length); size += 1) {
    if (isKey(likely.slice(0, size))) return likely.slice(0, size);
  }
  return null;
}

function likelihood({ column }: Shared): number {
  if (/(?:^|_)(?:id|key|uuid|sk|pk)$/iu.test(column.name)) return 0;
  return column.kind === 'float' || column.kind === 'decimal' || column.kind === 'json' ? 2 : 1;
}

function isUnique(
  { rows }: ResultPage,
  columns: readonly Shared[],
  side: 'before' | 'after',
): boolean {
  return new Set(rows.map((row) => keyText(row, columns, side))).size === rows.length;
}

function keyText(row: Row, columns: readonly Shared[], side: 'before' | 'after'): string {
  return JSON.stringify(columns.map((column) => textOf(row[column[side]])));
}

function cellsOf(row: Row, columns: readonly Shared[], side: 'before' | 'after'): readonly Cell[] {
  return columns.map((column) => textOf(row[column[side]]));
}

/** `old → new`, or null where nothing changed. */
function changed(before: Cell | undefined, after: Cell | undefined): Cell {
  const [old, now] = [textOf(before), textOf(after)];
  return old === now ? null : `${old ?? '∅'} → ${now ?? '∅'}`;
}

function textOf(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined ? null : String(cell);
}
