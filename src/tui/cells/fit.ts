/**
 * Making a text fit: cut, and padded to a width in cells.
 */
import { cellWidth, graphemes, isPlain } from './width.js';

/** Cuts at the end, with `…` as the last cell. */
export function cutEnd(text: string, width: number): string {
  if (width <= 0) return '';
  if (cellWidth(text) <= width) return text;
  return `${takeStart(text, width - 1)}…`;
}

/** The layer that names of models begin with: `stg_`, `int_`, `fct_`. */
const LAYER = /^[a-z\d]{1,5}_/u;

/**
 * Cuts where least is lost: of a name with a layer right behind it, as siblings differ towards their ends
 * (`stg_…companya__incidents`); of any other text in the middle.
 */
export function cutMiddle(text: string, width: number): string {
  if (width <= 0) return '';
  if (cellWidth(text) <= width) return text;
  if (width < 5) return cutEnd(text, width);
  const layer = LAYER.exec(text)?.[0];
  const head =
    layer !== undefined && layer.length * 3 <= width
      ? layer
      : takeStart(text, Math.ceil((width - 1) * 0.55));
  return `${head}…${takeEnd(text, width - 1 - cellWidth(head))}`;
}

/** Pads with spaces to a width; longer texts are cut at the end. */
export function padTo(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const fitted = cutEnd(text, width);
  const space = ' '.repeat(Math.max(0, width - cellWidth(fitted)));
  return side === 'right' ? fitted + space : space + fitted;
}

/** Breaks a text into lines of at most `width` cells, between words where it can. Keeps the text's own line breaks. */
export function wrapText(text: string, width: number): readonly string[] {
  const limit = Math.max(1, width);
  return text.split('\n').flatMap((line) => wrapLine(line, limit));
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<= )/u)) {
    if (cellWidth(current) + cellWidth(word.trimEnd()) <= width) {
      current += word;
      continue;
    }
    if (current !== '') lines.push(current.trimEnd());
    current = word;
    while (cellWidth(current.trimEnd()) > width) {
      const head = takeStart(current, width);
      lines.push(head);
      current = current.slice(head.length);
      if (head === '') break;
    }
  }
  lines.push(current.trimEnd());
  return lines;
}

function takeStart(text: string, width: number): string {
  if (isPlain(text)) return text.slice(0, Math.max(0, width));
  let taken = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    if (used + grapheme.width > width) break;
    taken += grapheme.text;
    used += grapheme.width;
  }
  return taken;
}

function takeEnd(text: string, width: number): string {
  if (width <= 0) return '';
  if (isPlain(text)) return text.slice(-width);
  const kept: string[] = [];
  let used = 0;
  for (const grapheme of graphemes(text).toReversed()) {
    if (used + grapheme.width > width) break;
    kept.unshift(grapheme.text);
    used += grapheme.width;
  }
  return kept.join('');
}
