/**
 * ALTER: tables, views, sessions; warehouses and dynamic tables as far as one machine can follow.
 */
import { quoteIdentifier, storedName } from '../identifiers.js';
import type { SqlNode } from '../tree.js';
import {
  hasWords,
  isGroup,
  isName,
  isOperator,
  isWord,
  readName,
  sourceText,
  splitCommas,
  stringValue,
} from './nodes.js';
import { declaredLength } from './columns.js';
import { type Scope, unsupported } from './scope.js';
import { readParameters } from './statements.js';
import type { TableChange, Translation } from './translation.js';
import { type DuckType, readType } from './types.js';

export function writeAlter(nodes: readonly SqlNode[], scope: Scope): Translation {
  const object = nodes[1];
  if (isWord(object, 'SESSION')) return alterSession(nodes, scope);
  if (isWord(object, 'WAREHOUSE', 'ACCOUNT', 'USER', 'ROLE'))
    return { kind: 'nothing', message: 'Statement executed successfully.' };
  const isDynamic = isWord(object, 'DYNAMIC');
  const kind = isDynamic ? nodes[2] : object;
  if (!isWord(kind, 'TABLE', 'VIEW', 'SCHEMA', 'DATABASE', 'ICEBERG'))
    throw unsupported(scope, 'This ALTER', object ?? nodes[0]);
  let at = isDynamic || kind.word === 'ICEBERG' ? 3 : 2;
  const ifExists = hasWords(nodes, at, 'IF', 'EXISTS');
  if (ifExists) at += 2;
  const name = readName(nodes, at);
  if (name === undefined) throw unsupported(scope, 'This ALTER', nodes[at] ?? object);
  const rest = nodes.slice(name.next);
  const common = { name: name.parts, ifExists };
  if (hasWords(rest, 0, 'RENAME', 'TO')) {
    const to = readName(rest, 2);
    if (to === undefined) throw unsupported(scope, 'This ALTER', rest[0]);
    const renamedKind =
      kind.word === 'SCHEMA'
        ? 'schema'
        : kind.word === 'DATABASE'
          ? 'database'
          : kind.word === 'VIEW'
            ? 'view'
            : 'table';
    return { kind: 'rename', object: renamedKind, ...common, to: to.parts };
  }
  if (hasWords(rest, 0, 'SWAP', 'WITH')) {
    const other = readName(rest, 2);
    if (other === undefined) throw unsupported(scope, 'This ALTER', rest[0]);
    return { kind: 'swap', name: name.parts, other: other.parts };
  }
  if (isDynamic) return alterDynamic(rest, name.parts, scope);
  if (kind.word === 'SCHEMA' || kind.word === 'DATABASE')
    return { kind: 'nothing', message: 'Statement executed successfully.' };
  return { kind: 'alter', ...common, changes: readChanges(rest, name.parts, scope) };
}

function readChanges(
  rest: readonly SqlNode[],
  name: readonly string[],
  scope: Scope,
): readonly TableChange[] {
  const [first, second] = rest;
  if (isWord(first, 'ADD')) return addColumns(rest, scope);
  if (isWord(first, 'DROP')) return dropColumns(rest, name, scope);
  if (hasWords(rest, 0, 'RENAME', 'COLUMN')) {
    const from = rest[2];
    const to = rest[4];
    if (!isName(from) || !isName(to)) throw unsupported(scope, 'This ALTER', first);
    const target = scope.options.resolve(name).text;
    return [
      {
        kind: 'sql',
        sql: `ALTER TABLE ${target} RENAME COLUMN ${written(from.text)} TO ${written(to.text)}`,
      },
    ];
  }
  if (isWord(first, 'ALTER', 'MODIFY')) return alterColumns(rest.slice(1), name, scope);
  if (isWord(first, 'CLUSTER') && isGroup(rest[2]))
    return [{ kind: 'cluster_by', expressions: sourceText(rest[2].children, scope.sql) }];
  if (isWord(first, 'RESUME', 'SUSPEND') && isWord(second, 'RECLUSTER'))
    return [{ kind: 'nothing' }];
  if (isWord(first, 'SET') && isWord(second, 'COMMENT') && rest[3]?.kind === 'string')
    return [{ kind: 'comment', text: stringValue(rest[3].text) }];
  if (isWord(first, 'UNSET') && isWord(second, 'COMMENT')) return [{ kind: 'comment', text: '' }];
  if (isWord(first, 'SET', 'UNSET') && !isWord(second, 'TAG', 'MASKING'))
    return [{ kind: 'nothing' }];
  if (isWord(first, 'SET', 'UNSET') && isWord(second, 'TAG')) return [{ kind: 'nothing' }];
  throw unsupported(scope, 'This ALTER', first);
}

