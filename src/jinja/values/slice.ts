/**
 * `x[start:stop:step]` and negative indexes, by Python's rules.
 */
import { typeError, valueError } from '../error.js';
import type { Value } from '../value.js';
import { intOf } from './float.js';

/** The positions that a slice of a sequence of `length` items takes, in order. */
export function slicePositions(
  length: number,
  start: Value,
  stop: Value,
  step: Value,
): readonly number[] {
  const stride = indexOf(step) ?? 1;
  if (stride === 0) throw valueError('slice step cannot be zero');
  const isForward = stride > 0;
  const from = bound(indexOf(start), isForward ? 0 : length - 1, length, isForward);
  const to = bound(indexOf(stop), isForward ? length : -1, length, isForward);
  const positions: number[] = [];
  for (let at = from; isForward ? at < to : at > to; at += stride) positions.push(at);
  return positions;
}

/** The items that a slice takes, as a new array. */
export function sliceItems<Item>(
  items: readonly Item[],
  start: Value,
  stop: Value,
  step: Value,
): Item[] {
  const stride = indexOf(step) ?? 1;
  if (stride === 1) {
    const from = bound(indexOf(start), 0, items.length, true);
    return items.slice(
      from,
      Math.max(from, bound(indexOf(stop), items.length, items.length, true)),
    );
  }
  return slicePositions(items.length, start, stop, step).flatMap((at) => items.slice(at, at + 1));
}

function bound(
  index: number | undefined,
  fallback: number,
  length: number,
  isForward: boolean,
): number {
  if (index === undefined) return fallback;
  const lowest = isForward ? 0 : -1;
  const highest = isForward ? length : length - 1;
  return Math.min(Math.max(index < 0 ? index + length : index, lowest), highest);
}

function indexOf(value: Value): number | undefined {
  if (value === null) return undefined;
  const index = intOf(value);
  if (index === undefined) {
    throw typeError('slice indices must be integers or None or have an __index__ method');
  }
  return Number(index);
}

/** The position that an index means, counted from the end if negative; undefined if out of range. */
export function position(index: number | bigint, length: number): number | undefined {
  const at = Number(index) < 0 ? Number(index) + length : Number(index);
  return at >= 0 && at < length ? at : undefined;
}
