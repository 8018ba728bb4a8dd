/**
 * Where a node's relation is: database, schema and alias as the `generate_*_name` macros say, and the rendered name.
 */
import type { Json, JsonObject } from '../base/index.js';
import { callNameMacro, type NameMacro } from '../context/index.js';
import type { Draft } from './draft.js';
import { type ParseScope, textOf } from './parse-scope.js';

/**
 * Fills in database, schema, alias and relation name.
 *
 * @param properties the config of the yaml: a null there keeps its place in the node's config, but counts for its name.
 * @returns false if a macro fails, which is reported.
 */
export function nameDraft(scope: ParseScope, draft: Draft, properties: JsonObject = {}): boolean {
  const node = nodeForMacros(scope, draft);
  const stated = (key: string): Json =>
    properties[key] === null && draft.calls[key] === undefined ? null : (draft.config[key] ?? null);
  const call = (macro: NameMacro, custom: Json): string =>
    callNameMacro(
      macro,
      { registry: scope.registry, facts: scope.facts, packageName: draft.packageName },
      custom,
      node,
    );
  try {
    draft.database = call('generate_database_name', stated('database'));
    draft.schema = call('generate_schema_name', stated('schema'));
    draft.alias = hasOwnAliasMacro(scope, draft.packageName)
      ? call('generate_alias_name', stated('alias'))
      : defaultAlias(draft, textOf(stated('alias')));
  } catch (error) {
    scope.caught(error, 'manifest/name-macro', draft.position, draft.id);
    return false;
  }
  if (draft.resourceType === 'snapshot') {
    draft.database = textOf(stated('target_database')) || draft.database;
    draft.schema = textOf(stated('target_schema')) || draft.schema;
  }
  draft.relationName = hasRelation(scope, draft)
    ? renderName([draft.database, draft.schema, draft.alias], quotePolicy(scope.project.quoting))
    : null;
  return true;
}

/** True unless dbt's own macro makes the aliases, which needs no rendering: it is asked for every node there is. */
function hasOwnAliasMacro({ registry }: ParseScope, packageName: string): boolean {
  const isInternal = (name: string | undefined): boolean =>
    name !== undefined && registry.facts.internalPackages.includes(name);
  const found = registry.dispatch('generate_alias_name', 'dbt', packageName);
  return !(
    isInternal(registry.nameMacro('generate_alias_name', packageName)?.packageName) &&
    'macro' in found &&
    isInternal(found.macro.packageName)
  );
}

/** What dbt's own `generate_alias_name` says. */
export function defaultAlias(
  node: { readonly name: string; readonly version: string | number | null },
  custom: string | null,
): string {
  if (custom !== null && custom !== '') return custom.trim();
  if (node.version === null || node.version === '') return node.name;
  return `${node.name}_v${String(node.version).replaceAll('.', '_')}`;
}

/** Quoting of one relation. @param own what a source says over the project's; the config of a node has no say. */
export function quotePolicy(
  fallback: ParseScope['project']['quoting'],
  own: JsonObject = {},
): readonly [database: boolean, schema: boolean, identifier: boolean] {
  const part = (key: 'database' | 'schema' | 'identifier'): boolean => {
    const value = own[key];
    return typeof value === 'boolean' ? value : fallback[key];
  };
  return [part('database'), part('schema'), part('identifier')];
}

/** The name as dbt renders it: `DB.schema.name`, parts quoted as the policy says, empty parts left out. */
export function renderName(
  parts: readonly string[],
  policy: readonly [boolean, boolean, boolean],
): string {
  return parts
    .map((part, at) => (policy[at] === true && part !== '' ? `"${part}"` : part))
    .filter((part) => part !== '')
    .join('.');
}

function hasRelation(scope: ParseScope, draft: Draft): boolean {
  switch (draft.resourceType) {
    case 'model':
      return draft.config['materialized'] !== 'ephemeral';
    case 'test':
      return (draft.config['store_failures'] ?? scope.facts.flags['STORE_FAILURES']) === true;
    default:
      return draft.resourceType === 'seed' || draft.resourceType === 'snapshot';
  }
}

/** What a name macro may read of its `node`. */
function nodeForMacros(scope: ParseScope, draft: Draft): JsonObject {
  const { target } = scope.project;
  return {
    name: draft.name,
    resource_type: draft.resourceType,
    package_name: draft.packageName,
    path: draft.path,
    original_file_path: draft.originalFilePath,
    unique_id: draft.id,
    fqn: draft.fqn,
    database: target.database,
    schema: target.schema,
    alias: draft.alias,
    version: draft.version,
    latest_version: draft.latestVersion,
    config: draft.config,
    unrendered_config: draft.unrenderedConfig,
    tags: draft.tags,
    meta: draft.meta,
    description: draft.description,
    group: draft.group,
    access: draft.access,
    raw_code: draft.rawCode,
    language: draft.language,
    patch_path: draft.patchPath,
  };
}
