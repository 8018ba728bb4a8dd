/**
 * Cells of a result as text on one line.
 */
import type { Cell, CellKind } from '../../warehouse/index.js';

export interface CellText {
  readonly text: string;
  readonly isNull: boolean;
}

/** What stands for NULL. */
export const NULL_TEXT = '∅';

/** A cell as it is shown: exact, never rounded. */
export function cellText(cell: Cell | undefined): CellText {
  if (cell === null || cell === undefined) return { text: NULL_TEXT, isNull: true };
  if (typeof cell === 'number') return { text: numberText(cell), isNull: false };
  return { text: String(cell), isNull: false };
}

/** Whether a column is read from the right: digits under digits. */
export function isRightAligned(kind: CellKind): boolean {
  return kind === 'integer' || kind === 'decimal' || kind === 'float';
}

/** A type without the sizes that say nothing: Snowflake names the largest text, the plain integer and nanoseconds in full. */
export function typeText(typeName: string): string {
  return typeName.replace(
    /^(VARCHAR|BINARY|NUMBER|TIMESTAMP_\w+|TIME)\((?:16777216|8388608|38,0|9)\)$/u,
    '$1',
  );
}

/** One glyph for what a column holds. */
export function kindGlyph(kind: CellKind): string {
  return GLYPHS[kind];
}

const GLYPHS: Readonly<Record<CellKind, string>> = {
  integer: '#',
  decimal: '#',
  float: '~',
  boolean: '?',
  text: 'a',
  date: '@',
  time: '@',
  timestamp: '@',
  timestamp_tz: '@',
  binary: 'x',
  json: '{',
};

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return 'Infinity';
  if (value === Number.NEGATIVE_INFINITY) return '-Infinity';
  return String(value);
}