function written(name: string): string {
  return quoteIdentifier(storedName(name, 'snowflake'));
}

/** `add [column] [if not exists] a int, b int`, with or without brackets. Keys are accepted. */
function addColumns(rest: readonly SqlNode[], scope: Scope): readonly TableChange[] {
  let at = 1;
  if (isWord(rest[at], 'CONSTRAINT', 'PRIMARY', 'UNIQUE', 'FOREIGN')) return [{ kind: 'nothing' }];
  if (isWord(rest[at], 'ROW', 'SEARCH')) throw unsupported(scope, 'This ALTER', rest[at]);
  if (isWord(rest[at], 'COLUMN')) at += 1;
  const ifNotExists = hasWords(rest, at, 'IF', 'NOT', 'EXISTS');
  if (ifNotExists) at += 3;
  const only = rest[at];
  const list = isGroup(only) ? only.children : rest.slice(at);
  return splitCommas(list).map((whole) => {
    // Each column may say so for itself.
    const own = hasWords(whole, 0, 'IF', 'NOT', 'EXISTS');
    const part = own ? whole.slice(3) : whole;
    const [name] = part;
    if (!isName(name)) throw unsupported(scope, 'This ALTER', name ?? rest[0]);
    const type = readType(part, 1, scope);
    const extras = columnExtras(part.slice(type.next), scope);
    return {
      kind: 'add_column',
      column: storedName(name.text, 'snowflake'),
      type: type.text,
      ifNotExists: ifNotExists || own,
      ...lengthOf(type),
      ...extras,
    };
  });
}

/** `default …` and `not null` of a new column, in either order. */
function columnExtras(
  nodes: readonly SqlNode[],
  scope: Scope,
): { readonly extras: readonly string[]; readonly isRequired: boolean } {
  const extras: string[] = [];
  let isRequired = false;
  let at = 0;
  while (at < nodes.length) {
    const node = nodes[at];
    if (isWord(node, 'NOT') && isWord(nodes[at + 1], 'NULL')) {
      isRequired = true;
      at += 2;
    } else if (isWord(node, 'DEFAULT')) {
      const end = nodes.findIndex(
        (one, index) => index > at && isWord(one, 'NOT', 'NULL', 'COMMENT'),
      );
      const value = nodes.slice(at + 1, end === -1 ? undefined : end);
      extras.push(`DEFAULT ${scope.expression(value, scope).text}`);
      at = end === -1 ? nodes.length : end;
    } else if (isWord(node, 'NULL', 'UNIQUE')) at += 1;
    else if (isWord(node, 'COMMENT', 'TAG')) at += 2;
    else if (isWord(node, 'WITH') && isWord(nodes[at + 1], 'TAG')) at += 1;
    else throw unsupported(scope, 'This property of a new column', node);
  }
  return { extras, isRequired };
}

function dropColumns(
  rest: readonly SqlNode[],
  name: readonly string[],
  scope: Scope,
): readonly TableChange[] {
  let at = 1;
  if (isWord(rest[at], 'CONSTRAINT', 'PRIMARY', 'UNIQUE', 'FOREIGN')) return [{ kind: 'nothing' }];
  if (hasWords(rest, at, 'CLUSTERING', 'KEY')) return [{ kind: 'cluster_by', expressions: '' }];
  if (isWord(rest[at], 'COLUMN')) at += 1;
  const ifExists = hasWords(rest, at, 'IF', 'EXISTS');
  if (ifExists) at += 2;
  const target = scope.options.resolve(name).text;
  return splitCommas(rest.slice(at)).map(([column]) => {
    if (!isName(column)) throw unsupported(scope, 'This ALTER', column ?? rest[0]);
    return {
      kind: 'sql',
      sql: `ALTER TABLE ${target} DROP COLUMN ${ifExists ? 'IF EXISTS ' : ''}${written(column.text)}`,
    };
  });
}

