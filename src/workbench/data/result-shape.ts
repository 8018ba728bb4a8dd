/**
 * How a result is sorted and filtered: in SQL around its own statement, so that the warehouse does it over all rows.
 */
import { quoteIdentifier } from '../../sql/index.js';
import type { Cell, Dialect, ResultColumn } from '../../warehouse/index.js';

export interface Sort {
  /** As stored. */
  readonly column: string;
  readonly isDescending: boolean;
}

export interface ResultShape {
  /** The first one counts first. */
  readonly sorts: readonly Sort[];
  /** A condition in SQL, as after `where`; empty for all rows. */
  readonly condition: string;
}

export const UNSHAPED: ResultShape = { sorts: [], condition: '' };

/** The statement with its shape; without one it is sent as it is. */
export function shapedSql(sql: string, { sorts, condition }: ResultShape): string {
  if (sorts.length === 0 && condition.trim() === '') return sql;
  // The condition stands on lines of its own: a comment at its end must not swallow what follows.
  const where = condition.trim() === '' ? '' : `\nwhere (\n${condition}\n)`;
  const keys = sorts.map(
    ({ column, isDescending }) =>
      `${quoteIdentifier(column)} ${isDescending ? 'desc' : 'asc'} nulls last`,
  );
  const order = keys.length === 0 ? '' : `\norder by ${keys.join(', ')}`;
  return `select * from ${derived(sql)}${where}${order}`;
}

/** A statement as a table of another. */
export function derived(sql: string): string {
  return `(\n${sql.trim().replace(/;+\s*$/u, '')}\n) as result`;
}

/** Sorts by one column: up, down, not at all. @param keepsOthers sorts by the others first. */
export function nextSort(shape: ResultShape, column: string, keepsOthers: boolean): ResultShape {
  const known = shape.sorts.find((sort) => sort.column === column);
  const others = keepsOthers ? shape.sorts.filter((sort) => sort.column !== column) : [];
  if (known?.isDescending === true) return { ...shape, sorts: others };
  return { ...shape, sorts: [...others, { column, isDescending: known !== undefined }] };
}

/** Adds a condition to the others. */
export function narrowed(shape: ResultShape, condition: string): ResultShape {
  const before = shape.condition.trim();
  return { ...shape, condition: before === '' ? condition : `${before} and ${condition}` };
}

/**
 * The condition that a column has one of these cells.
 *
 * @returns null for columns whose cells cannot be written as literals: binary and JSON.
 */
export function isOneOf(
  column: ResultColumn,
  cells: readonly Cell[],
  dialect: Dialect,
): string | null {
  const name = quoteIdentifier(column.name);
  const literals = cells.flatMap((cell) =>
    cell === null ? [] : [literalOf(cell, column, dialect)],
  );
  if (literals.includes(null) || cells.length === 0) return null;
  const [first, ...rest] = literals;
  const known =
    first === undefined
      ? []
      : [rest.length === 0 ? `${name} = ${first}` : `${name} in (${literals.join(', ')})`];
  const parts = [...known, ...(cells.includes(null) ? [`${name} is null`] : [])];
  return parts.length === 1 ? (parts[0] ?? null) : `(${parts.join(' or ')})`;
}

/** A cell as a literal, or null if it has none. */
function literalOf(
  cell: Exclude<Cell, null>,
  column: ResultColumn,
  dialect: Dialect,
): string | null {
  const text = String(cell);
  switch (column.kind) {
    case 'integer':
    case 'decimal':
      return text;
    case 'float':
      return Number.isFinite(Number(text)) ? text : `${textLiteral(text, dialect)}::float`;
    case 'boolean':
      return text;
    case 'text':
      return textLiteral(text, dialect);
    case 'date':
      return `'${text}'::date`;
    case 'time':
      return `'${text}'::time`;
    case 'timestamp':
      return `'${text}'::timestamp`;
    case 'timestamp_tz':
      return `'${text}'::${dialect === 'snowflake' ? 'timestamp_tz' : 'timestamptz'}`;
    default:
      return null;
  }
}

/** A text between quotes; Snowflake also reads backslashes. */
export function textLiteral(text: string, dialect: Dialect): string {
  const doubled = text.replaceAll("'", "''");
  return `'${dialect === 'snowflake' ? doubled.replaceAll('\\', String.raw`\\`) : doubled}'`;
}
