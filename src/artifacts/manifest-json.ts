/**
 * manifest.json, version 12 of dbt's schema.
 */
import { isJsonObject, type Json, type JsonObject, type NodeId } from '../base/index.js';
import { nodeDict } from '../compile/index.js';
import type { MacroDefinition } from '../context/index.js';
import type { Manifest, ManifestNode, ResourceType } from '../manifest/index.js';
import { md5 } from '../platform/index.js';

const SCHEMA = 'https://schemas.getdbt.com/dbt/manifest/v12.json';

/** Where each kind of node stands in the file. */
const SECTION: Readonly<Record<ResourceType, string>> = {
  model: 'nodes',
  analysis: 'nodes',
  seed: 'nodes',
  snapshot: 'nodes',
  test: 'nodes',
  operation: 'nodes',
  unit_test: 'unit_tests',
  source: 'sources',
  exposure: 'exposures',
  metric: 'metrics',
  semantic_model: 'semantic_models',
  saved_query: 'saved_queries',
  function: 'functions',
};

export interface ManifestJsonInput {
  readonly manifest: Manifest;
  /** Asked for only where they are written. */
  readonly macros: () => readonly MacroDefinition[];
  readonly adapterType: string;
  /** `{{ target }}`. */
  readonly target: JsonObject;
  readonly dbtVersion: string;
  readonly invocationId: string;
  readonly generatedAt: Date;
  /** The target folder as dbt_project.yml has it, for the paths of compiled files. */
  readonly targetPath?: string;
  /** Compiled SQL of the nodes that were compiled. */
  readonly compiled: ReadonlyMap<NodeId, string>;
  /** Macros that nodes called when they were compiled: dbt adds them to those that parsing found. */
  readonly calledMacros?: ReadonlyMap<NodeId, ReadonlySet<string>>;
}

/** One key of the file: a value, or the members of a mapping, made one by one. */
export type ManifestPart =
  | { readonly key: string; readonly value: () => Json }
  | { readonly key: string; readonly members: Iterable<readonly [string, () => JsonObject]> };

/** The file's content as plain data, in dbt's spelling. */
export function manifestJson(input: ManifestJsonInput): JsonObject {
  return Object.fromEntries(
    [...manifestParts(input)].map((part): [string, Json] => [
      part.key,
      'members' in part
        ? Object.fromEntries([...part.members].map(([id, make]) => [id, make()]))
        : part.value(),
    ]),
  );
}

/** A piece of the file's text, made when it is asked for. */
export interface ManifestSegment {
  /** The unique_id of a node, or a key of the file. */
  readonly key: string;
  readonly isNode: boolean;
  readonly text: () => string;
}

/**
 * The file's text, piece by piece: never the whole of a large project at a time.
 *
 * @param onNode hears of every node's dict that is made, with the keys that it stands under.
 */
export function* manifestSegments(
  input: ManifestJsonInput,
  onNode: (section: string, id: string, dict: JsonObject) => void,
): Iterable<ManifestSegment> {
  let before = '{';
  for (const part of manifestParts(input)) {
    const { key } = part;
    const start = `${before}${JSON.stringify(key)}:`;
    before = ',';
    if (!('members' in part)) {
      yield { key, isNode: false, text: () => start + JSON.stringify(part.value()) };
      continue;
    }
    yield { key, isNode: false, text: () => `${start}{` };
    let comma = '';
    for (const [id, make] of part.members) {
      const lead = `${comma}${JSON.stringify(id)}:`;
      const text = (): string => {
        const dict = make();
        onNode(key, id, dict);
        return lead + JSON.stringify(dict);
      };
      yield { key: id, isNode: true, text };
      comma = ',';
    }
    yield { key, isNode: false, text: () => '}' };
  }
  yield { key: 'end', isNode: false, text: () => '}' };
}

/** The keys of the file in their order. */
function* manifestParts(input: ManifestJsonInput): Iterable<ManifestPart> {
  const { manifest } = input;
  const createdAt = input.generatedAt.getTime() / 1000;
  const scope = { target: input.target, manifest };
  const dictOf = (node: ManifestNode): JsonObject => ({
    ...withCalledMacros(nodeDict(node, scope), input.calledMacros?.get(node.id)),
    ...compiledFields(node, input),
    created_at: createdAt,
  });
  yield {
    key: 'metadata',
    value: () =>
      metadata(SCHEMA, input, {
        project_name: manifest.projectName,
        adapter_type: input.adapterType,
        project_id: md5(manifest.projectName),
        user_id: null,
        send_anonymous_usage_stats: false,
      }),
  };
  for (const section of new Set(Object.values(SECTION)))
    yield { key: section, members: nodesOfSection(manifest, section, dictOf) };
  yield {
    key: 'macros',
    value: () =>
      Object.fromEntries(input.macros().map((macro) => [macro.id, macroDict(macro, createdAt)])),
  };
  yield {
    key: 'docs',
    value: () =>
      Object.fromEntries(
        [...manifest.docs.values()].map((doc) => [
          doc.id,
          {
            name: doc.name,
            resource_type: 'doc',
            package_name: doc.packageName,
            path: doc.path,
            original_file_path: doc.path,
            unique_id: doc.id,
            block_contents: doc.contents,
          },
        ]),
      ),
  };
  yield {
    key: 'groups',
    value: () =>
      Object.fromEntries(
        [...manifest.groups.values()].map((group) => [
          group.id,
          {
            name: group.name,
            resource_type: 'group',
            package_name: group.packageName,
            path: '',
            original_file_path: '',
            description: null,
            config: { meta: {} },
            unique_id: group.id,
            owner: { email: null, name: null, ...group.owner },
          },
        ]),
      ),
  };
  yield { key: 'selectors', value: () => ({}) };
  yield {
    key: 'disabled',
    value: () =>
      Object.fromEntries(
        [...manifest.disabled]
          .map(([id, nodes]): [string, JsonObject[]] => [
            id,
            nodes.filter((node) => !isOrphan(node)).map(dictOf),
          ])
          .filter(([, nodes]) => nodes.length > 0),
      ),
  };
  yield { key: 'parent_map', value: () => edges(manifest.dag.parents) };
  yield { key: 'child_map', value: () => edges(manifest.dag.children) };
  yield { key: 'group_map', value: () => groupMap(manifest) };
}

