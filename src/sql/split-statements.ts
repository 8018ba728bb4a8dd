import type { SqlDialect } from './identifiers.js';
import { type Token, tokenize } from './tokens.js';

/**
 * Splits a text at `;` as Snowflake's client does before it sends: each piece is one round trip.
 *
 * Separators inside strings, `$$` bodies, quoted names and comments do not count. Pieces without any SQL (blank or
 * only comments) are dropped; the others keep their comments, lose outer white space and their `;`.
 */
export function splitStatements(sql: string, dialect: SqlDialect = 'snowflake'): readonly string[] {
  const pieces: string[] = [];
  let piece: Token[] = [];
  const close = (): void => {
    if (piece.some(({ kind }) => kind !== 'space' && kind !== 'comment'))
      pieces.push(
        piece
          .map(({ text }) => text)
          .join('')
          .trim(),
      );
    piece = [];
  };
  for (const token of tokenize(sql, dialect)) {
    if (token.kind === 'operator' && token.text === ';') close();
    else piece.push(token);
  }
  close();
  return pieces;
}
