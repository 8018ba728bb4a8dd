/**
 * A screen as two arrays of integers: which glyph and which look each cell has.
 */
import type { StyleId } from './style-table.js';

/** Right half of a wide glyph. */
export const RIGHT_HALF = 0;
export const SPACE = 32;

// Beyond every code point: glyphs of several code points, by order of first use.
const FIRST_CLUSTER = 0x110000;
const clusters: string[] = [];
const clusterIds = new Map<string, number>();

/** Row-major; `glyphs` and `styles` have `width * height` entries. */
export interface Cells {
  readonly width: number;
  readonly height: number;
  readonly glyphs: Uint32Array;
  readonly styles: Uint16Array;
}

/** An empty screen: spaces in the terminal's own colours. */
export function createCells(width: number, height: number): Cells {
  const size = Math.max(0, width) * Math.max(0, height);
  return {
    width: Math.max(0, width),
    height: Math.max(0, height),
    glyphs: new Uint32Array(size).fill(SPACE),
    styles: new Uint16Array(size),
  };
}

/** Makes every cell a plain space again. */
export function clearCells(cells: Cells): void {
  cells.glyphs.fill(SPACE);
  cells.styles.fill(0);
}

/** The number that stands for a grapheme. */
export function glyphId(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? SPACE;
  if (grapheme.length === (code > 0xffff ? 2 : 1)) return code;
  const known = clusterIds.get(grapheme);
  if (known !== undefined) return known;
  const id = FIRST_CLUSTER + clusters.length;
  clusters.push(grapheme);
  clusterIds.set(grapheme, id);
  return id;
}

/** The text of a glyph; the right half of a wide one has none. */
export function glyphText(glyph: number): string {
  if (glyph === RIGHT_HALF) return '';
  return glyph >= FIRST_CLUSTER
    ? (clusters[glyph - FIRST_CLUSTER] ?? ' ')
    : String.fromCodePoint(glyph);
}

/** Puts a glyph of one or two cells; the caller has clipped. Halves of wide glyphs that it cuts become spaces. */
export function putGlyph(
  cells: Cells,
  at: number,
  glyph: number,
  width: 1 | 2,
  style: StyleId,
): void {
  const { glyphs, styles } = cells;
  if (glyphs[at] === RIGHT_HALF) glyphs[at - 1] = SPACE;
  const end = at + width;
  if (end % cells.width !== 0 && glyphs[end] === RIGHT_HALF) glyphs[end] = SPACE;
  glyphs[at] = glyph;
  styles[at] = style;
  if (width === 2) {
    glyphs[at + 1] = RIGHT_HALF;
    styles[at + 1] = style;
  }
}

/** The text of one row, without trailing spaces: what tests compare. */
export function rowText(cells: Cells, y: number): string {
  let text = '';
  for (let x = 0; x < cells.width; x += 1)
    text += glyphText(cells.glyphs[y * cells.width + x] ?? SPACE);
  return text.trimEnd();
}
