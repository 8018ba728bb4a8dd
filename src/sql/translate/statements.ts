/**
 * The short statements: DROP, TRUNCATE, COMMENT, USE, SET, transactions, grants.
 */
import { storedName } from '../identifiers.js';
import type { SqlNode } from '../tree.js';
import {
  hasWords,
  isGroup,
  isName,
  isOperator,
  isWord,
  readName,
  splitCommas,
  stringValue,
} from './nodes.js';
import { type Scope, unsupported } from './scope.js';
import type { DropKind, Translation } from './translation.js';

const DROPS: Readonly<Record<string, DropKind>> = {
  TABLE: 'table',
  VIEW: 'view',
  SCHEMA: 'schema',
  DATABASE: 'database',
  SEQUENCE: 'sequence',
  FUNCTION: 'function',
  PROCEDURE: 'other',
  WAREHOUSE: 'other',
  ROLE: 'other',
  USER: 'other',
  STAGE: 'stage',
  FILE: 'file_format',
  TAG: 'other',
  STREAM: 'other',
  TASK: 'other',
};

export function writeDrop(nodes: readonly SqlNode[], scope: Scope): Translation {
  let at = 1;
  if (isWord(nodes[at], 'DYNAMIC', 'MATERIALIZED', 'ICEBERG', 'EXTERNAL')) at += 1;
  const word = nodes[at];
  const object = word?.kind === 'word' ? DROPS[word.word] : undefined;
  if (object === undefined) throw unsupported(scope, 'This DROP', word ?? nodes[0]);
  at += object === 'file_format' ? 2 : 1;
  const ifExists = hasWords(nodes, at, 'IF', 'EXISTS');
  if (ifExists) at += 2;
  const name = readName(nodes, at);
  if (name === undefined) throw unsupported(scope, 'This DROP', nodes[at] ?? nodes[0]);
  // Tags are accepted and not kept.
  if (isWord(word, 'TAG'))
    return { kind: 'nothing', message: `${name.parts.at(-1)} successfully dropped.` };
  return { kind: 'drop', object, name: name.parts, ifExists };
}

/** Nothing that was dropped is kept here, so there is never anything to bring back. */
export function writeUndrop(nodes: readonly SqlNode[], scope: Scope): Translation {
  const name = nodes
    .map((_, index) => readName(nodes, index))
    .find((one, index) => index > 0 && one !== undefined && one.next === nodes.length);
  const words = nodes.slice(1, -1).map((node) => (node.kind === 'group' ? '' : node.word));
  if (nodes.length < 3) throw unsupported(scope, 'This UNDROP', nodes[0]);
  const [kind = 'OBJECT'] = words;
  return {
    kind: 'absent',
    message: `002003 (42S02): SQL compilation error:\n${kind.charAt(0)}${kind.slice(1).toLowerCase()} '${name?.parts.join('.') ?? ''}' did not exist or was purged.`,
  };
}

/** No procedure can be made here, so none is ever there. */
export function writeCall(nodes: readonly SqlNode[], scope: Scope): Translation {
  const name = readName(nodes, 1);
  if (name === undefined) throw unsupported(scope, 'This CALL', nodes[1] ?? nodes[0]);
  return {
    kind: 'absent',
    message: `002141 (42601): SQL compilation error:\nUnknown user-defined function ${name.parts.join('.')}, or it does not exist or not authorized.`,
  };
}

/** `truncate [table] [if exists] t`. */
export function writeTruncate(nodes: readonly SqlNode[], scope: Scope): Translation {
  let at = isWord(nodes[1], 'TABLE') ? 2 : 1;
  const ifExists = hasWords(nodes, at, 'IF', 'EXISTS');
  if (ifExists) at += 2;
  const name = readName(nodes, at);
  if (name === undefined) throw unsupported(scope, 'This TRUNCATE', nodes[at] ?? nodes[0]);
  return { kind: 'truncate', name: name.parts, ifExists };
}

/** `comment [if exists] on table t is '…'`, on columns `on column t.c is '…'`. */
export function writeComment(nodes: readonly SqlNode[], scope: Scope): Translation {
  let at = 1;
  const ifExists = hasWords(nodes, at, 'IF', 'EXISTS');
  if (ifExists) at += 2;
  if (!isWord(nodes[at], 'ON')) throw unsupported(scope, 'This COMMENT', nodes[at] ?? nodes[0]);
  at += 1;
  if (isWord(nodes[at], 'DYNAMIC', 'ICEBERG', 'MATERIALIZED')) at += 1;
  const object = nodes[at];
  const name = readName(nodes, at + 1);
  if (object?.kind !== 'word' || name === undefined)
    throw unsupported(scope, 'This COMMENT', object ?? nodes[0]);
  const text = nodes[name.next + 1];
  if (!isWord(nodes[name.next], 'IS') || text?.kind !== 'string')
    throw unsupported(scope, 'This COMMENT', nodes[name.next] ?? nodes[0]);
  const base = { kind: 'comment', ifExists, text: stringValue(text.text) } as const;
  if (object.word !== 'COLUMN') return { ...base, object: object.word, name: name.parts };
  return {
    ...base,
    object: 'COLUMN',
    name: name.parts.slice(0, -1),
    column: name.parts.at(-1) ?? '',
  };
}

