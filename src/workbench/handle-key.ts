/**
 * One key, one thing: into the field that is being typed in, or to the command that it means now.
 */
import { commandFor, isTyping } from './command.js';
import { filterOf } from './commands/filter.js';
import { toast } from './core.js';
import { patch } from './state.js';
import { editField, insertText, type TextField } from './text-field.js';
import type { Workbench } from './workbench.js';

/**
 * Takes a key.
 *
 * @param key in the words of the key map.
 * @param text what it types, or null.
 */
export function handleKey(workbench: Workbench, key: string, text: string | null): void {
  const state = workbench.store.get();
  const command = commandFor(workbench.commands, state, key);
  // Letters are never commands while something is typed, whatever a context binds.
  if (command !== null && !(isTyping(state) && text !== null)) {
    const reason = command.disabledReason?.(workbench) ?? null;
    if (reason === null) command.run(workbench);
    else toast(workbench, reason, 'error');
    return;
  }
  if (!isTyping(state)) return;
  const field = fieldOfOverlay(workbench);
  if (field === null) return;
  const edited = editField(field, key) ?? (text === null ? null : insertText(field, text));
  if (edited !== null) putField(workbench, edited);
}

const WHEEL_STEPS = 3;

/** Turns the wheel: what has a use for it of its own is asked, else it moves as the arrow keys do. */
export function handleWheel(workbench: Workbench, way: 'up' | 'down'): void {
  const own = `wheel-${way}`;
  if (commandFor(workbench.commands, workbench.store.get(), own) !== null) {
    handleKey(workbench, own, null);
    return;
  }
  for (let step = 0; step < WHEEL_STEPS; step += 1) handleKey(workbench, way, null);
}

/** Takes a pasted text: into the field, lines and all; where nothing is typed it is ignored, never taken for keys. */
export function handlePaste(workbench: Workbench, text: string): void {
  const field = fieldOfOverlay(workbench);
  if (field === null) {
    toast(workbench, 'Pasted text has no place here: / finds, : takes a command, e a query.');
    return;
  }
  const kind = workbench.store.get().overlay?.kind;
  const isOneLine = kind !== 'query' && kind !== 'cell' && kind !== 'entry';
  putField(workbench, insertText(field, isOneLine ? text.replaceAll(/\s*\n\s*/gu, ' ') : text));
}

function fieldOfOverlay(workbench: Workbench): TextField | null {
  const { overlay } = workbench.store.get();
  return overlay !== null && 'field' in overlay ? overlay.field : null;
}

function putField(workbench: Workbench, field: TextField): void {
  const { overlay } = workbench.store.get();
  if (overlay === null || !('field' in overlay)) return;
  switch (overlay.kind) {
    case 'finder':
      workbench.finder.type(field);
      return;
    case 'selector':
      workbench.store.update((state) => ({
        ...patch(state, 'graph', {
          filter: filterOf(workbench.session, field.text, state.graph.filter),
        }),
        overlay: { ...overlay, field },
      }));
      return;
    case 'help':
      workbench.store.update((state) => ({ ...state, overlay: { ...overlay, field, scroll: 0 } }));
      return;
    case 'history':
    case 'go-to-column':
      workbench.store.update((state) => ({ ...state, overlay: { ...overlay, field, index: 0 } }));
      return;
    case 'query':
    case 'cell':
    case 'entry':
      workbench.typist.type(field);
      return;
    default:
      workbench.store.update((state) => ({ ...state, overlay: { ...overlay, field } }));
  }
}
