/**
 * Reads the frame that Ink would have written into cells.
 */
import { type Cells, clearCells, glyphId, putGlyph } from './cells.js';
import { type Color, type Look, RGB, styleId, withAttribute } from './style-table.js';
import { graphemes } from './width.js';

const TOKEN =
  /\u001b\[(?<sgr>[\d;:]*)m|\u001b\[[\d;?<>=]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\n|[^\u001b\n]+|\u001b/gu;

/** Fills `cells` from a frame: rows end in newlines, colours are SGR; whatever else is left out. */
export function parseFrame(frame: string, cells: Cells): void {
  clearCells(cells);
  let look: Look = { fg: -1, bg: -1, attributes: 0 };
  let style = 0;
  let x = 0;
  let y = 0;
  for (const match of frame.matchAll(TOKEN)) {
    const codes = match.groups?.['sgr'];
    if (codes !== undefined) {
      look = applySgr(look, codes);
      style = styleId(look);
    } else if (match[0] === '\n') {
      x = 0;
      y += 1;
    } else if (!match[0].startsWith('\u001b') && y < cells.height) {
      for (const grapheme of graphemes(match[0])) {
        if (x + grapheme.width > cells.width) break;
        const width = grapheme.width === 2 ? 2 : 1;
        putGlyph(cells, y * cells.width + x, glyphId(grapheme.text), width, style);
        x += width;
      }
    }
  }
}

function applySgr(look: Look, codes: string): Look {
  let { fg, bg, attributes } = look;
  const numbers = codes.split(/[;:]/u).map((code) => (code === '' ? 0 : Number(code)));
  for (let index = 0; index < numbers.length; index += 1) {
    const code = numbers[index] ?? 0;
    if (code === 0) {
      fg = -1;
      bg = -1;
      attributes = 0;
    } else if (code === 38 || code === 48) {
      const [color, used] = extendedColor(numbers.slice(index + 1));
      if (code === 38) fg = color;
      else bg = color;
      index += used;
    } else if (code === 39) fg = -1;
    else if (code === 49) bg = -1;
    else if (code >= 30 && code <= 37) fg = code - 30;
    else if (code >= 40 && code <= 47) bg = code - 40;
    else if (code >= 90 && code <= 97) fg = code - 82;
    else if (code >= 100 && code <= 107) bg = code - 92;
    else attributes = withAttribute(attributes, code);
  }
  return { fg, bg, attributes };
}

function extendedColor(numbers: readonly number[]): readonly [color: Color, used: number] {
  const [mode, first = 0, second = 0, third = 0] = numbers;
  if (mode === 5) return [first, 2];
  if (mode === 2) return [RGB + (first << 16) + (second << 8) + third, 4];
  return [-1, 0];
}
