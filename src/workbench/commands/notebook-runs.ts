/**
 * Keys that run cells of the notebook, and what is done with what they gave.
 */
import type { Command } from '../command.js';
import { toast } from '../core.js';
import { viewOf } from '../notebook/notebook-state.js';
import { patch } from '../state.js';
import { fieldOf } from '../text-field.js';
import type { Workbench } from '../workbench.js';
import { cellOf, noCell, noNotebook, noQuery, openOf } from './notebook-subject.js';

function all(workbench: Workbench): readonly number[] {
  return (openOf(workbench)?.notebook.cells ?? []).map(({ index }) => index);
}

export const notebookRuns: readonly Command[] = [
  {
    id: 'notebook.run',
    title: 'Run the cell, and what it needs',
    label: 'run',
    keys: ['r', 'shift-enter', 'ctrl-enter', 'alt-enter'],
    when: ['notebook'],
    footer: 3,
    disabledReason: noCell,
    run: (workbench) => workbench.cells.run([workbench.store.get().notebook.index]),
  },
  {
    id: 'notebook.run-stale',
    title: 'Run every cell that is stale',
    label: 'run stale',
    keys: ['R'],
    when: ['notebook'],
    footer: 4,
    disabledReason: noNotebook,
    run(workbench) {
      const open = openOf(workbench);
      if (open === null) return;
      const stale = all(workbench).filter((index) => viewOf(open, index).isStale);
      if (stale.length === 0) toast(workbench, 'Every cell shows what it says.');
      else workbench.cells.run(stale);
    },
  },
  {
    id: 'notebook.run-all',
    title: 'Run all cells, those too that run dbt commands',
    label: 'run all',
    keys: ['A'],
    when: ['notebook'],
    disabledReason: noNotebook,
    run: (workbench) => workbench.cells.run(all(workbench)),
  },
  {
    id: 'notebook.reactive',
    title: 'Run stale cells by themselves, or only when asked',
    label: 'reactive',
    keys: ['t'],
    when: ['notebook'],
    disabledReason: (workbench) =>
      workbench.session.facts.isMetered
        ? 'Statements cost money here: cells run when asked.'
        : null,
    run(workbench) {
      workbench.store.update((state) =>
        patch(state, 'notebook', { isReactive: !state.notebook.isReactive }),
      );
      const { isReactive } = workbench.store.get().notebook;
      toast(workbench, isReactive ? 'Stale cells run by themselves.' : 'Cells run when asked.');
      workbench.cells.react();
    },
  },
  {
    id: 'notebook.rows',
    title: 'Look at the rows of the cell in the grid',
    label: 'rows',
    keys: ['v'],
    when: ['notebook'],
    disabledReason: (workbench) => {
      const { open, index } = workbench.store.get().notebook;
      const sql = open === null ? null : (viewOf(open, index).outcome?.sql ?? null);
      return sql === null ? 'This cell has no rows yet: r runs it.' : null;
    },
    run(workbench) {
      const { open, index } = workbench.store.get().notebook;
      const sql = open === null ? null : (viewOf(open, index).outcome?.sql ?? null);
      const name = cellOf(workbench)?.name ?? `cell ${index + 1}`;
      if (sql !== null) workbench.previewer.open({ kind: 'sql', sql, isTemplate: false }, name);
    },
  },
  {
    id: 'notebook.promote',
    title: 'Make the cell a model with its properties',
    label: 'to model',
    keys: ['M'],
    when: ['notebook'],
    disabledReason: noQuery,
    run(workbench) {
      const name = cellOf(workbench)?.name?.toLowerCase() ?? 'new_model';
      const field = fieldOf(`models/${name}.sql`);
      workbench.store.update((state) => ({ ...state, overlay: { kind: 'promote', field } }));
    },
  },
];
