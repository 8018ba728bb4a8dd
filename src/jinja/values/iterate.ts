/**
 * `iter()`, `list()` and `len()` over Python values.
 */
import { typeError } from '../error.js';
import { PyObject, type Value } from '../value.js';
import { typeName } from './describe.js';
import { characters, textLength } from './characters.js';

/** `iter(x)`, or undefined if it cannot be iterated. A list is walked live, as in Python. */
export function iteratorOf(value: Value): Iterator<Value> | undefined {
  if (Array.isArray(value)) return value[Symbol.iterator]();
  if (typeof value === 'string') return characters(value)[Symbol.iterator]();
  if (!(value instanceof PyObject)) return undefined;
  const text = value.textOf();
  return text === undefined ? value.iterate() : characters(text)[Symbol.iterator]();
}

/** `iter(x)`. @throws TypeError if it cannot be iterated. */
export function iterate(value: Value): Iterator<Value> {
  const iterator = iteratorOf(value);
  if (iterator === undefined) throw typeError(`'${typeName(value)}' object is not iterable`);
  return iterator;
}

/** `for ... of` over a Python value. @throws TypeError if it cannot be iterated. */
export function iterable(value: Value): Iterable<Value> {
  if (Array.isArray(value)) return value;
  const iterator = iterate(value);
  return { [Symbol.iterator]: () => iterator };
}

/** `list(x)`: always a new array. @throws TypeError if it cannot be iterated. */
export function toList(value: Value): Value[] {
  return [...iterable(value)];
}

/** `len(x)`, or undefined if it has none. */
export function lengthOf(value: Value): number | undefined {
  if (typeof value === 'string') return textLength(value);
  if (Array.isArray(value)) return value.length;
  return value instanceof PyObject ? value.length() : undefined;
}

/** `len(x)`. @throws TypeError if it has none. */
export function length(value: Value): number {
  const size = lengthOf(value);
  if (size === undefined) throw typeError(`object of type '${typeName(value)}' has no len()`);
  return size;
}
