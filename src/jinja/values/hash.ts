/**
 * Keys under which equal values meet: what a dict or set stores in a JavaScript Map.
 */
import { typeError } from '../error.js';
import { PyObject, type Value } from '../value.js';
import { typeName } from './describe.js';
import { toInt } from './float.js';

/** A Map key. Two values share one if and only if Python finds them equal and hashes them alike. */
export type HashKey = string | number | bigint | null | PyObject;

/** The key of a value. @throws TypeError if Python says unhashable. */
export function hashOf(value: Value): HashKey {
  switch (typeof value) {
    case 'string':
      // Composite keys start with a zero character; a text that does is set apart.
      return value.codePointAt(0) === 0 ? `\0s${value}` : value;
    case 'number':
      return value;
    case 'bigint':
      return toInt(value);
    case 'boolean':
      return value ? 1 : 0;
    default: {
      if (value === null) return null;
      const key = value instanceof PyObject ? value.hashKey() : undefined;
      if (key === undefined) throw typeError(`unhashable type: '${typeName(value)}'`);
      return key;
    }
  }
}

const identities = new WeakMap<PyObject, number>();
let lastIdentity = 0;

/** One key for several values in order, for tuples and the like. */
export function hashSequence(kind: string, items: Iterable<Value>): string {
  let text = `\0${kind}`;
  for (const item of items) {
    const key = hashOf(item);
    const part = keyText(key);
    text += `${part.length}:${part}`;
  }
  return text;
}

function keyText(key: HashKey): string {
  switch (typeof key) {
    case 'string':
      return `s${key}`;
    case 'number':
    case 'bigint':
      return `n${key}`;
    default: {
      if (key === null) return '-';
      let identity = identities.get(key);
      if (identity === undefined) {
        lastIdentity += 1;
        identity = lastIdentity;
        identities.set(key, identity);
      }
      return `o${identity}`;
    }
  }
}
