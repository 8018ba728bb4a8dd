/**
 * What expressions do once their operands are known: the half of the evaluator that never waits.
 */
import { type JinjaError, typeError } from '../error.js';
import { keywordsOf } from '../methods/access.js';
import type { ComparisonOperator, Expression, KeywordNode } from '../language/ast.js';
import { positionIn } from '../language/position.js';
import type { CallArguments, Value } from '../value.js';
import { EffectfulObject, NO_ARGUMENTS } from '../values/call.js';
import { contains, equals, isOrdered } from '../values/compare.js';
import { toText, typeName } from '../values/describe.js';
import { iterable, iteratorOf } from '../values/iterate.js';
import { BoundMethod } from '../values/method.js';
import { MAX_TEXT, tooBig } from '../values/size.js';
import { Undefined } from '../values/undefined.js';
import { spend } from './environment.js';
import { type Frame, readName } from './frame.js';
import { PyFloat } from '../values/float.js';

/** Whether an expression is read off at once, without walking further. */
export function isLeaf(node: Expression): boolean {
  return node.kind === 'name' || node.kind === 'const';
}

/** The value of a leaf. */
export function leafValue(node: Expression, frame: Frame): Value {
  switch (node.kind) {
    case 'name':
      frame.at = node.at;
      return readName(node, frame);
    case 'const':
      return node.value;
    case 'float':
      return new PyFloat(node.value);
    case 'bigint':
      return BigInt(node.digits);
    default:
      throw new Error(`Not a leaf: ${node.kind}`);
  }
}

/** One step of a comparison. */
export function compareWith(operator: ComparisonOperator, left: Value, right: Value): boolean {
  switch (operator) {
    case '==':
      return equals(left, right);
    case '!=':
      return !equals(left, right);
    case 'in':
      return contains(right, left);
    case 'not in':
      return !contains(right, left);
    default:
      return isOrdered(operator, left, right);
  }
}

/** `a ~ b`. */
export function concatenate(parts: readonly Value[]): string {
  let text = '';
  for (const part of parts) text += toText(part);
  if (text.length > MAX_TEXT) throw tooBig('The text');
  return text;
}

/** What an inline `if` without `else` gives when it does not hold. */
export function withoutElse(at: number, frame: Frame): Undefined {
  const { line } = positionIn(frame.run.template, at);
  return new Undefined('text', {
    hint: `the inline if-expression on line ${line} evaluated to false and no else section was defined.`,
  });
}

/** Puts a call's arguments together. @throws TypeError if a keyword comes twice or `**` has no mapping. */
export function collectArguments(
  positional: Value[],
  names: readonly KeywordNode[],
  values: readonly Value[],
  star: Value | undefined,
  doubleStar: Value | undefined,
): CallArguments {
  if (star !== undefined) {
    if (iteratorOf(star) === undefined) {
      throw typeError(`Value after * must be an iterable, not ${typeName(star)}`);
    }
    for (const item of iterable(star)) positional.push(item);
  }
  if (names.length === 0 && doubleStar === undefined) {
    return { args: positional, kwargs: NO_ARGUMENTS.kwargs };
  }
  const kwargs = new Map<string, Value>();
  for (const [index, { name }] of names.entries()) kwargs.set(name, values[index] ?? null);
  if (doubleStar !== undefined) {
    for (const [name, value] of keywordsOf(doubleStar)) {
      if (kwargs.has(name))
        throw typeError(
          `jinja2.sandbox.SandboxedEnvironment.call() got multiple values for keyword argument '${name}'`,
        );
      kwargs.set(name, value);
    }
  }
  return { args: positional, kwargs };
}

// Beyond this, arithmetic on an int takes microseconds, and then milliseconds.
const LARGE_INT = 1n << 2048n;

/** What handling a value once costs in steps, for its size: so that no chain of cheap steps does something vast. */
function weightOf(value: Value): number {
  switch (typeof value) {
    case 'string':
      return value.length >> 5;
    case 'bigint':
      return value > LARGE_INT || value < -LARGE_INT ? 2000 : 1;
    case 'object':
      if (value === null || value instanceof EffectfulObject) return 0;
      if (Array.isArray(value)) return value.length >> 2;
      return value instanceof BoundMethod ? weightOf(value.self) : (value.length() ?? 0) >> 2;
    default:
      return 0;
  }
}

/** Charges for what goes into a step, or comes out of it. */
export function charge(value: Value, frame: Frame): Value {
  spend(frame.run.meter, 1 + weightOf(value));
  return value;
}

/** Charges for the arguments of a call. */
export function chargeCall(callee: Value, call: CallArguments, frame: Frame): void {
  let steps = weightOf(callee);
  for (const arg of call.args) steps += weightOf(arg);
  spend(frame.run.meter, steps);
}

/** There are no other templates: dbt's environment has no loader. */
export function refuseLoad(): JinjaError {
  return typeError('no loader for this environment specified');
}
