/**
 * INSERT, UPDATE and DELETE.
 */
import { quoteIdentifier } from '../identifiers.js';
import type { SqlNode } from '../tree.js';
import { writeFrom, writeRelation } from './from.js';
import {
  isGroup,
  isName,
  isOperator,
  isQuery,
  isWord,
  readName,
  splitCommas,
  writeName,
} from './nodes.js';
import { type Scope, lineBreaks, unsupported } from './scope.js';
import type { Translation } from './translation.js';

/** `insert [overwrite] into t [(columns)] values … | query`. Overwriting empties the table first; its source is read before that. */
export function writeInsert(nodes: readonly SqlNode[], scope: Scope): Translation {
  let at = 1;
  const isOverwrite = isWord(nodes[at], 'OVERWRITE');
  if (isOverwrite) at += 1;
  if (isWord(nodes[at], 'ALL', 'FIRST'))
    throw unsupported(scope, 'INSERT into several tables', nodes[at]);
  if (!isWord(nodes[at], 'INTO')) throw unsupported(scope, 'This INSERT', nodes[at] ?? nodes[0]);
  at += 1;
  if (isWord(nodes[at], 'TABLE')) at += 1;
  const name = readName(nodes, at);
  if (name === undefined) throw unsupported(scope, 'This INSERT', nodes[at] ?? nodes[0]);
  at = name.next;
  const { text: target } = scope.options.resolve(name.parts);
  const list = nodes[at];
  const hasColumns = isGroup(list) && !isQuery(list.children);
  const named = hasColumns ? splitCommas(list.children).map((part) => lastName(part, scope)) : null;
  const columns = named === null ? '' : ` (${named.join(', ')})`;
  if (hasColumns) at += 1;
  const rest = nodes.slice(at);
  const isValues = isWord(rest[0], 'VALUES');
  const source = isValues ? insertRows(rest, scope) : writeSource(rest, scope);
  const base = { kind: 'dml', verb: 'insert', target: name.parts, changes: ['inserted'] } as const;
  const insert = `INSERT INTO ${target}${columns}`;
  const width = isValues ? widthOfPlaceholders(rest) : undefined;
  const rows = width === undefined ? {} : { rows: { insert, width } };
  const space = lineBreaks(scope, rest[0]);
  if (!isOverwrite) {
    const parts = isValues ? {} : { source: { insert, target, columns: named, query: source } };
    return { ...base, ...rows, ...parts, before: [], sql: `${insert}${space}${source}`, after: [] };
  }
  if (isValues)
    return {
      ...base,
      ...rows,
      before: [`DELETE FROM ${target}`],
      sql: `${insert}${space}${source}`,
      after: [],
    };
  const held = 'temp.main."__OVERWRITE"';
  return {
    ...base,
    before: [
      `CREATE OR REPLACE TEMPORARY TABLE ${held} AS${space}${source}`,
      `DELETE FROM ${target}`,
    ],
    sql: `${insert} SELECT * FROM ${held}`,
    after: [`DROP TABLE ${held}`],
  };
}

function writeSource(nodes: readonly SqlNode[], scope: Scope): string {
  if (!isQuery(nodes)) throw unsupported(scope, 'This INSERT', nodes[0]);
  return scope.query(nodes, scope);
}

/** Cells of a row if every row is as long and holds nothing but `?`. */
function widthOfPlaceholders(nodes: readonly SqlNode[]): number | undefined {
  let width: number | undefined;
  for (const node of nodes.slice(1)) {
    if (isOperator(node, ',')) continue;
    if (!isGroup(node) || node.children.length % 2 === 0) return undefined;
    const isPlain = node.children.every((cell, index) =>
      index % 2 === 0 ? cell.kind === 'variable' && cell.text === '?' : isOperator(cell, ','),
    );
    const cells = (node.children.length + 1) / 2;
    if (!isPlain || (width ?? cells) !== cells) return undefined;
    width = cells;
  }
  return width;
}

/** VALUES of an insert, where DEFAULT is a value. */
function insertRows(nodes: readonly SqlNode[], scope: Scope): string {
  const rows = splitCommas(nodes.slice(1)).map((part) => {
    const [row] = part;
    if (!isGroup(row) || part.length > 1)
      throw unsupported(scope, 'This VALUES', part[1] ?? nodes[0]);
    const cells = splitCommas(row.children).map((cell) =>
      cell.length === 1 && isWord(cell[0], 'DEFAULT')
        ? 'DEFAULT'
        : scope.expression(cell, scope).text,
    );
    return `${row.space}(${cells.join(', ')})`;
  });
  return `VALUES${rows.join(',')}`;
}

