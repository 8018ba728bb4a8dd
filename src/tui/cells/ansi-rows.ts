/**
 * Cells as text: rows for a plain Ink `<Text>`, where no compositor paints.
 */
import { type Cells, glyphText, SPACE } from './cells.js';
import { type ColorDepth, sgr } from './style-table.js';

/** One string a row; escape sequences only where looks change, none at all if `depth` is null. */
export function ansiRows(cells: Cells, depth: ColorDepth | null): readonly string[] {
  return Array.from({ length: cells.height }, (_, y) => ansiRow(cells, y, depth));
}

function ansiRow(cells: Cells, y: number, depth: ColorDepth | null): string {
  let row = '';
  let current = 0;
  for (let x = 0; x < cells.width; x += 1) {
    const at = y * cells.width + x;
    const style = cells.styles[at] ?? 0;
    if (depth !== null && style !== current) {
      row += sgr(style, depth);
      current = style;
    }
    row += glyphText(cells.glyphs[at] ?? SPACE);
  }
  return current === 0 ? row : `${row}\u001b[0m`;
}
