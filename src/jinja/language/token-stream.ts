/**
 * The parser's view of the tokens: the current one, tests on it, and errors at it.
 */
import { JinjaError } from '../error.js';
import { positionIn, type SourceText } from './position.js';
import type { Token, TokenType } from './lexer.js';

const DESCRIPTIONS: Readonly<Record<TokenType, string>> = {
  data: 'template data / text',
  variable_begin: 'begin of print statement',
  variable_end: 'end of print statement',
  block_begin: 'begin of statement block',
  block_end: 'end of statement block',
  name: 'name',
  string: 'string',
  integer: 'integer',
  float: 'float',
  operator: 'operator',
  eof: 'end of template',
  error: 'error',
};

/** How error messages name a token. */
export function describeToken(token: Token): string {
  return token.type === 'name' || token.type === 'operator'
    ? token.value
    : DESCRIPTIONS[token.type];
}

const ENDS: ReadonlySet<string> = new Set([',', ')', ']', '}', ':']);

/** A cursor over tokens. */
export class TokenStream {
  readonly source: SourceText;
  readonly #tokens: readonly Token[];
  #index = 0;
  /** The token to be parsed next. */
  current: Token;

  constructor(source: SourceText, tokens: readonly Token[]) {
    this.source = source;
    this.#tokens = tokens;
    this.current = this.#read(0);
  }

  /** Whether the current token is a whole expression: a literal or name before a bracket, comma, colon or end of tag. */
  get isAlone(): boolean {
    const { type, value } = this.current;
    if (type !== 'name' && type !== 'string' && type !== 'integer' && type !== 'float')
      return false;
    const next = this.#tokens[this.#index + 1];
    if (next === undefined || (type === 'name' && value === 'not')) return false;
    if (next.type === 'operator') return ENDS.has(next.value);
    return next.type === 'variable_end' || next.type === 'block_end';
  }

  /** How messages name the current token. */
  get described(): string {
    return describeToken(this.current);
  }

  /** The token after the current one. */
  get next(): Token {
    return this.#read(this.#index + 1);
  }

  #read(index: number): Token {
    const token = this.#tokens[Math.min(index, this.#tokens.length - 1)];
    if (token === undefined) throw new Error('A token list never is empty');
    if (token.type === 'error') this.fail(token.value, token.at);
    return token;
  }

  /** Goes one token ahead. @returns the token that was left. */
  advance(): Token {
    const token = this.current;
    if (token.type !== 'eof') {
      this.#index += 1;
      this.current = this.#read(this.#index);
    }
    return token;
  }

  isOperator(value: string): boolean {
    return this.current.type === 'operator' && this.current.value === value;
  }

  isName(value: string): boolean {
    return this.current.type === 'name' && this.current.value === value;
  }

  isType(type: TokenType): boolean {
    return this.current.type === type;
  }

  skipOperator(value: string): boolean {
    if (!this.isOperator(value)) return false;
    this.advance();
    return true;
  }

  skipName(value: string): boolean {
    if (!this.isName(value)) return false;
    this.advance();
    return true;
  }

  expectType(type: TokenType): Token {
    if (!this.isType(type)) this.#refuse(DESCRIPTIONS[type]);
    return this.advance();
  }

  expectOperator(value: string): Token {
    if (!this.isOperator(value)) this.#refuse(value);
    return this.advance();
  }

  expectName(value: string): Token {
    if (!this.isName(value)) this.#refuse(value);
    return this.advance();
  }

  #refuse(expected: string): never {
    if (this.current.type === 'eof') {
      this.fail(`unexpected end of template, expected '${expected}'.`);
    }
    this.fail(`expected token '${expected}', got '${describeToken(this.current)}'`);
  }

  /** @throws JinjaError at the current token, or at an offset. */
  fail(
    message: string,
    at: number = this.current.at,
    pythonClass: string = 'TemplateSyntaxError',
  ): never {
    throw new JinjaError(pythonClass, message, { position: positionIn(this.source, at) });
  }
}
