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

// Labels are cut as far as it takes to show the whole width, but never beyond telling them apart.
const MAX_LABEL = 40;
const MIN_LABEL = 12;
// A map that does not fit with labels of this size is scrolled: names that cannot be read are no map.
const MIN_FULL_LABEL = 20;
const SCROLLED_LABEL = 28;
// Around the cursor names are worth more than distance: further levels are shown only where this much of a name is left.
const READABLE_LABEL = 22;
// Laying out a large map many times is felt; it is scrolled anyway.
const MAX_FITTED = 150;
// Border and a free cell on each side.
const MAP_BORDER = 4;
/** Beside a label: a bracket or space, a space, the state, a bracket or space. */
const MAP_ITEM_EXTRA = 4;
// What surrounds the cursor: enough to see where it comes from and where it goes.
const MAX_NEAR = 40;
const NEAR_DEPTHS: readonly number[] = [3, 2, 1];
// More rows than this do not fit under the columns: fans are folded then.
const NEAR_ROWS = 9;

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
  const where = graph.isMapFull ? 'full' : `near ${graph.centre ?? ''}`;
  return `${where}|${graph.isFolding}|${filter}|${state.size.columns}`;
}

function build(core: Core, state: WorkbenchState): ShownMap {
  const { centre, isFolding, isMapFull, filter } = state.graph;
  const passes = (id: NodeId): boolean => filter === null || filter.ids.has(id);
  if (isMapFull || centre === null) {
    const ids = [...core.session.manifest.nodes.keys()].filter(passes);
    return mapOf(core, state, new Set(ids), isFolding).map;
  }
  let fitted = nearMap(core, state, centre, 1, passes);
  for (const depth of NEAR_DEPTHS) {
    const tried = nearMap(core, state, centre, depth, passes);
    if (tried.labelWidth < READABLE_LABEL) continue;
    fitted = tried;
    break;
  }
  return fitted.map;
}

interface Fitted {
  readonly map: ShownMap;
  /** Cells that labels were cut to. */
  readonly labelWidth: number;
}

function nearMap(
  core: Core,
  state: WorkbenchState,
  centre: NodeId,
  depth: number,
  passes: (id: NodeId) => boolean,
): Fitted {
  const ids = new Set([centre, ...nearTo(core, centre, depth).filter(passes)]);
  const open = mapOf(core, state, ids, false);
  return state.graph.isFolding && open.map.layout.height > NEAR_ROWS
    ? mapOf(core, state, ids, true)
    : open;
}

/** Lays out the widest labels that fit the screen. */
function mapOf(
  core: Core,
  state: WorkbenchState,
  ids: ReadonlySet<NodeId>,
  isFolding: boolean,
): Fitted {
  const { isMapFull, centre } = state.graph;
  const pinned = new Set(isMapFull || centre === null ? [] : [centre]);
  const graph = mapGraphOf(core.session.manifest, { ids, pinned, isFolding });
  const widthOf = (item: number): number =>
    core.host.measure(graph.items[item]?.label ?? '') + MAP_ITEM_EXTRA;
  const layoutWith = (label: number): MapLayout =>
    layoutMap(graph, { widthOf, maxItemWidth: label + MAP_ITEM_EXTRA });
  const room = state.size.columns - MAP_BORDER;
  const least = isMapFull ? MIN_FULL_LABEL : MIN_LABEL;
  let labelWidth = widestLabel(graph, room, least, layoutWith);
  if (labelWidth === null) labelWidth = isMapFull ? SCROLLED_LABEL : MIN_LABEL;
  const layout = layoutWith(labelWidth);
  const itemOf = new Map(
    graph.items.flatMap(({ ids: members }, item) => members.map((id) => [id, item] as const)),
  );
  return { map: { graph, layout, itemOf }, labelWidth };
}

/** The widest labels with which the map fits, or null if it does not with the narrowest. */
function widestLabel(
  graph: MapGraph,
  room: number,
  least: number,
  layoutWith: (label: number) => MapLayout,
): number | null {
  if (graph.items.length > MAX_FITTED || layoutWith(least).width > room) return null;
  let fits = least;
  let tooWide = MAX_LABEL + 1;
  while (tooWide - fits > 1) {
    const middle = Math.floor((tooWide + fits) / 2);
    if (layoutWith(middle).width <= room) fits = middle;
    else tooWide = middle;
  }
  return fits;
}

function nearTo(core: Core, centre: NodeId, depth: number): readonly NodeId[] {
  return (['upstream', 'downstream'] as const).flatMap((direction) =>
    neighboursOf(core.session.manifest, centre, direction, depth)
      .slice(0, MAX_NEAR)
      .map(({ id }) => id),
  );
}
