import type { SqlDialect } from './identifiers.js';
import { type Token, tokenize } from './tokens.js';

/** One statement of a text. */
export interface SplitStatement {
  /** Without outer white space and without its `;`. */
  readonly text: string;
  /** What stood between its last word and the next statement: white space and `;`; empty for a last one without. */
  readonly end: string;
}

/**
 * Splits a text at `;` as Snowflake's client does before it sends: each piece is one round trip.
 *
 * Separators inside strings, `$$` bodies, quoted names and comments do not count. Pieces without any SQL (blank or
 * only comments) are dropped; the others keep their comments.
 */
export function splitWithEnds(
  sql: string,
  dialect: SqlDialect = 'snowflake',
): readonly SplitStatement[] {
  const pieces: SplitStatement[] = [];
  let piece: Token[] = [];
  const close = (separator: string): void => {
    if (piece.some(({ kind }) => kind !== 'space' && kind !== 'comment')) {
      const raw = piece.map(({ text }) => text).join('');
      const text = raw.trim();
      const after = raw.slice(raw.trimEnd().length);
      pieces.push({ text, end: separator === '' ? '' : `${after}${separator}` });
    }
    piece = [];
  };
  for (const token of tokenize(sql, dialect)) {
    if (token.kind === 'operator' && token.text === ';') close(';');
    else piece.push(token);
  }
  close('');
  return pieces;
}

/** The statements of a text without their `;`. */
export function splitStatements(sql: string, dialect: SqlDialect = 'snowflake'): readonly string[] {
  return splitWithEnds(sql, dialect).map(({ text }) => text);
}
