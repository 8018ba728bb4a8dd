/**
 * Expressions to values, with effects: a call of a host function may yield on the way.
 */
import { applyFilter, applyTest } from '../../filters/registry.js';
import type { ArgumentsNode, CallNode, Expression, FilterNode } from '../../language/ast.js';
import { getAttribute, getItem, getSlice } from '../../methods/access.js';
import { type CallArguments, isEffectGenerator, type Value } from '../../value.js';
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
import { evaluateArguments as evaluateArgumentsSync } from '../sync/expressions.js';
import { type Evaluation, invoke } from './twin.js';

/** The value of an expression. @throws JinjaError, with `frame.at` where it happened. */
export function* evaluate(node: Expression, frame: Frame): Evaluation<Value> {
  switch (node.kind) {
    case 'const':
      return node.value;
    case 'name':
      frame.at = node.at;
      return readName(node, frame);
    case 'call':
      return yield* evaluateCall(node, frame, undefined);
    case 'getattr': {
      const object = yield* evaluate(node.object, frame);
      frame.at = node.at;
      return getAttribute(object, node.name, frame.run.environment.undefinedMode);
    }
    case 'filter':
      if (node.target === null) throw new Error('A filter without a target outside its block');
      return yield* evaluateFilter(node, yield* evaluate(node.target, frame), frame);
    case 'getitem': {
      const object = yield* evaluate(node.object, frame);
      const key = yield* evaluate(node.key, frame);
      frame.at = node.at;
      return getItem(object, key, frame.run.environment.undefinedMode);
    }
    case 'compare':
      return yield* evaluateComparison(node, frame);
    case 'concat': {
      const parts: Value[] = [];
      for (const part of node.parts) parts.push(yield* evaluate(part, frame));
      frame.at = node.at;
      return charge(concatenate(parts), frame);
    }
    case 'and': {
      const left = yield* evaluate(node.left, frame);
      return isTruthy(left) ? yield* evaluate(node.right, frame) : left;
    }
    case 'or': {
      const left = yield* evaluate(node.left, frame);
      return isTruthy(left) ? left : yield* evaluate(node.right, frame);
    }
    case 'not': {
      const operand = yield* evaluate(node.operand, frame);
      return !isTruthy(operand);
    }
    case 'conditional':
      if (isTruthy(yield* evaluate(node.test, frame))) return yield* evaluate(node.yes, frame);
      return node.no === null ? withoutElse(node.at, frame) : yield* evaluate(node.no, frame);
    case 'test': {
      const target = yield* evaluate(node.target, frame);
      const call = yield* evaluateArguments(node.arguments, frame);
      frame.at = node.at;
      return applyTest(node.name, target, call, frame.run.environment);
    }
    case 'list':
      return yield* evaluateItems(node.items, frame);
    case 'tuple':
      return new PyTuple(yield* evaluateItems(node.items, frame));
    case 'dict': {
      const dict = new PyDict();
      const keys = yield* evaluateItems(node.keys, frame);
      const values = yield* evaluateItems(node.values, frame);
      frame.at = node.at;
      for (const [index, key] of keys.entries()) dict.set(key, values[index] ?? null);
      return dict;
    }
    case 'binary': {
      const left = yield* evaluate(node.left, frame);
      const right = yield* evaluate(node.right, frame);
      frame.at = node.at;
      return charge(operate(node.operator, left, right), frame);
    }
    case 'sign': {
      const operand = yield* evaluate(node.operand, frame);
      frame.at = node.at;
      return signed(node.operator, operand);
    }
    case 'slice': {
      const object = yield* evaluate(node.object, frame);
      const start = node.start === null ? null : yield* evaluate(node.start, frame);
      const stop = node.stop === null ? null : yield* evaluate(node.stop, frame);
      const step = node.step === null ? null : yield* evaluate(node.step, frame);
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

function* evaluateItems(nodes: readonly Expression[], frame: Frame): Evaluation<Value[]> {
  const items: Value[] = [];
  for (const node of nodes) {
    items.push(isLeaf(node) ? leafValue(node, frame) : yield* evaluate(node, frame));
  }
  return items;
}

function* evaluateComparison(
  node: Expression & { readonly kind: 'compare' },
  frame: Frame,
): Evaluation<Value> {
  let left = yield* evaluate(node.first, frame);
  for (const { operator, right: next } of node.rest) {
    const right = yield* evaluate(next, frame);
    frame.at = node.at;
    charge(right, frame);
    if (!compareWith(operator, left, right)) return false;
    left = right;
  }
  return true;
}

/** Applies a filter to a value that is known already: what a block wrote. */
function* evaluateFilter(node: FilterNode, target: Value, frame: Frame): Evaluation<Value> {
  const call = node.arguments.isPure
    ? evaluateArgumentsSync(node.arguments, frame)
    : yield* evaluateArguments(node.arguments, frame);
  frame.at = node.at;
  charge(target, frame);
  return charge(applyFilter(node.name, target, call, frame.run.environment), frame);
}

/** Applies a chain of filters, the last of which is `node`, to what a block wrote. */
export function* evaluateChain(node: FilterNode, text: Value, frame: Frame): Evaluation<Value> {
  if (node.target === null) return yield* evaluateFilter(node, text, frame);
  if (node.target.kind !== 'filter') throw new Error('A filter block holds filters only');
  return yield* evaluateFilter(node, yield* evaluateChain(node.target, text, frame), frame);
}

/** Calls something; a call block hands its body over as `caller`. */
export function* evaluateCall(
  node: CallNode,
  frame: Frame,
  caller: Value | undefined,
): Evaluation<Value> {
  const callee = isLeaf(node.callee)
    ? leafValue(node.callee, frame)
    : yield* evaluate(node.callee, frame);
  let call = node.arguments.isPure
    ? evaluateArgumentsSync(node.arguments, frame)
    : yield* evaluateArguments(node.arguments, frame);
  if (caller !== undefined) {
    call = { args: call.args, kwargs: new Map(call.kwargs).set('caller', caller) };
  }
  frame.at = node.at;
  chargeCall(callee, call, frame);
  const result = invoke(callee, call);
  return charge(isEffectGenerator(result) ? yield* result : result, frame);
}

function* evaluateArguments(node: ArgumentsNode, frame: Frame): Evaluation<CallArguments> {
  const { positional, keywords, star, doubleStar } = node;
  const hasStars = star !== null || doubleStar !== null;
  if (positional.length === 0 && keywords.length === 0 && !hasStars) return NO_ARGUMENTS;
  const args = yield* evaluateItems(positional, frame);
  const values: Value[] = [];
  for (const { value } of keywords) {
    values.push(isLeaf(value) ? leafValue(value, frame) : yield* evaluate(value, frame));
  }
  return collectArguments(
    args,
    keywords,
    values,
    star === null ? undefined : yield* evaluate(star, frame),
    doubleStar === null ? undefined : yield* evaluate(doubleStar, frame),
  );
}
