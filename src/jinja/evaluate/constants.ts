/**
 * Constants in native rendering. Jinja2 folds them when it compiles, and prints what it folded: in yaml, `{{ 1 }}` is the
 * text `1` while `{{ var('one') }}` keeps its type.
 */
import { childrenOf } from '../language/check-names.js';
import type { Expression } from '../language/ast.js';
import { PyObject, type Value } from '../value.js';
import { toText } from '../values/describe.js';
import { PyDict } from '../values/dict.js';
import { PyFloat } from '../values/float.js';
import { PyRange } from '../values/range.js';
import { PySet } from '../values/set.js';
import { PyText } from '../values/text.js';
import { PyTuple } from '../values/tuple.js';
import type { Frame } from './frame.js';
import { evaluate } from './sync/expressions.js';

// Jinja2 does not fold the filters that get the context.
const CONTEXT_FILTERS: ReadonlySet<string> = new Set([
  'map',
  'random',
  'reject',
  'rejectattr',
  'select',
  'selectattr',
]);

const folded = new WeakMap<Expression, string | false>();

/** Writes an expression as text if it is constant. @returns whether it was. */
export function writeConstant(node: Expression, frame: Frame): boolean {
  let text = folded.get(node);
  if (text === undefined) {
    text = fold(node, frame);
    folded.set(node, text);
  }
  if (text === false) return false;
  frame.output.writeText(text);
  return true;
}

function fold(node: Expression, frame: Frame): string | false {
  if (!isConstant(node)) return false;
  try {
    const value = evaluate(node, frame);
    return isPrintable(value) ? toText(value) : false;
  } catch {
    // Whatever fails is left for the render itself, which fails in the same way and says where.
    return false;
  }
}

function isConstant(node: Expression): boolean {
  if (node.kind === 'name' || node.kind === 'call') return false;
  if (node.kind === 'filter' && CONTEXT_FILTERS.has(node.name)) return false;
  return childrenOf(node).every(isConstant);
}

/** Whether Jinja2 can write the value into its generated code. */
function isPrintable(value: Value): boolean {
  if (!(value instanceof PyObject)) return !Array.isArray(value) || value.every(isPrintable);
  if (value instanceof PyTuple) return value.items.every(isPrintable);
  if (value instanceof PySet) return [...value.values()].every(isPrintable);
  if (value instanceof PyDict) return [...value.entries()].flat().every(isPrintable);
  if (value instanceof PyText) return value.typeName === 'Markup';
  return value instanceof PyFloat || value instanceof PyRange;
}
