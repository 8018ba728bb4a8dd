/**
 * The lines of a laid out map on cells.
 */
import { ARROW, DOWN, LEFT, type MapLayout, RIGHT, UP } from '../../workbench/index.js';
import type { Surface } from '../cells/surface.js';

// By bits: up 1, right 2, down 4, left 8.
const LINES = ' ╵╶╰╷│╭├╴╯─┴╮┤┬┼';
const ALL = UP | RIGHT | DOWN | LEFT;

export interface MapView {
  /** First cell of the map that is shown. */
  readonly left: number;
  readonly top: number;
}

/** Draws the part of the lines that the surface shows; `bright` cells in the colour of a path. */
export function drawMapLines(
  surface: Surface,
  layout: MapLayout,
  { left, top }: MapView,
  bright: ReadonlySet<number>,
): void {
  const { lines, width, height } = layout;
  for (let y = 0; y < surface.height && top + y < height; y += 1) {
    for (let x = 0; x < surface.width && left + x < width; x += 1) {
      const at = (top + y) * width + left + x;
      const bits = lines[at] ?? 0;
      if (bits === 0) continue;
      const glyph = (bits & ARROW) === 0 ? (LINES[bits & ALL] ?? ' ') : '▶';
      surface.text(x, y, glyph, bright.has(at) ? 'path' : 'edge');
    }
  }
}

/** Where to cut so that the cursor is near the middle; small maps are not cut, and stand at the start. */
export function viewOffset(cursor: number, view: number, size: number): number {
  return Math.max(0, Math.min(size - view, Math.round(cursor - view / 2)));
}

/** What stands on a map: a node, with the cells that it takes. */
interface Placed {
  readonly x: number;
  readonly width: number;
}

/**
 * Where to cut a map that is too wide: at the start of a layer, so that its names can be read from their first letter, near where
 * the cursor is in the middle.
 */
export function layerOffset(
  placed: readonly Placed[],
  cursor: Placed | undefined,
  view: number,
  size: number,
): number {
  if (size <= view || cursor === undefined) return 0;
  const wanted = viewOffset(cursor.x + cursor.width / 2, view, size);
  const starts = [...new Set(placed.map(({ x }) => x))].filter(
    (x) => x <= cursor.x && cursor.x + cursor.width <= x + view,
  );
  const near = starts.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
  return near ?? wanted;
}

/** How many of what stands on a map lie beside what is shown: `◀ 12 · 31 ▶`; empty if all of it is seen. */
export function besideLabel(placed: readonly Placed[], left: number, view: number): string {
  const before = placed.filter(({ x, width }) => x + width <= left).length;
  const after = placed.filter(({ x }) => x >= left + view).length;
  return [...(before === 0 ? [] : [`◀ ${before}`]), ...(after === 0 ? [] : [`${after} ▶`])].join(
    ' · ',
  );
}

/** Says at the edges that a map goes on. */
export function drawEdgeHints(
  surface: Surface,
  view: MapView & { readonly width: number; readonly height: number },
): void {
  const middle = Math.floor(surface.height / 2);
  if (view.left > 0) surface.text(0, middle, '◀', 'accent');
  if (view.left + surface.width < view.width)
    surface.text(surface.width - 1, middle, '▶', 'accent');
  const centre = Math.floor(surface.width / 2);
  if (view.top > 0) surface.text(centre, 0, '▲', 'accent');
  if (view.top + surface.height < view.height) {
    surface.text(centre, surface.height - 1, '▼', 'accent');
  }
}
