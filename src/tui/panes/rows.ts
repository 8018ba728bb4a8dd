/**
 * Rows of coloured pieces: how most panes say what they show, before any of it is drawn.
 */
import type { Piece, Token } from '../../workbench/index.js';
import { wrapText } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';

export type Row = readonly Piece[];

export const BLANK: Row = [];

/** One piece. */
export function piece(text: string, token: Token = 'text'): Piece {
  return { text, token };
}

/** A row of one colour. */
export function row(text: string, token: Token = 'text'): Row {
  return [{ text, token }];
}

/** A text as rows, broken between words, each after the same indent. */
export function wrapped(text: string, width: number, token: Token = 'text', indent = ''): Row[] {
  return wrapText(text, width - indent.length).map((line) => row(indent + line, token));
}

/** Draws one row; returns the column after it. */
export function drawRow(
  surface: Surface,
  x: number,
  y: number,
  pieces: Row,
  limit?: number,
): number {
  let column = x;
  for (const { text, token } of pieces) {
    const left = limit === undefined ? undefined : x + limit - column;
    if (left !== undefined && left <= 0) return column;
    column = surface.text(column, y, text, token, left);
  }
  return column;
}

/**
 * Draws rows from a scroll position on, `left` cells cut off.
 *
 * @returns the largest scroll position that still fills the pane.
 */
export function drawRows(
  surface: Surface,
  rows: readonly Row[],
  scroll: number,
  left: number = 0,
): number {
  const limit = Math.max(0, rows.length - surface.height);
  const top = Math.min(scroll, limit);
  for (let y = 0; y < surface.height; y += 1) {
    const pieces = rows[top + y];
    if (pieces !== undefined) drawRow(surface, -left, y, pieces);
  }
  return limit;
}

/** `3-25 of 80`, or nothing when all of it is seen. */
export function scrollLabel(scroll: number, height: number, count: number): string {
  if (count <= height) return '';
  const top = Math.min(scroll, count - height);
  return `${top + 1}-${top + height} of ${count}`;
}
