/**
 * The project's own metadata as tables: what a manifest says, row by row.
 */
import type { Json, NodeId } from '../../base/index.js';
import type { ColumnProperties, Manifest, ManifestNode } from '../../manifest/index.js';

export type MetadataRow = Readonly<Record<string, Json>>;

export interface MetadataTable {
  readonly name: string;
  readonly title: string;
  /** DuckDB types by column, in order. */
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: (manifest: Manifest) => readonly MetadataRow[];
}

/** Tables of the schema `dbt`, by name. */
export const METADATA_TABLES: readonly MetadataTable[] = [
  {
    name: 'nodes',
    title: 'everything with a unique_id: models, sources, tests, exposures...',
    columns: {
      unique_id: 'VARCHAR',
      name: 'VARCHAR',
      resource_type: 'VARCHAR',
      package_name: 'VARCHAR',
      materialized: 'VARCHAR',
      database_name: 'VARCHAR',
      schema_name: 'VARCHAR',
      relation_name: 'VARCHAR',
      path: 'VARCHAR',
      tags: 'VARCHAR[]',
      group_name: 'VARCHAR',
      access: 'VARCHAR',
      description: 'VARCHAR',
      parent_count: 'INTEGER',
      child_count: 'INTEGER',
      column_count: 'INTEGER',
      test_count: 'INTEGER',
    },
    rows: nodeRows,
  },
  {
    name: 'columns',
    title: 'columns that the project describes',
    columns: {
      node_id: 'VARCHAR',
      node_name: 'VARCHAR',
      column_index: 'INTEGER',
      column_name: 'VARCHAR',
      data_type: 'VARCHAR',
      description: 'VARCHAR',
      tags: 'VARCHAR[]',
      test_count: 'INTEGER',
    },
    rows: columnRows,
  },
  {
    name: 'tests',
    title: 'data tests and unit tests, with the node that each looks at',
    columns: {
      unique_id: 'VARCHAR',
      name: 'VARCHAR',
      kind: 'VARCHAR',
      test_name: 'VARCHAR',
      node_id: 'VARCHAR',
      node_name: 'VARCHAR',
      column_name: 'VARCHAR',
      severity: 'VARCHAR',
      path: 'VARCHAR',
    },
    rows: testRows,
  },
  {
    name: 'edges',
    title: 'which node reads which',
    columns: {
      parent_id: 'VARCHAR',
      child_id: 'VARCHAR',
      parent_name: 'VARCHAR',
      child_name: 'VARCHAR',
      parent_type: 'VARCHAR',
      child_type: 'VARCHAR',
    },
    rows: edgeRows,
  },
  {
    name: 'sources',
    title: 'source tables',
    columns: {
      unique_id: 'VARCHAR',
      source_name: 'VARCHAR',
      name: 'VARCHAR',
      database_name: 'VARCHAR',
      schema_name: 'VARCHAR',
      identifier: 'VARCHAR',
      relation_name: 'VARCHAR',
      loader: 'VARCHAR',
      loaded_at_field: 'VARCHAR',
      has_freshness: 'BOOLEAN',
      description: 'VARCHAR',
    },
    rows: sourceRows,
  },
];

function nodeRows(manifest: Manifest): readonly MetadataRow[] {
  const { parents, children } = manifest.dag;
  const testCounts = countTests(manifest);
  return [...manifest.nodes.values()].map((node) => ({
    unique_id: node.id,
    name: node.name,
    resource_type: node.resourceType,
    package_name: node.packageName,
    materialized: node.resourceType === 'model' ? node.materialized : null,
    database_name: 'database' in node ? node.database : null,
    schema_name: 'schema' in node ? node.schema : null,
    relation_name: 'relationName' in node ? node.relationName : null,
    path: node.originalFilePath,
    tags: node.tags,
    group_name: 'group' in node ? node.group : null,
    access: node.resourceType === 'model' ? node.access : null,
    description: node.description,
    parent_count: parents.get(node.id)?.length ?? 0,
    child_count: children.get(node.id)?.filter((id) => !isTest(manifest.nodes.get(id))).length ?? 0,
    column_count: columnsOf(node).length,
    test_count: testCounts.get(node.id) ?? 0,
  }));
}

function columnRows(manifest: Manifest): readonly MetadataRow[] {
  const testCounts = countTests(manifest);
  return [...manifest.nodes.values()].flatMap((node) =>
    columnsOf(node).map((column, index) => ({
      node_id: node.id,
      node_name: node.name,
      column_index: index + 1,
      column_name: column.name,
      data_type: column.dataType,
      description: column.description,
      tags: column.tags,
      test_count: testCounts.get(columnKey(node.id, column.name)) ?? 0,
    })),
  );
}

function testRows(manifest: Manifest): readonly MetadataRow[] {
  return [...manifest.nodes.values()].flatMap((node): readonly MetadataRow[] => {
    if (node.resourceType !== 'test' && node.resourceType !== 'unit_test') return [];
    const tested =
      node.resourceType === 'test'
        ? (node.attachedNode ?? node.dependsOn[0] ?? null)
        : node.testedNode;
    const severity = node.config['severity'];
    return [
      {
        unique_id: node.id,
        name: node.name,
        kind: node.resourceType === 'unit_test' ? 'unit' : node.isGeneric ? 'generic' : 'singular',
        test_name: node.resourceType === 'test' ? (node.testMetadata?.name ?? null) : null,
        node_id: tested,
        node_name: tested === null ? null : (manifest.nodes.get(tested)?.name ?? null),
        column_name: node.resourceType === 'test' ? node.columnName : null,
        severity: typeof severity === 'string' ? severity.toLowerCase() : null,
        path: node.originalFilePath,
      },
    ];
  });
}

function edgeRows(manifest: Manifest): readonly MetadataRow[] {
  return [...manifest.dag.parents].flatMap(([childId, parentIds]) =>
    parentIds.map((parentId) => {
      const parent = manifest.nodes.get(parentId);
      const child = manifest.nodes.get(childId);
      return {
        parent_id: parentId,
        child_id: childId,
        parent_name: parent?.name ?? null,
        child_name: child?.name ?? null,
        parent_type: parent?.resourceType ?? null,
        child_type: child?.resourceType ?? null,
      };
    }),
  );
}

function sourceRows(manifest: Manifest): readonly MetadataRow[] {
  return [...manifest.nodes.values()].flatMap((node): readonly MetadataRow[] =>
    node.resourceType === 'source'
      ? [
          {
            unique_id: node.id,
            source_name: node.sourceName,
            name: node.name,
            database_name: node.database,
            schema_name: node.schema,
            identifier: node.identifier,
            relation_name: node.relationName,
            loader: node.loader,
            loaded_at_field: node.loadedAtField,
            has_freshness: node.freshness !== null,
            description: node.description,
          },
        ]
      : [],
  );
}

function columnsOf(node: ManifestNode): readonly ColumnProperties[] {
  return 'columns' in node ? [...node.columns.values()] : [];
}

/** How many tests look at each node, and at each of its columns. */
function countTests(manifest: Manifest): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const node of manifest.nodes.values()) {
    if (node.resourceType === 'unit_test') count(node.testedNode);
    if (node.resourceType !== 'test' || node.attachedNode === null) continue;
    count(node.attachedNode);
    if (node.columnName !== null) count(columnKey(node.attachedNode, node.columnName));
  }
  return counts;
}

function columnKey(id: NodeId, name: string): string {
  return `${id} ${name.toLowerCase()}`;
}

function isTest(node: ManifestNode | undefined): boolean {
  return node?.resourceType === 'test' || node?.resourceType === 'unit_test';
}
