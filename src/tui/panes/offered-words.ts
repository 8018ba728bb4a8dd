/**
 * Words that may come next, in a small list under the cursor.
 */
import type { Overlay } from '../../workbench/index.js';
import { padTo } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { cellWidth } from '../cells/width.js';

type Typing = Extract<Overlay, { readonly completion: unknown }>;

const MAX_ROWS = 7;
const MAX_WIDTH = 48;

/** @param origin where the field's first letter stands. */
export function drawOfferedWords(
  surface: Surface,
  origin: { readonly x: number; readonly y: number },
  field: Typing['field'],
  { matches, word, index }: NonNullable<Typing['completion']>,
): void {
  const above = field.text.slice(0, field.cursor).split('\n');
  const y = origin.y + above.length - 1;
  const rows = Math.min(MAX_ROWS, matches.length);
  const top = Math.max(0, Math.min(matches.length - rows, index - rows + 2));
  const shown = matches.slice(top, top + rows);
  const width = Math.min(MAX_WIDTH, Math.max(18, ...shown.map(cellWidth)) + 2);
  const column = cellWidth(above.at(-1) ?? '') - cellWidth(word);
  const x = Math.max(0, Math.min(origin.x + column, surface.width - width));
  const isBelow = y + rows + 1 < surface.height || y < rows + 1;
  const start = isBelow ? y + 1 : y - rows - 1;
  for (const [at, match] of shown.entries()) {
    const isChosen = top + at === index;
    surface.text(x, start + at, padTo(` ${match}`, width), isChosen ? 'selected' : 'selectedIdle');
  }
  const hint = ` tab takes · ${matches.length} `;
  surface.text(x, start + rows, padTo(hint, width), 'toastInfo');
}
