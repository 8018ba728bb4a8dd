/**
 * Plain data as Python values, with what plain data forgets: a whole number that was written with a point is a float.
 */
import { isJsonObject, type Json } from '../base/index.js';
import { fromJson, PyDict, PyFloat, type Value } from '../jinja/index.js';
import { isWholeFloat } from '../project/index.js';

/** What yaml holds, as PyYAML would have read it: `1.0` stays a float. */
export function fromYaml(value: Json): Value {
  if (isJsonObject(value)) {
    return PyDict.fromEntries(
      Object.keys(value).map((key): [Value, Value] => [key, memberOf(value, key)]),
    );
  }
  return Array.isArray(value) ? value.map((_, index) => memberOf(value, index)) : fromJson(value);
}

/** One member of what yaml holds. */
export function memberOf(
  container: Readonly<Record<string | number, Json>> | readonly Json[],
  key: string | number,
): Value {
  const value = (container as Readonly<Record<string | number, Json>>)[key] ?? null; // lists have their indexes as keys
  if (typeof value === 'number' && isWholeFloat(container, key)) return new PyFloat(value);
  return fromYaml(value);
}

/** What JSON's text says, as Python's `json.loads` reads it. @throws SyntaxError. */
export function fromJsonText(text: string): Value {
  const marked: unknown = JSON.parse(text, (_, value: unknown, source?: { source?: string }) =>
    typeof value === 'number' && /[.eE]/u.test(source?.source ?? '') ? new PyFloat(value) : value,
  );
  return fromJson(marked);
}
