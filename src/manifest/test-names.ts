/**
 * Names and ids of generic tests: made of the test, its target and its arguments, as dbt makes them.
 */
import { isJsonObject, type Json, type JsonObject } from '../base/index.js';
import { md5 } from '../platform/index.js';
import { pythonRepr, pythonStr } from './python-text.js';

/** Names of this many characters or more are shortened where they name a file or a relation. */
const MAX_NAME = 64;

/**
 * Makes the names of a test that has none of its own.
 *
 * @param test the test's name with its prefixes: `source_unique`, `dbt_utils_not_constant`.
 * @returns the full name, and the one that fits a relation: the same, or its start with a hash.
 */
export function testNames(
  test: string,
  target: string,
  args: JsonObject,
): { readonly full: string; readonly short: string } {
  const values = Object.keys(args)
    .filter((key) => key !== 'model')
    .sort()
    .flatMap((key) => valuesOf(args, key));
  const suffix = values.map((value) => value.replaceAll(/[^0-9a-zA-Z_]+/gu, '_')).join('__');
  const identifier = `${test}_${target}`;
  const full = `${identifier}_${suffix}`;
  return {
    full,
    short: full.length >= MAX_NAME ? `${identifier.slice(0, 30)}_${md5(full)}` : full,
  };
}

/** The last part of a generic test's unique_id: ten digits of a hash of its name and all it is made of. */
export function testHash(
  name: string,
  metadata: {
    readonly namespace: string | null;
    readonly name: string;
    readonly kwargs: JsonObject;
  },
): string {
  const hashable = {
    kwargs: hashableOf(metadata.kwargs),
    name: metadata.name,
    namespace: metadata.namespace ?? 'None',
  };
  return md5(name + pythonRepr(hashable)).slice(-10);
}

function valuesOf(args: JsonObject, key: string): readonly string[] {
  const value = args[key] ?? null;
  if (Array.isArray(value)) return value.map((item: Json) => pythonStr(item));
  if (isJsonObject(value)) {
    return Object.values(value).map(pythonStr);
  }
  return [pythonStr(value)];
}

/** Keys sorted, scalars as text. */
function hashableOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(hashableOf);
  if (!isJsonObject(value)) return pythonStr(value);
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, hashableOf(value[name] ?? null)]),
  );
}
