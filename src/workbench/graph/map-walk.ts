/**
 * Moving over the map: along edges left and right, within a layer up and down.
 */
import type { MapGraph } from './map-items.js';
import type { MapLayout, PlacedItem } from './map-layout.js';

export type MapStep = 'left' | 'right' | 'up' | 'down';

/** The item that a step leads to; the same one at an end. */
export function walkMap(graph: MapGraph, layout: MapLayout, from: number, way: MapStep): number {
  const here = layout.placed[from];
  if (here === undefined) return from;
  switch (way) {
    case 'up':
    case 'down':
      return besides(layout, here, way);
    case 'left':
      return across(layout, here, linked(graph, from, 'left'), 'left');
    default:
      return across(layout, here, linked(graph, from, 'right'), 'right');
  }
}

/** Everything that a map's item is fed by and feeds, itself included: what stays bright. */
export function pathThrough(graph: MapGraph, item: number): ReadonlySet<number> {
  const found = new Set([item]);
  for (const side of ['left', 'right'] as const) {
    const next = neighboursBySide(graph, side);
    const queue = [item];
    const seen = new Set(queue);
    for (let at = 0; at < queue.length; at += 1) {
      for (const other of next.get(queue[at] ?? 0) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        found.add(other);
        queue.push(other);
      }
    }
  }
  return found;
}

function neighboursBySide(
  graph: MapGraph,
  side: 'left' | 'right',
): ReadonlyMap<number, readonly number[]> {
  const map = new Map<number, number[]>();
  for (const [from, to] of graph.edges) {
    const [key, value] = side === 'left' ? [to, from] : [from, to];
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else list.push(value);
  }
  return map;
}

function linked(graph: MapGraph, item: number, side: 'left' | 'right'): readonly number[] {
  return neighboursBySide(graph, side).get(item) ?? [];
}

function besides(layout: MapLayout, here: PlacedItem, way: 'up' | 'down'): number {
  const beyond = layout.placed.filter(
    (one) => one.x === here.x && (way === 'up' ? one.y < here.y : one.y > here.y),
  );
  return nearest(beyond, here)?.item ?? here.item;
}

function across(
  layout: MapLayout,
  here: PlacedItem,
  candidates: readonly number[],
  way: 'left' | 'right',
): number {
  const reachable = candidates.flatMap((item) => layout.placed[item] ?? []);
  if (reachable.length > 0) return nearest(reachable, here)?.item ?? here.item;
  const beyond = layout.placed.filter((one) => (way === 'left' ? one.x < here.x : one.x > here.x));
  return nearest(beyond, here)?.item ?? here.item;
}

/** By rows first, but a layer further counts as much as some rows. */
function nearest(items: readonly PlacedItem[], here: PlacedItem): PlacedItem | undefined {
  const distance = (one: PlacedItem): number =>
    Math.abs(one.y - here.y) * 4 + Math.abs(one.x - here.x);
  return items.reduce<PlacedItem | undefined>(
    (best, one) => (best === undefined || distance(one) < distance(best) ? one : best),
    undefined,
  );
}
