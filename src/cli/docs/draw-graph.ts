/**
 * A graph as a picture: boxes in layers from left to right, edges as curves. Pure geometry, in pixels at full size.
 */
import { layersOf } from '../../workbench/index.js';
import { placeLayers } from './place-layers.js';
import type { Drawing, Link } from './view.js';

export interface DrawnGraph {
  readonly items: readonly Link[];
  /** Pairs of indices into `items`, each pair once; acyclic. */
  readonly edges: readonly (readonly [from: number, to: number])[];
  /** Index of the item that the picture is about, or -1. */
  readonly centre: number;
}

const NODE_HEIGHT = 28;
const NODE_SPACE = 10;
/** Height that an edge takes where it passes a layer. */
const LINE_SPACE = 12;
const MARGIN = 12;
/** Labels are set in a fixed-width face of 11.5 px, 0.605 em a character. */
const CHARACTER_WIDTH = 7;
const LABEL_PADDING = 26;
const MAX_LABEL = 38;

/** Lays the graph out. Layers widen with what crosses between them, so that curves stay readable. */
export function drawGraph(graph: DrawnGraph): Drawing {
  const layered = layersOf({
    items: graph.items.map(({ label }) => ({ label, ids: [] })),
    edges: graph.edges,
  });
  const isItem = (vertex: number): boolean => vertex < graph.items.length;
  const centres = placeLayers(layered, (vertex) =>
    isItem(vertex) ? NODE_HEIGHT + NODE_SPACE : LINE_SPACE,
  );
  const labels = graph.items.map(({ label }) => shorten(label));
  const widthOf = (vertex: number): number =>
    isItem(vertex) ? Math.ceil((labels[vertex]?.length ?? 0) * CHARACTER_WIDTH) + LABEL_PADDING : 0;

  const lefts: number[] = [];
  const layerLeft: number[] = [];
  const layerRight: number[] = [];
  let x = MARGIN;
  layered.layers.forEach((layer, rank) => {
    const width = layer.reduce((widest, vertex) => Math.max(widest, widthOf(vertex)), 0);
    for (const vertex of layer) lefts[vertex] = x;
    layerLeft[rank] = x;
    layerRight[rank] = x + width;
    x += width + gapAfter(layer, layered.after, centres);
  });
  const right = layerRight.at(-1) ?? MARGIN;
  const bottom = centres.reduce((lowest, centre) => Math.max(lowest, centre), 0);
  const rankOf: number[] = [];
  layered.layers.forEach((layer, rank) => {
    for (const vertex of layer) rankOf[vertex] = rank;
  });
  const yOf = (vertex: number): number => round(MARGIN - NODE_SPACE / 2 + (centres[vertex] ?? 0));

  return {
    width: Math.ceil(right + MARGIN),
    height: Math.ceil(bottom + NODE_HEIGHT / 2 + MARGIN),
    nodes: graph.items.map((link, item) => ({
      link,
      label: labels[item] ?? '',
      x: lefts[item] ?? 0,
      y: round(yOf(item) - NODE_HEIGHT / 2),
      width: widthOf(item),
      height: NODE_HEIGHT,
      isCentre: item === graph.centre,
    })),
    edges: graph.edges.map(([from, to], index) => ({
      from,
      to,
      path: pathOf(
        (layered.routes[index] ?? []).map((vertex) => ({
          left: isItem(vertex) ? (lefts[vertex] ?? 0) : (layerLeft[rankOf[vertex] ?? 0] ?? 0),
          right: isItem(vertex)
            ? (lefts[vertex] ?? 0) + widthOf(vertex)
            : (layerRight[rankOf[vertex] ?? 0] ?? 0),
          y: yOf(vertex),
        })),
      ),
    })),
  };
}

/** From the right side of the first stop to the left side of the last, level where it passes a layer. */
function pathOf(
  stops: readonly { readonly left: number; readonly right: number; readonly y: number }[],
): string {
  const [first, ...rest] = stops;
  if (first === undefined) return '';
  let path = `M${first.right},${first.y}`;
  let { right, y } = first;
  rest.forEach((stop, index) => {
    const middle = round((right + stop.left) / 2);
    path += `C${middle},${y} ${middle},${stop.y} ${stop.left},${stop.y}`;
    if (index < rest.length - 1) path += `H${stop.right}`;
    ({ right, y } = stop);
  });
  return path;
}

/** Wider where edges climb far. */
function gapAfter(
  layer: readonly number[],
  after: readonly (readonly number[])[],
  centres: readonly number[],
): number {
  let steepest = 0;
  for (const vertex of layer) {
    for (const next of after[vertex] ?? []) {
      steepest = Math.max(steepest, Math.abs((centres[next] ?? 0) - (centres[vertex] ?? 0)));
    }
  }
  return Math.round(Math.min(160, 44 + steepest / 6));
}

/** Long labels lose their middle: both ends of a model's name tell it apart. */
function shorten(label: string): string {
  const characters = [...label];
  if (characters.length <= MAX_LABEL) return label;
  const head = Math.ceil((MAX_LABEL - 1) / 2);
  const tail = MAX_LABEL - 1 - head;
  return `${characters.slice(0, head).join('')}…${characters.slice(-tail).join('')}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
