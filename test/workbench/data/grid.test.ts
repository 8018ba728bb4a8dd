import { expect, test } from 'vitest';
import {
  addPage,
  EMPTY_GRID,
  type Grid,
  hideColumn,
  moveCursor,
  shownColumns,
  stepColumn,
  toggleFrozen,
  windowOf,
} from '../../../src/workbench/grid/grid.js';

const VIEW = { width: 30, height: 5 };

function gridOf(count: number): Grid {
  const columns = Array.from({ length: count }, (_, index) => ({
    name: `c${index}`,
    kind: 'integer' as const,
    typeName: '',
  }));
  const rows = Array.from({ length: 9 }, () => columns.map((_, index) => index));
  return addPage(EMPTY_GRID, { columns, rows }, () => columns.map(() => 6));
}

const placed = (grid: Grid): readonly number[] =>
  windowOf(grid, VIEW).columns.map(({ index }) => index);

test('the cursor scrolls columns only as far as it must', () => {
  const grid = moveCursor(gridOf(6), { column: 4 }, VIEW);
  expect(placed(grid)).toEqual([2, 3, 4, 5]);
  expect(placed(moveCursor(grid, { column: 1 }, VIEW))).toEqual([1, 2, 3, 4]);
});

test('a frozen column stays at the left, the others scroll in what is left', () => {
  const grid = stepColumn(toggleFrozen(gridOf(6), 1), 0, VIEW);
  expect(shownColumns(grid)).toEqual([1, 0, 2, 3, 4, 5]);
  const moved = moveCursor(grid, { column: 5 }, VIEW);
  expect(placed(moved)).toEqual([1, 4, 5]);
  expect(shownColumns(toggleFrozen(moved, 1))).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a hidden column is stepped over, and the last one stays', () => {
  let grid = hideColumn(gridOf(3), 0);
  expect([grid.cursorColumn, placed(grid)]).toEqual([1, [1, 2]]);
  grid = hideColumn(stepColumn(grid, 1, VIEW), 2);
  expect([grid.cursorColumn, placed(grid)]).toEqual([1, [1]]);
  expect(hideColumn(grid, 1)).toBe(grid);
});
