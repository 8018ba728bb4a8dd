/**
 * A column trace as a picture: columns in layers from sources on the left to the traced one, under the names of their nodes.
 */
import {
  type ColumnEdge,
  type ColumnPlace,
  type ColumnTrace,
  placeKey,
} from '../../session/index.js';
import type { MapGraph } from '../graph/map-items.js';
import type { Layers } from '../graph/map-layers.js';
import { layoutMap, type MapLayout } from '../graph/map-layout.js';

export interface TraceItem {
  readonly place: ColumnPlace;
  /** What makes the column: `cast`, `sum`; null where values are passed on. */
  readonly step: string | null;
}

export interface TraceMap {
  readonly items: readonly TraceItem[];
  readonly layout: MapLayout;
  /** Names of nodes, above the first of their columns in a layer. */
  readonly headings: readonly {
    readonly place: ColumnPlace;
    readonly x: number;
    readonly y: number;
  }[];
}

export interface TraceMapOptions {
  readonly nameOf: (place: ColumnPlace) => string;
  readonly measure: (text: string) => number;
  /** Cells that the whole may take: names are cut until it fits, as far as they can be read. */
  readonly width: number;
}

/** Columns that are drawn: beyond, a picture says nothing. */
const MAX_ITEMS = 400;
const MIN_NAME = 12;
const MAX_NAME = 60;

/** Lays a trace out. */
export function traceMap(trace: ColumnTrace, options: TraceMapOptions): TraceMap {
  const items = itemsOf(trace);
  const indexOf = new Map(items.map(({ place }, index) => [placeKey(place), index] as const));
  const edges = new Map<string, readonly [number, number]>();
  for (const { from, to } of trace.edges) {
    const left = indexOf.get(placeKey(from));
    const right = indexOf.get(placeKey(to));
    if (left === undefined || right === undefined || left === right) continue;
    // A walk may meet a column again in an incremental model; the picture has no way back.
    if (!edges.has(`${right}>${left}`)) edges.set(`${left}>${right}`, [left, right]);
  }
  const graph: MapGraph = {
    items: items.map(({ place }) => ({ label: place.column, ids: [] })),
    edges: withoutCycles(items.length, [...edges.values()]),
  };
  const widthOf = (item: number): number => {
    const one = items[item];
    if (one === undefined) return 1;
    const step = one.step === null ? 0 : options.measure(one.step) + 1;
    return Math.max(options.measure(one.place.column) + step + 2, headingWidth(options, one.place));
  };
  const layoutWith = (name: number): MapLayout =>
    layoutMap(graph, { widthOf, maxItemWidth: name, rowsOf: rowsByNode(items) });
  let fits = MIN_NAME;
  let tooWide = MAX_NAME + 1;
  while (tooWide - fits > 1) {
    const middle = Math.floor((tooWide + fits) / 2);
    if (layoutWith(middle).width <= options.width) fits = middle;
    else tooWide = middle;
  }
  const layout = layoutWith(fits);
  return { items, layout, headings: headingsOf(items, layout) };
}

function headingWidth({ measure, nameOf }: TraceMapOptions, place: ColumnPlace): number {
  return measure(nameOf(place)) + 1;
}

function itemsOf({ start, edges, direction }: ColumnTrace): readonly TraceItem[] {
  const steps = new Map<string, string>();
  for (const edge of edges) {
    const step = stepOf(edge);
    if (step !== null) steps.set(placeKey(edge.to), step);
  }
  const places = new Map([[placeKey(start), start]]);
  for (const { from, to } of edges) {
    for (const place of direction === 'upstream' ? [to, from] : [from, to]) {
      if (places.size < MAX_ITEMS) places.set(placeKey(place), place);
    }
  }
  return [...places].map(([key, place]) => ({ place, step: steps.get(key) ?? null }));
}

/** What a reader would call an edge; null where the value is passed on. */
export function stepOf({ kind, label }: Pick<ColumnEdge, 'kind' | 'label'>): string | null {
  return kind === 'passthrough' || kind === 'rename' ? null : (label ?? kind);
}

