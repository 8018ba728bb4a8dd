import { expect, test } from 'vitest';
import {
  isOneOf,
  narrowed,
  nextSort,
  shapedSql,
  UNSHAPED,
} from '../../../src/workbench/data/result-shape.js';
import type { CellKind, ResultColumn } from '../../../src/warehouse/index.js';

const column = (kind: CellKind, name = 'C'): ResultColumn => ({ name, kind, typeName: '' });

test('without a shape a statement is sent as it is', () => {
  expect(shapedSql('show tables;', UNSHAPED)).toBe('show tables;');
});

test('a shape stands around the statement, whatever it ends with', () => {
  const shape = {
    sorts: [
      { column: 'A"B', isDescending: true },
      { column: 'ID', isDescending: false },
    ],
    condition: 'a > 1 -- why',
  };
  expect(shapedSql('select 1 -- one\n;', shape)).toBe(
    'select * from (\nselect 1 -- one\n\n) as result\nwhere (\na > 1 -- why\n)\norder by "A""B" desc nulls last, "ID" asc nulls last',
  );
});

test('a column is sorted up, then down, then not', () => {
  const up = nextSort(UNSHAPED, 'A', false);
  const down = nextSort(up, 'A', false);
  expect([up.sorts, down.sorts, nextSort(down, 'A', false).sorts]).toEqual([
    [{ column: 'A', isDescending: false }],
    [{ column: 'A', isDescending: true }],
    [],
  ]);
  expect(nextSort(down, 'B', true).sorts.map((sort) => sort.column)).toEqual(['A', 'B']);
  expect(nextSort(down, 'B', false).sorts.map((sort) => sort.column)).toEqual(['B']);
});

test.each([
  ['text', ["it's"], `"C" = 'it''s'`],
  ['text', ['a\\b'], String.raw`"C" = 'a\\b'`],
  ['integer', [12n], '"C" = 12'],
  ['decimal', ['12.50', null], '("C" = 12.50 or "C" is null)'],
  ['boolean', [true, false], '"C" in (true, false)'],
  ['date', ['2026-01-31'], `"C" = '2026-01-31'::date`],
  [
    'timestamp_tz',
    ['2026-01-31 10:00:00 +02:00'],
    `"C" = '2026-01-31 10:00:00 +02:00'::timestamp_tz`,
  ],
  ['float', [Number.NaN], `"C" = 'NaN'::float`],
  ['text', [null], '"C" is null'],
  ['json', ['{}'], null],
  ['text', [], null],
] as const)('a condition over %s cells %s', (kind, cells, expected) => {
  expect(isOneOf(column(kind), cells, 'snowflake')).toBe(expected);
});

test('conditions add up', () => {
  const once = narrowed(UNSHAPED, 'a = 1');
  expect(narrowed(once, 'b = 2').condition).toBe('a = 1 and b = 2');
});
