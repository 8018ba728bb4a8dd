import { expect, test, vi } from 'vitest';
import type { ResultPage } from '../../src/warehouse/index.js';
import { handleKey } from '../../src/workbench/index.js';
import { openShop, type OpenShop } from '../tui/shop.js';

const SIZE = { columns: 120, rows: 36 };

/** A result of many pages of 500 rows. */
function pagesOf(count: number): readonly ResultPage[] {
  return Array.from({ length: count }, (_, page) => ({
    columns: [{ name: 'N', kind: 'integer', typeName: 'NUMBER(38,0)' }],
    rows: Array.from({ length: 500 }, (__, row) => [page * 500 + row]),
  }));
}

const dataOf = (shop: OpenShop): ReturnType<OpenShop['workbench']['store']['get']>['data'] =>
  shop.workbench.store.get().data;

test('a small result comes whole, without being scrolled', async () => {
  const shop = openShop(SIZE, { pages: pagesOf(4) });
  handleKey(shop.workbench, 'p', 'p');
  await shop.settle();
  expect(dataOf(shop)).toMatchObject({ status: 'done', grid: { rowCount: 2000 } });
});

test('a large one stops at ten thousand, goes on as the cursor nears the end, and to the end with G', async () => {
  const shop = openShop(SIZE, { pages: pagesOf(30) });
  handleKey(shop.workbench, 'p', 'p');
  await vi.waitFor(() => expect(dataOf(shop).grid.rowCount).toBe(10_000));
  await shop.settle();
  expect(dataOf(shop)).toMatchObject({ status: 'open', grid: { rowCount: 10_000 } });
  for (let page = 0; page < 400; page += 1) handleKey(shop.workbench, 'ctrl-d', null);
  await shop.settle();
  expect(dataOf(shop).grid.rowCount).toBeGreaterThan(10_000);
  handleKey(shop.workbench, 'G', 'G');
  await vi.waitFor(() => expect(dataOf(shop).status).toBe('done'));
  expect(dataOf(shop).grid).toMatchObject({ rowCount: 15_000, cursorRow: 14_999 });
});

test('ctrl-c keeps the rows that came, and says that there may be more', async () => {
  const shop = openShop(SIZE, { pages: pagesOf(30) });
  handleKey(shop.workbench, 'p', 'p');
  await vi.waitFor(() => expect(dataOf(shop).grid.rowCount).toBeGreaterThan(0));
  handleKey(shop.workbench, 'ctrl-c', null);
  await shop.settle();
  const { status, grid } = dataOf(shop);
  expect(status).toBe('cut');
  expect(grid.rowCount).toBeGreaterThan(0);
  await shop.settle();
  expect(dataOf(shop).grid.rowCount).toBe(grid.rowCount);
});

test('a run lets go of the stream first', async () => {
  const shop = openShop(SIZE, { pages: pagesOf(30) });
  handleKey(shop.workbench, 'p', 'p');
  await vi.waitFor(() => expect(dataOf(shop).grid.rowCount).toBe(10_000));
  handleKey(shop.workbench, '1', '1');
  handleKey(shop.workbench, 'r', 'r');
  await shop.settle();
  expect(dataOf(shop).status).toBe('cut');
});

test('another question ends the one before: rows of two results never mix', async () => {
  const shop = openShop(SIZE, { pages: pagesOf(30) });
  for (let turn = 0; turn < 5; turn += 1) {
    shop.workbench.previewer.open({ kind: 'sql', sql: 'select 1', isTemplate: true }, 'query');
    await Promise.resolve();
  }
  await vi.waitFor(() => expect(dataOf(shop).grid.rowCount).toBe(10_000));
  const { rows } = dataOf(shop).grid;
  expect(rows.every(([cell], index) => cell === index)).toBe(true);
});
