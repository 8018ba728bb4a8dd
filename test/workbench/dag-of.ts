/** One-line builders of manifests for tests: `manifestOf('src.a>stg_a', 'stg_a>fct')`. */
import { type NodeId, nodeId } from '../../src/base/index.js';
import type { Manifest, ManifestNode } from '../../src/manifest/index.js';

/** The unique_id that `manifestOf` gives a short name: a dot makes a source, `exp_` an exposure, `test_` a test. */
export function idOf(name: string): NodeId {
  if (name.includes('.')) return nodeId(`source.shop.${name}`);
  if (name.startsWith('exp_')) return nodeId(`exposure.shop.${name}`);
  if (name.startsWith('test_')) return nodeId(`test.shop.${name}`);
  return nodeId(`model.shop.${name}`);
}

/** A manifest from edges `parent>child`; a name alone is a node without edges. */
export function manifestOf(...edges: readonly string[]): Manifest {
  const names = [...new Set(edges.flatMap((edge) => edge.split('>')))];
  const parents = new Map<NodeId, NodeId[]>(names.map((name) => [idOf(name), []]));
  const children = new Map<NodeId, NodeId[]>(names.map((name) => [idOf(name), []]));
  for (const edge of edges) {
    const [from, to] = edge.split('>');
    if (from === undefined || to === undefined) continue;
    parents.get(idOf(to))?.push(idOf(from));
    children.get(idOf(from))?.push(idOf(to));
  }
  return {
    projectName: 'shop',
    nodes: new Map(names.map((name) => [idOf(name), nodeOf(name, parents.get(idOf(name)) ?? [])])),
    disabled: new Map(),
    docs: new Map(),
    groups: new Map(),
    dag: { parents, children },
  };
}

function nodeOf(name: string, dependsOn: readonly NodeId[]): ManifestNode {
  const [sourceName = '', table = ''] = name.split('.');
  const shared = {
    id: idOf(name),
    name,
    packageName: 'shop',
    path: `${name}.sql`,
    originalFilePath: `models/${name}.sql`,
    fqn: ['shop', name],
    description: '',
    tags: [],
    meta: {},
    config: {},
    unrenderedConfig: {},
    dependsOn,
    refs: [],
    sources: [],
  } as const;
  const code = {
    language: 'sql',
    rawCode: 'select 1',
    checksum: '0',
    macros: [],
    position: { file: `models/${name}.sql`, line: 1, column: 1 },
  } as const;
  const relation = {
    database: 'db',
    schema: 'main',
    alias: name,
    relationName: `db.main.${name}`,
    columns: new Map(),
    patchPath: null,
    group: null,
  };
  if (name.includes('.')) {
    return {
      ...shared,
      ...relation,
      name: table,
      resourceType: 'source',
      sourceName,
      sourceDescription: '',
      loader: '',
      identifier: table,
      relationName: `db.${sourceName}.${table}`,
      unrendered: { database: null, schema: null },
      quoting: {},
      freshness: null,
      loadedAtField: null,
      loadedAtQuery: null,
      external: null,
    };
  }
  if (name.startsWith('exp_')) {
    return {
      ...shared,
      resourceType: 'exposure',
      type: 'dashboard',
      owner: {},
      label: null,
      maturity: null,
      url: null,
    };
  }
  if (name.startsWith('test_')) {
    return {
      ...shared,
      ...code,
      ...relation,
      resourceType: 'test',
      testMetadata: null,
      columnName: null,
      attachedNode: dependsOn[0] ?? null,
      isGeneric: false,
    };
  }
  return {
    ...shared,
    ...code,
    ...relation,
    resourceType: 'model',
    materialized: 'view',
    access: 'protected',
    version: null,
    latestVersion: null,
    deprecationDate: null,
    timeSpine: null,
    constraints: [],
    hasContract: false,
  };
}
