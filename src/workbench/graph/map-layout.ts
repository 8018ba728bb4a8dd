/**
 * The lane map as data: where each item stands, which cells hold lines, and which cells each edge passes.
 *
 * Layered left to right, one row an item. Pure: painting is the terminal's business.
 */
import type { MapGraph } from './map-items.js';
import { gapsOf, type Net } from './map-lanes.js';
import { type Layers, layersOf } from './map-layers.js';
import { rowsOf } from './map-rows.js';

/** Bits of a line cell: in which directions it goes on. */
export const UP = 1;
export const RIGHT = 2;
export const DOWN = 4;
export const LEFT = 8;
/** The head of an arrow, before an item. */
export const ARROW = 16;

export interface PlacedItem {
  /** Index into the graph's items. */
  readonly item: number;
  readonly x: number;
  readonly y: number;
  /** Cells for label, state and brackets. */
  readonly width: number;
}

/** One stretch of an edge between two layers: right along `fromY`, up or down in `column`, right along `toY`. */
interface Hop {
  readonly left: number;
  readonly fromY: number;
  readonly column: number;
  readonly toY: number;
  readonly right: number;
}

export interface RoutedEdge {
  readonly from: number;
  readonly to: number;
  readonly hops: readonly Hop[];
}

export interface MapLayout {
  readonly width: number;
  readonly height: number;
  /** By index of the graph's items. */
  readonly placed: readonly PlacedItem[];
  /** Row-major, `width * height` cells of direction bits; 0 is blank. */
  readonly lines: Uint8Array;
  readonly edges: readonly RoutedEdge[];
}

export interface LayoutOptions {
  /** Cells of an item's label, with everything drawn beside it. */
  readonly widthOf: (item: number) => number;
  /** Labels are cut to this many cells. */
  readonly maxItemWidth: number;
  /** A row for each vertex, distinct within a layer; what is near its neighbours if absent. */
  readonly rowsOf?: (layers: Layers) => number[];
}

/** Lays the map out. Stays under 100 ms for a thousand nodes. */
export function layoutMap(graph: MapGraph, options: LayoutOptions): MapLayout {
  const layers = layersOf(graph);
  const rows = (options.rowsOf ?? rowsOf)(layers);
  const gaps = gapsOf(layers, rows);
  const isItem = (vertex: number): boolean => vertex < graph.items.length;
  const itemWidth = (vertex: number): number =>
    isItem(vertex) ? Math.min(options.maxItemWidth, options.widthOf(vertex)) : 1;

  const lefts: number[] = [];
  const columnWidths: number[] = [];
  let x = 0;
  layers.layers.forEach((layer, rank) => {
    const width = Math.max(1, ...layer.map(itemWidth));
    lefts.push(x);
    columnWidths.push(width);
    x += width + gapWidth(gaps[rank]?.laneCount);
  });
  const width = Math.max(1, x);
  const height = 1 + Math.max(0, ...rows);
  const canvas = createLines(width, height);

  const rankOf: number[] = [];
  layers.layers.forEach((layer, rank) => {
    for (const vertex of layer) rankOf[vertex] = rank;
  });
  const startOf = (vertex: number): number => lefts[rankOf[vertex] ?? 0] ?? 0;
  // Lines leave right after the item, and cross the whole column where only a line stands.
  const exitOf = (vertex: number): number =>
    startOf(vertex) + (isItem(vertex) ? itemWidth(vertex) : 0);

  const hops = new Map<string, Hop>();
  gaps.forEach((gap, rank) => {
    const gapLeft = (lefts[rank] ?? 0) + (columnWidths[rank] ?? 0);
    const right = (lefts[rank + 1] ?? 0) - 1;
    const columnOf = (net: Net): number => (net.lane < 0 ? right : gapLeft + 1 + net.lane * 2);
    const netsOfSource = new Map<number, Set<number>>();
    // Verticals first: a horizontal that meets a stranger's vertical goes behind it.
    gap.nets.forEach((net, index) => {
      for (const source of net.sources) {
        netsOfSource.set(source, (netsOfSource.get(source) ?? new Set()).add(ownerId(rank, index)));
      }
      if (net.lane < 0) return;
      const used = [...net.sources, ...net.targets].map((vertex) => rows[vertex] ?? 0);
      canvas.vertical(columnOf(net), Math.min(...used), Math.max(...used), ownerId(rank, index));
    });
    gap.nets.forEach((net, index) => {
      const column = columnOf(net);
      for (const source of net.sources) {
        const owners = netsOfSource.get(source) ?? new Set<number>();
        canvas.horizontal(rows[source] ?? 0, exitOf(source), column, owners);
      }
      for (const target of net.targets) {
        const toY = rows[target] ?? 0;
        canvas.horizontal(toY, column, right, new Set([ownerId(rank, index)]));
        if (isItem(target)) canvas.arrow(right - 1, toY);
        for (const source of net.sources) {
          const hop = { left: exitOf(source), fromY: rows[source] ?? 0, column, toY, right };
          hops.set(`${source}>${target}`, hop);
        }
      }
    });
  });

  return {
    width,
    height,
    placed: graph.items.map((_, item) => ({
      item,
      x: startOf(item),
      y: rows[item] ?? 0,
      width: itemWidth(item),
    })),
    lines: canvas.lines,
    edges: graph.edges.map(([from, to], index) => {
      const route = layers.routes[index] ?? [];
      return {
        from,
        to,
        hops: route.flatMap((vertex, at) => hops.get(`${route[at - 1]}>${vertex}`) ?? []),
      };
    }),
  };
}

