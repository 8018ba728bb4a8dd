/**
 * The map that is shown, laid out again only when what it shows has changed.
 */
import type { NodeId } from '../../base/index.js';
import type { Core } from '../core.js';
import { type MapGraph, mapGraphOf } from '../graph/map-items.js';
import { layoutMap, type MapLayout } from '../graph/map-layout.js';
import { type MapStep, walkMap } from '../graph/map-walk.js';
import { neighboursOf } from '../graph/neighbours.js';
import { patch, type WorkbenchState } from '../state.js';

export interface ShownMap {
  readonly graph: MapGraph;
  readonly layout: MapLayout;
  /** The item that a node is part of. */
  readonly itemOf: ReadonlyMap<NodeId, number>;
}

export interface MapBox {
  /** The map of the moment: everything, or what surrounds the centre. */
  shown(): ShownMap;
  /** Moves the centre over the full map. */
  walk(step: MapStep): void;
}

const MAX_LABEL = 34;
/** Beside a label: a bracket or space, a space, the state, a bracket or space. */
export const MAP_ITEM_EXTRA = 4;
// What surrounds the cursor: enough to see where it comes from and where it goes.
const MAX_NEAR = 40;
const NEAR_DEPTH = 3;

export function createMapBox(core: Core): MapBox {
  let known: { readonly key: string; readonly map: ShownMap } | null = null;
  let manifest = core.session.manifest;

  const shown = (): ShownMap => {
    const state = core.store.get();
    const key = keyOf(state);
    if (known?.key === key && manifest === core.session.manifest) return known.map;
    ({ manifest } = core.session);
    const map = build(core, state);
    known = { key, map };
    return map;
  };

  return {
    shown,
    walk(step) {
      const { graph, layout, itemOf } = shown();
      const { centre } = core.store.get().graph;
      const from = centre === null ? undefined : itemOf.get(centre);
      const to = from === undefined ? 0 : walkMap(graph, layout, from, step);
      const id = graph.items[to]?.ids[0];
      if (id === undefined || to === from) return;
      core.store.update((state) => patch(state, 'graph', { centre: id }));
    },
  };
}

function keyOf(state: WorkbenchState): string {
  const { graph } = state;
  const filter = graph.filter?.text ?? '';
  return graph.isMapFull
    ? `full|${graph.isFolding}|${filter}`
    : `near|${graph.isFolding}|${graph.centre ?? ''}|${filter}`;
}

function build(core: Core, state: WorkbenchState): ShownMap {
  const { centre, isFolding, isMapFull, filter } = state.graph;
  const all = core.session.manifest.nodes;
  const ids = isMapFull || centre === null ? new Set(all.keys()) : nearTo(core, centre);
  const shownIds = filter === null ? ids : new Set([...ids].filter((id) => filter.ids.has(id)));
  const pinned = new Set(isMapFull || centre === null ? [] : [centre]);
  if (centre !== null && !isMapFull) shownIds.add(centre);
  const graph = mapGraphOf(core.session.manifest, { ids: shownIds, pinned, isFolding });
  const layout = layoutMap(graph, {
    widthOf: (item) => core.host.measure(graph.items[item]?.label ?? '') + MAP_ITEM_EXTRA,
    maxItemWidth: MAX_LABEL + MAP_ITEM_EXTRA,
  });
  const itemOf = new Map(
    graph.items.flatMap(({ ids: members }, item) => members.map((id) => [id, item] as const)),
  );
  return { graph, layout, itemOf };
}

function nearTo(core: Core, centre: NodeId): Set<NodeId> {
  const near = new Set<NodeId>([centre]);
  for (const direction of ['upstream', 'downstream'] as const) {
    const found = neighboursOf(core.session.manifest, centre, direction, NEAR_DEPTH);
    for (const { id } of found.slice(0, MAX_NEAR)) near.add(id);
  }
  return near;
}
