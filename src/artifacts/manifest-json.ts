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
  readonly macros: readonly MacroDefinition[];
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

/** The file's content as plain data, in dbt's spelling. */
export function manifestJson(input: ManifestJsonInput): JsonObject {
  const { manifest, macros } = input;
  const sections: Record<string, Record<string, Json>> = Object.fromEntries(
    [...new Set(Object.values(SECTION))].map((section) => [section, {}]),
  );
  const createdAt = input.generatedAt.getTime() / 1000;
  const scope = { target: input.target, nodes: manifest.nodes };
  const dictOf = (node: ManifestNode): JsonObject => ({
    ...withCalledMacros(nodeDict(node, scope), input.calledMacros?.get(node.id)),
    ...compiledFields(node, input),
    created_at: createdAt,
  });
  for (const node of manifest.nodes.values()) {
    const section = sections[SECTION[node.resourceType]];
    if (section !== undefined) section[node.id] = dictOf(node);
  }
  // Tests of what is disabled stay among the nodes, switched off.
  const orphans = [...manifest.disabled.values()].flat().filter(isOrphan);
  for (const test of orphans) {
    const dict = dictOf(test);
    if (sections['nodes'] !== undefined)
      sections['nodes'][test.id] = { ...dict, config: { ...test.config, enabled: false } };
  }
  return {
    metadata: metadata(SCHEMA, input, {
      project_name: manifest.projectName,
      adapter_type: input.adapterType,
      project_id: md5(manifest.projectName),
      user_id: null,
      send_anonymous_usage_stats: false,
    }),
    ...sections,
    macros: Object.fromEntries(macros.map((macro) => [macro.id, macroDict(macro, createdAt)])),
    docs: Object.fromEntries(
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
    groups: Object.fromEntries(
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
    selectors: {},
    disabled: Object.fromEntries(
      [...manifest.disabled]
        .map(([id, nodes]): [string, JsonObject[]] => [
          id,
          nodes.filter((node) => !isOrphan(node)).map(dictOf),
        ])
        .filter(([, nodes]) => nodes.length > 0),
    ),
    parent_map: edges(manifest.dag.parents),
    child_map: edges(manifest.dag.children),
    group_map: groupMap(manifest),
  };
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
