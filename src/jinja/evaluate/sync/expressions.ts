/* Made from ../effects/expressions.ts by scripts/make-sync-evaluator.mjs: change that file, then run the script. */
/**
 * Expressions to values, at once: a call of a host function may yield on the way.
 */
import { applyFilter, applyTest } from '../../filters/registry.js';
import type { ArgumentsNode, CallNode, Expression, FilterNode } from '../../language/ast.js';
import { getAttribute, getItem, getSlice } from '../../methods/access.js';
import type { CallArguments, Value } from '../../value.js';
import { operate, signed } from '../../values/arithmetic.js';
import { NO_ARGUMENTS } from '../../values/call.js';
import { isTruthy } from '../../values/describe.js';
import { PyDict } from '../../values/dict.js';
import { PyFloat } from '../../values/float.js';
import { PyTuple } from '../../values/tuple.js';
import { type Frame, readName } from '../frame.js';
import {
  charge,
  chargeCall,
  collectArguments,
  compareWith,
  concatenate,
  isLeaf,
  leafValue,
  withoutElse,
} from '../operations.js';
import { invoke } from './twin.js';

/** The value of an expression. @throws JinjaError, with `frame.at` where it happened. */
export function evaluate(node: Expression, frame: Frame): Value {
  switch (node.kind) {
    case 'const':
      return node.value;
    case 'name':
      frame.at = node.at;
      return readName(node, frame);
    case 'call':
      return evaluateCall(node, frame, undefined);
    case 'getattr': {
      const object = evaluate(node.object, frame);
      frame.at = node.at;
      return getAttribute(object, node.name, frame.run.environment.undefinedMode);
    }
    case 'filter':
      if (node.target === null) throw new Error('A filter without a target outside its block');
      return evaluateFilter(node, evaluate(node.target, frame), frame);
    case 'getitem': {
      const object = evaluate(node.object, frame);
      const key = evaluate(node.key, frame);
      frame.at = node.at;
      return getItem(object, key, frame.run.environment.undefinedMode);
    }
    case 'compare':
      return evaluateComparison(node, frame);
    case 'concat': {
      const parts: Value[] = [];
      for (const part of node.parts) parts.push(evaluate(part, frame));
      frame.at = node.at;
      return charge(concatenate(parts), frame);
    }
    case 'and': {
      const left = evaluate(node.left, frame);
      return isTruthy(left) ? evaluate(node.right, frame) : left;
    }
    case 'or': {
      const left = evaluate(node.left, frame);
      return isTruthy(left) ? left : evaluate(node.right, frame);
    }
    case 'not': {
      const operand = evaluate(node.operand, frame);
      return !isTruthy(operand);
    }
    case 'conditional':
      if (isTruthy(evaluate(node.test, frame))) return evaluate(node.yes, frame);
      return node.no === null ? withoutElse(node.at, frame) : evaluate(node.no, frame);
    case 'test': {
      const target = evaluate(node.target, frame);
      const call = evaluateArguments(node.arguments, frame);
      frame.at = node.at;
      return applyTest(node.name, target, call, frame.run.environment);
    }
    case 'list':
      return evaluateItems(node.items, frame);
    case 'tuple':
      return new PyTuple(evaluateItems(node.items, frame));
    case 'dict': {
      const dict = new PyDict();
      const keys = evaluateItems(node.keys, frame);
      const values = evaluateItems(node.values, frame);
      frame.at = node.at;
      for (const [index, key] of keys.entries()) dict.set(key, values[index] ?? null);
      return dict;
    }
    case 'binary': {
      const left = evaluate(node.left, frame);
      const right = evaluate(node.right, frame);
      frame.at = node.at;
      return charge(operate(node.operator, left, right), frame);
    }
    case 'sign': {
      const operand = evaluate(node.operand, frame);
      frame.at = node.at;
      return signed(node.operator, operand);
    }
    case 'slice': {
      const object = evaluate(node.object, frame);
      const start = node.start === null ? null : evaluate(node.start, frame);
      const stop = node.stop === null ? null : evaluate(node.stop, frame);
      const step = node.step === null ? null : evaluate(node.step, frame);
      frame.at = node.at;
      return getSlice(object, start, stop, step);
    }
    case 'float':
      return new PyFloat(node.value);
    case 'bigint':
      return BigInt(node.digits);
    default:
      throw new Error(`Unknown expression ${JSON.stringify(node satisfies never)}`);
  }
}

function evaluateItems(nodes: readonly Expression[], frame: Frame): Value[] {
  const items: Value[] = [];
  for (const node of nodes) {
    items.push(isLeaf(node) ? leafValue(node, frame) : evaluate(node, frame));
  }
  return items;
}

function evaluateComparison(node: Expression & { readonly kind: 'compare' }, frame: Frame): Value {
  let left = evaluate(node.first, frame);
  for (const { operator, right: next } of node.rest) {
    const right = evaluate(next, frame);
    frame.at = node.at;
    charge(right, frame);
    if (!compareWith(operator, left, right)) return false;
    left = right;
  }
  return true;
}

/** Applies a filter to a value that is known already: what a block wrote. */
function evaluateFilter(node: FilterNode, target: Value, frame: Frame): Value {
  const call = evaluateArguments(node.arguments, frame);
  frame.at = node.at;
  charge(target, frame);
  return charge(applyFilter(node.name, target, call, frame.run.environment), frame);
}

/** Applies a chain of filters, the last of which is `node`, to what a block wrote. */
export function evaluateChain(node: FilterNode, text: Value, frame: Frame): Value {
  if (node.target === null) return evaluateFilter(node, text, frame);
  if (node.target.kind !== 'filter') throw new Error('A filter block holds filters only');
  return evaluateFilter(node, evaluateChain(node.target, text, frame), frame);
}

/** Calls something; a call block hands its body over as `caller`. */
export function evaluateCall(node: CallNode, frame: Frame, caller: Value | undefined): Value {
  const callee = isLeaf(node.callee) ? leafValue(node.callee, frame) : evaluate(node.callee, frame);
  let call = evaluateArguments(node.arguments, frame);
  if (caller !== undefined) {
    call = { args: call.args, kwargs: new Map(call.kwargs).set('caller', caller) };
  }
  frame.at = node.at;
  chargeCall(callee, call, frame);
  const result = invoke(callee, call);
  return charge(result, frame);
}

export function evaluateArguments(node: ArgumentsNode, frame: Frame): CallArguments {
  const { positional, keywords, star, doubleStar } = node;
  const hasStars = star !== null || doubleStar !== null;
  if (positional.length === 0 && keywords.length === 0 && !hasStars) return NO_ARGUMENTS;
  const args = evaluateItems(positional, frame);
  const values: Value[] = [];
  for (const { value } of keywords) {
    values.push(isLeaf(value) ? leafValue(value, frame) : evaluate(value, frame));
  }
  return collectArguments(
    args,
    keywords,
    values,
    star === null ? undefined : evaluate(star, frame),
    doubleStar === null ? undefined : evaluate(doubleStar, frame),
  );
}
