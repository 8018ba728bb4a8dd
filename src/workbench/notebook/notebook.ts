/**
 * A notebook: a `.sql` file in which lines `-- %%` start cells. Every byte of the file is in exactly one place of it.
 */
import type { Diagnostic } from '../../base/index.js';

export type CellKind = 'sql' | 'md' | 'param' | 'chart' | 'run' | 'check';

/** What every cell has: its text, and where it stands. */
interface CellFields {
  /** Place in the file, from 0. */
  readonly index: number;
  /** By which other cells call it; unique in a notebook, letter case aside. Null where it has none. */
  readonly name: string | null;
  /** The line `-- %% ...` with its line break, as in the file; empty for SQL before the first marker. */
  readonly header: string;
  /** All lines up to the next marker, as in the file. */
  readonly body: string;
  /** 1-based line of the header, or of the body where there is no header. */
  readonly line: number;
}

/** A query that others may read as `cell('name')`. */
export interface SqlCell extends CellFields {
  readonly kind: 'sql';
  /** Rows to read at most, from `limit=`. */
  readonly limit: number | null;
}

/** Markdown, written as comments. */
export interface MarkdownCell extends CellFields {
  readonly kind: 'md';
  /** Without the comment marks. */
  readonly text: string;
}

export type ParameterType = 'text' | 'number' | 'date' | 'timestamp' | 'boolean';

/** A value that may be given from outside, read as `param('name')`. */
export interface ParameterCell extends CellFields {
  readonly kind: 'param';
  readonly name: string;
  readonly type: ParameterType;
  /** As written, quotes taken off; null if it must be given. */
  readonly fallback: string | null;
}

export type ChartShape = 'bar' | 'line' | 'histogram' | 'sparkline';

/** A picture of another cell's rows. */
export interface ChartCell extends CellFields {
  readonly kind: 'chart';
  readonly shape: ChartShape;
  /** Name of the cell that it draws. */
  readonly of: string;
  /** SQL expressions over the columns of that cell. */
  readonly x: string;
  readonly y: string | null;
  /** One sparkline for each value of this. */
  readonly by: string | null;
  /** Bars, points or lines to draw at most. */
  readonly limit: number | null;
  /** Of a histogram. */
  readonly bins: number | null;
}

/** A dbt command. */
export interface RunCell extends CellFields {
  readonly kind: 'run';
  /** As written: `build --select +orders`. */
  readonly command: string;
}

export interface Expectation {
  /** What stands after `expect`. */
  readonly text: string;
  /** 1-based line in the file. */
  readonly line: number;
}

/** Claims about another cell's rows. */
export interface CheckCell extends CellFields {
  readonly kind: 'check';
  /** Name of the cell that it looks at. */
  readonly of: string;
  readonly expectations: readonly Expectation[];
}

/** A cell whose first line cannot be read: kept as it is, never run. */
export interface UnreadableCell extends CellFields {
  readonly kind: 'unreadable';
}

export type Cell =
  | SqlCell
  | MarkdownCell
  | ParameterCell
  | ChartCell
  | RunCell
  | CheckCell
  | UnreadableCell;

export interface Notebook {
  /** Path as shown to the user. */
  readonly file: string;
  /** Comments and blank lines before the first cell. */
  readonly lead: string;
  readonly cells: readonly Cell[];
  /** What is wrong with it as read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How a cell is called in messages. */
export function labelOf(cell: Cell): string {
  return cell.name ?? `cell ${cell.index + 1}`;
}

/** 1-based line on which a cell's body begins. */
export function bodyLineOf(cell: Cell): number {
  return cell.header === '' ? cell.line : cell.line + 1;
}

/** The file's text again, byte for byte. */
export function printNotebook(notebook: Notebook): string {
  return notebook.lead + notebook.cells.map(({ header, body }) => header + body).join('');
}
