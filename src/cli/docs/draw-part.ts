/**
 * One connected part of a graph as a picture: boxes in layers from left to right, edges as curves. Pure geometry, in pixels.
 */
import { layersOf } from '../../workbench/index.js';
import { placeLayers } from './place-layers.js';
import type { Drawing, DrawnNode, Link } from './view.js';

export interface DrawnGraph {
  readonly items: readonly Link[];
  /** Pairs of indices into `items`, each pair once; acyclic. */
  readonly edges: readonly (readonly [from: number, to: number])[];
  /** Index of the item that the picture is about, or -1. */
  readonly centre: number;
}

/** Height of a box. */
export const NODE_HEIGHT = 28;
/** Free height between two boxes. */
export const NODE_SPACE = 10;
/** Free space around the picture. */
export const MARGIN = 12;
/** Height that an edge takes where it passes a layer. */
const LINE_SPACE = 12;
/** Labels are set in a fixed-width face of 11.5 px, 0.605 em a character. */
const CHARACTER_WIDTH = 7;
const LABEL_PADDING = 26;
const MAX_LABEL = 38;

/** A node's box, not yet placed. */
export function boxOf(link: Link): Pick<DrawnNode, 'link' | 'label' | 'width' | 'height'> {
  const label = shorten(link.label);
  const width = Math.ceil(label.length * CHARACTER_WIDTH) + LABEL_PADDING;
  return { link, label, width, height: NODE_HEIGHT };
}

/**
 * Lays one connected part out. Layers widen with what crosses between them, so that curves stay readable.
 *
 * @param top where the picture begins, for the part to stand below others; its height counts from 0.
 */
export function drawPart(graph: DrawnGraph, top: number): Drawing {
  const layered = layersOf({
    items: graph.items.map(({ label }) => ({ label, ids: [] })),
    edges: graph.edges,
  });
  const isItem = (vertex: number): boolean => vertex < graph.items.length;
  const centres = placeLayers(layered, (vertex) =>
    isItem(vertex) ? NODE_HEIGHT + NODE_SPACE : LINE_SPACE,
  );
  const boxes = graph.items.map(boxOf);
  const widthOf = (vertex: number): number => boxes[vertex]?.width ?? 0;

  const lefts: number[] = [];
  const layerRight: number[] = [];
  let x = MARGIN;
  layered.layers.forEach((layer, rank) => {
    const width = layer.reduce((widest, vertex) => Math.max(widest, widthOf(vertex)), 0);
    for (const vertex of layer) lefts[vertex] = x;
    layerRight[rank] = x + width;
    x += width + gapAfter(layer, layered.after, centres);
  });
  const right = layerRight.at(-1) ?? MARGIN;
  const bottom = centres.reduce((lowest, centre) => Math.max(lowest, centre), 0);
  const rankOf: number[] = [];
  layered.layers.forEach((layer, rank) => {
    for (const vertex of layer) rankOf[vertex] = rank;
  });
  const yOf = (vertex: number): number =>
    round(top + MARGIN - NODE_SPACE / 2 + (centres[vertex] ?? 0));

  return {
    width: Math.ceil(right + MARGIN),
    height: Math.ceil(top + bottom + NODE_HEIGHT / 2 + MARGIN),
    nodes: boxes.map((box, item) => ({
      ...box,
      x: lefts[item] ?? 0,
      y: round(yOf(item) - NODE_HEIGHT / 2),
      isCentre: item === graph.centre,
    })),
    edges: graph.edges.map(([from, to], index) => ({
      from,
      to,
      path: pathOf(
        (layered.routes[index] ?? []).map((vertex) => ({
          left: lefts[vertex] ?? 0,
          right: (lefts[vertex] ?? 0) + widthOf(vertex),
          layerRight: layerRight[rankOf[vertex] ?? 0] ?? 0,
          y: yOf(vertex),
        })),
      ),
    })),
  };
}

/** Where an edge passes, or ends. */
interface Stop {
  readonly left: number;
  readonly right: number;
  /** The right side of its layer's widest box. */
  readonly layerRight: number;
  readonly y: number;
}

/** Level to the end of each layer, so that no line runs behind a longer box; curves between layers only. */
function pathOf(stops: readonly Stop[]): string {
  let path = '';
  let before: Stop | null = null;
  for (const stop of stops) {
    if (before === null) path += `M${stop.right},${stop.y}`;
    else {
      const middle = round((before.layerRight + stop.left) / 2);
      if (before.layerRight !== before.right) path += `H${before.layerRight}`;
      path += `C${middle},${before.y} ${middle},${stop.y} ${stop.left},${stop.y}`;
    }
    before = stop;
  }
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
  const characters = Array.from(label);
  if (characters.length <= MAX_LABEL) return label;
  const head = Math.ceil((MAX_LABEL - 1) / 2);
  const tail = MAX_LABEL - 1 - head;
  return `${characters.slice(0, head).join('')}…${characters.slice(-tail).join('')}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
