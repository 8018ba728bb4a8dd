/**
 * A click goes to another screen also while something is typed: what was typed is kept.
 */
import type { Workbench } from '../workbench.js';
import { applyCell } from './cell-editor.js';
import { leavePrompt } from './repl-commands.js';

/** Ends typing that is done in the screen itself. */
export function leaveTyping(workbench: Workbench): void {
  const { overlay } = workbench.store.get();
  if (overlay?.kind === 'cell') applyCell(workbench);
  else if (overlay?.kind === 'entry') leavePrompt(workbench);
  else if (overlay !== null) workbench.store.update((state) => ({ ...state, overlay: null }));
}
