/**
 * Text to tokens, by the rules of Jinja2's lexer with its default delimiters.
 */
import { SPACE, textLength, trimEnd } from '../values/characters.js';
import { readEscapes } from './escapes.js';

/** One token. `value` is the decoded text of strings and data, and the source text of all others. */
export interface Token {
  readonly type: TokenType;
  readonly value: string;
  /** Offset in the normalized source. */
  readonly at: number;
}

export type TokenType =
  | 'data'
  | 'variable_begin'
  | 'variable_end'
  | 'block_begin'
  | 'block_end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'operator'
  | 'eof'
  /** What the lexer could not read: its value is the message, raised when the parser gets there. */
  | 'error';

const BLANK = new RegExp(`[${SPACE}]+`, 'uy');
const FLOAT = /(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?[eE][+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/y;
const INTEGER =
  /0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+|[1-9](?:_?\d)*|0(?:_?0)*/y;
const NAME = /[\p{L}\p{N}_\p{XID_Continue}]+/uy;
const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;
const STRING = /'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*"/suy;
const OPERATOR = /\*\*|\/\/|[=!><]=|[-+/*%~[\](){}><=.:|,;]/y;
const BLOCK_END = new RegExp(`\\+%\\}|-%\\}[${SPACE}]*|%\\}`, 'uy');
const VARIABLE_END = new RegExp(`-\\}\\}[${SPACE}]*|\\}\\}`, 'uy');
const COMMENT_END = new RegExp(`\\+#\\}|-#\\}[${SPACE}]*|#\\}`, 'gu');
const RAW_BEGIN = new RegExp(`\\{%[-+]?[${SPACE}]*raw[${SPACE}]*(?:-%\\}[${SPACE}]*|%\\})`, 'uy');
const RAW_END = new RegExp(
  `\\{%([-+]?)[${SPACE}]*endraw[${SPACE}]*(?:\\+%\\}|-%\\}[${SPACE}]*|%\\})`,
  'gu',
);

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['(', ')'],
  ['[', ']'],
]);

/** A letter, digit or underscore of ASCII. */
function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f ||
    (code >= 0x30 && code <= 0x39)
  );
}

/** Whether a tag may end at a character: `%`, `}`, `-` or `+`. */
function mayEnd(code: number): boolean {
  return code === 0x25 || code === 0x7d || code === 0x2d || code === 0x2b;
}

/** The text that is lexed: one kind of line break, and no last one. */
export function normalizeSource(text: string): string {
  const source = text.includes('\r') ? text.replaceAll(/\r\n?/gu, '\n') : text;
  return source.endsWith('\n') ? source.slice(0, -1) : source;
}

/**
 * Splits a normalized source into tokens, the last of which is `eof` or `error`.
 *
 * @param options Jinja2's `trim_blocks` and `lstrip_blocks`; dbt leaves both off.
 */
export function tokenize(
  source: string,
  options: { readonly trimBlocks?: boolean; readonly lstripBlocks?: boolean } = {},
): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const failures: Token[] = [];

  const push = (type: TokenType, value: string, offset: number): void => {
    tokens.push({ type, value, at: offset });
  };
  const match = (pattern: RegExp, offset: number): string | undefined => {
    pattern.lastIndex = offset;
    return pattern.exec(source)?.[0];
  };
  const fail = (message: string, offset: number): void => {
    failures.push({ type: 'error', value: message, at: offset });
  };

  /** The text before a tag, less what the tag strips. */
  const pushData = (start: number, end: number, sign: string, isBlock: boolean): void => {
    const text = source.slice(start, end);
    const kept =
      sign === '-' ? trimEnd(text) : sign !== '+' && isBlock ? lstrip(text, start) : text;
    if (kept !== '') push('data', kept, start);
  };

  const lstrip = (text: string, start: number): string => {
    if (options.lstripBlocks !== true) return text;
    const lineStart = text.lastIndexOf('\n') + 1;
    const startsLine = lineStart > 0 || start === 0 || source.charAt(start - 1) === '\n';
    return startsLine && trimEnd(text.slice(lineStart)) === '' ? text.slice(0, lineStart) : text;
  };

  const skipNewline = (ending: string): void => {
    const isPlain = !ending.startsWith('+') && !ending.startsWith('-');
    if (options.trimBlocks === true && isPlain && source.charAt(at) === '\n') at += 1;
  };

  const lexRaw = (begin: string): void => {
    const start = at + begin.length;
    RAW_END.lastIndex = start;
    const end = RAW_END.exec(source);
    if (end === null) {
      if (start < source.length) fail('Missing end of raw directive', start);
      at = source.length;
      return;
    }
    pushData(start, end.index, end[1] ?? '', true);
    at = end.index + end[0].length;
    skipNewline(/^[-+]?(?=%\})/u.exec(end[0].slice(-3).trimStart())?.[0] ?? '');
  };

  const lexComment = (): void => {
    const start = at + 2 + (/[-+]/u.test(source.charAt(at + 2)) ? 1 : 0);
    COMMENT_END.lastIndex = start;
    const end = COMMENT_END.exec(source);
    if (end === null) {
      if (start < source.length) fail('Missing end of comment tag', at);
      at = source.length;
      return;
    }
    at = end.index + end[0].length;
    skipNewline(end[0]);
  };

  /** The inside of `{{ }}` or `{% %}`. */
  const lexTag = (endPattern: RegExp, endType: 'variable_end' | 'block_end'): void => {
    const balance: string[] = [];
    while (at < source.length) {
      if (balance.length === 0) {
        const end = mayEnd(source.charCodeAt(at)) ? match(endPattern, at) : undefined;
        if (end !== undefined) {
          push(endType, end, at);
          at += end.length;
          if (endType === 'block_end') skipNewline(end);
          return;
        }
      }
      const code = source.charCodeAt(at);
      if (code === 0x20 || code === 0x0a || (code >= 0x09 && code <= 0x0d)) {
        at += 1;
        continue;
      }
      if (code > 0x7f || (code >= 0x1c && code <= 0x1f)) {
        const blank = match(BLANK, at);
        if (blank !== undefined) {
          at += blank.length;
          continue;
        }
      }
      if (!lexExpressionToken(balance)) return;
    }
  };

  const lexExpressionToken = (balance: string[]): boolean => {
    const code = source.charCodeAt(at);
    const isDigit = code >= 0x30 && code <= 0x39;
    if (isDigit) {
      const float = source.charAt(at - 1) === '.' ? undefined : match(FLOAT, at);
      const text = float ?? match(INTEGER, at) ?? '';
      push(float === undefined ? 'integer' : 'float', text, at);
      at += text.length;
      return true;
    }
    if (isWord(code) || code > 0x7f) {
      const name = readName();
      if (name === undefined) return refuseCharacter();
      if (!name.isValid) return refuse('Invalid character in identifier');
      push('name', name.text, at);
      at += name.text.length;
      return true;
    }
    if (code === 0x22 || code === 0x27) {
      const string = match(STRING, at);
      if (string === undefined) return refuseCharacter();
      const body = string.slice(1, -1);
      const decoded = body.includes('\\') ? readEscapes(body) : { text: body };
      if ('error' in decoded) return refuse(decoded.error);
      push('string', decoded.text, at);
      at += string.length;
      return true;
    }
    const operator = match(OPERATOR, at);
    if (operator === undefined) return refuseCharacter();
    const closer = CLOSERS.get(operator);
    if (closer !== undefined) balance.push(closer);
    else if (operator === '}' || operator === ')' || operator === ']') {
      const expected = balance.pop();
      if (expected === undefined) return refuse(`unexpected '${operator}'`);
      if (expected !== operator) return refuse(`unexpected '${operator}', expected '${expected}'`);
    }
    push('operator', operator, at);
    at += operator.length;
    return true;
  };

  /** A name; the pattern that knows all of Unicode is slow, and seldom needed. */
  const readName = (): { readonly text: string; readonly isValid: boolean } | undefined => {
    let end = at;
    while (isWord(source.charCodeAt(end))) end += 1;
    if (!(source.charCodeAt(end) > 0x7f)) return { text: source.slice(at, end), isValid: true };
    const text = match(NAME, at);
    return text === undefined ? undefined : { text, isValid: IDENTIFIER.test(text) };
  };

  const refuse = (message: string): false => {
    fail(message, at);
    at = source.length;
    return false;
  };

  const refuseCharacter = (): false => {
    const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
    const quoted = character === "'" ? `"'"` : character === '\\' ? `'\\\\'` : `'${character}'`;
    // Python counts code points.
    return refuse(`unexpected char ${quoted} at ${textLength(source.slice(0, at))}`);
  };

  while (at < source.length && failures.length === 0) {
    const start = at;
    let brace = source.indexOf('{', at);
    while (brace !== -1 && !'{%#'.includes(source.charAt(brace + 1) || ' ')) {
      brace = source.indexOf('{', brace + 1);
    }
    if (brace === -1) {
      push('data', source.slice(start), start);
      at = source.length;
      break;
    }
    const mark = source.charAt(brace + 1);
    const sign = /[-+]/u.exec(source.charAt(brace + 2))?.[0] ?? '';
    pushData(start, brace, sign, mark !== '{');
    at = brace;
    if (mark === '#') {
      lexComment();
      continue;
    }
    const raw = mark === '%' ? match(RAW_BEGIN, at) : undefined;
    if (raw !== undefined) {
      lexRaw(raw);
      continue;
    }
    push(
      mark === '{' ? 'variable_begin' : 'block_begin',
      source.slice(at, at + 2 + sign.length),
      at,
    );
    at += 2 + sign.length;
    if (mark === '{') lexTag(VARIABLE_END, 'variable_end');
    else lexTag(BLOCK_END, 'block_end');
  }
  tokens.push(failures[0] ?? { type: 'eof', value: '', at: tokens.at(-1)?.at ?? 0 });
  return tokens;
}
