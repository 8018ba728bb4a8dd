/**
 * What drawing code sees: a rectangle of cells, clipped. Every text that enters it is made safe here.
 */
import type { ThemeName, Token } from '../../workbench/index.js';
import { type Cells, glyphId, putGlyph, SPACE } from './cells.js';
import { type StyleId, tint, tokenId } from './style-table.js';
import { graphemes, graphemeWidth, isPlain } from './width.js';

/** A place that a click acts on, in the coordinates of the whole screen. */
export interface ClickTarget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly act: () => void;
}

/** A drawing area; coordinates start at its own top left corner. */
export interface Surface {
  readonly width: number;
  readonly height: number;
  /** Writes one row of text, cut at the area's edge and at `limit` cells. Returns the column after it. */
  text(x: number, y: number, text: string, token?: Token, limit?: number): number;
  /** Repeats one narrow glyph. */
  fill(x: number, y: number, width: number, height: number, glyph: string, token?: Token): void;
  /** Lays a token's background and attributes over what is there. */
  tint(x: number, y: number, width: number, height: number, token: Token): void;
  /** A part of this area, clipped to it. */
  view(x: number, y: number, width: number, height: number): Surface;
  /** A part of this area with its own size, which may lie outside: what does not fit is not drawn. */
  part(x: number, y: number, width: number, height: number): Surface;
  /** Makes a part of this area answer to the mouse. */
  onClick(x: number, y: number, width: number, height: number, act: () => void): void;
}

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where an area stands among the cells, and what of it can be seen, in its own coordinates. */
interface Area extends Rectangle {
  readonly seen: Rectangle;
}

export interface SurfaceOptions {
  readonly theme: ThemeName;
  /** Clicks are collected into it. */
  readonly targets?: ClickTarget[];
  /** Where the canvas stands on the screen. */
  readonly offset?: { readonly x: number; readonly y: number };
}

/** A surface over all of `cells`. */
export function surfaceOf(
  cells: Cells,
  { theme, targets = [], offset = { x: 0, y: 0 } }: SurfaceOptions,
): Surface {
  const whole = { left: 0, top: 0, width: cells.width, height: cells.height };
  return createSurface(cells, { ...whole, seen: whole }, { theme, targets, offset });
}

function createSurface(cells: Cells, area: Area, options: Required<SurfaceOptions>): Surface {
  const { theme, targets, offset } = options;
  const { left: minX, top: minY } = area.seen;
  const maxX = minX + area.seen.width;
  const maxY = minY + area.seen.height;

  const put = (x: number, y: number, glyph: number, width: 1 | 2, style: StyleId): void => {
    putGlyph(cells, (area.top + y) * cells.width + area.left + x, glyph, width, style);
  };

  const drawPlain = (x: number, y: number, text: string, style: StyleId, end: number): number => {
    const stop = Math.min(text.length, end - x);
    for (let index = Math.max(0, minX - x); index < stop; index += 1) {
      put(x + index, y, text.charCodeAt(index), 1, style);
    }
    return x + Math.max(0, stop);
  };

  const drawAny = (x: number, y: number, text: string, style: StyleId, end: number): number => {
    let column = x;
    for (const grapheme of graphemes(text)) {
      if (column + grapheme.width > end) {
        // Half of a wide glyph does not fit: a space keeps the row aligned.
        if (column >= minX && column < end) put(column, y, SPACE, 1, style);
        return end;
      }
      if (column >= minX)
        put(column, y, glyphId(grapheme.text), grapheme.width === 2 ? 2 : 1, style);
      column += grapheme.width;
    }
    return column;
  };

  const clip = (x: number, y: number, width: number, height: number): Rectangle => {
    const left = Math.max(minX, x);
    const top = Math.max(minY, y);
    return {
      left,
      top,
      width: Math.max(0, Math.min(maxX, x + width) - left),
      height: Math.max(0, Math.min(maxY, y + height) - top),
    };
  };

  return {
    width: area.width,
    height: area.height,
    text(x, y, text, token = 'text', limit = Number.POSITIVE_INFINITY) {
      if (y < minY || y >= maxY || text === '') return x;
      const end = Math.min(maxX, x + limit);
      if (x >= end) return x;
      const style = tokenId(token, theme);
      return isPlain(text) ? drawPlain(x, y, text, style, end) : drawAny(x, y, text, style, end);
    },
    fill(x, y, width, height, glyph, token = 'text') {
      const part = clip(x, y, width, height);
      const id = graphemeWidth(glyph) === 1 ? glyphId(glyph) : SPACE;
      const style = tokenId(token, theme);
      for (let row = 0; row < part.height; row += 1) {
        for (let column = 0; column < part.width; column += 1) {
          put(part.left + column, part.top + row, id, 1, style);
        }
      }
    },
    tint(x, y, width, height, token) {
      const part = clip(x, y, width, height);
      const over = tokenId(token, theme);
      for (let row = 0; row < part.height; row += 1) {
        const start = (area.top + part.top + row) * cells.width + area.left + part.left;
        for (let at = start; at < start + part.width; at += 1) {
          cells.styles[at] = tint(cells.styles[at] ?? 0, over);
        }
      }
    },
    view(x, y, width, height) {
      const part = clip(x, y, width, height);
      const seen = { left: 0, top: 0, width: part.width, height: part.height };
      const inner = { ...seen, left: area.left + part.left, top: area.top + part.top, seen };
      return createSurface(cells, inner, options);
    },
    part(x, y, width, height) {
      const shown = clip(x, y, width, height);
      const seen = { ...shown, left: shown.left - x, top: shown.top - y };
      const inner = { left: area.left + x, top: area.top + y, width, height, seen };
      return createSurface(cells, inner, options);
    },
    onClick(x, y, width, height, act) {
      const part = clip(x, y, width, height);
      targets.push({
        x: offset.x + area.left + part.left,
        y: offset.y + area.top + part.top,
        width: part.width,
        height: part.height,
        act,
      });
    },
  };
}
