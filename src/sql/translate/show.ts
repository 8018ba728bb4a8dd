/**
 * SHOW and DESCRIBE, read into requests that the catalog answers.
 */
import type { SqlNode } from '../tree.js';
import {
  hasWords,
  isName,
  isOperator,
  isQuery,
  isWord,
  readName,
  sourceText,
  stringValue,
} from './nodes.js';
import { type Scope, unsupported } from './scope.js';
import type { ShowRequest, Translation } from './translation.js';

const ENDS = ['LIKE', 'IN', 'STARTS', 'LIMIT', 'FROM', 'ON', 'TO', 'OF', 'HISTORY'] as const;

/** `show [terse] <objects> [like 'x'] [in …] [starts with 'x'] [limit n [from 'x']]`. */
export function writeShow(nodes: readonly SqlNode[], scope: Scope): Translation {
  let at = isWord(nodes[1], 'TERSE') ? 2 : 1;
  const isTerse = at === 2;
  const words: string[] = [];
  for (let node = nodes[at]; node?.kind === 'word' && !isWord(node, ...ENDS); node = nodes[at]) {
    words.push(node.word);
    at += 1;
  }
  let request: ShowRequest = { isTerse, object: words.join(' ') };
  while (at < nodes.length) {
    const node = nodes[at];
    const value = nodes[at + 1];
    if (isWord(node, 'LIKE') && value?.kind === 'string') {
      request = { ...request, like: stringValue(value.text) };
      at += 2;
    } else if (isWord(node, 'STARTS') && nodes[at + 2]?.kind === 'string') {
      request = { ...request, startsWith: textOf(nodes[at + 2]) };
      at += 3;
    } else if (isWord(node, 'LIMIT') && value?.kind === 'number') {
      request = { ...request, limit: Number(value.text) };
      at += 2;
    } else if (isWord(node, 'FROM') && value?.kind === 'string') {
      request = { ...request, from: stringValue(value.text) };
      at += 2;
    } else if (isWord(node, 'HISTORY')) at += 1;
    // The one role here may do everything.
    else if (hasWords(nodes, at, 'WITH', 'PRIVILEGES')) at = nodes.length;
    else if (isWord(node, 'IN')) {
      const read = readScope(nodes, at + 1, scope);
      request = { ...request, scope: read.scope };
      at = read.next;
    } else if (isWord(node, 'ON', 'TO', 'OF')) {
      const read = readOn(nodes, at + 1, scope);
      request = { ...request, on: read.on };
      at = read.next;
    } else throw unsupported(scope, 'This SHOW', node);
  }
  return { kind: 'show', request };
}

function textOf(node: SqlNode | undefined): string {
  return node?.kind === 'string' ? stringValue(node.text) : '';
}

function readScope(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): { readonly scope: NonNullable<ShowRequest['scope']>; readonly next: number } {
  const word = nodes[at];
  if (isWord(word, 'APPLICATION', 'CLASS') && isName(nodes[at + 1])) {
    const hidden = readName(nodes, isWord(nodes[at + 1], 'PACKAGE') ? at + 2 : at + 1);
    if (hidden !== undefined)
      return { scope: { kind: 'absent', name: hidden.parts }, next: hidden.next };
  }
  if (isWord(word, 'ACCOUNT')) return { scope: { kind: 'account', name: [] }, next: at + 1 };
  if (isWord(word, 'SESSION')) return { scope: { kind: 'session', name: [] }, next: at + 1 };
  const kind = isWord(word, 'DATABASE')
    ? 'database'
    : isWord(word, 'SCHEMA')
      ? 'schema'
      : isWord(word, 'TABLE', 'VIEW')
        ? 'relation'
        : 'any';
  const hasKind = kind !== 'any';
  const name = readName(nodes, hasKind ? at + 1 : at);
  const isBare =
    hasKind && (name === undefined || isWord(nodes[at + 1], 'LIKE', 'STARTS', 'LIMIT', 'FROM'));
  if (isBare) return { scope: { kind, name: [] }, next: at + 1 };
  if (name === undefined) throw unsupported(scope, 'This SHOW', word ?? nodes[0]);
  return { scope: { kind, name: name.parts }, next: name.next };
}

function readOn(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): { readonly on: NonNullable<ShowRequest['on']>; readonly next: number } {
  const word = nodes[at];
  const hasKind = isName(nodes[at + 1]) && !isOperator(nodes[at + 1], '.') && word?.kind === 'word';
  const name = readName(nodes, hasKind ? at + 1 : at);
  if (name === undefined) {
    if (isWord(word, 'ACCOUNT')) return { on: { object: 'ACCOUNT', name: [] }, next: at + 1 };
    throw unsupported(scope, 'This SHOW', word ?? nodes[0]);
  }
  return {
    on: { object: hasKind && word.kind === 'word' ? word.word : 'TABLE', name: name.parts },
    next: name.next,
  };
}

/** `describe table t`, `desc view v`; other objects are named and left to the caller. */
export function writeDescribe(nodes: readonly SqlNode[], scope: Scope): Translation {
  let at = 1;
  if (isWord(nodes[at], 'DYNAMIC', 'ICEBERG', 'HYBRID', 'EXTERNAL', 'MATERIALIZED')) at += 1;
  const word = nodes[at];
  const isNamed =
    isWord(
      word,
      'TABLE',
      'VIEW',
      'SCHEMA',
      'DATABASE',
      'FUNCTION',
      'SEQUENCE',
      'WAREHOUSE',
      'USER',
      'STAGE',
    ) && isName(nodes[at + 1]);
  const name = readName(nodes, isNamed ? at + 1 : at);
  if (isQuery(nodes.slice(1))) throw unsupported(scope, 'DESCRIBE of a query', word ?? nodes[0]);
  const type = nodes[(name?.next ?? 0) + 2];
  if (isNamed && isWord(nodes[name?.next ?? 0], 'TYPE') && type?.kind === 'word') {
    if (type.word !== 'COLUMNS' || name === undefined)
      throw unsupported(scope, `DESCRIBE with TYPE = ${type.word}`, type);
    return { kind: 'describe', object: word.word, name: name.parts };
  }
  if (name !== undefined && name.next !== nodes.length) {
    // Two words or more before the name: an object of a kind that cannot be made here.
    const last = readName(nodes, nodes.length - 1) ?? name;
    const kind = sourceText(nodes.slice(1, -1), scope.sql)
      .split(/\s+/u)
      .filter((one) => /^[a-z]+$/iu.test(one))
      .join(' ');
    return {
      kind: 'absent',
      message: `002003 (02000): SQL compilation error:\n${kind} '${last.parts.join('.')}' does not exist or not authorized.`,
    };
  }
  if (name === undefined || hasWords(nodes, at, 'RESULT'))
    throw unsupported(scope, 'This DESCRIBE', word ?? nodes[0]);
  return { kind: 'describe', object: isNamed ? word.word : 'TABLE', name: name.parts };
}
