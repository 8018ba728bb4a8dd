/**
 * Reads a query: its CTEs, the branches of its set operators, and what each branch is.
 */
import type { SqlNode } from '../tree.js';
import {
  type Body,
  type Branch,
  bracketed,
  type CteDefinition,
  type FromItem,
  isOperator,
  isSetOperator,
  isWord,
  nameOf,
  namesIn,
  type Nodes,
  type Query,
  readRows,
} from './query.js';
import { readFrom } from './read-from.js';
import { readSelect } from './read-select.js';

/** Reads the nodes of one query. What cannot be read is a body of kind `unread`; this never fails. */
export function readQuery(nodes: Nodes): Query {
  const whole = nodes.filter((node) => !isOperator(node, ';'));
  const { ctes, isRecursive, rest } = readWith(whole);
  return { ctes, isRecursive, branches: readBranches(rest) };
}

interface With {
  readonly ctes: readonly CteDefinition[];
  readonly isRecursive: boolean;
  readonly rest: Nodes;
}

function readWith(nodes: Nodes): With {
  const none = { ctes: [], isRecursive: false, rest: nodes };
  if (!isWord(nodes[0], 'WITH')) return none;
  const isRecursive = isWord(nodes[1], 'RECURSIVE') && !isWord(nodes[2], 'AS');
  const ctes: CteDefinition[] = [];
  let at = isRecursive ? 2 : 1;
  for (;;) {
    const name = nameOf(nodes[at]);
    if (name === null) break;
    at += 1;
    const columns = bracketed(nodes[at]);
    if (columns !== null) at += 1;
    while (at < nodes.length && !isWord(nodes[at], 'AS')) at += 1;
    at += 1;
    while (isWord(nodes[at], 'NOT', 'MATERIALIZED')) at += 1;
    const body = bracketed(nodes[at]);
    if (body === null) break;
    at += 1;
    ctes.push({ name, columns: namesIn(columns ?? []), body });
    if (!isOperator(nodes[at], ',')) break;
    at += 1;
  }
  return { ctes, isRecursive, rest: nodes.slice(at) };
}

function readBranches(nodes: Nodes): readonly Branch[] {
  const branches: Branch[] = [];
  let operator: Branch['operator'] = null;
  let isByName = false;
  let start = 0;
  for (let at = 0; at <= nodes.length; at += 1) {
    if (at < nodes.length && !isSetOperator(nodes, at)) continue;
    branches.push({ operator, isByName, body: readBody(nodes.slice(start, at)) });
    const word = nodes[at];
    operator = isWord(word, 'UNION') ? 'union' : isWord(word, 'INTERSECT') ? 'intersect' : 'except';
    while (isWord(nodes[at + 1], 'ALL', 'DISTINCT')) at += 1;
    isByName = isWord(nodes[at + 1], 'BY') && isWord(nodes[at + 2], 'NAME');
    if (isByName) at += 2;
    start = at + 1;
  }
  return branches;
}

function readBody(nodes: Nodes): Body {
  const [first] = nodes;
  if (isWord(first, 'SELECT', 'FROM')) return readSelect(nodes);
  if (isWord(first, 'WITH')) return { kind: 'nested', nodes };
  if (isWord(first, 'VALUES')) return { kind: 'values', rows: readRows(nodes.slice(1)) };
  if (isWord(first, 'PIVOT', 'UNPIVOT')) return { kind: 'source', item: pivotStatement(nodes) };
  if (isWord(first, 'TABLE')) {
    const [item] = readFrom(nodes.slice(1));
    if (item !== undefined) return { kind: 'source', item };
  }
  const group = bracketed(first);
  if (group !== null) return { kind: 'nested', nodes: group };
  return { kind: 'unread', offset: first?.offset ?? 0 };
}

/** DuckDB's `PIVOT t ON a USING sum(b)` as an item with that pivot. */
function pivotStatement(nodes: Nodes): FromItem {
  const end = nodes.findIndex((node) => isWord(node, 'ON'));
  const [item] = readFrom(nodes.slice(1, end === -1 ? undefined : end));
  const [first] = nodes;
  const offset = first?.offset ?? 0;
  const clauses: readonly SqlNode[] = end === -1 ? [] : nodes.slice(end);
  const kind = isWord(first, 'PIVOT') ? 'pivot' : 'unpivot';
  const source = item ?? {
    source: { kind: 'unread', offset } as const,
    alias: null,
    columnAliases: [],
    join: null,
    pivots: [],
  };
  return { ...source, pivots: [...source.pivots, { kind, nodes: clauses, offset }] };
}
