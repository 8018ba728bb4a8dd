/**
 * The neighbour columns: what feeds a node and what it feeds, level by level.
 */
import type { NodeId } from '../../base/index.js';
import type { Manifest, ManifestNode } from '../../manifest/index.js';

// One collator for all: making one for each comparison costs more than the comparison.
const byName = new Intl.Collator('en');

export type Direction = 'upstream' | 'downstream';

export interface Neighbour {
  readonly id: NodeId;
  /** Edges away from the centre, >= 1. */
  readonly level: number;
}

/** Whether a node has a place of its own in the graph screen; tests belong to the node they test. */
export function isInGraph(node: ManifestNode): boolean {
  return (
    node.resourceType !== 'test' &&
    node.resourceType !== 'unit_test' &&
    node.resourceType !== 'operation'
  );
}

/**
 * Lists neighbours, nearest level first, each node once at its smallest distance.
 *
 * @param depth levels to show, >= 1.
 * @param rankOf sorts inside a level before the name: what needs attention comes first.
 */
export function neighboursOf(
  manifest: Manifest,
  centre: NodeId,
  direction: Direction,
  depth: number,
  rankOf: (id: NodeId) => number = () => 0,
): readonly Neighbour[] {
  const edges = direction === 'upstream' ? manifest.dag.parents : manifest.dag.children;
  const seen = new Set<NodeId>([centre]);
  const found: Neighbour[] = [];
  let frontier: readonly NodeId[] = [centre];
  for (let level = 1; level <= depth && frontier.length > 0; level += 1) {
    const next = frontier.flatMap((id) => edges.get(id) ?? []).filter((id) => !seen.has(id));
    const shown = [...new Set(next)].filter((id) => {
      const node = manifest.nodes.get(id);
      return node !== undefined && isInGraph(node);
    });
    for (const id of shown) seen.add(id);
    frontier = shown.sort((left, right) => compare(manifest, left, right, rankOf));
    found.push(...frontier.map((id) => ({ id, level })));
  }
  return found;
}

/** How a node is called on screen: sources by source and table, as dbt's selector has them. */
export function labelOf(node: ManifestNode): string {
  if (node.resourceType === 'source') return `${node.sourceName}.${node.name}`;
  if (node.resourceType === 'model' && node.version !== null) {
    return `${node.name}.v${node.version}`;
  }
  return node.name;
}

function compare(
  manifest: Manifest,
  left: NodeId,
  right: NodeId,
  rankOf: (id: NodeId) => number,
): number {
  const byRank = rankOf(left) - rankOf(right);
  if (byRank !== 0) return byRank;
  const nameOf = (id: NodeId): string => {
    const node = manifest.nodes.get(id);
    return node === undefined ? id : labelOf(node);
  };
  return byName.compare(nameOf(left), nameOf(right));
}
