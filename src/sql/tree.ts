/**
 * SQL as a tree of brackets: leaves in order, with every `(…)`, `[…]` and `{…}` as one group.
 *
 * Comments are dropped; the lines they took are kept, so that what is printed from a tree has its tokens on the lines of the source.
 */
import { DagbookError } from '../base/index.js';
import type { SqlDialect } from './identifiers.js';
import { type Token, type TokenKind, tokenize } from './tokens.js';

export interface Leaf {
  readonly kind: Exclude<TokenKind, 'space' | 'comment'>;
  readonly text: string;
  /** Upper case for words, else the text: what a rule compares with. */
  readonly word: string;
  /** White space before it. */
  readonly space: string;
  readonly offset: number;
}

export interface Group {
  readonly kind: 'group';
  readonly open: '(' | '[' | '{';
  readonly children: readonly SqlNode[];
  readonly space: string;
  /** White space before the closing bracket. */
  readonly closeSpace: string;
  readonly offset: number;
  /** Just after the closing bracket. */
  readonly end: number;
}

export type SqlNode = Leaf | Group;

const CLOSING = { '(': ')', '[': ']', '{': '}' } as const;

/**
 * Reads one statement as a tree.
 *
 * @throws DagbookError sql/unbalanced if a bracket does not close or closes nothing; the message has its line and column.
 */
export function readTree(sql: string, dialect: SqlDialect = 'snowflake'): readonly SqlNode[] {
  const reader = new TreeReader(sql, dialect);
  return reader.readAll();
}

interface OpenGroup {
  readonly open: Group['open'];
  readonly children: SqlNode[];
  readonly space: string;
  readonly offset: number;
}

class TreeReader {
  readonly #sql: string;
  readonly #dialect: SqlDialect;
  readonly #stack: OpenGroup[] = [];
  readonly #top: SqlNode[] = [];
  #space = '';

  constructor(sql: string, dialect: SqlDialect) {
    this.#sql = sql;
    this.#dialect = dialect;
  }

  readAll(): readonly SqlNode[] {
    for (const token of tokenize(this.#sql, this.#dialect)) this.#read(token);
    const open = this.#stack.at(-1);
    if (open !== undefined) throw this.#unbalanced(open.open, open.offset);
    return this.#top;
  }

  #read(token: Token): void {
    if (token.kind === 'space' || token.kind === 'comment') {
      this.#space += token.kind === 'space' ? token.text : blank(token.text);
      return;
    }
    const { text, offset } = token;
    const space = this.#space;
    this.#space = '';
    if (token.kind === 'operator' && (text === '(' || text === '[' || text === '{')) {
      this.#stack.push({ open: text, children: [], space, offset });
    } else if (token.kind === 'operator' && (text === ')' || text === ']' || text === '}')) {
      const group = this.#stack.pop();
      if (group === undefined || CLOSING[group.open] !== text) throw this.#unbalanced(text, offset);
      this.#add({ kind: 'group', ...group, closeSpace: space, end: offset + 1 });
    } else {
      const word = token.kind === 'word' ? text.toUpperCase() : text;
      this.#add({ kind: token.kind, text, word, space, offset });
    }
  }

  #add(node: SqlNode): void {
    (this.#stack.at(-1)?.children ?? this.#top).push(node);
  }

  #unbalanced(bracket: string, offset: number): DagbookError {
    return new DagbookError(
      'sql/unbalanced',
      `Unbalanced \`${bracket}\` ${lineAndColumn(this.#sql, offset)}.`,
      {
        exitCode: 1,
      },
    );
  }
}

/** A comment's lines without its words; at least one space, since a comment parts tokens. */
function blank(comment: string): string {
  return comment.replaceAll(/[^\n]+/gu, '') || ' ';
}

/** `at line 3, column 14`, both from 1. */
export function lineAndColumn(sql: string, offset: number): string {
  const before = sql.slice(0, offset);
  const line = before.split('\n').length;
  return `at line ${line}, column ${offset - before.lastIndexOf('\n')}`;
}
