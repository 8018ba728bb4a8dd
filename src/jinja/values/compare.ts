/**
 * `==`, `<` and `in` over Python values.
 */
import { typeError } from '../error.js';
import { PyObject, type Value } from '../value.js';
import { typeName } from './describe.js';
import { intOf } from './float.js';
import { iteratorOf } from './iterate.js';

/** `a == b`. */
export function equals(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left instanceof PyObject) return left.equals(right);
  if (right instanceof PyObject) return right.equals(left);
  if (Array.isArray(left)) return Array.isArray(right) && itemsEqual(left, right);
  const [a, b] = [intOf(left), intOf(right)];
  // Hosts may hand over a small bigint.
  return a !== undefined && b !== undefined && BigInt(a) === BigInt(b);
}

/** Whether two sequences hold equal items in the same order. */
export function itemsEqual(left: readonly Value[], right: readonly Value[]): boolean {
  if (left.length !== right.length) return false;
  for (const [index, item] of left.entries()) {
    const other = right[index];
    if (other === undefined || !equals(item, other)) return false;
  }
  return true;
}

/** The ordering comparisons of Python. */
export type Ordering = '<' | '<=' | '>' | '>=';

/** `a < b` and its kin. @throws TypeError where Python cannot order the two. */
export function isOrdered(operator: Ordering, left: Value, right: Value): boolean {
  const order = compare(left, right);
  if (order === undefined) {
    throw typeError(
      `'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
    );
  }
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

/** Negative, zero or positive; NaN if neither holds; undefined if Python cannot order the two. */
export function compare(left: Value, right: Value): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  if (left instanceof PyObject) return left.compare(right) ?? reflected(right, left);
  if (right instanceof PyObject) return reflected(right, left);
  if (Array.isArray(left) && Array.isArray(right)) return compareItems(left, right);
  const [a, b] = [intOf(left), intOf(right)];
  if (a === undefined || b === undefined) return undefined;
  return a < b ? -1 : a > b ? 1 : 0;
}

function reflected(right: Value, left: Value): number | undefined {
  const order = right instanceof PyObject ? right.compare(left) : undefined;
  return order === undefined ? undefined : -order;
}

/** Orders texts by code point, as Python does; JavaScript's own order is by UTF-16 unit. */
function compareText(left: string, right: string): number {
  if (left === right) return 0;
  const end = Math.min(left.length, right.length);
  let at = 0;
  while (at < end && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  if (at === end) return left.length - right.length;
  const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
  const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
  return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1;
}

/** Orders two sequences by their first unequal items. @throws TypeError if those cannot be ordered. */
export function compareItems(left: readonly Value[], right: readonly Value[]): number {
  for (const [index, item] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (equals(item, other)) continue;
    const order = compare(item, other);
    if (order === undefined) {
      throw typeError(
        `'<' not supported between instances of '${typeName(item)}' and '${typeName(other)}'`,
      );
    }
    return order;
  }
  return left.length - right.length;
}

/** `item in container`. @throws TypeError where Python does. */
export function contains(container: Value, item: Value): boolean {
  if (typeof container === 'string') {
    if (typeof item === 'string') return container.includes(item);
    const text = item instanceof PyObject ? item.textOf() : undefined;
    if (text !== undefined) return container.includes(text);
    throw typeError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  if (container instanceof PyObject) {
    const known = container.contains(item);
    if (known !== undefined) return known;
  }
  const iterator = iteratorOf(container);
  if (iterator === undefined) {
    throw typeError(`argument of type '${typeName(container)}' is not iterable`);
  }
  for (let step = iterator.next(); step.done !== true; step = iterator.next()) {
    if (equals(step.value, item)) return true;
  }
  return false;
}
