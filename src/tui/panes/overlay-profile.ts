/**
 * The profile of a column: figures, a histogram, and its values with how often each is there.
 */
import {
  cellText,
  type ColumnProfile,
  type Overlay,
  sparkline,
  typeText,
  type Workbench,
} from '../../workbench/index.js';
import { cutEnd, padTo } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { cellWidth } from '../cells/width.js';
import { drawFrame } from './frame.js';
import { loadedRows } from './loaded-rows.js';
import { BLANK, drawRow, drawRows, piece, type Row, row } from './rows.js';
import { countText, percentText, plural } from './words.js';

type ProfileOverlay = Extract<Overlay, { readonly kind: 'profile' }>;

const MAX_VALUE_WIDTH = 40;

export function drawProfile(surface: Surface, workbench: Workbench, overlay: ProfileOverlay): void {
  surface.fill(0, 0, surface.width, surface.height, ' ');
  const { grid, shape } = workbench.store.get().data;
  const column = grid.columns[overlay.column];
  const inner = drawFrame(surface, {
    title: column === undefined ? 'profile' : `${column.name} ${typeText(column.typeName)}`,
    right: shape.condition.trim() === '' ? 'all rows' : 'filtered rows',
    bottom: 'enter filter · space mark · h/l other column · esc close',
    isFocused: true,
  });
  const { profile } = overlay;
  if (profile.kind !== 'ready') {
    drawRows(
      inner,
      loadedRows(workbench, profile, inner.width, 'Profiling', () => []),
      0,
    );
    return;
  }
  const head = headRows(profile.value, inner.width);
  drawRows(inner.view(0, 0, inner.width, head.length), head, 0);
  const list = inner.view(0, head.length, inner.width, inner.height - head.length);
  drawFacets(list, workbench, overlay, profile.value);
}

function headRows(profile: ColumnProfile, width: number): readonly Row[] {
  const { rowCount, nullCount, distinctCount, figures, bins } = profile;
  const share = rowCount === 0 ? '' : ` (${percentText(nullCount / rowCount)})`;
  const counts: Row = [
    piece(plural(rowCount, 'row'), 'strong'),
    piece(` · nulls ${countText(nullCount)}${share}`, nullCount === 0 ? 'muted' : 'warn'),
    piece(` · distinct ${countText(distinctCount)}`, 'muted'),
    piece(distinctCount === rowCount && rowCount > 0 ? ' · unique' : '', 'ok'),
  ];
  const told = figures.flatMap(([label, cell], index) => [
    piece(`${index === 0 ? '' : ' · '}${label} `, 'muted'),
    piece(cutEnd(figureText(cellText(cell).text), 24)),
  ]);
  const picture = bins.length === 0 ? [] : [row(sparkline(bins, width), 'accent')];
  return [counts, told, ...picture, BLANK];
}

/** Digits beyond what a figure needs are dropped; what is no number stays as it is. */
function figureText(text: string): string {
  return /^-?\d+\.\d{4,}$/u.test(text) ? String(Number(Number(text).toPrecision(6))) : text;
}

function drawFacets(
  surface: Surface,
  workbench: Workbench,
  overlay: ProfileOverlay,
  { facets, rowCount, distinctCount, nullCount }: ColumnProfile,
): void {
  const height = surface.height - 1;
  const top = Math.max(0, Math.min(facets.length - height, overlay.index - height + 2));
  const values = facets.map(({ cell }) => cellText(cell));
  const width = Math.min(
    MAX_VALUE_WIDTH,
    Math.max(0, ...values.slice(top, top + height).map(({ text }) => cellWidth(text))),
  );
  const most = Math.max(1, ...facets.map(({ count }) => count));
  const room = Math.max(4, surface.width - width - 22);
  for (let y = 0; y < height; y += 1) {
    const at = top + y;
    const facet = facets[at];
    const value = values[at];
    if (facet === undefined || value === undefined) break;
    const bar = '█'.repeat(Math.max(1, Math.round((facet.count / most) * room)));
    drawRow(surface, 0, y, [
      piece(overlay.marked.has(at) ? '▌ ' : '  ', 'mark'),
      piece(padTo(cutEnd(value.text, width), width), value.isNull ? 'null' : 'text'),
      piece(`  ${padTo(countText(facet.count), 9, 'left')} `, 'strong'),
      piece(padTo(percentText(facet.count / Math.max(1, rowCount)), 6, 'left'), 'muted'),
      piece(`  ${bar}`, 'accent'),
    ]);
    if (at === overlay.index) surface.tint(0, y, surface.width, 1, 'selected');
    surface.onClick(0, y, surface.width, 1, () =>
      workbench.store.update((state) =>
        state.overlay?.kind === 'profile'
          ? { ...state, overlay: { ...state.overlay, index: at } }
          : state,
      ),
    );
  }
  const kinds = distinctCount + (nullCount > 0 ? 1 : 0);
  const more = kinds - facets.length;
  if (more > 0) surface.text(0, height, `and ${plural(more, 'value')} more, each rarer`, 'muted');
}
