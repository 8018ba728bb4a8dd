/**
 * Keys of the data screen.
 */
import type { Command } from '../command.js';
import { showMessage, toast } from '../core.js';
import { gridView, MAX_COLUMN_WIDTH, WIDE_COLUMN_WIDTH } from '../grid/grid-view.js';
import { cellText, typeText } from '../grid/cell-text.js';
import { moveCursor } from '../grid/grid.js';
import { patch } from '../state.js';
import { fieldOf } from '../text-field.js';
import type { Workbench } from '../workbench.js';

function move(
  workbench: Workbench,
  by: { readonly rows?: number; readonly columns?: number },
): void {
  workbench.store.update((state) => {
    const { grid } = state.data;
    const to = {
      row: grid.cursorRow + (by.rows ?? 0),
      column: grid.cursorColumn + (by.columns ?? 0),
    };
    return patch(state, 'data', { grid: moveCursor(grid, to, gridView(state.size)) });
  });
  workbench.previewer.fetchNear();
}

function pageOf(workbench: Workbench): number {
  return Math.max(1, gridView(workbench.store.get().size).height - 1);
}

const noRows = (workbench: Workbench): string | null =>
  workbench.store.get().data.grid.rowCount === 0 ? 'There are no rows.' : null;

export const dataCommands: readonly Command[] = [
  {
    id: 'data.query',
    title: 'Type a query, with ref() and source() as in a model',
    label: 'query',
    keys: ['e'],
    when: ['data'],
    footer: 1,
    run: (workbench) =>
      workbench.store.update((state) => {
        const { request } = state.data;
        const text = request?.kind === 'sql' ? request.sql : '';
        return { ...state, overlay: { kind: 'query', field: fieldOf(text), historyIndex: -1 } };
      }),
  },
  {
    id: 'data.again',
    title: 'Ask again',
    label: 'again',
    keys: ['a', '.'],
    when: ['data'],
    footer: 5,
    disabledReason: (workbench) =>
      workbench.store.get().data.request === null ? 'Nothing was asked yet.' : null,
    run(workbench) {
      const { request, title } = workbench.store.get().data;
      if (request !== null) workbench.previewer.open(request, title);
    },
  },
  {
    id: 'data.left',
    title: 'Go one column left',
    label: 'left',
    keys: ['h', 'left'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, { columns: -1 }),
  },
  {
    id: 'data.right',
    title: 'Go one column right',
    label: 'right',
    keys: ['l', 'right'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, { columns: 1 }),
  },
  {
    id: 'data.down',
    title: 'Go one row down',
    label: 'down',
    keys: ['j', 'down'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, { rows: 1 }),
  },
  {
    id: 'data.up',
    title: 'Go one row up',
    label: 'up',
    keys: ['k', 'up'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, { rows: -1 }),
  },
  {
    id: 'data.page-down',
    title: 'Go down by a page',
    label: 'page down',
    keys: ['ctrl-d', 'ctrl-f', 'pagedown', 'space'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, { rows: pageOf(workbench) }),
  },
  {
    id: 'data.page-up',
    title: 'Go up by a page',
    label: 'page up',
    keys: ['ctrl-u', 'ctrl-b', 'pageup'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, { rows: -pageOf(workbench) }),
  },
  {
    id: 'data.top',
    title: 'Go to the first row',
    label: 'top',
    keys: ['g'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, { rows: -1_000_000_000 }),
  },
  {
    id: 'data.bottom',
    title: 'Fetch the rest and go to the last row',
    label: 'bottom',
    keys: ['G'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) =>
      workbench.previewer.fetchAll(() => move(workbench, { rows: 1_000_000_000 })),
  },
  {
    id: 'data.first-column',
    title: 'Go to the first column',
    label: 'first column',
    keys: ['0', 'home'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, { columns: -1_000_000 }),
  },
  {
    id: 'data.last-column',
    title: 'Go to the last column',
    label: 'last column',
    keys: ['$', 'end'],
    when: ['data'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, { columns: 1_000_000 }),
  },
  {
    id: 'data.go-to-column',
    title: 'Go to a column by its name',
    label: 'column',
    keys: ['c'],
    when: ['data'],
    footer: 3,
    disabledReason: noRows,
    run: (workbench) =>
      workbench.store.update((state) => ({
        ...state,
        overlay: { kind: 'go-to-column', field: fieldOf(''), index: 0 },
      })),
  },
  {
    id: 'data.record',
    title: 'Show the row as a list of columns',
    label: 'record',
    keys: ['enter'],
    when: ['data'],
    footer: 2,
    disabledReason: noRows,
    run(workbench) {
      const { grid } = workbench.store.get().data;
      const row = grid.rows[grid.cursorRow];
      if (row === undefined) return;
      const width = Math.max(...grid.columns.map(({ name }) => workbench.host.measure(name)));
      const lines = grid.columns.map(({ name }, index) => {
        const space = ' '.repeat(width - workbench.host.measure(name));
        return `${name}${space}  ${cellText(row[index]).text}`;
      });
      showMessage(workbench, `row ${grid.cursorRow + 1}`, lines, false);
    },
  },
  {
    id: 'data.width',
    title: 'Show long cells whole, or cut again',
    label: 'width',
    keys: ['_', 'w'],
    when: ['data'],
    disabledReason: noRows,
    run: (workbench) =>
      workbench.store.update((state) => {
        const { grid, isWide } = state.data;
        const widths = grid.columns.map((column, index) =>
          columnWidth(
            workbench,
            column.name,
            typeText(column.typeName),
            index,
            isWide ? MAX_COLUMN_WIDTH : WIDE_COLUMN_WIDTH,
          ),
        );
        return patch(state, 'data', { isWide: !isWide, grid: { ...grid, widths } });
      }),
  },
  {
    id: 'data.copy',
    title: 'Copy the cell',
    label: 'copy',
    keys: ['y'],
    when: ['data'],
    footer: 4,
    disabledReason: noRows,
    run(workbench) {
      const { grid } = workbench.store.get().data;
      const cell = grid.rows[grid.cursorRow]?.[grid.cursorColumn];
      workbench.host.copy(cell === null || cell === undefined ? '' : String(cell));
      toast(workbench, 'Copied the cell.');
    },
  },
  {
    id: 'data.copy-row',
    title: 'Copy the row, tabs between its cells',
    label: 'copy row',
    keys: ['Y'],
    when: ['data'],
    disabledReason: noRows,
    run(workbench) {
      const { grid } = workbench.store.get().data;
      const row = grid.rows[grid.cursorRow] ?? [];
      workbench.host.copy(row.map((cell) => (cell === null ? '' : String(cell))).join('\t'));
      toast(workbench, 'Copied the row.');
    },
  },
];

function columnWidth(
  workbench: Workbench,
  name: string,
  typeName: string,
  index: number,
  limit: number,
): number {
  const { grid } = workbench.store.get().data;
  let width = Math.max(workbench.host.measure(name) + 2, workbench.host.measure(typeName));
  for (const row of grid.rows.slice(0, 500)) {
    width = Math.max(width, workbench.host.measure(cellText(row[index]).text));
  }
  return Math.min(limit, width);
}
