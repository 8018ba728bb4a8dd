/**
 * How one layer of config changes the ones below it: most keys replace, some append, some merge.
 */
import { isJsonObject, type Json, type JsonObject } from '../base/index.js';
import type { ResourceType } from './node.js';

const APPEND = new Set(['pre-hook', 'post-hook', 'tags', 'packages']);
const UPDATE = new Set([
  'quoting',
  'column_types',
  'meta',
  'docs',
  'contract',
  'latest_version_pointer',
]);

/**
 * Lays a config over another.
 *
 * Hooks, tags and packages append; quoting, column types, meta, docs and contract merge one level deep; `grants` replaces
 * privilege by privilege, and appends where the key begins with `+`; the rest replaces. Sources and exposures replace
 * their tags, exposures their meta too.
 */
export function mergeConfig(
  base: JsonObject,
  update: JsonObject,
  resourceType: ResourceType,
): JsonObject {
  const result: Record<string, Json> = { ...base };
  for (const [written, value] of Object.entries(update)) {
    const key = hookKey(written);
    const old = result[key];
    if (old === undefined || old === null) {
      result[key] = key === 'grants' ? mergeGrants({}, value) : initial(key, value, resourceType);
    } else if (appends(key, resourceType)) result[key] = [...asList(old), ...asList(value)];
    else if (updates(key, resourceType)) result[key] = updated(old, value);
    else if (key === 'grants') result[key] = mergeGrants(old, value);
    else result[key] = value;
  }
  return result;
}

/** Lays the `config()` calls of one file over each other, in the order they were made. */
export function mergeConfigCalls(calls: readonly JsonObject[]): JsonObject {
  const [first = {}, ...rest] = calls;
  let result: JsonObject = withHookKeys(first);
  for (const call of rest) {
    const next: Record<string, Json> = { ...result };
    for (const [written, value] of Object.entries(call)) {
      const key = hookKey(written);
      const old = next[key];
      if (APPEND.has(key))
        next[key] = old === undefined ? asList(value) : [...asList(old), ...asList(value)];
      else if (UPDATE.has(key) || key === 'snapshot_meta_column_names')
        next[key] = updated(old ?? {}, value);
      else if (key === 'grants') next[key] = mergeGrants(old ?? {}, value, true);
      else next[key] = value;
    }
    result = next;
  }
  return result;
}

/** `pre_hook` and `post_hook` are other spellings of `pre-hook` and `post-hook`. */
export function hookKey(key: string): string {
  if (key === 'pre_hook') return 'pre-hook';
  return key === 'post_hook' ? 'post-hook' : key;
}

/** A hook as the manifest holds it. Text may be JSON of the whole: `{"sql": ..., "transaction": false}`. */
export function hookObject(value: Json): JsonObject {
  const source = typeof value === 'string' ? (parseJson(value) ?? { sql: value }) : value;
  if (!isJsonObject(source)) return { sql: JSON.stringify(source), transaction: true, index: null };
  return {
    sql: source['sql'] ?? '',
    transaction: source['transaction'] ?? true,
    index: source['index'] ?? null,
  };
}

/** A value as a list: one thing is a list of one. */
export function asList(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

function withHookKeys(config: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [hookKey(key), value]));
}

function appends(key: string, resourceType: ResourceType): boolean {
  if (key === 'tags') return resourceType !== 'source' && resourceType !== 'exposure';
  return APPEND.has(key);
}

function updates(key: string, resourceType: ResourceType): boolean {
  if (key === 'meta') return resourceType !== 'exposure';
  return UPDATE.has(key);
}

function initial(key: string, value: Json, resourceType: ResourceType): Json {
  return appends(key, resourceType) && value !== null ? asList(value) : value;
}

function updated(old: Json, value: Json): Json {
  if (!isJsonObject(value)) return shorthand(old, value);
  return isJsonObject(old) ? { ...old, ...value } : value;
}

/** `latest_version_pointer: false` is short for `{enabled: false}`; anything else that is no mapping changes nothing. */
function shorthand(old: Json, value: Json): Json {
  return typeof value === 'boolean' && isJsonObject(old) && 'enabled' in old
    ? { ...old, enabled: value }
    : old;
}

function mergeGrants(old: Json, value: Json, keepsPlus: boolean = false): Json {
  if (!isJsonObject(value)) return old;
  const result: Record<string, Json> = {};
  for (const [privilege, grantees] of Object.entries(isJsonObject(old) ? old : {})) {
    result[privilege] = asList(grantees);
  }
  for (const [written, grantees] of Object.entries(value)) {
    const extends_ = written.startsWith('+');
    const privilege = extends_ && !keepsPlus ? written.replace(/^\++/u, '') : written;
    const known = result[privilege];
    result[privilege] =
      extends_ && known !== undefined ? [...asList(known), ...asList(grantees)] : asList(grantees);
  }
  return result;
}

function parseJson(text: string): Json | undefined {
  if (!/^\s*[[{"\d]/u.test(text)) return undefined;
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