/** A part of a map, in cells. */
export interface MapWindow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Indices into `lines` of the cells of a window that show any of these edges; where one goes behind another line it shows none.
 *
 * Costs what the window shows, however long the edges are.
 */
export function cellsOfEdges(
  layout: MapLayout,
  edges: Iterable<RoutedEdge>,
  window: MapWindow = { left: 0, top: 0, width: layout.width, height: layout.height },
): ReadonlySet<number> {
  const cells = new Set<number>();
  const right = Math.min(layout.width, window.left + window.width) - 1;
  const bottom = Math.min(layout.height, window.top + window.height) - 1;
  const across = (y: number, from: number, to: number): void => {
    if (y < window.top || y > bottom) return;
    for (let x = Math.max(from, window.left); x <= Math.min(to, right); x += 1) {
      const at = y * layout.width + x;
      if (((layout.lines[at] ?? 0) & (LEFT | RIGHT | ARROW)) !== 0) cells.add(at);
    }
  };
  const down = (x: number, from: number, to: number): void => {
    if (x < window.left || x > right) return;
    for (let y = Math.max(from, window.top); y <= Math.min(to, bottom); y += 1)
      cells.add(y * layout.width + x);
  };
  for (const { hops } of edges) {
    for (const hop of hops) {
      across(hop.fromY, hop.left, hop.column);
      down(hop.column, Math.min(hop.fromY, hop.toY), Math.max(hop.fromY, hop.toY));
      across(hop.toY, hop.column, hop.right);
    }
  }
  return cells;
}

/** A dash, lanes with a dash after each, an arrow, a space. */
function gapWidth(laneCount: number | undefined): number {
  if (laneCount === undefined) return 0;
  return laneCount === 0 ? 4 : laneCount * 2 + 3;
}

function ownerId(rank: number, net: number): number {
  return rank * 65_536 + net + 1;
}

interface LineCanvas {
  readonly lines: Uint8Array;
  vertical(x: number, top: number, bottom: number, owner: number): void;
  horizontal(y: number, left: number, right: number, owners: ReadonlySet<number>): void;
  arrow(x: number, y: number): void;
}

function createLines(width: number, height: number): LineCanvas {
  const lines = new Uint8Array(width * height);
  const owners = new Int32Array(width * height);
  const add = (at: number, bits: number): void => {
    lines[at] = (lines[at] ?? 0) | bits;
  };
  return {
    lines,
    vertical(x, top, bottom, owner) {
      for (let y = top; y <= bottom; y += 1) {
        const at = y * width + x;
        owners[at] = owner;
        add(at, (y > top ? UP : 0) | (y < bottom ? DOWN : 0));
      }
    },
    horizontal(y, left, right, members) {
      for (let x = left; x <= right; x += 1) {
        const at = y * width + x;
        const standing = owners[at] ?? 0;
        if (standing !== 0 && !members.has(standing)) continue;
        add(at, (x > left ? LEFT : 0) | (x < right ? RIGHT : 0));
      }
      // Both ends touch what they belong to: the item on the left, the arrow or the next stretch on the right.
      const first = y * width + left;
      if (owners[first] === 0) add(first, LEFT);
      const last = y * width + right;
      if (owners[last] === 0) add(last, RIGHT);
    },
    arrow(x, y) {
      const at = y * width + x;
      lines[at] = (lines[at] ?? 0) | ARROW;
      lines[at + 1] = 0;
    },
  };
}
