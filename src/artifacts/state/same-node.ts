/**
 * Two states of one node, as manifest.json has them: what of it changed.
 *
 * @see dbt docs, "About node selection: the state method".
 */
import { type JsonObject, textOfJson } from '../../base/index.js';
import { isSame, isSameStated, member, textAt } from './compared-json.js';

/** The parts of a node that can be compared by themselves. */
export type Aspect = 'body' | 'configs' | 'persisted_descriptions' | 'relation' | 'contract';

const FILE_KINDS: readonly string[] = [
  'model',
  'seed',
  'snapshot',
  'test',
  'analysis',
  'operation',
];
const CONFIGURED = [
  ...FILE_KINDS,
  'source',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
  'function',
];

/** Kinds of nodes that have an aspect; the others never differ in it. */
export const HAVE_ASPECT: Readonly<Record<Aspect, ReadonlySet<string>>> = {
  body: new Set([...FILE_KINDS, 'function']),
  configs: new Set(CONFIGURED),
  persisted_descriptions: new Set([...FILE_KINDS, 'function']),
  relation: new Set([...FILE_KINDS, 'function', 'source']),
  contract: new Set([...FILE_KINDS, 'function']),
};

/** Configs that say where a node goes and who it belongs to: they are compared elsewhere, or make no difference. */
const PLACING = ['alias', 'schema', 'database', 'tags', 'group'];
const IGNORED: Readonly<Record<string, readonly string[]>> = {
  source: [],
  exposure: [],
  metric: ['group'],
  semantic_model: ['group'],
  saved_query: ['group'],
};

/** True if nothing of a node differs that counts as a change; its macros and its contract apart. */
export function isSameNode(old: JsonObject, now: JsonObject): boolean {
  switch (now['resource_type']) {
    case 'source':
      return (
        isSameRelation(old, now) &&
        hasSame(old, now, ['fqn', 'loaded_at_field']) &&
        isSameConfig(old, now) &&
        ['quoting', 'freshness', 'external'].every((key) => isSameStated(old[key], now[key]))
      );
    case 'exposure':
      return (
        hasSame(old, now, ['fqn', 'type', 'maturity', 'url', 'description', 'label']) &&
        isSameStated(old['owner'], now['owner']) &&
        isSame(parentsOf(old), parentsOf(now)) &&
        isSameConfig(old, now)
      );
    case 'unit_test':
      return ['model', 'versions', 'given', 'expect', 'overrides'].every((key) =>
        isSameStated(old[key], now[key]),
      );
    case 'metric':
      return hasSame(old, now, ['type', 'description', 'label']) && isSameConfig(old, now);
    case 'semantic_model':
      return SEMANTIC_MODEL.every((key) => isSameStated(old[key], now[key]));
    case 'saved_query':
      return SAVED_QUERY.every((key) => isSameStated(old[key], now[key]));
    case 'test':
      // What a generic test says is in its name; a singular one has a body.
      return 'test_metadata' in now
        ? isSameConfig(old, now) && hasSame(old, now, ['fqn'])
        : isSameFile(old, now);
    case 'model':
      return (
        isSameFile(old, now) &&
        hasSame(old, now, ['latest_version', 'access']) &&
        moment(old) === moment(now)
      );
    case 'function':
      return (
        isSameFile(old, now) &&
        ['arguments', 'returns', 'overloads'].every((key) => isSameStated(old[key], now[key]))
      );
    default:
      return isSameFile(old, now);
  }
}

/** True if an aspect is the same. The contract is compared elsewhere. */
export function isSameIn(
  aspect: Exclude<Aspect, 'contract'>,
  old: JsonObject,
  now: JsonObject,
): boolean {
  switch (aspect) {
    case 'body':
      return isSameBody(old, now);
    case 'configs':
      return ['semantic_model', 'saved_query'].includes(textAt(now, 'resource_type'))
        ? isSameStated(old['config'], now['config'])
        : isSameConfig(old, now);
    case 'persisted_descriptions':
      return isSameDescription(old, now);
    default:
      return isSameRelation(old, now);
  }
}

const SEMANTIC_MODEL = [
  'model',
  'description',
  'defaults',
  'entities',
  'dimensions',
  'measures',
  'config',
  'primary_entity',
  'group',
];
const SAVED_QUERY = ['query_params', 'description', 'label', 'config', 'group', 'exports', 'tags'];

function isSameFile(old: JsonObject, now: JsonObject): boolean {
  return (
    isSameBody(old, now) &&
    isSameConfig(old, now) &&
    isSameDescription(old, now) &&
    hasSame(old, now, ['fqn']) &&
    isSameRelation(old, now)
  );
}

function isSameBody(old: JsonObject, now: JsonObject): boolean {
  return now['resource_type'] === 'seed'
    ? isSame(member(old, 'checksum')['checksum'], member(now, 'checksum')['checksum'])
    : hasSame(old, now, ['raw_code']);
}

/** Configs as written, so that neither target nor environment makes a difference. */
function isSameConfig(old: JsonObject, now: JsonObject): boolean {
  const [before, after] = [member(old, 'unrendered_config'), member(now, 'unrendered_config')];
  const ignored = new Set(IGNORED[textAt(now, 'resource_type')] ?? PLACING);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].every(
    (key) => ignored.has(key) || isSame(before[key], after[key]),
  );
}

/** Descriptions count where they are written to the warehouse. */
function isSameDescription(old: JsonObject, now: JsonObject): boolean {
  const persisted = member(member(now, 'config'), 'persist_docs');
  if (Boolean(persisted['relation']) && !hasSame(old, now, ['description'])) return false;
  return !persisted['columns'] || isSame(columnTexts(old), columnTexts(now));
}

function columnTexts(node: JsonObject): JsonObject {
  const columns = member(node, 'columns');
  return Object.fromEntries(
    Object.keys(columns).map((name) => [name, member(columns, name)['description'] ?? '']),
  );
}

function isSameRelation(old: JsonObject, now: JsonObject): boolean {
  if (now['resource_type'] === 'source')
    return hasSame(old, now, ['unrendered_database', 'unrendered_schema', 'identifier']);
  const [before, after] = [member(old, 'unrendered_config'), member(now, 'unrendered_config')];
  return hasSame(before, after, ['database', 'schema', 'alias']);
}

function hasSame(old: JsonObject, now: JsonObject, keys: readonly string[]): boolean {
  return keys.every((key) => isSame(old[key] ?? null, now[key] ?? null));
}

function parentsOf(node: JsonObject): readonly string[] {
  const { nodes } = member(node, 'depends_on');
  return Array.isArray(nodes)
    ? [...new Set(nodes.map((id) => textOfJson(id) ?? ''))].toSorted()
    : [];
}

/** A deprecation date in milliseconds, whichever way it is written; a date without a zone counts as UTC. */
function moment(node: JsonObject): number | null {
  const date = node['deprecation_date'];
  if (typeof date !== 'string' || date === '') return null;
  const text = date.replace(' ', 'T');
  return Date.parse(
    /T.*(?:Z|[+-]\d{2}:?\d{2})$/u.test(text) || !text.includes('T') ? text : `${text}Z`,
  );
}
