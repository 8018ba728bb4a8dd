/**
 * Lines typed before, taken back into a field.
 */
import { fieldOf } from '../text-field.js';
import type { Workbench } from '../workbench.js';

const KINDS = { query: 'queries', 'command-line': 'commands', cell: 'cells' } as const;

/** @param by 1 towards older lines, -1 towards newer; beyond the newest the field is empty again. */
export function goThroughHistory(workbench: Workbench, by: 1 | -1): void {
  const { overlay } = workbench.store.get();
  if (overlay?.kind !== 'command-line' && overlay?.kind !== 'query' && overlay?.kind !== 'cell') {
    return;
  }
  const lines = workbench.settings.history(KINDS[overlay.kind]);
  const historyIndex = Math.max(-1, Math.min(lines.length - 1, overlay.historyIndex + by));
  const field = fieldOf(historyIndex === -1 ? '' : (lines.at(-1 - historyIndex) ?? ''));
  // What stood in a cell before can be taken back.
  if (overlay.kind === 'cell') workbench.typist.type(field);
  workbench.store.update((state) =>
    state.overlay !== null && 'historyIndex' in state.overlay
      ? { ...state, overlay: { ...state.overlay, historyIndex, field } }
      : state,
  );
}
