/**
 * Recognises expressions that only pass a column on: as it is, with another type, or a part of it.
 */
import type { Reference } from './expression.js';
import { afterType, readExpression } from './expression.js';
import {
  bracketed,
  isOperator,
  isWord,
  type Name,
  nameOf,
  type Nodes,
  splitCommas,
} from './query.js';
import { CASTS } from './words.js';

export interface SimpleColumn {
  readonly reference: Reference;
  readonly isCast: boolean;
}

/** The one column that an expression passes on, or null if it does more. */
export function simpleColumn(nodes: Nodes): SimpleColumn | null {
  const { core, isCast } = coreOf(nodes);
  if (!isChain(core)) return null;
  const facts = readExpression(core);
  const [reference] = facts.references;
  if (reference === undefined || facts.references.length > 1 || facts.label !== null) return null;
  return { reference, isCast };
}

/** The name that a column without an alias has: its last part; null for anything computed. */
export function ownName(nodes: Nodes): Name | null {
  const { core, isCast } = coreOf(nodes);
  if (isCast || core !== nodes || !isChain(core)) return null;
  return nameOf(core.at(-1));
}

interface Core {
  readonly core: Nodes;
  readonly isCast: boolean;
}

/** An expression without brackets and casts around it. */
function coreOf(nodes: Nodes): Core {
  let core = nodes;
  let isCast = false;
  for (;;) {
    const cast = core.findIndex((node) => isOperator(node, '::'));
    if (cast > 0) {
      const operand = core.slice(0, cast);
      if (!isOperand(operand) || !areCasts(core, cast)) return { core, isCast };
      core = operand;
      isCast = true;
      continue;
    }
    const inner = core.length === 1 ? bracketed(core[0]) : null;
    if (inner !== null) {
      core = inner;
      continue;
    }
    const [called, group] = core;
    const call = core.length === 2 ? bracketed(group) : null;
    if (call === null || called?.kind !== 'word' || !CASTS.has(called.word))
      return { core, isCast };
    const [argument] = splitCommas(call);
    const end = argument?.findIndex((node) => isWord(node, 'AS')) ?? -1;
    core = argument?.slice(0, end === -1 ? undefined : end) ?? [];
    isCast = true;
  }
}

/** Whether a cast behind these nodes casts all of them: `a + b::int` casts only `b`. */
function isOperand(nodes: Nodes): boolean {
  const [first] = nodes;
  if (nodes.length === 1) return true;
  const isCall = nodes.length === 2 && first?.kind === 'word' && bracketed(nodes[1]) !== null;
  return isCall || isChain(nodes);
}

/** Whether from here on there are only casts. */
function areCasts(nodes: Nodes, from: number): boolean {
  let at = from;
  while (at < nodes.length) {
    if (!isOperator(nodes[at], '::')) return false;
    at = afterType(nodes, at + 1);
  }
  return true;
}

/** `a.b`, `$1`, and either with a path behind it. */
function isChain(nodes: Nodes): boolean {
  const [first] = nodes;
  if (first === undefined) return false;
  if (nameOf(first) === null && first.kind !== 'variable') return false;
  for (let at = 1; at < nodes.length; at += 1) {
    const node = nodes[at];
    if (isOperator(node, '.') || isOperator(node, ':')) {
      if (nameOf(nodes[at + 1]) === null) return false;
      at += 1;
    } else if (node?.kind !== 'group' || node.open !== '[') return false;
  }
  return true;
}
