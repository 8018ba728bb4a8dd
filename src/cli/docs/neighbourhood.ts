/**
 * Pictures of the graph: the whole of it, and what is near one node.
 */
import type { NodeId } from '../../base/index.js';
import { isInGraph } from '../../workbench/index.js';
import { drawGraph } from './draw-graph.js';
import type { Scribe } from './scribe.js';
import type { Drawing } from './view.js';

/** Boxes of one node's picture, itself included; more of them hide what matters. */
const MAX_NEAR = 32;
const MAX_HOPS = 2;

/** Every node that has a place in the graph; tests belong to what they test. */
export function wholeLineage(scribe: Scribe): Drawing {
  const ids = [...scribe.input.manifest.nodes.values()].filter(isInGraph).map(({ id }) => id);
  return draw(scribe, ids, null);
}

/**
 * The parents and children of a node, then theirs as long as there is room.
 *
 * @returns null where the node stands alone.
 */
export function nearLineage(
  scribe: Scribe,
  centre: NodeId,
): { readonly drawing: Drawing; readonly undrawnCount: number } | null {
  const { dag, nodes } = scribe.input.manifest;
  const graphIds = (ids: readonly NodeId[] | undefined): readonly NodeId[] =>
    (ids ?? []).filter((id) => {
      const node = nodes.get(id);
      return node !== undefined && isInGraph(node);
    });
  const shown = new Set<NodeId>([centre]);
  let undrawnCount = 0;
  const sides = [
    { edges: dag.parents, frontier: [centre] as readonly NodeId[] },
    { edges: dag.children, frontier: [centre] as readonly NodeId[] },
  ];
  for (let hop = 1; hop <= MAX_HOPS; hop += 1) {
    for (const side of sides) {
      const next = [...new Set(side.frontier.flatMap((id) => graphIds(side.edges.get(id))))].filter(
        (id) => !shown.has(id),
      );
      const room = Math.max(0, MAX_NEAR - shown.size);
      // A second hop that does not fit is left out whole: half of it would mislead.
      const fitting = hop === 1 ? next.slice(0, room) : next.length <= room ? next : [];
      if (hop === 1) undrawnCount += next.length - fitting.length;
      for (const id of fitting) shown.add(id);
      side.frontier = fitting;
    }
  }
  if (shown.size === 1) return null;
  return { drawing: draw(scribe, [...shown], centre), undrawnCount };
}

function draw(scribe: Scribe, ids: readonly NodeId[], centre: NodeId | null): Drawing {
  const { dag } = scribe.input.manifest;
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const edges = ids.flatMap((id, to) =>
    [...new Set(dag.parents.get(id) ?? [])].flatMap((parent) => {
      const from = indexOf.get(parent);
      return from === undefined ? [] : [[from, to] as const];
    }),
  );
  return drawGraph({
    items: ids.map((id) => scribe.linkTo(id)),
    edges,
    centre: centre === null ? -1 : (indexOf.get(centre) ?? -1),
  });
}
