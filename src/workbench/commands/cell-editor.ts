/**
 * Keys while a cell of the notebook, a query, or an entry of the REPL is typed.
 */
import type { Command, Context } from '../command.js';
import { insertText, moveLine } from '../text-field.js';
import type { Workbench } from '../workbench.js';
import { goThroughHistory } from './history.js';

const TYPED: readonly Context[] = ['cell', 'query', 'entry'];

/** Puts what was typed into the notebook. @returns the place of its cell; null if none was typed in. */
export function applyCell(workbench: Workbench): number | null {
  const { overlay } = workbench.store.get();
  if (overlay?.kind !== 'cell') return null;
  workbench.store.update((state) => ({ ...state, overlay: null }));
  workbench.settings.rememberLine('cells', overlay.field.text);
  workbench.notebooks.replace(overlay.index, overlay.field.text);
  return overlay.index;
}

/** A new line begins where the one before did. */
export function newLine(workbench: Workbench): void {
  const { overlay } = workbench.store.get();
  if (overlay === null || !('completion' in overlay)) return;
  const { text, cursor } = overlay.field;
  const line = text.slice(text.lastIndexOf('\n', cursor - 1) + 1, cursor);
  const indent = /^[ \t]*/u.exec(line)?.[0] ?? '';
  workbench.typist.type(insertText(overlay.field, `\n${indent}`));
}

function moveOrChoose(workbench: Workbench, by: 1 | -1): void {
  if (workbench.typist.choose(by)) return;
  const { overlay } = workbench.store.get();
  if (overlay === null || !('completion' in overlay)) return;
  const field = moveLine(overlay.field, by);
  if (field !== null) {
    workbench.store.update((state) => ({ ...state, overlay: { ...overlay, field } }));
  } else if (overlay.kind === 'entry') goThroughHistory(workbench, by === -1 ? 1 : -1);
}

export const cellEditor: readonly Command[] = [
  {
    id: 'cell.run',
    title: 'Keep what is typed and run the cell',
    label: 'run',
    keys: ['alt-enter', 'shift-enter', 'ctrl-enter'],
    when: ['cell'],
    footer: 1,
    isKeyOnly: true,
    run(workbench) {
      const index = applyCell(workbench);
      if (index !== null) workbench.cells.run([index]);
    },
  },
  {
    id: 'cell.leave',
    title: 'Keep what is typed; stale cells run where that costs nothing',
    label: 'done',
    keys: ['esc'],
    when: ['cell'],
    footer: 2,
    isKeyOnly: true,
    run(workbench) {
      if (!workbench.typist.dismiss()) applyCell(workbench);
    },
  },
  {
    id: 'cell.save',
    title: 'Keep what is typed and save the notebook',
    label: 'save',
    keys: ['ctrl-s'],
    when: ['cell'],
    footer: 5,
    isKeyOnly: true,
    run(workbench) {
      if (applyCell(workbench) !== null) workbench.notebooks.save();
    },
  },
  {
    id: 'cell.line',
    title: 'Start another line, or take the word that is chosen',
    label: 'new line',
    keys: ['enter'],
    when: ['cell'],
    isKeyOnly: true,
    run(workbench) {
      const { overlay } = workbench.store.get();
      const isChosen = overlay?.kind === 'cell' && (overlay.completion?.index ?? -1) >= 0;
      if (!isChosen || !workbench.typist.accept()) newLine(workbench);
    },
  },
  {
    id: 'typing.complete',
    title: 'Take the word that is offered, or indent',
    label: 'complete',
    keys: ['tab'],
    when: TYPED,
    footer: 3,
    isKeyOnly: true,
    run(workbench) {
      workbench.typist.acceptSoon(() => {
        const { overlay } = workbench.store.get();
        if (overlay !== null && 'completion' in overlay) {
          workbench.typist.type(insertText(overlay.field, '    '));
        }
      });
    },
  },
  {
    id: 'typing.down',
    title: 'Go a line down, or to the next word that is offered',
    label: 'down',
    keys: ['down', 'ctrl-n'],
    when: TYPED,
    isKeyOnly: true,
    run: (workbench) => moveOrChoose(workbench, 1),
  },
  {
    id: 'typing.up',
    title: 'Go a line up, or to the word before',
    label: 'up',
    keys: ['up', 'ctrl-p'],
    when: TYPED,
    isKeyOnly: true,
    run: (workbench) => moveOrChoose(workbench, -1),
  },
  {
    id: 'cell.undo',
    title: 'Take the last change back',
    label: 'undo',
    keys: ['ctrl-z', 'ctrl-_'],
    when: ['cell', 'entry'],
    footer: 4,
    isKeyOnly: true,
    run: (workbench) => workbench.typist.undo(),
  },
  {
    id: 'cell.redo',
    title: 'Do again what was taken back',
    label: 'redo',
    keys: ['ctrl-y', 'alt-z'],
    when: ['cell', 'entry'],
    isKeyOnly: true,
    run: (workbench) => workbench.typist.redo(),
  },
];