/** `alter [column] a set data type t, [column] b comment 'x'`, with or without brackets. */
function alterColumns(
  nodes: readonly SqlNode[],
  name: readonly string[],
  scope: Scope,
): readonly TableChange[] {
  const target = scope.options.resolve(name).text;
  const [only] = nodes;
  const list = nodes.length === 1 && isGroup(only) ? only.children : nodes;
  return splitCommas(list).map((given): TableChange => {
    const part = isWord(given[0], 'COLUMN') ? given.slice(1) : given;
    const [column, first, second] = part;
    if (!isName(column)) throw unsupported(scope, 'This ALTER', column ?? nodes[0]);
    const alter = `ALTER TABLE ${target} ALTER ${written(column.text)}`;
    if (isWord(first, 'COMMENT') && second?.kind === 'string')
      return {
        kind: 'comment',
        column: storedName(column.text, 'snowflake'),
        text: stringValue(second.text),
      };
    if (hasWords(part, 1, 'SET', 'DATA', 'TYPE') || isWord(first, 'TYPE'))
      return setType(column.text, readType(part, isWord(first, 'TYPE') ? 2 : 4, scope));
    if (hasWords(part, 1, 'SET', 'NOT', 'NULL'))
      return { kind: 'sql', sql: `${alter} SET NOT NULL` };
    if (hasWords(part, 1, 'DROP', 'NOT', 'NULL'))
      return { kind: 'sql', sql: `${alter} DROP NOT NULL` };
    if (hasWords(part, 1, 'SET', 'DEFAULT'))
      return {
        kind: 'sql',
        sql: `${alter} SET DEFAULT ${scope.expression(part.slice(3), scope).text}`,
      };
    if (hasWords(part, 1, 'DROP', 'DEFAULT')) return { kind: 'sql', sql: `${alter} DROP DEFAULT` };
    if (isWord(second, 'TAG')) return { kind: 'nothing' };
    if (first?.kind === 'word' && !isWord(first, 'SET', 'UNSET', 'DROP'))
      return setType(column.text, readType(part, 1, scope));
    throw unsupported(scope, 'This ALTER', first ?? column);
  });
}

function setType(column: string, type: DuckType): TableChange {
  return {
    kind: 'set_type',
    column: storedName(column, 'snowflake'),
    type: type.text,
    ...lengthOf(type),
  };
}

function lengthOf(type: DuckType): { readonly length?: number } {
  const length = declaredLength(type);
  return length === undefined ? {} : { length };
}

function alterSession(nodes: readonly SqlNode[], scope: Scope): Translation {
  const word = nodes[2];
  if (isWord(word, 'SET'))
    return { kind: 'set_parameters', set: readParameters(nodes.slice(3), scope), unset: [] };
  if (isWord(word, 'UNSET'))
    return {
      kind: 'set_parameters',
      set: {},
      unset: splitCommas(nodes.slice(3)).map(([name]) =>
        isName(name) ? name.text.toUpperCase() : '',
      ),
    };
  throw unsupported(scope, 'This ALTER SESSION', word ?? nodes[0]);
}

/** `set target_lag = '1 hour' warehouse = w`, `refresh`, `suspend`, `resume`. */
function alterDynamic(
  rest: readonly SqlNode[],
  name: readonly string[],
  scope: Scope,
): Translation {
  if (isWord(rest[0], 'REFRESH', 'SUSPEND', 'RESUME'))
    return { kind: 'nothing', message: 'Statement executed successfully.' };
  if (isWord(rest[0], 'UNSET')) return { kind: 'alter_dynamic', name, set: {} };
  if (!isWord(rest[0], 'SET')) throw unsupported(scope, 'This ALTER DYNAMIC TABLE', rest[0]);
  const set: Record<string, string> = {};
  for (let at = 1; at + 2 < rest.length + 1; at += 3) {
    const [key, equals, value] = rest.slice(at, at + 3);
    if (!isName(key) || !isOperator(equals, '=') || value === undefined || value.kind === 'group')
      throw unsupported(scope, 'This ALTER DYNAMIC TABLE', key ?? rest[0]);
    set[key.text.toUpperCase()] =
      value.kind === 'string' ? stringValue(value.text) : value.text.toUpperCase();
  }
  return { kind: 'alter_dynamic', name, set };
}
