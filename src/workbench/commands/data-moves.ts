/**
 * Moving about in a result.
 */
import type { Command } from '../command.js';
import { gridView } from '../grid/grid-view.js';
import { moveCursor, stepColumn } from '../grid/grid.js';
import { patch } from '../state.js';
import type { Workbench } from '../workbench.js';

function move(workbench: Workbench, rows: number): void {
  workbench.store.update((state) => {
    const { grid } = state.data;
    const to = { row: grid.cursorRow + rows };
    return patch(state, 'data', { grid: moveCursor(grid, to, gridView(state.size)) });
  });
  workbench.previewer.fetchNear();
}

function step(workbench: Workbench, columns: number): void {
  workbench.store.update((state) =>
    patch(state, 'data', { grid: stepColumn(state.data.grid, columns, gridView(state.size)) }),
  );
}

function pageOf(workbench: Workbench): number {
  return Math.max(1, gridView(workbench.store.get().size).height - 1);
}

export const dataMoves: readonly Command[] = [
  {
    id: 'data.left',
    title: 'Go one column left',
    label: 'left',
    keys: ['h', 'left'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => step(workbench, -1),
  },
  {
    id: 'data.right',
    title: 'Go one column right',
    label: 'right',
    keys: ['l', 'right'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => step(workbench, 1),
  },
  {
    id: 'data.down',
    title: 'Go one row down',
    label: 'down',
    keys: ['j', 'down'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, 1),
  },
  {
    id: 'data.up',
    title: 'Go one row up',
    label: 'up',
    keys: ['k', 'up'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -1),
  },
  {
    id: 'data.page-down',
    title: 'Go down by a page',
    label: 'page down',
    keys: ['ctrl-d', 'ctrl-f', 'pagedown', 'space'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, pageOf(workbench)),
  },
  {
    id: 'data.page-up',
    title: 'Go up by a page',
    label: 'page up',
    keys: ['ctrl-u', 'ctrl-b', 'pageup'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -pageOf(workbench)),
  },
  {
    id: 'data.top',
    title: 'Go to the first row',
    label: 'top',
    keys: ['g'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -1_000_000_000),
  },
  {
    id: 'data.bottom',
    title: 'Fetch the rest and go to the last row',
    label: 'bottom',
    keys: ['G'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => workbench.previewer.fetchAll(() => move(workbench, 1_000_000_000)),
  },
  {
    id: 'data.first-column',
    title: 'Go to the first column',
    label: 'first column',
    keys: ['0', 'home'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => step(workbench, -1_000_000),
  },
  {
    id: 'data.last-column',
    title: 'Go to the last column',
    label: 'last column',
    keys: ['$', 'end'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => step(workbench, 1_000_000),
  },
];