function* nodesOfSection(
  manifest: Manifest,
  section: string,
  dictOf: (node: ManifestNode) => JsonObject,
): Iterable<readonly [string, () => JsonObject]> {
  // Tests of what is disabled stay among the nodes, switched off.
  const orphans = new Map<NodeId, ManifestNode>();
  for (const nodes of section === 'nodes' ? manifest.disabled.values() : [])
    for (const node of nodes) if (isOrphan(node)) orphans.set(node.id, node);
  for (const node of manifest.nodes.values())
    if (SECTION[node.resourceType] === section && !orphans.has(node.id))
      yield [node.id, () => dictOf(node)];
  for (const test of orphans.values())
    yield [test.id, () => ({ ...dictOf(test), config: { ...test.config, enabled: false } })];
}

function withCalledMacros(dict: JsonObject, called: ReadonlySet<string> | undefined): JsonObject {
  const dependsOn = dict['depends_on'];
  if (called === undefined || !isJsonObject(dependsOn)) return dict;
  const { macros } = dependsOn;
  const all = new Set([...(Array.isArray(macros) ? macros : []), ...called]);
  return { ...dict, depends_on: { ...dependsOn, macros: [...all] } };
}

/** True for a test that is off only because what it refers to is not there. */
function isOrphan(node: ManifestNode): boolean {
  return node.resourceType === 'test' && node.config['enabled'] !== false;
}

/** `metadata:` as all artifacts have it. */
export function metadata(
  schema: string,
  input: { readonly dbtVersion: string; readonly invocationId: string; readonly generatedAt: Date },
  more: JsonObject = {},
): JsonObject {
  return {
    dbt_schema_version: schema,
    dbt_version: input.dbtVersion,
    generated_at: input.generatedAt.toISOString(),
    invocation_id: input.invocationId,
    invocation_started_at: input.generatedAt.toISOString(),
    env: {},
    ...more,
  };
}

/** Where a node's compiled SQL goes below the target folder. */
export function compiledPath(node: ManifestNode): string {
  const { originalFilePath: source, packageName, path } = node;
  const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);
  const { resourceType, name } = node;
  const home = source.slice(0, source.lastIndexOf('/') + 1);
  const inFile =
    resourceType === 'snapshot'
      ? `${name}.sql`
      : resourceType === 'unit_test'
        ? `${home}${name}.sql`
        : path;
  const file = nameOf(source) === nameOf(inFile) ? source : `${source}/${inFile}`;
  return `compiled/${packageName}/${file}`;
}

function compiledFields(
  node: ManifestNode,
  { compiled, targetPath = 'target' }: ManifestJsonInput,
): JsonObject {
  const sql = compiled.get(node.id);
  return sql === undefined
    ? {}
    : {
        compiled: true,
        compiled_code: sql,
        compiled_path: `${targetPath}/${compiledPath(node)}`,
        extra_ctes_injected: true,
      };
}

function macroDict(macro: MacroDefinition, createdAt: number): JsonObject {
  return {
    name: macro.name,
    resource_type: 'macro',
    package_name: macro.packageName,
    path: macro.path,
    original_file_path: macro.path,
    unique_id: macro.id,
    macro_sql: macro.sql,
    depends_on: { macros: [] },
    description: '',
    meta: {},
    docs: { show: true, node_color: null },
    config: { meta: {}, docs: { show: true, node_color: null } },
    patch_path: null,
    arguments: [],
    created_at: createdAt,
    supported_languages: macro.kind === 'materialization' ? ['sql'] : null,
  };
}

function edges(map: ReadonlyMap<NodeId, readonly NodeId[]>): JsonObject {
  return Object.fromEntries([...map].map(([id, ids]) => [id, ids.toSorted()]).toSorted(byKey));
}

function byKey(
  left: (string | readonly string[])[],
  right: (string | readonly string[])[],
): number {
  return String(left[0]) < String(right[0]) ? -1 : 1;
}

function groupMap(manifest: Manifest): JsonObject {
  const map: Record<string, string[]> = {};
  for (const node of manifest.nodes.values()) {
    const group = 'group' in node ? node.group : null;
    if (group !== null) (map[group] ??= []).push(node.id);
  }
  return map;
}
