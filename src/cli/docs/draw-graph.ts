/**
 * A graph as a picture: its connected parts one below the other, what stands alone in rows at the end.
 */
import { connectedParts } from './components.js';
import { boxOf, drawPart, type DrawnGraph, MARGIN, NODE_HEIGHT, NODE_SPACE } from './draw-part.js';
import type { Drawing, DrawnNode } from './view.js';

/** Free height between two parts, beside their margins. */
const PART_SPACE = 14;
/** Boxes that stand alone fill rows at least this wide. */
const MIN_ROW_WIDTH = 900;
const COLUMN_SPACE = 18;

/** Pixels at full size; nodes in the order of the items. */
export function drawGraph(graph: DrawnGraph): Drawing {
  const parts = connectedParts(graph.items.length, graph.edges);
  const nodes: DrawnNode[] = [];
  const edges: Drawing['edges'][number][] = [];
  let width = 0;
  let bottom = 0;
  for (const part of parts.filter(({ length }) => length > 1)) {
    const drawing = drawPart(subgraph(graph, part), bottom === 0 ? 0 : bottom + PART_SPACE);
    drawing.nodes.forEach((node, place) => {
      const item = part[place];
      if (item !== undefined) nodes[item] = node;
    });
    for (const { from, to, path } of drawing.edges)
      edges.push({ from: part[from] ?? 0, to: part[to] ?? 0, path });
    width = Math.max(width, drawing.width);
    bottom = drawing.height;
  }

  const alone = parts.filter(({ length }) => length === 1).flat();
  const rowWidth = Math.max(width, MIN_ROW_WIDTH);
  let x = MARGIN;
  let y = bottom === 0 ? MARGIN : bottom + PART_SPACE;
  for (const item of alone) {
    const link = graph.items[item];
    if (link === undefined) continue;
    const box = boxOf(link);
    if (x > MARGIN && x + box.width + MARGIN > rowWidth) {
      x = MARGIN;
      y += NODE_HEIGHT + NODE_SPACE;
    }
    nodes[item] = { ...box, x, y, isCentre: item === graph.centre };
    x += box.width + COLUMN_SPACE;
    width = Math.max(width, x - COLUMN_SPACE + MARGIN);
    bottom = y + NODE_HEIGHT + MARGIN;
  }
  return { width, height: bottom, nodes, edges };
}

/** The items of one part, with its edges between their places. */
function subgraph(graph: DrawnGraph, part: readonly number[]): DrawnGraph {
  const placeOf = new Map(part.map((item, place) => [item, place]));
  return {
    items: part.flatMap((item) => graph.items[item] ?? []),
    edges: graph.edges.flatMap(([from, to]) => {
      const start = placeOf.get(from);
      const end = placeOf.get(to);
      return start === undefined || end === undefined ? [] : [[start, end] as const];
    }),
    centre: placeOf.get(graph.centre) ?? -1,
  };
}
