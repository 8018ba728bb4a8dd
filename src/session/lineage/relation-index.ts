/**
 * Which node a relation is that compiled SQL names.
 */
import type { NodeId } from '../../base/index.js';
import type { Manifest, ManifestNode } from '../../manifest/index.js';

export const EPHEMERAL_PREFIX = '__dbt__cte__';

/** Nodes by the names of their relations, without regard to case. */
export class RelationIndex {
  readonly #byName = new Map<string, NodeId>();

  constructor(manifest: Manifest) {
    for (const node of manifest.nodes.values()) {
      const parts = relationParts(node);
      if (parts === null) continue;
      this.#byName.set(keyOf(parts), node.id);
      // Some dialects leave the database out.
      const short = keyOf(parts.slice(1));
      if (!this.#byName.has(short)) this.#byName.set(short, node.id);
    }
  }

  /** The node of a relation, by the parts of its name. */
  find(parts: readonly string[]): NodeId | null {
    return this.#byName.get(keyOf(parts)) ?? null;
  }
}

function relationParts(node: ManifestNode): readonly string[] | null {
  switch (node.resourceType) {
    case 'source':
      return [node.database, node.schema, node.identifier];
    case 'model':
      return node.materialized === 'ephemeral'
        ? ['', `${EPHEMERAL_PREFIX}${node.name}`]
        : [node.database, node.schema, node.alias];
    case 'seed':
    case 'snapshot':
      return [node.database, node.schema, node.alias];
    default:
      return null;
  }
}

function keyOf(parts: readonly string[]): string {
  return parts.map((part) => part.toLowerCase()).join('\0');
}
