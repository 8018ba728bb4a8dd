/**
 * Keys of the data screen.
 */
import type { Command } from '../command.js';
import { showMessage, toast } from '../core.js';
import { MAX_COLUMN_WIDTH, WIDE_COLUMN_WIDTH } from '../grid/grid-view.js';
import { cellText, typeText } from '../grid/cell-text.js';
import { hideColumn, toggleFrozen } from '../grid/grid.js';
import { dialectOf } from '../dialect-of.js';
import { isOneOf, narrowed, nextSort, UNSHAPED } from '../data/result-shape.js';
import { patch } from '../state.js';
import { fieldOf } from '../text-field.js';
import type { Workbench } from '../workbench.js';

export const noRows = (workbench: Workbench): string | null =>
  workbench.store.get().data.grid.rowCount === 0 ? 'There are no rows.' : null;

const noColumns = (workbench: Workbench): string | null =>
  workbench.store.get().data.grid.columns.length === 0 ? 'There are no columns.' : null;

/** Why the rows cannot be asked for otherwise, or null. */
export function noStatement(workbench: Workbench): string | null {
  const { sql, request } = workbench.store.get().data;
  if (request === null) return 'These rows are not those of a query.';
  return sql === null ? 'Nothing was asked yet.' : null;
}

export function isShaped(workbench: Workbench): boolean {
  const { shape } = workbench.store.get().data;
  return shape.sorts.length > 0 || shape.condition.trim() !== '';
}

function sort(workbench: Workbench, keepsOthers: boolean): void {
  const { shape, grid } = workbench.store.get().data;
  const column = grid.columns[grid.cursorColumn];
  if (column !== undefined) {
    workbench.previewer.reshape(nextSort(shape, column.name, keepsOthers));
  }
}

function turn(workbench: Workbench, by: -1 | 1): void {
  if (workbench.previewer.turn(by)) return;
  toast(workbench, by === -1 ? 'This is the first result.' : 'This is the latest result.');
}

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
        return {
          ...state,
          overlay: { kind: 'query', field: fieldOf(text), historyIndex: -1, completion: null },
        };
      }),
  },
  {
    id: 'data.again',
    title: 'Ask again',
    label: 'again',
    keys: ['a', '.'],
    when: ['data'],
    disabledReason: (workbench) =>
      workbench.store.get().data.request === null ? 'Nothing was asked yet.' : null,
    run(workbench) {
      const { request, title } = workbench.store.get().data;
      if (request !== null) workbench.previewer.open(request, title);
    },
  },
  {
    id: 'data.sort',
    title: 'Sort by the column: up, down, not at all',
    label: 'sort',
    keys: ['s'],
    when: ['data'],
    footer: 3,
    disabledReason: noStatement,
    run: (workbench) => sort(workbench, false),
  },
  {
    id: 'data.sort-also',
    title: 'Sort by the column too, after those sorted by before',
    label: 'sort too',
    keys: ['S'],
    when: ['data'],
    disabledReason: noStatement,
    run: (workbench) => sort(workbench, true),
  },
  {
    id: 'data.filter',
    title: 'Filter by a condition in SQL',
    label: 'filter',
    keys: ['|'],
    when: ['data'],
    footer: 4,
    disabledReason: noStatement,
    run: (workbench) =>
      workbench.store.update((state) => ({
        ...state,
        overlay: { kind: 'condition', field: fieldOf(state.data.shape.condition) },
      })),
  },
  {
    id: 'data.filter-cell',
    title: 'Keep the rows that have the cell under the cursor',
    label: 'like this',
    keys: ['='],
    when: ['data'],
    disabledReason: (workbench) => noStatement(workbench) ?? noRows(workbench),
    run(workbench) {
      const { grid, shape } = workbench.store.get().data;
      const column = grid.columns[grid.cursorColumn];
      const cell = grid.rows[grid.cursorRow]?.[grid.cursorColumn] ?? null;
      if (column === undefined) return;
      const condition = isOneOf(column, [cell], dialectOf(workbench.session));
      if (condition === null) toast(workbench, 'Such cells cannot be written in SQL.', 'error');
      else workbench.previewer.reshape(narrowed(shape, condition));
    },
  },
  {
    id: 'data.unshape',
    title: 'Show all rows again, in their own order',
    label: 'all rows',
    keys: ['backspace'],
    when: ['data'],
    disabledReason: (workbench) =>
      noStatement(workbench) ??
      (isShaped(workbench) ? null : 'The rows are neither sorted nor filtered.'),
    run: (workbench) => workbench.previewer.reshape(UNSHAPED),
  },
  {
    id: 'data.profile',
    title: 'Profile the column: nulls, quantiles, histogram, and its values to filter by',
    label: 'profile',
    keys: ['P', 'F'],
    when: ['data'],
    footer: 5,
    disabledReason: noStatement,
    run: (workbench) => workbench.analyst.profile(workbench.store.get().data.grid.cursorColumn),
  },
  {
    id: 'data.freeze',
    title: 'Keep the column at the left while others scroll, or let it go',
    label: 'freeze',
    keys: ['!'],
    when: ['data'],
    disabledReason: noColumns,
    run: (workbench) =>
      workbench.store.update((state) =>
        patch(state, 'data', { grid: toggleFrozen(state.data.grid, state.data.grid.cursorColumn) }),
      ),
  },
  {
    id: 'data.hide',
    title: 'Hide the column',
    label: 'hide',
    keys: ['-'],
    when: ['data'],
    disabledReason: noColumns,
    run: (workbench) =>
      workbench.store.update((state) =>
        patch(state, 'data', { grid: hideColumn(state.data.grid, state.data.grid.cursorColumn) }),
      ),
  },
  {
    id: 'data.unhide',
    title: 'Show hidden columns again',
    label: 'show hidden',
    keys: ['+'],
    when: ['data'],
    disabledReason: (workbench) =>
      workbench.store.get().data.grid.hidden.size === 0 ? 'No column is hidden.' : null,
    run: (workbench) =>
      workbench.store.update((state) =>
        patch(state, 'data', { grid: { ...state.data.grid, hidden: new Set<number>() } }),
      ),
  },
  {
    id: 'data.earlier',
    title: 'Turn back to the result before',
    label: 'earlier',
    keys: ['['],
    when: ['data'],
    run: (workbench) => turn(workbench, -1),
  },
  {
    id: 'data.later',
    title: 'Turn to the result after',
    label: 'later',
    keys: [']'],
    when: ['data'],
    run: (workbench) => turn(workbench, 1),
  },
  {
    id: 'data.go-to-column',
    title: 'Go to a column by its name',
    label: 'column',
    keys: ['c'],
    when: ['data'],
    footer: 9,
    disabledReason: noColumns,
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
    keys: ['_'],
    when: ['data'],
    disabledReason: noColumns,
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
