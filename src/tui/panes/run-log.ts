/**
 * What the run said, line by line; it follows the end until it is scrolled.
 */
import type { Token, Workbench } from '../../workbench/index.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { drawRow, type Row, row, wrapped } from './rows.js';

const LEVELS: Readonly<Record<string, Token>> = {
  debug: 'muted',
  info: 'text',
  warn: 'warn',
  error: 'fail',
};

export function drawRunLog(surface: Surface, workbench: Workbench): void {
  const { run, overlay } = workbench.store.get();
  const inner = drawFrame(surface, {
    title: 'log',
    bottom: 'l timeline',
    isFocused: overlay === null,
  });
  // Only the tail that can be seen is broken into lines: a log is long and drawn often.
  const wanted = inner.height + run.scroll;
  const rows: Row[] = [];
  for (const line of (run.view?.log ?? []).toReversed()) {
    rows.unshift(...wrapped(line.message, inner.width, LEVELS[line.level] ?? 'text'));
    if (rows.length > wanted) break;
  }
  workbench.limits.set('log', Math.max(0, (run.view?.log.length ?? 0) - inner.height));
  const end = Math.max(Math.min(rows.length, inner.height), rows.length - run.scroll);
  const shown = rows.slice(Math.max(0, end - inner.height), end);
  shown.forEach((pieces, y) => drawRow(inner, 0, y, pieces));
  if (rows.length === 0) drawRow(inner, 0, 0, row('Nothing was said yet.', 'muted'));
}
