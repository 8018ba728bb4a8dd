/**
 * The shortest honest way from the screen that is shown to the next one.
 */
import { type Cells, glyphText, RIGHT_HALF, SPACE } from './cells.js';
import { type ColorDepth, sgr } from './style-table.js';
import { graphemeWidth } from './width.js';

// Rewriting up to this many unchanged cells is shorter than moving the cursor over them.
const MAX_GAP = 4;

/**
 * Prints the escape sequences that turn `shown` into `next`.
 *
 * @param shown null paints everything; so does a change of size.
 * @returns text without synchronisation marks; empty if nothing changed.
 */
export function diffFrame(shown: Cells | null, next: Cells, depth: ColorDepth): string {
  const before =
    shown !== null && shown.width === next.width && shown.height === next.height ? shown : null;
  let output = before === null ? '\u001b[0m\u001b[2J' : '';
  for (let y = 0; y < next.height; y += 1) output += diffRow(before, next, y, depth);
  return output === '' ? '' : `${output}\u001b[0m`;
}

function diffRow(before: Cells | null, next: Cells, y: number, depth: ColorDepth): string {
  const start = y * next.width;
  let first = firstChange(before, next, start, start + next.width);
  if (first === -1) return '';
  // Terminals dispute the width of some clusters: such a row is painted from its first one on, each followed by a move.
  const disputed = firstDisputed(next, start, start + next.width);
  if (disputed !== -1 && (before === null || disputed <= lastChange(before, next, start))) {
    first = Math.min(first, disputed);
    return run(next, first, start + next.width, depth);
  }
  let output = '';
  while (first !== -1) {
    let end = first + 1;
    for (let gap = 0, at = end; at < start + next.width && gap <= MAX_GAP; at += 1) {
      gap = isSame(before, next, at) ? gap + 1 : 0;
      if (gap === 0) end = at + 1;
    }
    output += run(next, first, end, depth);
    first = firstChange(before, next, end, start + next.width);
  }
  return output;
}

function run(next: Cells, from: number, to: number, depth: ColorDepth): string {
  // Never start in the middle of a wide glyph.
  const first = next.glyphs[from] === RIGHT_HALF ? from - 1 : from;
  let output = moveTo(next, first);
  let style = -1;
  for (let at = first; at < to; at += 1) {
    const glyph = next.glyphs[at] ?? SPACE;
    if (glyph === RIGHT_HALF) continue;
    const look = next.styles[at] ?? 0;
    if (look !== style) output += sgr(look, depth);
    style = look;
    const text = glyphText(glyph);
    if (!isDisputed(text)) {
      output += text;
      continue;
    }
    const width = graphemeWidth(text);
    output += `${' '.repeat(width)}${moveTo(next, at)}${text}${moveTo(next, at + width)}`;
  }
  return output;
}

function moveTo(cells: Cells, at: number): string {
  return `\u001b[${Math.floor(at / cells.width) + 1};${(at % cells.width) + 1}H`;
}

function isSame(before: Cells | null, next: Cells, at: number): boolean {
  return (
    before !== null &&
    before.glyphs[at] === next.glyphs[at] &&
    before.styles[at] === next.styles[at]
  );
}

function firstChange(before: Cells | null, next: Cells, from: number, to: number): number {
  for (let at = from; at < to; at += 1) if (!isSame(before, next, at)) return at;
  return -1;
}

function lastChange(before: Cells, next: Cells, start: number): number {
  for (let at = start + next.width - 1; at >= start; at -= 1)
    if (!isSame(before, next, at)) return at;
  return -1;
}

function firstDisputed(cells: Cells, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    if ((cells.glyphs[at] ?? SPACE) > 0x7e && isDisputed(glyphText(cells.glyphs[at] ?? SPACE))) {
      return at;
    }
  }
  return -1;
}

/** Clusters (joined emoji, variation selectors, combining marks) and everything outside the basic plane. */
function isDisputed(text: string): boolean {
  return text.length > 1;
}
