/**
 * Values to and from JSON, in both senses: plain JavaScript data, and Python's `json.dumps` text.
 */
import { ExactNumber, membersOf } from '../../base/index.js';
import { typeError, valueError } from '../error.js';
import { PyObject, type Value } from '../value.js';
import { compare } from './compare.js';
import { toText, typeName } from './describe.js';
import { PyDict } from './dict.js';
import { PyFloat, reprFloat, toInt } from './float.js';
import { asText } from './text.js';
import { PyTuple } from './tuple.js';

/** Plain data to Python values: whole numbers to ints, others to floats, objects to dicts, null and undefined to None. */
export function fromJson(json: unknown): Value {
  switch (typeof json) {
    case 'string':
    case 'boolean':
      return json;
    case 'bigint':
      return toInt(json);
    case 'number':
      return Number.isSafeInteger(json) ? json : new PyFloat(json);
    case 'undefined':
      return null;
    case 'object':
      if (json === null) return null;
      if (json instanceof PyObject) return json;
      if (json instanceof ExactNumber)
        return json.isFloat ? new PyFloat(json.value) : BigInt(json.text);
      if (Array.isArray(json)) return json.map(fromJson);
      if (json instanceof Map) {
        return PyDict.fromEntries(
          Array.from(json, ([key, value]) => [fromJson(key), fromJson(value)] as const),
        );
      }
      return PyDict.fromEntries(
        membersOf(json).map(([key, value]) => [fromJson(key), fromJson(value)]),
      );
    default:
      throw typeError(`A ${typeof json} has no Python value`);
  }
}

/**
 * Python values to plain data: dicts to objects without a prototype's names, tuples to arrays, keys to texts.
 *
 * @throws TypeError on host objects, which no JSON can hold.
 */
export function toJson(value: Value): unknown {
  if (typeof value === 'bigint') return ExactNumber.integer(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof PyFloat) return ExactNumber.float(value.value);
  if (value instanceof PyTuple) return value.items.map(toJson);
  if (value instanceof PyDict) {
    return Object.fromEntries(
      Array.from(
        value.entries(),
        ([key, one]) => [keyText(key) ?? toText(key), toJson(one)] as const,
      ),
    );
  }
  const text = asText(value);
  if (text !== undefined) return text;
  throw typeError(`Object of type ${typeName(value)} is not JSON serializable`);
}

export interface JsonOptions {
  readonly sortKeys?: boolean;
  /** The blank that one level is indented by; all on one line if left out. */
  readonly indent?: string | undefined;
  /** Prints what JSON does not know; raises if left out. */
  readonly fallback?: (value: Value) => Value;
}

/** Python's `json.dumps`: `, ` and `: ` as separators, ASCII only. @throws TypeError on what JSON cannot hold. */
export function printJson(value: Value, options: JsonOptions = {}): string {
  const { indent } = options;
  const open = new Set<Value>();
  const print = (one: Value, level: number): string => {
    if (one === null) return 'null';
    if (typeof one === 'boolean') return one ? 'true' : 'false';
    if (typeof one === 'number' || typeof one === 'bigint') return String(one);
    const text = asText(one);
    if (text !== undefined) return printText(text);
    if (one instanceof PyFloat) return printFloat(one.value);
    if (open.has(one)) throw valueError('Circular reference detected');
    open.add(one);
    let printed: string;
    if (Array.isArray(one))
      printed = wrap(
        '[',
        one.map((item) => print(item, level + 1)),
        ']',
        level,
      );
    else if (one instanceof PyTuple) {
      printed = wrap(
        '[',
        one.items.map((item) => print(item, level + 1)),
        ']',
        level,
      );
    } else if (one instanceof PyDict) {
      printed = wrap(
        '{',
        (options.sortKeys === true ? sortedKeys([...one.entries()]) : [...one.entries()]).map(
          ([key, item]) => `${printKey(key)}: ${print(item, level + 1)}`,
        ),
        '}',
        level,
      );
    } else if (options.fallback === undefined) {
      throw typeError(`Object of type ${shortName(one)} is not JSON serializable`);
    } else printed = print(options.fallback(one), level);
    open.delete(one);
    return printed;
  };
  const wrap = (start: string, parts: readonly string[], end: string, level: number): string => {
    if (parts.length === 0) return start + end;
    if (indent === undefined) return start + parts.join(', ') + end;
    const line = `\n${indent.repeat(level + 1)}`;
    return `${start}${line}${parts.join(`,${line}`)}\n${indent.repeat(level)}${end}`;
  };
  return print(value, 0);
}

/** Entries of a dict by their keys, as `sorted()` has them. @throws TypeError on keys that have no order. */
export function sortedKeys(
  entries: readonly (readonly [Value, Value])[],
): readonly (readonly [Value, Value])[] {
  return entries.toSorted(([left], [right]) => {
    const order = compare(left, right);
    if (order === undefined) {
      throw typeError(
        `'<' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
      );
    }
    return order;
  });
}

/** `type(x).__name__`, where other messages have the module too. */
function shortName(value: Value): string {
  return typeName(value).replace(/^.*\./u, '');
}

/** A dict's key as JSON has it; undefined for keys that JSON refuses. */
function keyText(key: Value): string | undefined {
  if (key === null) return 'null';
  if (typeof key === 'boolean') return key ? 'true' : 'false';
  if (typeof key === 'number' || typeof key === 'bigint') return String(key);
  return key instanceof PyFloat ? printFloat(key.value) : asText(key);
}

function printKey(key: Value): string {
  const text = keyText(key);
  if (text === undefined) {
    throw typeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
  }
  return printText(text);
}

function printFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return reprFloat(value);
}

function printText(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
