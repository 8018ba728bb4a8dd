/**
 * Lines typed before, found by their letters.
 */
import { linesFound, type Overlay } from '../../workbench/index.js';
import { cutEnd } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { drawField } from './text-field.js';

type History = Extract<Overlay, { readonly kind: 'history' }>;

export function drawHistory(surface: Surface, { lines, field, index }: History): void {
  surface.fill(0, 0, surface.width, surface.height, ' ');
  const found = linesFound(lines, field.text);
  const inner = drawFrame(surface, {
    title: 'typed before',
    right: `${found.length} of ${lines.length}`,
    bottom: 'enter take it · ctrl-r older · esc back',
    isFocused: true,
  });
  const x = inner.text(0, 0, '❯ ', 'key');
  drawField(inner, x, 0, inner.width - x, field);
  if (found.length === 0) inner.text(0, 1, 'No line has all of these words.', 'muted');
  const at = Math.min(index, found.length - 1);
  const height = inner.height - 1;
  const top = Math.max(0, Math.min(found.length - height, at - height + 2));
  for (let y = 0; y < height; y += 1) {
    const line = found[top + y];
    if (line === undefined) break;
    // Lines of a statement on one row: what is looked for is often not on the first.
    inner.text(0, y + 1, cutEnd(line.replaceAll(/\s+/gu, ' '), inner.width));
    if (top + y === at) inner.tint(0, y + 1, inner.width, 1, 'selected');
  }
}
