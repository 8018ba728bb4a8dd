/**
 * Taking rows out of the data screen: into the clipboard, into a file, into a comparison.
 */
import type { ResultPage } from '../../warehouse/index.js';
import type { Command } from '../command.js';
import { copyText } from '../core.js';
import { markdownLines } from '../data/rows-text.js';
import { shownColumns } from '../grid/grid.js';
import { fieldOf } from '../text-field.js';
import type { Workbench } from '../workbench.js';
import { noRows } from './data-commands.js';

/** The rows that have come, with the columns that are shown, as they are shown. */
function shownPage(workbench: Workbench): ResultPage {
  const { grid } = workbench.store.get().data;
  const shown = shownColumns(grid);
  return {
    columns: shown.flatMap((index) => grid.columns[index] ?? []),
    rows: grid.rows.slice(0, grid.rowCount).map((row) => shown.map((index) => row[index] ?? null)),
  };
}

/** A file's name for what is shown. */
function fileName(workbench: Workbench): string {
  const name = workbench.store
    .get()
    .data.title.replaceAll(/[^\w.-]+/gu, '_')
    .slice(0, 60);
  return `${name === '' ? 'rows' : name}.csv`;
}

export const dataCopy: readonly Command[] = [
  {
    id: 'data.copy',
    title: 'Copy the cell',
    label: 'copy',
    keys: ['y'],
    when: ['data'],
    footer: 7,
    disabledReason: noRows,
    run(workbench) {
      const { grid } = workbench.store.get().data;
      const cell = grid.rows[grid.cursorRow]?.[grid.cursorColumn] ?? null;
      copyText(workbench, cell === null ? '' : String(cell), 'the cell');
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
      const row = shownPage(workbench).rows[workbench.store.get().data.grid.cursorRow] ?? [];
      copyText(
        workbench,
        row.map((cell) => (cell === null ? '' : String(cell))).join('\t'),
        'the row',
      );
    },
  },
  {
    id: 'data.copy-markdown',
    title: 'Copy the rows that have come as a Markdown table',
    label: 'copy Markdown',
    keys: ['M'],
    when: ['data'],
    disabledReason: noRows,
    run(workbench) {
      const page = shownPage(workbench);
      copyText(workbench, `${markdownLines(page).join('\n')}\n`, `${page.rows.length} rows`);
    },
  },
  {
    id: 'data.export',
    title: 'Write all rows to a file: csv, json, ndjson, md or parquet by its name',
    label: 'write',
    keys: ['w'],
    when: ['data'],
    footer: 6,
    disabledReason: (workbench) =>
      workbench.store.get().data.grid.columns.length === 0 ? 'There is nothing to write.' : null,
    verb: {
      name: 'export',
      usage: ':export FILE [--csv-safe] [--replace]',
      title: 'write all rows of the last query: csv, json, ndjson, md or parquet',
      places: ['shell', 'screen'],
      read: (words) => (words.length === 0 ? null : { kind: 'export', words }),
    },
    run: (workbench) =>
      workbench.store.update((state) => ({
        ...state,
        overlay: { kind: 'export', field: fieldOf(fileName(workbench)) },
      })),
  },
  {
    id: 'data.compare',
    title: 'Compare with the result before, row by row by their key',
    label: 'compare',
    keys: ['d'],
    when: ['data'],
    footer: 8,
    disabledReason: (workbench) =>
      workbench.store.get().data.earlier.length === 0
        ? 'There is no result before this one to compare with.'
        : noRows(workbench),
    run: (workbench) => workbench.analyst.compareWithEarlier(),
  },
  {
    id: 'data.compare-target',
    title: 'Compare the node with the same in another target',
    label: 'compare target',
    keys: ['D'],
    when: ['data'],
    disabledReason: (workbench) =>
      workbench.store.get().data.request?.kind === 'node'
        ? null
        : 'This is not a node of the project.',
    verb: {
      name: 'compare',
      usage: ':compare TARGET',
      title: 'compare the node that is shown with the same in another target',
      places: ['screen'],
      read: ([target]) => (target === undefined ? null : { kind: 'compare', target }),
    },
    run: (workbench) =>
      workbench.store.update((state) => ({
        ...state,
        overlay: { kind: 'compare-target', field: fieldOf('') },
      })),
  },
];
