/**
 * MERGE. Snowflake refuses a merge in which one target row is matched by several source rows; DuckDB does not, so a guard asks first.
 */
import type { SqlNode } from '../tree.js';
import { spokenName, writeAssignments, writeColumnList } from './dml.js';
import { writeRelation } from './from.js';
import { hasWords, isGroup, isWord, readName, splitCommas } from './nodes.js';
import { type Scope, unsupported } from './scope.js';
import type { Guard, Translation } from './translation.js';

interface WhenClause {
  readonly isMatched: boolean;
  readonly condition: string | undefined;
  readonly action: 'updated' | 'deleted' | 'inserted';
  readonly text: string;
}

export function writeMerge(nodes: readonly SqlNode[], scope: Scope): Translation {
  const name = readName(nodes, 2);
  const using = nodes.findIndex((node) => isWord(node, 'USING'));
  if (!isWord(nodes[1], 'INTO') || name === undefined || using === -1)
    throw unsupported(scope, 'This MERGE', nodes[1] ?? nodes[0]);
  const target = writeRelation(nodes.slice(0, using), 2, scope);
  const source = writeRelation(nodes, using + 1, scope);
  if (!isWord(nodes[source.next], 'ON'))
    throw unsupported(scope, 'MERGE without ON', nodes[source.next] ?? nodes[0]);
  const starts = nodes.flatMap((node, index) =>
    index > source.next && isWord(node, 'WHEN') && isWord(nodes[index + 1], 'MATCHED', 'NOT')
      ? [index]
      : [],
  );
  const on = nodes.slice(source.next + 1, starts[0] ?? nodes.length);
  const condition = scope.expression(on, scope).text;
  const clauses = starts.map((start, index) =>
    readWhen(nodes.slice(start, starts[index + 1]), scope),
  );
  const [first] = clauses;
  if (first === undefined) throw unsupported(scope, 'MERGE without WHEN', nodes[0]);
  const spaces = starts.map((start) => nodes[start]?.space || ' ');
  const body = clauses.map(({ text }, index) => `${spaces[index] ?? ' '}${text}`).join('');
  const order = ['inserted', 'updated', 'deleted'] as const;
  return {
    kind: 'dml',
    verb: 'merge',
    target: name.parts,
    ...guardOf(target.text, source.text, condition, clauses, spokenName(nodes, 2)),
    before: [],
    sql: `MERGE INTO ${target.text}${nodes[using]?.space || ' '}USING ${source.text}${nodes[source.next]?.space || ' '}ON (${condition})${body}`,
    after: [],
    changes: order.filter((kind) => clauses.some(({ action }) => action === kind)),
  };
}

/** `when [not] matched [and condition] then …`. */
function readWhen(nodes: readonly SqlNode[], scope: Scope): WhenClause {
  const isMatched = isWord(nodes[1], 'MATCHED');
  const then = nodes.findIndex((node) => isWord(node, 'THEN'));
  if (then === -1) throw unsupported(scope, 'WHEN without THEN', nodes[0]);
  const start = isMatched ? 2 : 3;
  if (hasWords(nodes, start, 'BY')) throw unsupported(scope, 'WHEN NOT MATCHED BY', nodes[start]);
  const condition = isWord(nodes[start], 'AND')
    ? scope.expression(nodes.slice(start + 1, then), scope).text
    : undefined;
  const when = `WHEN ${isMatched ? 'MATCHED' : 'NOT MATCHED'}${condition === undefined ? '' : ` AND (${condition})`} THEN `;
  const rest = nodes.slice(then + 1);
  if (hasWords(rest, 0, 'UPDATE', 'SET'))
    return {
      isMatched,
      condition,
      action: 'updated',
      text: `${when}UPDATE SET ${writeAssignments(rest.slice(2), scope)}`,
    };
  if (isWord(rest[0], 'DELETE') && rest.length === 1)
    return { isMatched, condition, action: 'deleted', text: `${when}DELETE` };
  if (isWord(rest[0], 'INSERT'))
    return { isMatched, condition, action: 'inserted', text: `${when}${insertText(rest, scope)}` };
  throw unsupported(scope, 'This WHEN', nodes[0]);
}

function insertText(nodes: readonly SqlNode[], scope: Scope): string {
  const list = nodes[1];
  const values = isGroup(list) ? nodes[3] : nodes[2];
  const word = isGroup(list) ? nodes[2] : list;
  if (!isWord(word, 'VALUES') || !isGroup(values))
    throw unsupported(scope, 'This INSERT', nodes[0]);
  const columns = isGroup(list) ? ` (${writeColumnList(list.children, scope)})` : '';
  const cells = splitCommas(values.children).map((cell) =>
    cell.length === 1 && isWord(cell[0], 'DEFAULT')
      ? 'DEFAULT'
      : scope.expression(cell, scope).text,
  );
  return `INSERT${columns} VALUES (${cells.join(', ')})`;
}

function guardOf(
  target: string,
  source: string,
  condition: string,
  clauses: readonly WhenClause[],
  name: string | undefined,
): { readonly guard?: Guard } {
  const matched = clauses.filter(({ isMatched }) => isMatched);
  if (matched.length === 0 || name === undefined) return {};
  const conditions = matched.map((clause) => clause.condition);
  const isAlways = conditions.includes(undefined);
  const filter = isAlways
    ? ''
    : ` WHERE ${conditions.map((text) => `(${text ?? 'true'})`).join(' OR ')}`;
  return {
    guard: {
      sql: `SELECT 1 FROM ${target} JOIN ${source} ON (${condition})${filter} GROUP BY ${name}.rowid HAVING count(*) > 1 LIMIT 1`,
      code: '100090',
      message:
        '100090 (42P18): Duplicate row detected during DML action: one row of the target is matched by several rows of the source.',
    },
  };
}
