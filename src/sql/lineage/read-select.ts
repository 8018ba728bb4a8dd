/**
 * Reads one SELECT: its clauses and the items of its list.
 */
import type { SqlNode } from '../tree.js';
import {
  bracketed,
  type Clause,
  type FromItem,
  isOperator,
  isWord,
  type Name,
  nameOf,
  type Nodes,
  type SelectBody,
  type SelectItem,
  splitCommas,
} from './query.js';
import { readFrom } from './read-from.js';
import { readStar, starAt } from './read-star.js';
import { NO_OPERAND } from './words.js';

type Part = Clause['kind'] | 'select' | 'from' | 'window' | 'ignored';

/** Reads from SELECT, or from DuckDB's leading FROM, to the end of the branch. */
export function readSelect(nodes: Nodes): SelectBody {
  const items: SelectItem[] = [];
  const from: FromItem[] = [];
  const clauses: Clause[] = [];
  const windows = new Map<string, Nodes>();
  let isSelecting = false;
  for (const { part, nodes: inside } of partsOf(nodes)) {
    switch (part) {
      case 'select':
        isSelecting = true;
        items.push(...splitCommas(withoutQuantifier(inside)).map((item) => readItem(item)));
        break;
      case 'from':
        from.push(...readFrom(inside));
        break;
      case 'window':
        for (const [name, definition] of readWindows(inside)) windows.set(name, definition);
        break;
      case 'ignored':
        break;
      default:
        clauses.push({ kind: part, nodes: inside });
    }
  }
  if (!isSelecting) items.push(readStar([], nodes[0]?.offset ?? 0, []));
  return { kind: 'select', items, from, clauses, windows };
}

function partsOf(nodes: Nodes): readonly { readonly part: Part; readonly nodes: Nodes }[] {
  const starts: { readonly part: Part; readonly at: number; readonly after: number }[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const found = clauseAt(nodes, at, starts.at(-1)?.part ?? null);
    if (found === null) continue;
    starts.push({ part: found.part, at, after: at + found.length });
    at += found.length - 1;
  }
  return starts.map(({ part, after }, index) => ({
    part,
    nodes: nodes.slice(after, starts[index + 1]?.at ?? nodes.length),
  }));
}

/** The clause that starts at a node, with the number of its words. */
function clauseAt(
  nodes: Nodes,
  at: number,
  inside: Part | null,
): { readonly part: Part; readonly length: number } | null {
  const node = nodes[at];
  if (node?.kind !== 'word' || isOperator(nodes[at - 1], '.') || isOperator(nodes[at + 1], '.'))
    return null;
  const next = nodes[at + 1];
  switch (node.word) {
    case 'SELECT':
      return { part: 'select', length: 1 };
    case 'FROM':
      return isDistinctFrom(nodes, at) ? null : { part: 'from', length: 1 };
    case 'WHERE':
    case 'HAVING':
    case 'QUALIFY':
      return { part: clauseNamed(node.word), length: 1 };
    case 'GROUP':
      return isWord(next, 'BY') ? { part: 'group', length: 2 } : null;
    case 'ORDER':
      return isWord(next, 'BY') ? { part: 'order', length: 2 } : null;
    case 'WINDOW':
      return inside !== 'select' && isWord(nodes[at + 2], 'AS')
        ? { part: 'window', length: 1 }
        : null;
    case 'START':
    case 'CONNECT':
      return isWord(next, 'WITH', 'BY') ? { part: 'where', length: 2 } : null;
    case 'LIMIT':
    case 'FETCH':
      return { part: 'ignored', length: 1 };
    case 'OFFSET':
      return next?.kind === 'number' && inside !== 'select' ? { part: 'ignored', length: 1 } : null;
    case 'USING':
      return isWord(next, 'SAMPLE') ? { part: 'ignored', length: 2 } : null;
    default:
      return null;
  }
}

function clauseNamed(word: 'WHERE' | 'HAVING' | 'QUALIFY'): Clause['kind'] {
  if (word === 'WHERE') return 'where';
  return word === 'HAVING' ? 'having' : 'qualify';
}

/** `a is [not] distinct from b`. */
function isDistinctFrom(nodes: Nodes, at: number): boolean {
  return isWord(nodes[at - 1], 'DISTINCT') && isWord(nodes[at - 2], 'IS', 'NOT');
}

function withoutQuantifier(nodes: Nodes): Nodes {
  if (isWord(nodes[0], 'ALL')) return nodes.slice(1);
  if (isWord(nodes[0], 'TOP') && nodes[1]?.kind === 'number') return nodes.slice(2);
  if (!isWord(nodes[0], 'DISTINCT')) return nodes;
  const hasOn = isWord(nodes[1], 'ON') && bracketed(nodes[2]) !== null;
  return nodes.slice(hasOn ? 3 : 1);
}

function readItem(nodes: Nodes): SelectItem {
  const star = starAt(nodes);
  if (star !== null) return star;
  // DuckDB's `name: expression`.
  const prefixed = nameOf(nodes[0]);
  if (prefixed !== null && isOperator(nodes[1], ':') && nodes[1]?.kind === 'operator') {
    const [first, , value] = nodes;
    const isPath = value?.kind === 'word' && value.space === '' && first?.kind !== undefined;
    if (!isPath && nodes[1].space === '' && value !== undefined && value.space !== '')
      return { kind: 'expression', nodes: nodes.slice(2), alias: prefixed };
  }
  const last = nodes.at(-1);
  const alias = aliasOf(nodes, last);
  if (alias === null) return { kind: 'expression', nodes, alias: null };
  const isMarked = isWord(nodes.at(-2), 'AS');
  return { kind: 'expression', nodes: nodes.slice(0, isMarked ? -2 : -1), alias };
}

function aliasOf(nodes: Nodes, last: SqlNode | undefined): Name | null {
  if (nodes.length < 2) return null;
  const before = nodes.at(-2);
  if (isWord(before, 'AS')) {
    if (last?.kind === 'string')
      return { written: `"${last.text.slice(1, -1)}"`, offset: last.offset };
    return nameOf(last);
  }
  const name = nameOf(last);
  if (name === null || (last?.kind === 'word' && NO_OPERAND.has(last.word))) return null;
  return endsOperand(nodes, nodes.length - 2) ? name : null;
}

/** Whether an operand may end with this node, so that a name after it can only be an alias. */
function endsOperand(nodes: Nodes, at: number): boolean {
  const node = nodes[at];
  if (node === undefined || node.kind === 'operator') return false;
  if (node.kind !== 'word') return !isWord(nodes[at - 1], 'INTERVAL');
  if (node.word === 'END' || node.word === 'NULL' || node.word === 'TRUE' || node.word === 'FALSE')
    return true;
  // `double precision` is one type.
  if (node.word === 'DOUBLE' && isOperator(nodes[at - 1], '::')) return false;
  return !NO_OPERAND.has(node.word);
}

function readWindows(nodes: Nodes): readonly (readonly [string, Nodes])[] {
  return splitCommas(nodes).flatMap((part) => {
    const name = nameOf(part[0]);
    const definition = bracketed(part[2]);
    return name === null || definition === null ? [] : [[name.written, definition] as const];
  });
}
