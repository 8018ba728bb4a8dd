/**
 * The trace of a column: what it is made of, layer by layer, and what decides on rows only.
 */
import {
  cellsOfEdges,
  columnUnderCursor,
  isPinned,
  labelOf,
  tracedColumn,
  type Workbench,
} from '../../workbench/index.js';
import { type ColumnPlace, type ColumnTrace, placeKey } from '../../session/index.js';
import { cutEnd, cutMiddle } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { loadedRows } from './loaded-rows.js';
import { drawEdgeHints, drawMapLines, layerOffset, viewOffset } from './map-lines.js';
import { drawRow, drawRows, piece, type Row, row } from './rows.js';
import { plural } from './words.js';

type Shown = NonNullable<ReturnType<Workbench['traces']['shown']>>;

export function drawColumnsTrace(surface: Surface, workbench: Workbench): void {
  const { columns, overlay } = workbench.store.get();
  const start = tracedColumn(columns);
  const trace = columns.trace.kind === 'ready' ? columns.trace.value : null;
  const inner = drawFrame(surface, {
    title: start === null ? 'trace' : `${nameOf(workbench, start)}.${start.column}`,
    extras: columns.showsTransformsOnly ? [piece(' changes only · t shows all ', 'accent')] : [],
    bottom: trace === null ? '' : summaryOf(trace),
    isFocused: columns.focus === 'trace' && overlay === null,
  });
  if (trace === null) {
    const rows =
      columns.id === null
        ? [row('No node is open. / finds one; L on it comes back here.', 'muted')]
        : columns.lineage.kind === 'ready'
          ? start === null
            ? [row(columns.lineage.value.doubt ?? 'No columns are known of this node.', 'muted')]
            : loadedRows(workbench, columns.trace, inner.width, 'Tracing', () => [])
          : loadedRows(workbench, columns.lineage, inner.width, 'Compiling and tracing', () => []);
    drawRows(inner, rows, 0);
    return;
  }
  const below = belowRows(workbench, trace).slice(0, Math.max(1, Math.floor(inner.height / 3)));
  workbench.traces.fit(inner.width);
  const map = workbench.traces.shown();
  if (map === null) return;
  const height = Math.min(map.layout.height, inner.height - below.length);
  drawMap(inner.view(0, 0, inner.width, height), workbench, map);
  below.forEach((text, at) =>
    drawRow(inner, 0, inner.height - below.length + at, text, inner.width),
  );
}

function drawMap(surface: Surface, workbench: Workbench, map: Shown): void {
  const { columns } = workbench.store.get();
  const cursor = columnUnderCursor(columns);
  const cursorKey = cursor === null ? '' : placeKey(cursor);
  const at = map.items.findIndex(({ place }) => placeKey(place) === cursorKey);
  const placed = map.layout.placed[at];
  const left = layerOffset(map.layout.placed, placed, surface.width, map.layout.width);
  const top = viewOffset(placed?.y ?? 0, surface.height, map.layout.height);
  const bright = cellsOfEdges(
    map.layout,
    map.layout.edges.filter(({ from, to }) => from === at || to === at),
    { left, top, width: surface.width, height: surface.height },
  );
  drawMapLines(surface, map.layout, { left, top }, bright);
  for (const { place, x, y } of map.headings) {
    const width = columnWidth(map, x);
    surface.text(x - left, y - top, cutMiddle(nameOf(workbench, place), width), 'heading');
  }
  for (const one of map.layout.placed) {
    const item = map.items[one.item];
    if (item === undefined || one.y < top || one.y >= top + surface.height) continue;
    const isCursor = one.item === at;
    const step = item.step === null ? '' : ` ${item.step}`;
    const room = one.width - 1 - step.length;
    const end = drawRow(surface, one.x - left, one.y - top, [
      piece(isPinned(columns, item.place) ? '▌' : ' ', 'mark'),
      piece(cutEnd(item.place.column, Math.max(4, room)), isCursor ? 'strong' : 'text'),
      piece(room < 4 ? '' : step, item.step === 'cast' ? 'muted' : 'accent'),
    ]);
    if (isCursor) surface.tint(one.x - left, one.y - top, end - one.x + left + 1, 1, 'selected');
    surface.onClick(one.x - left, one.y - top, one.width, 1, () =>
      workbench.store.update((state) => ({
        ...state,
        columns: { ...state.columns, focus: 'trace', cursor: item.place },
      })),
    );
  }
  const { width, height } = map.layout;
  drawEdgeHints(surface, { left, top, width, height });
}

/** Cells from a layer's left edge to the next layer's lines. */
function columnWidth(map: Shown, x: number): number {
  return Math.max(...map.layout.placed.filter((one) => one.x === x).map(({ width }) => width));
}

function summaryOf({ edges, start }: ColumnTrace): string {
  const readers = new Set(edges.map(({ to }) => placeKey(to)));
  const ends = new Set(
    edges.filter(({ from }) => !readers.has(placeKey(from))).map(({ from }) => placeKey(from)),
  );
  const hops = new Set(edges.map(({ to }) => to.nodeId)).size;
  if (edges.length === 0) return `${start.column} is made of no column`;
  return `made of ${plural(ends.size, 'column')}, over ${plural(hops, 'node')}`;
}

function belowRows(workbench: Workbench, trace: ColumnTrace): readonly Row[] {
  const unresolved = trace.unresolved.map((one): Row => [
    piece('? ', 'warn'),
    piece(`${one.text}: `),
    piece(
      `${one.reason} (in ${workbench.session.manifest.nodes.get(one.nodeId)?.name ?? ''})`,
      'warn',
    ),
  ]);
  const byColumn = new Map<string, Set<string>>();
  for (const { from, clause } of trace.filters) {
    const uses = byColumn.get(from.column) ?? new Set();
    byColumn.set(from.column, uses.add(clause));
  }
  const filters = [...byColumn].map(
    ([column, clauses]) => `${column} ┄ ${[...clauses].join(', ')}`,
  );
  return [
    ...unresolved,
    ...(filters.length === 0
      ? []
      : [[piece('decide on rows only: ', 'muted'), piece(filters.join('   '), 'muted')]]),
  ];
}

/** What a node is called above its columns. */
export function nameOf(workbench: Workbench, { nodeId, relation }: ColumnPlace): string {
  const node = nodeId === null ? undefined : workbench.session.manifest.nodes.get(nodeId);
  return node === undefined ? relation : labelOf(node);
}
