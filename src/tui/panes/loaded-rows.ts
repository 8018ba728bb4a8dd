/**
 * Rows of something that is fetched while the screen is already there.
 */
import type { Diagnostic } from '../../base/index.js';
import type { Loadable, Workbench } from '../../workbench/index.js';
import { type Row, row, wrapped } from './rows.js';
import { durationText } from './words.js';

// A wait that is shorter has no need of a clock.
const CLOCK_AFTER_MS = 300;

/** What came, how long it has been going on, or why it failed. */
export function loadedRows<Value>(
  workbench: Workbench,
  loadable: Loadable<Value>,
  width: number,
  verb: string,
  rowsOf: (value: Value) => readonly Row[],
): readonly Row[] {
  switch (loadable.kind) {
    case 'ready':
      return rowsOf(loadable.value);
    case 'failed':
      return errorRows(loadable.error, width);
    case 'loading': {
      const waitedMs = workbench.store.get().nowMs - loadable.sinceMs;
      const clock = waitedMs > CLOCK_AFTER_MS ? ` ${durationText(waitedMs)}` : '';
      return [row(`⟳ ${verb}…${clock}`, 'running')];
    }
    default:
      return [row('Nothing to show for this kind of node.', 'muted')];
  }
}

/** A diagnostic: what, where, and what to do. */
export function errorRows(
  { message, position, hint }: Pick<Diagnostic, 'message' | 'position' | 'hint'>,
  width: number,
): readonly Row[] {
  return [
    ...wrapped(message, width, 'fail'),
    ...(position === undefined
      ? []
      : [row(`at ${position.file}:${position.line}:${position.column}`, 'muted')]),
    ...(hint === undefined ? [] : wrapped(`hint: ${hint}`, width, 'accent')),
  ];
}
