/**
 * What of the state changes the arrangement of panes: only then does React have work to do.
 */
import type { WorkbenchState } from '../../workbench/index.js';
import { SCREEN_VIEWS } from '../screens/screen-views.js';

/** A key that is equal as long as the same panes stand in the same places. */
export function structureKey(state: WorkbenchState): string {
  const { size, screen, overlay, toasts } = state;
  const lines =
    overlay?.kind === 'message'
      ? overlay.lines.length
      : overlay?.kind === 'query'
        ? overlay.field.text.split('\n').length
        : 0;
  return [
    size.columns,
    size.rows,
    screen,
    SCREEN_VIEWS[screen].arrangement?.(state) ?? '',
    overlay?.kind ?? '',
    overlay?.kind === 'query' && overlay.completion !== null,
    lines,
    toasts.map(({ id }) => id).join(','),
  ].join('|');
}
