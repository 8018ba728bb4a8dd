/**
 * Lines typed before, taken back into a field.
 */
import { fieldOf } from '../text-field.js';
import type { Workbench } from '../workbench.js';

/** @param by 1 towards older lines, -1 towards newer; beyond the newest the field is empty again. */
export function goThroughHistory(workbench: Workbench, by: 1 | -1): void {
  workbench.store.update((state) => {
    const { overlay } = state;
    if (overlay?.kind !== 'command-line' && overlay?.kind !== 'query') return state;
    const lines = workbench.settings.history(overlay.kind === 'query' ? 'queries' : 'commands');
    const historyIndex = Math.max(-1, Math.min(lines.length - 1, overlay.historyIndex + by));
    const line = historyIndex === -1 ? '' : (lines.at(-1 - historyIndex) ?? '');
    return { ...state, overlay: { ...overlay, historyIndex, field: fieldOf(line) } };
  });
}
