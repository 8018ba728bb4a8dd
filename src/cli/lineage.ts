/**
 * Lineage as text: what feeds a node, and what it feeds, one line each.
 */
import { display, type NodeId } from '../base/index.js';
import type { Manifest } from '../manifest/index.js';

/** Lines from the farthest ancestors down to the node, then to what it feeds; tests are left out. */
export function reach(manifest: Manifest, id: NodeId): readonly string[] {
  const upstream = layers(manifest, id, manifest.dag.parents).toReversed();
  const downstream = layers(manifest, id, manifest.dag.children);
  const width = upstream.length;
  return [
    ...upstream.flatMap((layer, index) => layer.map((node) => lineOf(manifest, node, index))),
    lineOf(manifest, id, width, true),
    ...downstream.flatMap((layer, index) =>
      layer.map((node) => lineOf(manifest, node, width + 1 + index)),
    ),
  ];
}

function layers(
  manifest: Manifest,
  start: NodeId,
  edges: ReadonlyMap<NodeId, readonly NodeId[]>,
): readonly (readonly NodeId[])[] {
  const seen = new Set<NodeId>([start]);
  const found: NodeId[][] = [];
  for (let frontier: readonly NodeId[] = [start]; ;) {
    const next = [...new Set(frontier.flatMap((id) => edges.get(id) ?? []))].filter((id) => {
      const type = manifest.nodes.get(id)?.resourceType;
      return !seen.has(id) && type !== 'test' && type !== 'unit_test' && type !== 'operation';
    });
    if (next.length === 0) return found;
    for (const id of next) seen.add(id);
    found.push(next);
    frontier = next;
  }
}

function lineOf(manifest: Manifest, id: NodeId, depth: number, isCentre = false): string {
  const node = manifest.nodes.get(id);
  const name =
    node?.resourceType === 'source' ? `${node.sourceName}.${node.name}` : (node?.name ?? id);
  const kind = node?.resourceType === 'model' ? node.materialized : (node?.resourceType ?? '');
  return `${'  '.repeat(depth)}${isCentre ? '● ' : '└ '}${display(name)}  (${kind})`;
}
