/**
 * Artifacts as plain data to compare: two writers spell what is absent differently.
 */
import { isJsonObject, type Json, type JsonObject, textOfJson } from '../../base/index.js';

/** True if two values are the same whatever the order of their keys. */
export function isSame(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, at) => isSame(item, right[at]));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isSame(left[key], right[key]))
  );
}

/** The same but for what says nothing: nulls, empty texts, lists and mappings. */
export function isSameStated(left: Json | undefined, right: Json | undefined): boolean {
  return isSame(stated(left), stated(right));
}

/** A value without what says nothing; null if that is all of it. */
export function stated(value: Json | undefined): Json {
  if (value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(stated);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, stated(item)] as const)
    .filter(([, item]) => item !== null);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** A member that should be a mapping, empty if it is none. */
export function member(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}

/** A member as text, empty if it is none. */
export function textAt(object: JsonObject, key: string): string {
  return textOfJson(object[key]) ?? '';
}

/** A member that should be a list of mappings. */
export function mappings(object: JsonObject, key: string): readonly JsonObject[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
