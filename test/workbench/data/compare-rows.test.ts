import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareRows } from '../../../src/workbench/data/compare-rows.js';
import type { ResultPage, Row } from '../../../src/warehouse/index.js';

function pageOf(names: string, ...rows: readonly Row[]): ResultPage {
  const columns = names
    .split(' ')
    .map((name) => ({ name, kind: 'text' as const, typeName: 'VARCHAR' }));
  return { columns, rows };
}

test('rows are added, removed and changed by a key that is guessed', () => {
  const before = pageOf('amount order_id', [5, 1], [5, 2], [7, 3]);
  const after = pageOf('ORDER_ID AMOUNT', [1, 5], [2, 6], [4, null]);
  const comparison = compareRows(before, after, null);
  expect(comparison?.key).toEqual(['ORDER_ID']);
  expect(comparison?.counts).toEqual({ added: 1, removed: 1, changed: 1, same: 1 });
  expect(comparison?.page.rows).toEqual([
    ['~ changed', '2', '5 → 6'],
    ['+ added', '4', null],
    ['- removed', '3', '7'],
  ]);
});

test('a key of several columns, columns of one side, and no key at all', () => {
  const before = pageOf('day team old', ['d1', 'a', 1], ['d1', 'b', 1], ['d2', 'a', 1]);
  const after = pageOf('day team new', ['d1', 'a', 1], ['d1', 'b', 1], ['d2', 'a', 1]);
  const comparison = compareRows(before, after, null);
  expect(comparison).toMatchObject({
    key: ['day', 'team'],
    onlyBefore: ['old'],
    onlyAfter: ['new'],
    counts: { same: 3 },
  });
  expect(compareRows(pageOf('a', ['x'], ['x']), pageOf('a', ['x']), null)).toBeNull();
  expect(compareRows(before, after, ['nowhere'])).toBeNull();
});

test('every row of both sides is counted once', () => {
  const rows = fc.uniqueArray(fc.tuple(fc.nat(20), fc.option(fc.nat(3))), {
    selector: ([id]) => id,
  });
  fc.assert(
    fc.property(rows, rows, (old, now) => {
      const comparison = compareRows(pageOf('id v', ...old), pageOf('id v', ...now), ['id']);
      const { added = 0, removed = 0, changed = 0, same = 0 } = comparison?.counts ?? {};
      expect(added + changed + same).toBe(now.length);
      expect(removed + changed + same).toBe(old.length);
      expect(comparison?.page.rows.length).toBe(added + removed + changed);
    }),
  );
});
