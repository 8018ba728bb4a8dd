/**
 * The lane map on cells: what is on the path through the cursor is bright, the rest dim.
 */
import {
  cellsOfEdges,
  lookOfNode,
  lookOfState,
  pathThrough,
  type RoutedEdge,
  type ShownMap,
  subjectOf,
  type Token,
  type Workbench,
} from '../../workbench/index.js';
import type { NodeId } from '../../base/index.js';
import { cutEnd, cutMiddle } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { besideLabel, drawEdgeHints, drawMapLines, layerOffset, viewOffset } from './map-lines.js';
import { piece, type Row } from './rows.js';

/** Border and a free cell on each side. */
const FRAME = 4;

/** States in the legend, in the order in which they ask for attention. */
const LEGEND = ['failed', 'running', 'stale', 'never', 'built'] as const;

export function drawLaneMap(surface: Surface, workbench: Workbench, isFull: boolean): void {
  const { graph, overlay } = workbench.store.get();
  const map = workbench.map.shown();
  const cursorItem = graph.centre === null ? undefined : map.itemOf.get(graph.centre);
  const cursor = cursorItem === undefined ? undefined : map.layout.placed[cursorItem];
  const { placed, width, height } = map.layout;
  const left = layerOffset(placed, cursor, surface.width - FRAME, width);
  const inner = drawFrame(surface, {
    title: isFull ? 'map' : 'map around the node',
    extras: legend(workbench, map),
    right: besideLabel(placed, left, surface.width - FRAME),
    bottom: isFull ? `${graph.isFolding ? 'z unfold' : 'z fold'} · m columns` : 'm whole map',
    isFocused: isFull && overlay === null,
  });
  if (map.graph.items.length === 0) {
    inner.text(
      0,
      0,
      'The filter leaves nothing to draw. s changes it, esc takes it away.',
      'muted',
    );
    return;
  }
  const subject = subjectOf(workbench.session.manifest, workbench.store.get(), workbench.states);
  const subjectItem = subject === null ? undefined : map.itemOf.get(subject.id);
  const top = viewOffset(cursor?.y ?? 0, inner.height, height);
  const { path, edges } = brightOf(map, cursorItem);
  const bright = cellsOfEdges(map.layout, edges, {
    left,
    top,
    width: inner.width,
    height: inner.height,
  });

  drawMapLines(inner, map.layout, { left, top }, bright);
  for (const item of placed) {
    const x = item.x - left;
    const y = item.y - top;
    if (y < 0 || y >= inner.height || x >= inner.width || x + item.width < 0) continue;
    const isCursor = item.item === cursorItem;
    drawItem(inner, workbench, map, item.item, {
      x,
      y,
      width: item.width,
      isCursor,
      isSubject: item.item === subjectItem,
      isBright: path === null || path.has(item.item),
    });
  }
  drawEdgeHints(inner, { left, top, width, height });
}

interface Bright {
  readonly cursorItem: number | undefined;
  readonly path: ReadonlySet<number> | null;
  readonly edges: readonly RoutedEdge[];
}

const lastBright = new WeakMap<ShownMap, Bright>();

/** What lies on the path through the cursor; worked out when the cursor moves, not at every frame. */
function brightOf(map: ShownMap, cursorItem: number | undefined): Bright {
  const known = lastBright.get(map);
  if (known !== undefined && known.cursorItem === cursorItem) return known;
  const path = cursorItem === undefined ? null : pathThrough(map.graph, cursorItem);
  const edges =
    path === null ? [] : map.layout.edges.filter(({ from, to }) => path.has(from) && path.has(to));
  const found = { cursorItem, path, edges };
  lastBright.set(map, found);
  return found;
}

function drawItem(
  surface: Surface,
  workbench: Workbench,
  map: ShownMap,
  item: number,
  place: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    /** The centre of the graph. */
    readonly isCursor: boolean;
    /** The node that a list's cursor is on. */
    readonly isSubject: boolean;
    readonly isBright: boolean;
  },
): void {
  const { label = '', ids = [] } = map.graph.items[item] ?? {};
  const { x, y, width, isCursor, isBright } = place;
  const look = lookOfItem(workbench, ids);
  const { marks } = workbench.store.get().graph;
  const isMarked = ids.some((id) => marks.has(id));
  // At the edge a name is cut where the pane ends: its state stays in sight.
  const room = Math.min(width, Math.max(0, surface.width - x)) - 4;
  if (room < 4) return;
  const name = room < width - 4 ? cutEnd(label, room) : cutMiddle(label, room);
  const token: Token = isMarked ? 'mark' : isBright ? 'text' : 'muted';
  let end = surface.text(x, y, isCursor ? '[' : isMarked ? '▌' : ' ', isCursor ? 'path' : 'mark');
  end = surface.text(end, y, name, isCursor ? 'strong' : token);
  end = surface.text(end, y, ` ${look.glyph}`, isBright ? look.token : 'muted');
  surface.text(end, y, isCursor ? ']' : ' ', 'path');
  if (isCursor) surface.tint(x, y, end - x + 1, 1, 'selected');
  else if (place.isSubject) surface.tint(x, y, end - x + 1, 1, 'selectedIdle');
  surface.onClick(x, y, width, 1, () => {
    const [id] = ids;
    if (id === undefined) return;
    workbench.store.update((state) => ({ ...state, graph: { ...state.graph, centre: id } }));
  });
}

/** The most urgent look among the nodes of a row. */
function lookOfItem(
  workbench: Workbench,
  ids: readonly NodeId[],
): { readonly glyph: string; readonly token: Token } {
  for (const state of ['failed', 'running', 'skipped', 'stale', 'never'] as const) {
    const found = ids.find((id) => workbench.states.stateOf(id).state === state);
    const node = found === undefined ? undefined : workbench.session.manifest.nodes.get(found);
    if (node !== undefined && found !== undefined) {
      return lookOfNode(node, workbench.states.stateOf(found));
    }
  }
  const [first] = ids;
  const node = first === undefined ? undefined : workbench.session.manifest.nodes.get(first);
  if (node === undefined || first === undefined) return { glyph: ' ', token: 'muted' };
  return lookOfNode(node, workbench.states.stateOf(first));
}

interface Legend {
  readonly version: number;
  readonly row: Row;
}

const lastLegend = new WeakMap<ShownMap, Legend>();

/** How many of the map's nodes are in which state; counted when a state has changed, not at every frame. */
function legend(workbench: Workbench, map: ShownMap): Row {
  const version = workbench.states.version();
  const known = lastLegend.get(map);
  if (known?.version === version) return known.row;
  const row = countedStates(workbench, map);
  lastLegend.set(map, { version, row });
  return row;
}

function countedStates(workbench: Workbench, map: ShownMap): Row {
  const counts = new Map<string, number>();
  for (const id of map.itemOf.keys()) {
    const node = workbench.session.manifest.nodes.get(id);
    if (node === undefined) continue;
    const state = workbench.states.stateOf(id);
    if (lookOfNode(node, state) !== lookOfState(state.state)) continue;
    counts.set(state.state, (counts.get(state.state) ?? 0) + 1);
  }
  return LEGEND.flatMap((state) => {
    const count = counts.get(state) ?? 0;
    if (count === 0) return [];
    const look = lookOfState(state);
    return [piece(` ${look.glyph}`, look.token), piece(` ${look.word} ${count} `, 'muted')];
  });
}