const USES = {
  DATABASE: 'database',
  SCHEMA: 'schema',
  WAREHOUSE: 'warehouse',
  ROLE: 'role',
} as const;

export function writeUse(nodes: readonly SqlNode[], scope: Scope): Translation {
  const word = nodes[1];
  if (hasWords(nodes, 1, 'SECONDARY', 'ROLES'))
    return { kind: 'use', object: 'secondary_roles', name: [] };
  const object =
    isWord(word, 'DATABASE', 'SCHEMA', 'WAREHOUSE', 'ROLE') && nodes.length > 2
      ? USES[word.word as keyof typeof USES]
      : 'any';
  const name = readName(nodes, object === 'any' ? 1 : 2);
  if (name === undefined) throw unsupported(scope, 'This USE', word ?? nodes[0]);
  return { kind: 'use', object, name: name.parts };
}

/** `set a = 1`, `set (a, b) = (1, 2)`. */
export function writeSet(nodes: readonly SqlNode[], scope: Scope): Translation {
  const target = nodes[1];
  const value = nodes[3];
  if (!isOperator(nodes[2], '=') || value === undefined)
    throw unsupported(scope, 'This SET', target ?? nodes[0]);
  if (isGroup(target) && isGroup(value)) {
    const sources = splitCommas(value.children);
    const values = splitCommas(target.children).map(([name], index) => ({
      name: isName(name) ? storedName(name.text, 'snowflake').toUpperCase() : '',
      sql: scope.expression(sources[index] ?? [], scope).text,
    }));
    return { kind: 'set_variables', values, unset: [] };
  }
  if (!isName(target)) throw unsupported(scope, 'This SET', target ?? nodes[0]);
  const sql = scope.expression(nodes.slice(3), scope).text;
  return {
    kind: 'set_variables',
    values: [{ name: storedName(target.text, 'snowflake').toUpperCase(), sql }],
    unset: [],
  };
}

export function writeUnset(nodes: readonly SqlNode[]): Translation {
  const list = isGroup(nodes[1]) ? nodes[1].children : nodes.slice(1);
  return {
    kind: 'set_variables',
    values: [],
    unset: splitCommas(list).map(([name]) => (isName(name) ? name.text.toUpperCase() : '')),
  };
}

/** `a = 'x', b = 2` as parameters of a session, upper-case names; commas may be left out. */
export function readParameters(
  nodes: readonly SqlNode[],
  scope: Scope,
): Readonly<Record<string, string>> {
  const set: Record<string, string> = {};
  let at = 0;
  while (at < nodes.length) {
    const [key, equals, value] = nodes.slice(at, at + 3);
    if (!isName(key) || !isOperator(equals, '=') || value === undefined || value.kind === 'group')
      throw unsupported(scope, 'This session parameter', key ?? nodes[0]);
    set[key.text.toUpperCase()] = value.kind === 'string' ? stringValue(value.text) : value.text;
    at += isOperator(nodes[at + 3], ',') ? 4 : 3;
  }
  return set;
}

export function writeTransaction(nodes: readonly SqlNode[], scope: Scope): Translation {
  const [first, second] = nodes;
  if (isWord(first, 'COMMIT')) return { kind: 'transaction', verb: 'commit' };
  if (isWord(first, 'ROLLBACK')) return { kind: 'transaction', verb: 'rollback' };
  if (second !== undefined && !isWord(second, 'TRANSACTION', 'WORK', 'NAME'))
    throw unsupported(scope, 'A block of statements', first);
  return { kind: 'transaction', verb: 'begin' };
}

/** `grant select on [table] t to [role] r`; grants of roles and on other objects are accepted. */
export function writeGrant(nodes: readonly SqlNode[], scope: Scope): Translation {
  const isRevoke = isWord(nodes[0], 'REVOKE');
  const on = nodes.findIndex((node) => isWord(node, 'ON'));
  const to = nodes.findIndex((node) => isWord(node, isRevoke ? 'FROM' : 'TO'));
  if (to === -1) throw unsupported(scope, `This ${isRevoke ? 'REVOKE' : 'GRANT'}`, nodes[0]);
  const done = { kind: 'nothing', message: 'Statement executed successfully.' } as const;
  if (on === -1) return done;
  const hasKind =
    isWord(nodes[on + 1], 'TABLE', 'VIEW', 'SCHEMA', 'DATABASE', 'WAREHOUSE', 'FUNCTION') &&
    isName(nodes[on + 2]);
  const object = hasKind ? nodes[on + 1] : undefined;
  const name = readName(nodes, on + (hasKind ? 2 : 1));
  const grantee =
    nodes[to + (isWord(nodes[to + 1], 'ROLE', 'USER', 'SHARE') && isName(nodes[to + 2]) ? 2 : 1)];
  if (name === undefined || !isName(grantee) || isWord(nodes[on + 1], 'ALL', 'FUTURE')) return done;
  return {
    kind: 'grant',
    isRevoke,
    privileges: splitCommas(nodes.slice(1, on)).map((part) =>
      part.map((node) => (node.kind === 'group' ? '' : node.word)).join(' '),
    ),
    object: isWord(object, 'VIEW', 'SCHEMA', 'DATABASE', 'WAREHOUSE', 'FUNCTION')
      ? object.word
      : 'TABLE',
    name: name.parts,
    grantee: storedName(grantee.text, 'snowflake'),
  };
}