/** The column of `t.column` or `column`. */
function lastName(part: readonly SqlNode[], scope: Scope): string {
  const name = readName(part, 0);
  if (name === undefined || name.next !== part.length)
    throw unsupported(scope, 'This column list', part[0]);
  return quoteIdentifier(name.parts.at(-1) ?? '');
}

/** `update t [alias] set … [from …] [where …]`. */
export function writeUpdate(nodes: readonly SqlNode[], scope: Scope): Translation {
  const name = readName(nodes, 1);
  const set = nodes.findIndex((node) => isWord(node, 'SET'));
  if (name === undefined || set === -1)
    throw unsupported(scope, 'This UPDATE', nodes[1] ?? nodes[0]);
  const relation = writeRelation(nodes.slice(0, set), 1, scope);
  const from = nodes.findIndex(
    (node, index) => index > set && isWord(node, 'FROM') && !isWord(nodes[index - 1], 'DISTINCT'),
  );
  const where = nodes.findIndex((node, index) => index > set && isWord(node, 'WHERE'));
  const fromText =
    from === -1
      ? ''
      : ` FROM${writeFrom(nodes.slice(from + 1, where === -1 ? undefined : where), scope)}`;
  const end = from !== -1 ? from : where !== -1 ? where : nodes.length;
  const sql = `UPDATE ${relation.text} SET ${writeAssignments(nodes.slice(set + 1, end), scope)}${fromText}${whereText(nodes, where, scope)}`;
  return {
    kind: 'dml',
    verb: 'update',
    target: name.parts,
    before: [],
    sql,
    after: [],
    changes: ['updated'],
  };
}

/** `t.a = 1, b = 2`: DuckDB takes no table before the column. */
export function writeAssignments(nodes: readonly SqlNode[], scope: Scope): string {
  return splitCommas(nodes)
    .map((part) => {
      const name = readName(part, 0);
      if (name === undefined || !isOperator(part[name.next], '='))
        throw unsupported(scope, 'This assignment', part[0]);
      const value = part.slice(name.next + 1);
      const text =
        value.length === 1 && isWord(value[0], 'DEFAULT')
          ? 'DEFAULT'
          : scope.expression(value, scope).text;
      return `${part[0]?.space ?? ''}${quoteIdentifier(name.parts.at(-1) ?? '')} = ${text}`;
    })
    .join(',');
}

function whereText(nodes: readonly SqlNode[], where: number, scope: Scope): string {
  return where === -1
    ? ''
    : `${nodes[where]?.space || ' '}WHERE ${scope.expression(nodes.slice(where + 1), scope).text}`;
}

/** `delete from t [alias] [using …] [where …]`. */
export function writeDelete(nodes: readonly SqlNode[], scope: Scope): Translation {
  const name = readName(nodes, 2);
  if (!isWord(nodes[1], 'FROM') || name === undefined)
    throw unsupported(scope, 'This DELETE', nodes[1] ?? nodes[0]);
  const using = nodes.findIndex((node) => isWord(node, 'USING'));
  const where = nodes.findIndex((node) => isWord(node, 'WHERE'));
  const end = using !== -1 ? using : where !== -1 ? where : nodes.length;
  const relation = writeRelation(nodes.slice(0, end), 2, scope);
  const extra = nodes[relation.next];
  if (extra !== undefined && relation.next < end) throw unsupported(scope, 'This DELETE', extra);
  const usingText =
    using === -1
      ? ''
      : ` USING${writeFrom(nodes.slice(using + 1, where === -1 ? undefined : where), scope)}`;
  return {
    kind: 'dml',
    verb: 'delete',
    target: name.parts,
    before: [],
    sql: `DELETE FROM ${relation.text}${usingText}${whereText(nodes, where, scope)}`,
    after: [],
    changes: ['deleted'],
  };
}

/** Names in brackets for MERGE's insert list. */
export function writeColumnList(nodes: readonly SqlNode[], scope: Scope): string {
  return splitCommas(nodes)
    .map((part) => lastName(part, scope))
    .join(', ');
}

/** The name by which a statement speaks of a relation: its alias, or its last part. */
export function spokenName(nodes: readonly SqlNode[], at: number): string | undefined {
  const name = readName(nodes, at);
  if (name === undefined) return undefined;
  const word = nodes[name.next];
  const alias = isWord(word, 'AS') ? nodes[name.next + 1] : word;
  return isName(alias) && !isWord(alias, 'USING', 'SET', 'WHERE', 'FROM')
    ? writeName(alias.text)
    : quoteIdentifier(name.parts.at(-1) ?? '');
}
