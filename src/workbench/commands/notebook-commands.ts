/**
 * Keys that change the cells of the notebook.
 */
import type { Command } from '../command.js';
import { copyText, toast } from '../core.js';
import { cellText } from '../notebook/edit-notebook.js';
import { fieldOf } from '../text-field.js';
import type { Workbench } from '../workbench.js';
import { cellOf, noCell, noNotebook } from './notebook-subject.js';

/** A cell in which nothing is typed yet. */
export const NEW_CELL = '-- %%\n';

/** Starts typing in a cell. @param cursor where; the end if absent. */
export function editCell(workbench: Workbench, index: number, cursor?: number): void {
  workbench.store.update((state) => {
    const cell = state.notebook.open?.notebook.cells[index];
    if (cell === undefined) return state;
    const own = cellText(cell);
    // Under a marker that stands alone the next line is where one types.
    const text = cell.kind === 'sql' && !own.includes('\n') ? `${own}\n` : own;
    return {
      ...state,
      overlay: {
        kind: 'cell',
        index,
        field: { text, cursor: cursor ?? text.length },
        past: [],
        future: [],
        historyIndex: -1,
        completion: null,
      },
    };
  });
}

function add(workbench: Workbench, after: 0 | 1): void {
  const { open, index } = workbench.store.get().notebook;
  if (open === null) return;
  const place = open.notebook.cells.length === 0 ? 0 : index + after;
  workbench.notebooks.insert(place, NEW_CELL);
  editCell(workbench, place);
}

export const notebookCommands: readonly Command[] = [
  {
    id: 'notebook.edit',
    title: 'Type in the cell',
    label: 'edit',
    keys: ['enter', 'i', 'e'],
    when: ['notebook'],
    footer: 1,
    disabledReason: noCell,
    run(workbench) {
      const { index } = workbench.store.get().notebook;
      const cell = cellOf(workbench);
      if (cell?.kind === 'param') giveParameter(workbench, cell.name);
      else editCell(workbench, index);
    },
  },
  {
    id: 'notebook.edit-text',
    title: 'Type in the text of the cell, also of a parameter',
    label: 'text',
    keys: ['I'],
    when: ['notebook'],
    disabledReason: noCell,
    run: (workbench) => editCell(workbench, workbench.store.get().notebook.index),
  },
  {
    id: 'notebook.add-below',
    title: 'Add a cell below',
    label: 'add',
    keys: ['a'],
    when: ['notebook'],
    footer: 5,
    disabledReason: noNotebook,
    run: (workbench) => add(workbench, 1),
  },
  {
    id: 'notebook.add-above',
    title: 'Add a cell above',
    label: 'add above',
    keys: ['b'],
    when: ['notebook'],
    disabledReason: noNotebook,
    run: (workbench) => add(workbench, 0),
  },
  {
    id: 'notebook.delete',
    title: 'Delete the cell; u takes it back',
    label: 'delete',
    keys: ['d'],
    when: ['notebook'],
    disabledReason: noCell,
    run(workbench) {
      workbench.notebooks.remove(workbench.store.get().notebook.index);
      toast(workbench, 'Deleted the cell: u takes it back.');
    },
  },
  {
    id: 'notebook.move-down',
    title: 'Move the cell down',
    label: 'move down',
    keys: ['J'],
    when: ['notebook'],
    disabledReason: noCell,
    run(workbench) {
      const { index } = workbench.store.get().notebook;
      workbench.notebooks.move(index, index + 1);
    },
  },
  {
    id: 'notebook.move-up',
    title: 'Move the cell up',
    label: 'move up',
    keys: ['K'],
    when: ['notebook'],
    disabledReason: noCell,
    run(workbench) {
      const { index } = workbench.store.get().notebook;
      workbench.notebooks.move(index, index - 1);
    },
  },
  {
    id: 'notebook.undo',
    title: 'Take the last change of the notebook back',
    label: 'undo',
    keys: ['u', 'ctrl-z'],
    when: ['notebook'],
    run(workbench) {
      if (!workbench.notebooks.undo()) toast(workbench, 'There is nothing to take back.');
    },
  },
  {
    id: 'notebook.redo',
    title: 'Do again what was taken back',
    label: 'redo',
    keys: ['U', 'ctrl-y'],
    when: ['notebook'],
    run(workbench) {
      if (!workbench.notebooks.redo()) toast(workbench, 'There is nothing to do again.');
    },
  },
  {
    id: 'notebook.copy',
    title: 'Copy the text of the cell',
    label: 'copy',
    keys: ['y'],
    when: ['notebook'],
    disabledReason: noCell,
    run(workbench) {
      const cell = cellOf(workbench);
      if (cell !== null) copyText(workbench, `${cellText(cell)}\n`, 'the cell');
    },
  },
];

function giveParameter(workbench: Workbench, name: string): void {
  const { open } = workbench.store.get().notebook;
  const cell = open?.notebook.cells.find((one) => one.kind === 'param' && one.name === name);
  const own = cell?.kind === 'param' ? (cell.fallback ?? '') : '';
  const field = fieldOf(open?.given.get(name.toLowerCase()) ?? own);
  workbench.store.update((state) => ({ ...state, overlay: { kind: 'parameter', name, field } }));
}
