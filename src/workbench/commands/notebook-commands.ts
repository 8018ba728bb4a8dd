/**
 * Keys of the notebook: its cells are moved between, run, changed, kept.
 */
import type { Command } from '../command.js';
import { copyText, toast } from '../core.js';
import { cellText } from '../notebook/edit-notebook.js';
import type { Cell } from '../notebook/notebook.js';
import { isDirty, type OpenNotebook, viewOf } from '../notebook/notebook-state.js';
import { patch } from '../state.js';
import { fieldOf } from '../text-field.js';
import type { Workbench } from '../workbench.js';

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

function openOf(workbench: Workbench): OpenNotebook | null {
  return workbench.store.get().notebook.open;
}

function cellOf(workbench: Workbench): Cell | null {
  const { open, index } = workbench.store.get().notebook;
  return open?.notebook.cells[index] ?? null;
}

const noNotebook = (workbench: Workbench): string | null =>
  openOf(workbench) === null ? 'No notebook is open: o opens one, n starts one.' : null;
const noCell = (workbench: Workbench): string | null =>
  noNotebook(workbench) ?? (cellOf(workbench) === null ? 'There is no cell: a adds one.' : null);
const noQuery = (workbench: Workbench): string | null =>
  noCell(workbench) ?? (cellOf(workbench)?.kind === 'sql' ? null : 'This cell is no query.');

function go(workbench: Workbench, by: number): void {
  workbench.store.update((state) => {
    const last = (state.notebook.open?.notebook.cells.length ?? 1) - 1;
    const index = Math.max(0, Math.min(last, state.notebook.index + by));
    return patch(state, 'notebook', { index, scroll: 0 });
  });
}

function scroll(workbench: Workbench, by: number): void {
  workbench.store.update((state) =>
    patch(state, 'notebook', { scroll: Math.max(0, state.notebook.scroll + by) }),
  );
}

function add(workbench: Workbench, after: 0 | 1): void {
  const { open, index } = workbench.store.get().notebook;
  if (open === null) return;
  const place = open.notebook.cells.length === 0 ? 0 : index + after;
  workbench.notebooks.insert(place, NEW_CELL);
  editCell(workbench, place);
}

const NEW_CELL = '-- %%\n';

function all(workbench: Workbench): readonly number[] {
  return (openOf(workbench)?.notebook.cells ?? []).map(({ index }) => index);
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
  {
    id: 'notebook.down',
    title: 'Go to the next cell',
    label: 'down',
    keys: ['j', 'down'],
    when: ['notebook'],
    isKeyOnly: true,
    run: (workbench) => go(workbench, 1),
  },
  {
    id: 'notebook.up',
    title: 'Go to the cell before',
    label: 'up',
    keys: ['k', 'up'],
    when: ['notebook'],
    isKeyOnly: true,
    run: (workbench) => go(workbench, -1),
  },
  {
    id: 'notebook.scroll-down',
    title: 'Scroll a cell that is higher than the screen down',
    label: 'scroll down',
    keys: ['ctrl-d', 'ctrl-f', 'pagedown', 'space'],
    when: ['notebook'],
    isKeyOnly: true,
    run: (workbench) => scroll(workbench, 10),
  },
  {
    id: 'notebook.scroll-up',
    title: 'Scroll it up',
    label: 'scroll up',
    keys: ['ctrl-u', 'ctrl-b', 'pageup'],
    when: ['notebook'],
    isKeyOnly: true,
    run: (workbench) => scroll(workbench, -10),
  },
  {
    id: 'notebook.top',
    title: 'Go to the first cell',
    label: 'top',
    keys: ['g', 'home'],
    when: ['notebook'],
    isKeyOnly: true,
    run: (workbench) => go(workbench, -1_000_000),
  },
  {
    id: 'notebook.bottom',
    title: 'Go to the last cell',
    label: 'bottom',
    keys: ['G', 'end'],
    when: ['notebook'],
    isKeyOnly: true,
    run: (workbench) => go(workbench, 1_000_000),
  },
];

function giveParameter(workbench: Workbench, name: string): void {
  const { open } = workbench.store.get().notebook;
  const cell = open?.notebook.cells.find((one) => one.kind === 'param' && one.name === name);
  const own = cell?.kind === 'param' ? (cell.fallback ?? '') : '';
  const field = fieldOf(open?.given.get(name.toLowerCase()) ?? own);
  workbench.store.update((state) => ({ ...state, overlay: { kind: 'parameter', name, field } }));
}

/** A new notebook is called so that it takes no other's place. */
function newNotebook(workbench: Workbench): void {
  const known = new Set(workbench.notebooks.list());
  let number = 1;
  while (known.has(`notebooks/untitled_${number}.sql`)) number += 1;
  workbench.notebooks.create(`notebooks/untitled_${number}.sql`, NEW_CELL);
  editCell(workbench, 0);
}
