/**
 * The neighbour columns of the graph screen.
 */
import { type Neighbour, neighbourLists, type Workbench } from '../../workbench/index.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { nodeDetail, nodeRow } from './node-row.js';
import { drawRow } from './rows.js';
import { plural } from './words.js';

type Side = 'upstream' | 'downstream';

/** One line of the list: a level's heading, or a node. */
type Entry =
  | { readonly kind: 'level'; readonly level: number }
  | { readonly kind: 'node'; readonly neighbour: Neighbour; readonly index: number };

const EMPTY: Readonly<Record<Side, string>> = {
  upstream: 'Nothing: it reads no other node.',
  downstream: 'Nothing reads it.',
};

export function drawNeighbours(surface: Surface, workbench: Workbench, side: Side): void {
  const state = workbench.store.get();
  const { graph } = state;
  const list = neighbourLists(workbench.session.manifest, state, workbench.states)[side];
  const isFocused = graph.pane === side && state.overlay === null;
  const index = side === 'upstream' ? graph.upstreamIndex : graph.downstreamIndex;
  const shownIndex = Math.max(0, Math.min(index, list.length - 1));
  const inner = drawFrame(surface, {
    title: `${side} · ${plural(graph.depth, 'level')}`,
    bottom: list.length === 0 ? '' : `${shownIndex + 1} of ${list.length}`,
    isFocused,
  });
  if (list.length === 0) {
    inner.text(0, 0, EMPTY[side], 'muted');
    return;
  }
  const entries = entriesOf(list);
  // Two rows a node where all of them fit so, else one: a list that is seen whole beats details.
  const levels = entries.length - list.length;
  const rowsEach = levels + list.length * 2 <= inner.height ? 2 : 1;
  const heightOf = (entry: Entry): number => (entry.kind === 'level' ? 1 : rowsEach);
  let y = -scrollOf(entries, shownIndex, heightOf, inner.height);
  for (const entry of entries) {
    const height = heightOf(entry);
    if (y + height > 0 && y < inner.height) {
      if (entry.kind === 'level') inner.text(0, y, `depth ${entry.level}`, 'muted');
      else drawEntry(inner, workbench, entry, { y, height, side, isFocused, shownIndex });
    }
    y += height;
  }
}

function entriesOf(list: readonly Neighbour[]): readonly Entry[] {
  const entries: Entry[] = [];
  let level = 0;
  list.forEach((neighbour, index) => {
    if (neighbour.level !== level) entries.push({ kind: 'level', level: neighbour.level });
    ({ level } = neighbour);
    entries.push({ kind: 'node', neighbour, index });
  });
  return entries;
}

/** Rows to leave out above, so that the cursor is seen, near the middle once the list is longer than the pane. */
function scrollOf(
  entries: readonly Entry[],
  shownIndex: number,
  heightOf: (entry: Entry) => number,
  height: number,
): number {
  let top = 0;
  let total = 0;
  for (const entry of entries) {
    if (entry.kind === 'node' && entry.index === shownIndex) top = total;
    total += heightOf(entry);
  }
  return Math.max(0, Math.min(total - height, top - Math.floor(height / 2)));
}

function drawEntry(
  surface: Surface,
  workbench: Workbench,
  entry: Extract<Entry, { readonly kind: 'node' }>,
  place: {
    readonly y: number;
    readonly height: number;
    readonly side: Side;
    readonly isFocused: boolean;
    readonly shownIndex: number;
  },
): void {
  const { y, height, side } = place;
  const { id } = entry.neighbour;
  drawRow(surface, 0, y, nodeRow(workbench, id, surface.width));
  if (height > 1) drawRow(surface, 0, y + 1, nodeDetail(workbench, id, surface.width));
  if (entry.index === place.shownIndex && place.isFocused) {
    surface.tint(0, y, surface.width, 1, 'selected');
  }
  surface.onClick(0, y, surface.width, height, () => {
    const isAgain = place.isFocused && entry.index === place.shownIndex;
    workbench.store.update((state) => ({
      ...state,
      graph: {
        ...state.graph,
        pane: side,
        [side === 'upstream' ? 'upstreamIndex' : 'downstreamIndex']: entry.index,
      },
    }));
    // A second click on the same row walks there.
    if (isAgain) {
      const walk = side === 'upstream' ? 'graph.left' : 'graph.right';
      workbench.commands.find((command) => command.id === walk)?.run(workbench);
    }
  });
}
