/**
 * The lexer of both SQL dialects: every character belongs to exactly one token, so that the tokens' texts joined are the source again.
 *
 * Pure, and linear in the length of the text. It never fails: what does not close runs to the end of the text.
 */
import type { SqlDialect } from './identifiers.js';

export type TokenKind =
  /** Keyword, function or plain identifier. */
  | 'word'
  /** `"Quoted identifier"`. */
  | 'quoted'
  /** `'text'` or `$$text$$`. */
  | 'string'
  | 'number'
  /** One operator, as long as it can be: `::`, `||`, `=>`, `(`, `,`, `;`. */
  | 'operator'
  /** `$1`, `$name`, `?`. */
  | 'variable'
  | 'comment'
  | 'space';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
}

const WORD = /[\p{L}_][\p{L}\p{N}\p{M}_$]*/uy;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const SPACE = /\s+/y;
const VARIABLE = /\$(?:\d+|[A-Za-z_][A-Za-z0-9_]*)|\?/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_][A-Za-z0-9_]*)?\$/y;
const OPERATORS = [
  '->>',
  '<=>',
  '::',
  '||',
  '=>',
  '->',
  '<=',
  '>=',
  '<>',
  '!=',
  '**',
  ':=',
] as const;

/** Splits a text into tokens, spaces and comments included. */
export function tokenize(sql: string, dialect: SqlDialect = 'snowflake'): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < sql.length) {
    const token = tokenAt(sql, offset, dialect);
    tokens.push(token);
    offset += token.text.length;
  }
  return tokens;
}

/** The token that begins at this offset, which is before the end. */
export function tokenAt(sql: string, offset: number, dialect: SqlDialect): Token {
  const [kind, end] = scan(sql, offset, dialect);
  return { kind, text: sql.slice(offset, end), offset };
}

function scan(sql: string, at: number, dialect: SqlDialect): readonly [TokenKind, number] {
  const character = sql[at] ?? '';
  const next = sql[at + 1] ?? '';
  const space = match(SPACE, sql, at);
  if (space !== -1) return ['space', space];
  if (character === '-' && next === '-') return ['comment', lineEnd(sql, at)];
  if (character === '/' && next === '/' && dialect === 'snowflake')
    return ['comment', lineEnd(sql, at)];
  if (character === '/' && next === '*') return ['comment', commentEnd(sql, at, dialect)];
  if (character === "'") return ['string', stringEnd(sql, at, dialect)];
  if (character === '"') return ['quoted', quotedEnd(sql, at)];
  if (character === '$') {
    const dollar = dollarEnd(sql, at, dialect);
    if (dollar !== -1) return ['string', dollar];
  }
  const variable = match(VARIABLE, sql, at);
  if (variable !== -1) return ['variable', variable];
  const number = match(NUMBER, sql, at);
  if (number !== -1) return ['number', number];
  const word = match(WORD, sql, at);
  if (word !== -1) return ['word', word];
  const operator = OPERATORS.find((text) => sql.startsWith(text, at));
  return ['operator', at + (operator?.length ?? characterLength(sql, at))];
}

function match(pattern: RegExp, sql: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(sql) ? pattern.lastIndex : -1;
}

function characterLength(sql: string, at: number): number {
  return (sql.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function lineEnd(sql: string, at: number): number {
  const end = sql.indexOf('\n', at);
  return end === -1 ? sql.length : end;
}

/** DuckDB's block comments nest, Snowflake's do not. */
function commentEnd(sql: string, at: number, dialect: SqlDialect): number {
  if (dialect === 'snowflake') {
    const end = sql.indexOf('*/', at + 2);
    return end === -1 ? sql.length : end + 2;
  }
  let depth = 1;
  let offset = at + 2;
  while (offset < sql.length && depth > 0) {
    const open = sql.indexOf('/*', offset);
    const close = sql.indexOf('*/', offset);
    if (close === -1) return sql.length;
    const opens = open !== -1 && open < close;
    depth += opens ? 1 : -1;
    offset = (opens ? open : close) + 2;
  }
  return offset;
}

function stringEnd(sql: string, at: number, dialect: SqlDialect): number {
  let offset = at + 1;
  while (offset < sql.length) {
    const character = sql[offset];
    if (character === '\\' && dialect === 'snowflake') offset += 2;
    else if (character === "'" && sql[offset + 1] === "'") offset += 2;
    else if (character === "'") return offset + 1;
    else offset += 1;
  }
  return sql.length;
}

function quotedEnd(sql: string, at: number): number {
  let offset = at + 1;
  for (;;) {
    const end = sql.indexOf('"', offset);
    if (end === -1) return sql.length;
    if (sql[end + 1] !== '"') return end + 1;
    offset = end + 2;
  }
}

/** Snowflake knows `$$` only; DuckDB also `$tag$`. */
function dollarEnd(sql: string, at: number, dialect: SqlDialect): number {
  const afterTag = match(DOLLAR_TAG, sql, at);
  if (afterTag === -1) return -1;
  const tag = sql.slice(at, afterTag);
  if (dialect === 'snowflake' && tag !== '$$') return -1;
  const end = sql.indexOf(tag, afterTag);
  return end === -1 ? sql.length : end + tag.length;
}
