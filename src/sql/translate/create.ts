/**
 * CREATE: tables in all their forms, views, schemas, databases, sequences; what the embedded warehouse has no use for is accepted or refused by name.
 */
import type { SqlNode } from '../tree.js';
import { writeCreateFunction } from './create-function.js';
import { writeCreateTable } from './create-table.js';
import { writeCreateView } from './create-view.js';
import { hasWords, isOperator, isWord, readName, stringValue } from './nodes.js';
import type { CreateHead } from './relation-options.js';
import { writeCreateFileFormat, writeCreateStage } from './stage-statements.js';
import { type Scope, unsupported } from './scope.js';
import type { Translation } from './translation.js';

const MODIFIERS = [
  'TRANSIENT',
  'TEMPORARY',
  'TEMP',
  'VOLATILE',
  'LOCAL',
  'GLOBAL',
  'SECURE',
  'RECURSIVE',
  'DYNAMIC',
  // Kept as a plain view, which is never behind.
  'MATERIALIZED',
] as const;
const ACCEPTED = new Set(['WAREHOUSE', 'ROLE', 'USER', 'TAG']);

export function writeCreate(nodes: readonly SqlNode[], scope: Scope): Translation {
  let at = 1;
  let orReplace = false;
  if (hasWords(nodes, 1, 'OR', 'REPLACE')) {
    orReplace = true;
    at = 3;
  }
  const modifiers = new Set<string>();
  for (let node = nodes[at]; isWord(node, ...MODIFIERS); node = nodes[at]) {
    modifiers.add(node.word);
    at += 1;
  }
  const object = nodes[at];
  if (object?.kind !== 'word') throw unsupported(scope, 'This CREATE', object ?? nodes[0]);
  if (ACCEPTED.has(object.word))
    return {
      kind: 'nothing',
      message: `${object.text} is accepted and has no effect on the embedded warehouse.`,
    };
  at += isWord(object, 'FILE') && isWord(nodes[at + 1], 'FORMAT') ? 2 : 1;
  const ifNotExists = hasWords(nodes, at, 'IF', 'NOT', 'EXISTS');
  if (ifNotExists) at += 3;
  const name = readName(nodes, at);
  if (name === undefined) throw unsupported(scope, `CREATE ${object.word}`, object);
  const head: CreateHead = {
    orReplace,
    isTemporary: ['TEMPORARY', 'TEMP', 'VOLATILE'].some((word) => modifiers.has(word)),
    isTransient: modifiers.has('TRANSIENT'),
    isDynamic: modifiers.has('DYNAMIC'),
    ifNotExists,
    name: name.parts,
    next: name.next,
  };
  switch (object.word) {
    case 'TABLE':
      return writeCreateTable(nodes, head, scope);
    case 'VIEW':
      return writeCreateView(nodes, head, scope);
    case 'SCHEMA':
      return {
        kind: 'create_schema',
        name: head.name,
        orReplace,
        ifNotExists,
        ...commentOf(nodes, head.next),
        ...cloneOf(nodes, head.next, scope),
      };
    case 'DATABASE':
      return createDatabase(nodes, head, scope);
    case 'FUNCTION':
      return writeCreateFunction(nodes, head, scope);
    case 'STAGE':
      return writeCreateStage(nodes, head, scope);
    case 'FILE':
      return writeCreateFileFormat(nodes, head, scope);
    case 'SEQUENCE':
      return createSequence(nodes, head, scope);
    default:
      throw unsupported(scope, `CREATE ${object.word}`, object);
  }
}

function commentOf(nodes: readonly SqlNode[], at: number): { readonly comment?: string } {
  for (let index = at; index < nodes.length; index += 1) {
    const value = nodes[index + 2];
    if (
      isWord(nodes[index], 'COMMENT') &&
      isOperator(nodes[index + 1], '=') &&
      value?.kind === 'string'
    )
      return { comment: stringValue(value.text) };
  }
  return {};
}

function createDatabase(nodes: readonly SqlNode[], head: CreateHead, scope: Scope): Translation {
  const [name] = head.name;
  const clone = nodes[head.next];
  if (name === undefined || isWord(clone, 'FROM', 'AS'))
    throw unsupported(scope, 'CREATE DATABASE from a share', clone);
  return {
    kind: 'create_database',
    name,
    orReplace: head.orReplace,
    ifNotExists: head.ifNotExists,
    ...cloneOf(nodes, head.next, scope),
  };
}

/** `clone x`: as it is now, not as it was. */
function cloneOf(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): { readonly clone?: readonly string[] } {
  if (!isWord(nodes[at], 'CLONE')) return {};
  const source = readName(nodes, at + 1);
  if (source === undefined) throw unsupported(scope, 'This CLONE', nodes[at]);
  const rest = nodes[source.next];
  if (isWord(rest, 'AT', 'BEFORE')) throw unsupported(scope, 'Time travel', rest);
  return { clone: source.parts };
}

function createSequence(nodes: readonly SqlNode[], head: CreateHead, scope: Scope): Translation {
  let [start, step] = [1, 1];
  for (let at = head.next; at < nodes.length; at += 1) {
    const node = nodes[at];
    if (!isWord(node, 'START', 'INCREMENT')) continue;
    const near = nodes.slice(at + 1, at + 5);
    const found = near.findIndex((one) => one.kind === 'number');
    const number = near[found];
    if (number?.kind !== 'number') throw unsupported(scope, 'This sequence', node);
    const amount = Number(number.text) * (isOperator(near[found - 1], '-') ? -1 : 1);
    if (node.word === 'START') start = amount;
    else step = amount;
  }
  return {
    kind: 'create_sequence',
    name: head.name,
    orReplace: head.orReplace,
    ifNotExists: head.ifNotExists,
    start,
    step,
  };
}