/** The part of the edges without a way back to where it came from. */
function withoutCycles(
  size: number,
  edges: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const children: number[][] = Array.from({ length: size }, () => []);
  const waiting = Array.from({ length: size }, () => 0);
  for (const [from, to] of edges) {
    children[from]?.push(to);
    waiting[to] = (waiting[to] ?? 0) + 1;
  }
  const order = waiting.flatMap((count, item) => (count === 0 ? [item] : []));
  for (const item of order) {
    for (const child of children[item] ?? []) {
      waiting[child] = (waiting[child] ?? 0) - 1;
      if (waiting[child] === 0) order.push(child);
    }
  }
  const sorted = new Set(order);
  return edges.filter(([from, to]) => sorted.has(from) && sorted.has(to));
}

/** Rows by node: a free row for the name above each node's columns, layers near what they feed. */
function rowsByNode(items: readonly TraceItem[]): (layers: Layers) => number[] {
  return ({ layers, after }) => {
    const rows: number[] = [];
    for (const layer of layers.toReversed()) {
      const groups = new Map<string, number[]>();
      for (const vertex of layer) {
        const item = items[vertex];
        const key = item === undefined ? `${vertex}` : nodeKey(item.place);
        groups.set(key, [...(groups.get(key) ?? []), vertex]);
      }
      const wish = (vertices: readonly number[]): number => {
        const targets = vertices.flatMap((vertex) => after[vertex] ?? []);
        const sum = targets.reduce((total, target) => total + (rows[target] ?? 0), 0);
        return targets.length === 0 ? 0 : sum / targets.length;
      };
      const sorted = [...groups.values()]
        .map((vertices) => ({ vertices, at: wish(vertices) }))
        .sort((left, right) => left.at - right.at);
      let y = 0;
      for (const { vertices } of sorted) {
        const hasHeading = vertices.some((vertex) => items[vertex] !== undefined);
        if (hasHeading) y += 1;
        const inOrder = vertices.toSorted((left, right) => wish([left]) - wish([right]));
        for (const vertex of inOrder) {
          rows[vertex] = y;
          y += 1;
        }
      }
    }
    return rows;
  };
}

function nodeKey({ nodeId, relation }: ColumnPlace): string {
  return nodeId ?? relation;
}

function headingsOf(items: readonly TraceItem[], layout: MapLayout): TraceMap['headings'] {
  const first = new Map<
    string,
    { readonly place: ColumnPlace; readonly x: number; readonly y: number }
  >();
  for (const { item, x, y } of layout.placed) {
    const place = items[item]?.place;
    if (place === undefined) continue;
    const key = `${x} ${nodeKey(place)}`;
    const known = first.get(key);
    if (known === undefined || y - 1 < known.y) first.set(key, { place, x, y: y - 1 });
  }
  return [...first.values()];
}

/** The column beside another in the picture: up, down, or the nearest of the layer to the left or right. */
export function neighbourIn(
  map: TraceMap,
  from: ColumnPlace,
  way: 'up' | 'down' | 'left' | 'right',
): ColumnPlace | null {
  const key = placeKey(from);
  const at = map.items.findIndex(({ place }) => placeKey(place) === key);
  const here = map.layout.placed[at];
  if (here === undefined) return null;
  const others = map.layout.placed.filter(({ item, x, y }) => {
    if (item === at) return false;
    if (way === 'left') return x < here.x;
    if (way === 'right') return x > here.x;
    return x === here.x && (way === 'up' ? y < here.y : y > here.y);
  });
  // Sideways along the lines first: what is drawn as a way is walked as one.
  const linked = new Set(
    map.layout.edges.flatMap((edge) =>
      way === 'left' && edge.to === at
        ? [edge.from]
        : way === 'right' && edge.from === at
          ? [edge.to]
          : [],
    ),
  );
  const candidates = linked.size > 0 ? others.filter(({ item }) => linked.has(item)) : others;
  const distance = (one: { readonly x: number; readonly y: number }): number =>
    Math.abs(one.x - here.x) * 100 + Math.abs(one.y - here.y);
  const [nearest] = candidates.toSorted((left, right) => distance(left) - distance(right));
  return nearest === undefined ? null : (map.items[nearest.item]?.place ?? null);
}
