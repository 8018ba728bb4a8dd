/**
 * How many terminal cells a text takes, by grapheme.
 */
import stringWidth from 'string-width';
import { display } from '../../base/index.js';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

// Printable ASCII; box drawing, block elements, geometric shapes but for two wide ones, arrows, braille, a dot and dots: one
// cell each, and nearly all that we draw.
const PLAIN = /^[\u0020-\u007e\u00b7\u2026\u2190-\u21ff\u2500-\u25fc\u25ff\u2800-\u28ff]*$/u;

const widths = new Map<string, 0 | 1 | 2>();

/** One user-perceived character with its cells. */
export interface Grapheme {
  readonly text: string;
  readonly width: 0 | 1 | 2;
}

/** Whether every UTF-16 unit is a character of one cell that needs no look at what is beside it. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** Cells of one grapheme: 0 for a lone combining mark, 2 for wide ones. */
export function graphemeWidth(grapheme: string): 0 | 1 | 2 {
  const known = widths.get(grapheme);
  if (known !== undefined) return known;
  const measured = isPlain(grapheme) ? grapheme.length : stringWidth(grapheme);
  const width = measured <= 0 ? 0 : measured === 1 ? 1 : 2;
  widths.set(grapheme, width);
  return width;
}

/** Splits a text, made safe first, into graphemes; zero-width ones are left out. */
export function graphemes(text: string): readonly Grapheme[] {
  if (isPlain(text)) return text.split('').map((character) => ({ text: character, width: 1 }));
  const found: Grapheme[] = [];
  for (const { segment } of segmenter.segment(display(text))) {
    const width = graphemeWidth(segment);
    if (width > 0) found.push({ text: segment, width });
  }
  return found;
}

/** Cells that a text takes on one row, as it is shown: what is unsafe takes the room of its picture. */
export function cellWidth(text: string): number {
  if (isPlain(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemes(text)) width += grapheme.width;
  return width;
}
