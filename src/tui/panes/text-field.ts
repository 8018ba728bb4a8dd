/**
 * A text that is typed, with its cursor.
 */
import { paintSql, type Overlay } from '../../workbench/index.js';
import type { Surface } from '../cells/surface.js';
import { cellWidth } from '../cells/width.js';
import { drawRow } from './rows.js';

type Field = Extract<Overlay, { readonly field: unknown }>['field'];

/** Draws a field of one line; a text longer than the room scrolls with the cursor. Returns the column after it. */
export function drawField(
  surface: Surface,
  x: number,
  y: number,
  width: number,
  field: Field,
): number {
  const before = cellWidth(field.text.slice(0, field.cursor));
  const shift = Math.max(0, before - width + 1);
  const area = surface.view(x, y, width, 1);
  const end = area.text(-shift, 0, field.text, 'strong');
  area.text(before - shift, 0, cursorGlyph(field), 'cursor');
  return x + Math.min(width, Math.max(end, before - shift + 1));
}

/** Draws a field of several lines, as SQL, so that the cursor is seen. */
export function drawTextArea(surface: Surface, field: Field): void {
  const lines = paintSql(field.text);
  const above = field.text.slice(0, field.cursor).split('\n');
  const cursorLine = above.length - 1;
  const cursorColumn = cellWidth(above.at(-1) ?? '');
  const top = Math.max(0, cursorLine - surface.height + 1);
  const shift = Math.max(0, cursorColumn - surface.width + 1);
  for (let y = 0; y < surface.height; y += 1) {
    drawRow(surface, -shift, y, lines[top + y] ?? []);
  }
  surface.text(cursorColumn - shift, cursorLine - top, cursorGlyph(field), 'cursor');
}

/** Lines that a field has. */
export function fieldHeight({ text }: Field): number {
  return text.split('\n').length;
}

function cursorGlyph(field: Field): string {
  const under = field.text.slice(field.cursor);
  if (under === '' || under.startsWith('\n')) return ' ';
  const [first] = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(under);
  return first?.segment ?? ' ';
}
