/**
 * Layers of the map: every item gets a rank, long edges get a stand-in on each rank between, and each layer an order with few crossings.
 */
import type { MapGraph } from './map-items.js';

/** Vertices are the graph's items, then stand-ins of long edges. */
export interface Layers {
  /** Vertex indices, top to bottom, by rank. */
  readonly layers: readonly (readonly number[])[];
  /** For each vertex its neighbours one rank to the left and to the right. */
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
  /** For each edge of the graph, the vertices it passes, ends included. */
  readonly routes: readonly (readonly number[])[];
}

const SWEEPS = 6;

/** Ranks, stand-ins and order. O(sweeps x (V + E) log V), stand-ins counted. */
export function layersOf(graph: MapGraph): Layers {
  const ranks = ranksOf(graph);
  const layers: number[][] = [];
  const before: number[][] = [];
  const after: number[][] = [];
  const addVertex = (rank: number): number => {
    const vertex = before.length;
    before.push([]);
    after.push([]);
    while (layers.length <= rank) layers.push([]);
    layers[rank]?.push(vertex);
    return vertex;
  };
  graph.items.forEach((_, item) => addVertex(ranks[item] ?? 0));
  const routes = graph.edges.map(([from, to]) => {
    const route = [from];
    const last = ranks[to] ?? 0;
    for (let rank = (ranks[from] ?? 0) + 1; rank < last; rank += 1) route.push(addVertex(rank));
    route.push(to);
    for (let hop = 1; hop < route.length; hop += 1) {
      const left = route[hop - 1] ?? 0;
      const right = route[hop] ?? 0;
      after[left]?.push(right);
      before[right]?.push(left);
    }
    return route;
  });
  return { layers: ordered(layers, before, after), before, after, routes };
}

/** Longest path from the roots; roots then move right, next to their nearest reader. */
function ranksOf(graph: MapGraph): readonly number[] {
  const size = graph.items.length;
  const children: number[][] = Array.from({ length: size }, () => []);
  const waiting: number[] = Array.from({ length: size }, () => 0);
  for (const [from, to] of graph.edges) {
    children[from]?.push(to);
    waiting[to] = (waiting[to] ?? 0) + 1;
  }
  const isRoot = waiting.map((count) => count === 0);
  const ranks: number[] = Array.from({ length: size }, () => 0);
  const order = [...waiting.keys()].filter((item) => waiting[item] === 0);
  for (let at = 0; at < order.length; at += 1) {
    const item = order[at] ?? 0;
    for (const child of children[item] ?? []) {
      ranks[child] = Math.max(ranks[child] ?? 0, (ranks[item] ?? 0) + 1);
      waiting[child] = (waiting[child] ?? 0) - 1;
      if (waiting[child] === 0) order.push(child);
    }
  }
  return ranks.map((rank, item) => {
    const readers = children[item] ?? [];
    if (isRoot[item] !== true || readers.length === 0) return rank;
    return Math.min(...readers.map((child) => ranks[child] ?? 0)) - 1;
  });
}

/** Sweeps of barycentres, right and left in turn; keeps the order with the fewest crossings. */
function ordered(
  start: readonly (readonly number[])[],
  before: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  let layers = start.map((layer) => [...layer]);
  let best = layers;
  let fewest = crossingsOf(layers, after);
  const places: number[] = [];
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const isRightward = sweep % 2 === 0;
    const neighbours = isRightward ? before : after;
    layers = layers.map((layer) => [...layer]);
    const turns = isRightward ? [...layers.keys()] : [...layers.keys()].reverse();
    for (const rank of turns) {
      const layer = layers[rank] ?? [];
      layer.sort((left, right) => (places[left] ?? 0) - (places[right] ?? 0));
      const centres = new Map(
        layer.map((vertex, place) => [vertex, barycentre(neighbours[vertex] ?? [], places, place)]),
      );
      layer.sort((left, right) => (centres.get(left) ?? 0) - (centres.get(right) ?? 0));
      layer.forEach((vertex, place) => {
        places[vertex] = place;
      });
    }
    const crossings = crossingsOf(layers, after);
    if (crossings < fewest) {
      fewest = crossings;
      best = layers;
    }
  }
  return best;
}

function barycentre(
  neighbours: readonly number[],
  places: readonly number[],
  otherwise: number,
): number {
  if (neighbours.length === 0) return otherwise;
  let sum = 0;
  for (const neighbour of neighbours) sum += places[neighbour] ?? 0;
  return sum / neighbours.length;
}

/** Pairs of edges that cross, counted by inversions with a Fenwick tree. */
export function crossingsOf(
  layers: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
): number {
  let crossings = 0;
  for (let rank = 0; rank + 1 < layers.length; rank += 1) {
    const right = layers[rank + 1] ?? [];
    const placeOf = new Map(right.map((vertex, place) => [vertex, place]));
    const tree = new Int32Array(right.length + 1);
    let seen = 0;
    for (const vertex of layers[rank] ?? []) {
      const ends = (after[vertex] ?? []).map((end) => placeOf.get(end) ?? 0);
      for (const end of ends) {
        let notAbove = 0;
        for (let at = end + 1; at > 0; at -= at & -at) notAbove += tree[at] ?? 0;
        crossings += seen - notAbove;
      }
      for (const end of ends) {
        seen += 1;
        for (let at = end + 1; at <= right.length; at += at & -at) tree[at] = (tree[at] ?? 0) + 1;
      }
    }
  }
  return crossings;
}
