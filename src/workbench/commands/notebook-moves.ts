/**
 * Keys that move between the cells of the notebook.
 */
import type { Command } from '../command.js';
import { patch } from '../state.js';
import type { Workbench } from '../workbench.js';

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

export const notebookMoves: readonly Command[] = [
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
