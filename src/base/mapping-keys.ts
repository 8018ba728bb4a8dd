/**
 * Keys of mappings that an object cannot hold as they were written: numbers, booleans, null, and texts that look like
 * an index, which JavaScript moves to the front.
 */
import type { ExactNumber, Json, JsonObject } from './json.js';

/** What YAML may have as a key here. */
export type MappingKey = null | boolean | number | string | ExactNumber;

const written = new WeakMap<object, readonly MappingKey[]>();

/** A key as an object has it: spelled as Python prints it. */
export function spelledKey(key: MappingKey): string {
  if (key === null) return 'None';
  if (typeof key === 'boolean') return key ? 'True' : 'False';
  return String(key);
}

/** Remembers the keys of an object in their order. Copies of the object do not know of it. */
export function noteKeys(mapping: JsonObject, keys: readonly MappingKey[]): void {
  if (keys.some((key) => typeof key !== 'string' || /^\d+$/u.test(key))) {
    written.set(mapping, keys);
  }
}

/** The members of a mapping in the order in which they were written, keys of their own type. */
export function membersOf(mapping: JsonObject): readonly (readonly [MappingKey, Json])[];
export function membersOf(mapping: object): readonly (readonly [MappingKey, unknown])[];
export function membersOf(mapping: object): readonly (readonly [MappingKey, unknown])[] {
  const keys = written.get(mapping);
  if (keys === undefined) return Object.entries(mapping);
  const values = new Map<string, unknown>(Object.entries(mapping));
  return keys.map((key) => [key, values.get(spelledKey(key)) ?? null]);
}
