/** Small manifests for tests of selection and order: `manifestOf(['stg > int', 'int > fct'])`. */
import { type JsonObject, nodeId, type NodeId } from '../../src/base/index.js';
import { buildDag } from '../../src/manifest/dag.js';
import type { Manifest, ManifestNode, ModelNode, TestNode } from '../../src/manifest/index.js';

/**
 * Models joined by `parent > child`; a name that begins with `test_` is a data test of its parents.
 *
 * @param traits tags, folders and config by name.
 */
export function manifestOf(
  edges: readonly string[],
  traits: Readonly<
    Record<
      string,
      { tags?: readonly string[]; folder?: string; config?: JsonObject; rawCode?: string }
    >
  > = {},
): Manifest {
  const parents = new Map<string, string[]>();
  const touch = (name: string): string[] => {
    const known = parents.get(name) ?? [];
    parents.set(name, known);
    return known;
  };
  for (const edge of edges) {
    const [parent = '', child] = edge.split('>').map((name) => name.trim());
    touch(parent);
    if (child !== undefined) touch(child).push(parent);
  }
  const nodes = new Map<NodeId, ManifestNode>();
  for (const [name, above] of parents) {
    const { tags = [], folder = '', config = {}, rawCode = 'select 1' } = traits[name] ?? {};
    const folders = folder === '' ? [] : folder.split('/');
    const path = [...folders, `${name}.sql`].join('/');
    const isTest = name.startsWith('test_');
    const shared = {
      id: idOf(name),
      name,
      packageName: 'shop',
      path,
      originalFilePath: `models/${path}`,
      fqn: ['shop', ...folders, name],
      description: '',
      tags,
      meta: {},
      config: { enabled: true, ...config },
      unrenderedConfig: {},
      dependsOn: above.map(idOf),
      refs: [],
      sources: [],
      language: 'sql',
      rawCode,
      checksum: '',
      macros: [],
      position: { file: `models/${path}`, line: 1, column: 1 },
      database: 'db',
      schema: 'main',
      alias: name,
      relationName: isTest ? null : `db.main.${name}`,
      columns: new Map(),
      patchPath: null,
      group: null,
    } as const;
    const test: TestNode = {
      ...shared,
      resourceType: 'test',
      testMetadata: null,
      columnName: null,
      attachedNode: null,
      isGeneric: false,
    };
    const model: ModelNode = {
      ...shared,
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
    nodes.set(shared.id, isTest ? test : model);
  }
  return {
    projectName: 'shop',
    nodes,
    disabled: new Map(),
    docs: new Map(),
    groups: new Map(),
    dag: buildDag(nodes.values()),
  };
}

/** The id of a node of `manifestOf`. */
export function idOf(name: string): NodeId {
  return nodeId(`${name.startsWith('test_') ? 'test' : 'model'}.shop.${name}`);
}

/** Names of ids, for expectations. */
export function namesOf(ids: Iterable<NodeId>): readonly string[] {
  return [...ids].map((id) => id.slice(id.lastIndexOf('.') + 1));
}
