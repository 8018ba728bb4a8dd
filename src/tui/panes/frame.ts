/**
 * The border of a pane, with its title, and what else is said on its edges.
 */
import type { Piece } from '../../workbench/index.js';
import { cutMiddle } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { cellWidth } from '../cells/width.js';

export interface FrameLabels {
  readonly title: string;
  /** After the title, in their own colours: tabs, states. */
  readonly extras?: readonly Piece[];
  /** On the right of the upper edge. */
  readonly right?: string;
  /** On the right of the lower edge: a count, a hint. */
  readonly bottom?: string;
  readonly isFocused: boolean;
}

/** Draws a border and returns what is inside, with one free cell on each side. */
export function drawFrame(surface: Surface, labels: FrameLabels): Surface {
  const { width, height } = surface;
  if (width < 4 || height < 2) return surface.view(0, 0, 0, 0);
  const token = labels.isFocused ? 'borderFocus' : 'border';
  surface.fill(1, 0, width - 2, 1, '─', token);
  surface.fill(1, height - 1, width - 2, 1, '─', token);
  surface.fill(0, 1, 1, height - 2, '│', token);
  surface.fill(width - 1, 1, 1, height - 2, '│', token);
  for (const [x, y, corner] of [
    [0, 0, '╭'],
    [width - 1, 0, '╮'],
    [0, height - 1, '╰'],
    [width - 1, height - 1, '╯'],
  ] as const) {
    surface.text(x, y, corner, token);
  }

  const right = labels.right ?? '';
  const extras = labels.extras ?? [];
  const extrasWidth = extras.reduce((sum, piece) => sum + cellWidth(piece.text), 0);
  const room = width - 6 - (right === '' ? 0 : cellWidth(right) + 3);
  const title = cutMiddle(labels.title, Math.max(8, room - extrasWidth));
  let x = surface.text(
    2,
    0,
    ` ${title} `,
    labels.isFocused ? 'titleFocus' : 'title',
    Math.max(0, width - 4),
  );
  for (const piece of extras) {
    x = surface.text(x, 0, piece.text, piece.token, Math.max(0, width - 2 - x));
  }
  if (right !== '' && x + cellWidth(right) + 4 <= width) {
    surface.text(width - cellWidth(right) - 4, 0, ` ${right} `, 'muted');
  }
  if (labels.bottom !== undefined && labels.bottom !== '') {
    const text = ` ${labels.bottom} `;
    surface.text(Math.max(1, width - cellWidth(text) - 2), height - 1, text, 'muted', width - 2);
  }
  return surface.part(2, 1, width - 4, height - 2);
}
