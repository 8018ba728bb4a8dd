/**
 * Column lists of CREATE TABLE and CREATE VIEW. Keys are accepted and not enforced, as on Snowflake; NOT NULL is.
 */
import { quoteIdentifier, storedName } from '../identifiers.js';
import type { Group, SqlNode } from '../tree.js';
import { isGroup, isName, isOperator, isWord, splitCommas, stringValue } from './nodes.js';
import { type Scope, unsupported } from './scope.js';
import { type DuckType, isPlainCollation, readType } from './types.js';

export interface ColumnDefinition {
  readonly name: string;
  readonly type: DuckType | undefined;
  readonly isRequired: boolean;
  /** Translated default, if any. */
  readonly defaultSql: string | undefined;
  readonly identity: { readonly start: number; readonly step: number } | undefined;
  readonly comment: string | undefined;
}

/** The greatest length of a VARCHAR, which is none. */
const MAX_LENGTH = 16_777_216;

/** The length that a column's type declares; undefined for other types and for the greatest. */
export function declaredLength(type: DuckType | undefined): number | undefined {
  return type?.text === 'VARCHAR' && type.length !== undefined && type.length < MAX_LENGTH
    ? type.length
    : undefined;
}

/** A column's check that no text is longer; `length` in characters. */
export function textLengthCheck(column: string, length: number): string {
  const name = quoteIdentifier(column);
  return `CHECK (CASE WHEN length(${name}) > ${length} THEN error('String ''' || ${name} || ''' is too long and would be truncated') ELSE TRUE END)`;
}

const CONSTRAINTS = ['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK'] as const;

/** Reads a list of columns; table constraints are left out. */
export function readColumns(group: Group, scope: Scope): readonly ColumnDefinition[] {
  return splitCommas(group.children)
    .filter((part) => part.length > 0 && !isConstraint(part))
    .map((part) => readColumn(part, scope));
}

function isConstraint(part: readonly SqlNode[]): boolean {
  const second = part[1];
  if (isWord(part[0], 'CONSTRAINT')) return true;
  return isWord(part[0], ...CONSTRAINTS) && (isGroup(second) || isWord(second, 'KEY'));
}

function readColumn(part: readonly SqlNode[], scope: Scope): ColumnDefinition {
  const first = part[0];
  if (!isName(first)) throw unsupported(scope, 'This column definition', first);
  const second = part[1];
  const hasType =
    second?.kind === 'word' &&
    !isWord(
      second,
      'COMMENT',
      'NOT',
      'NULL',
      'AS',
      'WITH',
      'MASKING',
      'TAG',
      'UNIQUE',
      'PRIMARY',
      'CONSTRAINT',
      'DEFAULT',
    );
  const type = hasType ? readType(part, 1, scope) : undefined;
  const column = { name: storedName(first.text, 'snowflake'), type, isRequired: false };
  return readProperties(part, type?.next ?? 1, column, scope);
}

function readProperties(
  part: readonly SqlNode[],
  start: number,
  column: Pick<ColumnDefinition, 'name' | 'type' | 'isRequired'>,
  scope: Scope,
): ColumnDefinition {
  let { isRequired } = column;
  let defaultSql: string | undefined;
  let identity: ColumnDefinition['identity'];
  let comment: string | undefined;
  let at = start;
  while (at < part.length) {
    const node = part[at];
    const value = part[at + 1];
    if (isWord(node, 'NOT') && isWord(value, 'NULL')) {
      isRequired = true;
      at += 2;
    } else if (isWord(node, 'NULL', 'UNIQUE')) at += 1;
    else if (isWord(node, 'PRIMARY') && isWord(value, 'KEY')) {
      isRequired = true;
      at += 2;
    } else if (isWord(node, 'COMMENT') && value?.kind === 'string') {
      comment = stringValue(value.text);
      at += 2;
    } else if (isWord(node, 'DEFAULT')) {
      const end = endOfDefault(part, at + 1);
      defaultSql = scope.expression(part.slice(at + 1, end), scope).text;
      at = end;
    } else if (isWord(node, 'AUTOINCREMENT', 'IDENTITY')) {
      const read = readIdentity(part, at + 1);
      identity = read.identity;
      at = read.next;
    } else if (
      isWord(
        node,
        'CONSTRAINT',
        'REFERENCES',
        'FOREIGN',
        'ENFORCED',
        'RELY',
        'NORELY',
        'NOVALIDATE',
        'VALIDATE',
      )
    ) {
      // A reference to another table: words, names and column lists up to the end.
      at = part.length;
    } else if (isWord(node, 'TAG') && isGroup(value)) at += 2;
    else if (isWord(node, 'WITH') && isWord(value, 'TAG', 'MASKING', 'PROJECTION')) at += 1;
    else if (isWord(node, 'MASKING', 'PROJECTION'))
      throw unsupported(scope, `A ${node.word.toLowerCase()} policy`, node);
    else if (isWord(node, 'COLLATE') && value?.kind === 'string') {
      if (!isPlainCollation(stringValue(value.text)))
        throw unsupported(scope, `COLLATE ${value.text}`, node);
      at += 2;
    } else throw unsupported(scope, 'This column property', node);
  }
  return { name: column.name, type: column.type, isRequired, defaultSql, identity, comment };
}

function endOfDefault(part: readonly SqlNode[], at: number): number {
  let end = at + 1;
  while (
    end < part.length &&
    !isWord(part[end], 'NOT', 'NULL', 'COMMENT', 'UNIQUE', 'PRIMARY', 'CONSTRAINT')
  )
    end += 1;
  return end;
}

/** `(1, 1)`, or `start 1 increment 1`, then `order` or `noorder`. */
function readIdentity(
  part: readonly SqlNode[],
  at: number,
): { readonly identity: { readonly start: number; readonly step: number }; readonly next: number } {
  let [start, step] = [1, 1];
  let next = at;
  for (;;) {
    const node = part[next];
    const value = part[next + 1];
    if (isGroup(node)) {
      const numbers = splitCommas(node.children).map(([only]) =>
        only?.kind === 'number' ? Number(only.text) : 1,
      );
      [start = 1, step = 1] = numbers;
      next += 1;
    } else if (isWord(node, 'START', 'INCREMENT')) {
      const offset = isOperator(value, '=') || isWord(value, 'WITH', 'BY') ? 2 : 1;
      const isNegative = isOperator(part[next + offset], '-');
      const number = part[next + offset + (isNegative ? 1 : 0)];
      const amount = number?.kind === 'number' ? Number(number.text) * (isNegative ? -1 : 1) : 1;
      if (node.word === 'START') start = amount;
      else step = amount;
      next += offset + (isNegative ? 2 : 1);
    } else if (isWord(node, 'ORDER', 'NOORDER')) next += 1;
    else return { identity: { start, step }, next };
  }
}
