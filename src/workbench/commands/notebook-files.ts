/**
 * Notebooks as files: opened, begun, saved.
 */
import type { Command } from '../command.js';
import { isDirty } from '../notebook/notebook-state.js';
import type { Workbench } from '../workbench.js';
import { editCell, NEW_CELL } from './notebook-commands.js';
import { noNotebook, openOf } from './notebook-subject.js';

export const notebookFiles: readonly Command[] = [
  {
    id: 'notebook.save',
    title: 'Save the notebook',
    label: 'save',
    keys: ['w', 'ctrl-s'],
    when: ['notebook'],
    footer: 6,
    isInFooter: (workbench) => {
      const open = openOf(workbench);
      return open !== null && isDirty(open);
    },
    disabledReason: noNotebook,
    verb: {
      name: 'save',
      aliases: ['w'],
      usage: ':save FILE',
      title: 'write what was asked so far, or the open notebook, as a notebook',
      places: ['shell', 'screen'],
      read: ([path = null]) => ({ kind: 'save', path }),
    },
    run: (workbench) => workbench.notebooks.save(),
  },
  {
    id: 'notebook.open',
    title: 'Find a notebook of the project',
    label: 'open',
    keys: ['o'],
    when: ['notebook'],
    footer: 7,
    verb: {
      name: 'notebook',
      aliases: ['nb'],
      usage: ':notebook FILE',
      title: 'open a notebook',
      places: ['screen'],
      read: ([file]) => (file === undefined ? null : { kind: 'notebook', file }),
    },
    run(workbench) {
      workbench.finder.forget();
      workbench.finder.open('&');
    },
  },
  {
    id: 'notebook.new',
    title: 'Start a new notebook',
    label: 'new',
    keys: ['n'],
    when: ['notebook'],
    footer: 8,
    run: newNotebook,
  },
];

/** A new notebook is called so that it takes no other's place. */
function newNotebook(workbench: Workbench): void {
  const known = new Set(workbench.notebooks.list());
  let number = 1;
  while (known.has(`notebooks/untitled_${number}.sql`)) number += 1;
  workbench.notebooks.create(`notebooks/untitled_${number}.sql`, NEW_CELL);
  editCell(workbench, 0);
}
