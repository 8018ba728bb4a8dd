import { type SqlDialect, storedName } from './identifiers.js';
import { type Token, tokenize } from './tokens.js';

/** One CTE of a query's own WITH. */
export interface Cte {
  /** In stored case. */
  readonly name: string;
  /** As it is written in the query. */
  readonly writtenName: string;
  /** UTF-16 offset of its name in the query. */
  readonly startOffset: number;
  /** Just after its closing bracket. */
  readonly endOffset: number;
  /** Between its brackets. */
  readonly bodySql: string;
  /** A query of this CTE's rows: the WITH up to it, and a select of all. */
  readonly upToSql: string;
}

/**
 * The CTEs of a query's top-level WITH, in order; empty for a query without one.
 *
 * Pure and lenient: a text that stops in the middle yields the CTEs that are whole, so that it may be asked while typing.
 */
export function listCtes(sql: string, dialect: SqlDialect = 'snowflake'): readonly Cte[] {
  const tokens = tokenize(sql, dialect).filter(
    ({ kind }) => kind !== 'space' && kind !== 'comment',
  );
  let at = tokens.findIndex((token) => token.text !== '(');
  const start = tokens[at];
  if (!isWord(start, 'WITH')) return [];
  at += isWord(tokens[at + 1], 'RECURSIVE') ? 2 : 1;
  const found: Cte[] = [];
  for (;;) {
    const name = tokens[at];
    const open = openingAfterAs(tokens, at + 1);
    const close = open === -1 ? -1 : closingOf(tokens, open);
    const first = tokens[open];
    const last = tokens[close];
    if (name === undefined || first === undefined || last === undefined) return found;
    const endOffset = last.offset + 1;
    found.push({
      name: storedName(name.text, dialect),
      writtenName: name.text,
      startOffset: name.offset,
      endOffset,
      bodySql: sql.slice(first.offset + 1, last.offset),
      upToSql: `${sql.slice(start.offset, endOffset)}\nselect * from ${name.text}`,
    });
    if (tokens[close + 1]?.text !== ',') return found;
    at = close + 2;
  }
}

function isWord(token: Token | undefined, word: string): token is Token {
  return token?.kind === 'word' && token.text.toUpperCase() === word;
}

/** Index of the bracket after `[(columns)] as [[not] materialized]`; -1 if there is none. */
function openingAfterAs(tokens: readonly Token[], from: number): number {
  let at = from;
  if (tokens[at]?.text === '(') at = closingOf(tokens, at) + 1;
  if (at === 0 || !isWord(tokens[at], 'AS')) return -1;
  at += 1;
  while (isWord(tokens[at], 'NOT') || isWord(tokens[at], 'MATERIALIZED')) at += 1;
  return tokens[at]?.text === '(' ? at : -1;
}

/** Index of the bracket that closes the one at `open`; -1 if nothing does. */
function closingOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.kind !== 'operator') continue;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}
