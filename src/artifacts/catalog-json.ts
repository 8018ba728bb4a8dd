/**
 * catalog.json, version 1 of dbt's schema: the relations that are built, with their columns.
 */
import type { JsonObject, NodeId } from '../base/index.js';
import type { Manifest, ManifestNode } from '../manifest/index.js';
import { metadata } from './manifest-json.js';

/** A relation as the warehouse has it. */
export interface CatalogEntry {
  readonly nodeId: NodeId;
  /** The warehouse's word: `BASE TABLE`, `VIEW`; null where nobody could tell. */
  readonly relationType: string | null;
  /** In the relation's order, names in their stored case. */
  readonly columns: readonly { readonly name: string; readonly typeName: string }[];
}

export interface CatalogInput {
  readonly manifest: Manifest;
  /** Built relations only. */
  readonly entries: readonly CatalogEntry[];
  /** Why relations are missing; empty if none is. */
  readonly errors: readonly string[];
  readonly dbtVersion: string;
  readonly invocationId: string;
  readonly generatedAt: Date;
}

/** The file's content as plain data. Comments and statistics are not read, and are left empty as dbt leaves them. */
export function catalogJson(input: CatalogInput): JsonObject {
  const nodes: Record<string, JsonObject> = {};
  const sources: Record<string, JsonObject> = {};
  for (const entry of input.entries) {
    const node = input.manifest.nodes.get(entry.nodeId);
    if (node === undefined || !('schema' in node)) continue;
    const section = node.resourceType === 'source' ? sources : nodes;
    section[node.id] = tableDict(node, entry);
  }
  return {
    metadata: metadata('https://schemas.getdbt.com/dbt/catalog/v1.json', input),
    nodes,
    sources,
    errors: input.errors.length === 0 ? null : input.errors,
  };
}

type NodeWithSchema = Extract<ManifestNode, { readonly schema: string }>;

function tableDict(node: NodeWithSchema, entry: CatalogEntry): JsonObject {
  return {
    metadata: {
      // The schema wants a text; dbt writes `table` or `view` in the warehouse's own words.
      type: entry.relationType ?? '',
      schema: node.schema,
      name: node.resourceType === 'source' ? node.identifier : node.alias,
      database: node.database,
      comment: null,
      owner: null,
    },
    columns: Object.fromEntries(
      entry.columns.map(({ name, typeName }, index) => [
        name,
        { type: typeName, index: index + 1, name, comment: null },
      ]),
    ),
    stats: {
      has_stats: {
        id: 'has_stats',
        label: 'Has Stats?',
        value: false,
        include: false,
        description: 'Whether there are statistics of this relation.',
      },
    },
    unique_id: node.id,
  };
}
