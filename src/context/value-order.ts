/**
 * The order of a column's values, which are all of one kind but for nulls.
 */
import { equals, PyDecimal, PyFloat, toText, type Value } from '../jinja/index.js';

/** Ascending, nulls last as agate has them. */
export function inOrder(items: readonly Value[]): Value[] {
  return items.toSorted(byValue);
}

/** Which of two values of a column stands first. */
export function byValue(left: Value, right: Value): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  if (equals(left, right)) return 0;
  const [low, high] = [orderOf(left), orderOf(right)];
  return low < high ? -1 : 1;
}

/** Numbers by size, all else by its text: dates and times sort so too. */
function orderOf(value: Value): number | string {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return Number(value);
  return value instanceof PyDecimal || value instanceof PyFloat
    ? Number(toText(value))
    : toText(value);
}

/** Each value once, in the order of its first. */
export function distinct(items: readonly Value[]): Value[] {
  const found: Value[] = [];
  for (const item of items) if (!found.some((one) => equals(one, item))) found.push(item);
  return found;
}
