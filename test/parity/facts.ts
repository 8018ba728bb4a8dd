/**
 * A manifest's nodes as facts and hashes: the form in which recordings of real dbt are kept.
 */
import { createHash } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject, textOfJson } from '../../src/base/index.js';
import { fromJson, printJson } from '../../src/jinja/index.js';

/** What is known of one node, by the name of the fact. */
export type Facts = Readonly<Record<string, Json>>;

/** Parts of manifest.json that hold nodes. */
const SECTIONS = [
  'nodes',
  'sources',
  'exposures',
  'metrics',
  'semantic_models',
  'saved_queries',
  'unit_tests',
] as const;

/** Facts that are kept as they are. */
export const PLAIN = [
  'resource_type',
  'package_name',
  'original_file_path',
  'fqn',
  'database',
  'schema',
  'alias',
  'relation_name',
  'description',
] as const;

const CONFIGS =
  'materialized enabled schema database alias tags pre-hook post-hook unique_key incremental_strategy on_schema_change full_refresh persist_docs quoting column_types grants meta severity where limit store_failures error_if warn_if strategy updated_at check_cols target_schema snowflake_warehouse cluster_by transient copy_grants docs contract access group event_time batch_size lookback begin'.split(
    ' ',
  );

/** Facts by unique_id, and the ids of disabled nodes, of manifest.json's content with `compiled_code` in it. */
export function factsOf(manifest: JsonObject): {
  readonly nodes: ReadonlyMap<string, Facts>;
  readonly disabled: readonly string[];
} {
  const invocationId = textOfJson(objectAt(manifest, 'metadata')['invocation_id']) ?? '';
  const nodes = new Map<string, Facts>();
  for (const section of SECTIONS) {
    for (const [id, node] of Object.entries(objectAt(manifest, section))) {
      if (isJsonObject(node)) nodes.set(id, nodeFacts(node, invocationId));
    }
  }
  return { nodes, disabled: Object.keys(objectAt(manifest, 'disabled')) };
}

function nodeFacts(node: JsonObject, invocationId: string): Facts {
  const facts: Record<string, Json> = {};
  for (const key of PLAIN) {
    const value = node[key] ?? null;
    if (value !== null) facts[key] = value;
  }
  if (typeof node['description'] === 'string' && node['description'] !== '') {
    facts['description'] = shortHash(node['description']);
  }
  const dependsOn = objectAt(node, 'depends_on');
  facts['depends_on.nodes'] = sortedSet(dependsOn['nodes']);
  facts['depends_on.macros'] = sortedSet(dependsOn['macros']);
  facts['tags'] = sortedSet(node['tags']);
  const config = objectAt(node, 'config');
  facts['config'] = Object.fromEntries(
    CONFIGS.map((key): [string, Json] => [key, config[key] ?? null]).filter(
      ([, value]) => !isEmpty(value),
    ),
  );
  facts['columns'] = columnsHash(objectAt(node, 'columns'));
  const checksum = objectAt(node, 'checksum');
  if (checksum['name'] === 'sha256')
    facts['checksum'] = (textOfJson(checksum['checksum']) ?? '').slice(0, 16);
  if (typeof node['compiled_code'] === 'string') {
    const code = normalized(node['compiled_code'], invocationId);
    facts['compiled.exact'] = shortHash(code);
    facts['compiled.folded'] = shortHash(code.replaceAll(/\s+/gu, ' ').trim());
  }
  return facts;
}

/** Compiled SQL without what differs from run to run. */
export function normalized(code: string, invocationId: string): string {
  const constant = invocationId === '' ? code : code.replaceAll(invocationId, '<invocation_id>');
  return constant.replaceAll('\r\n', '\n');
}

function columnsHash(columns: JsonObject): string {
  const kept = Object.entries(columns).map(([name, column]): [string, Json] => [
    name,
    isJsonObject(column) ? [column['description'] ?? null, column['data_type'] ?? null] : null,
  ]);
  return shortHash(printJson(fromJson(Object.fromEntries(kept)), { sortKeys: true }));
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function sortedSet(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.map(String))].sort() : [];
}

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true;
  if (typeof value !== 'object') return false;
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const found = value[key];
  return isJsonObject(found) ? found : {};
}
