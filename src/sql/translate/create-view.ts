/** CREATE VIEW. Column names are given inside the query, since DuckDB cannot comment on the aliases of a view. */
import type { SqlNode } from '../tree.js';
import { readColumns } from './columns.js';
import { comments, writeBody } from './create-table.js';
import { isGroup, isWord } from './nodes.js';
import { type CreateHead, createWords, facts, readOptions } from './relation-options.js';
import { type Scope, unsupported } from './scope.js';
import type { Translation } from './translation.js';

export function writeCreateView(
  nodes: readonly SqlNode[],
  head: CreateHead,
  scope: Scope,
): Translation {
  const target = scope.options.place(head.name, head);
  let at = head.next;
  const before = readOptions(nodes, at, scope);
  at = before.next;
  const group = nodes[at];
  const columns = isGroup(group) ? readColumns(group, scope) : [];
  if (isGroup(group)) at += 1;
  const options = readOptions(nodes, at, scope);
  if (!isWord(nodes[options.next], 'AS'))
    throw unsupported(scope, 'This CREATE VIEW', nodes[options.next] ?? nodes[0]);
  const query = writeBody(nodes.slice(options.next + 1), columns, scope);
  return {
    kind: 'create',
    object: 'view',
    ...facts(head),
    before: [],
    sql: `${createWords(head, 'VIEW')} ${target} AS${query}`,
    after: comments(target, 'VIEW', columns, options.comment ?? before.comment),
  };
}
