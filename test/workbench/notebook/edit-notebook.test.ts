import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cellText,
  matchKeys,
  moved,
  withCell,
  withMovedCell,
  withNewCell,
} from '../../../src/workbench/notebook/edit-notebook.js';
import { parseNotebook } from '../../../src/workbench/notebook/parse-notebook.js';

const TEXT = `-- A notebook about orders.

-- %% [md]
-- # Orders

-- %% orders
select 1 as a

-- %% last
select 2 as b
`;
const notebook = parseNotebook(TEXT, 'n.sql');
const namesOf = (text: string): readonly (string | null)[] =>
  parseNotebook(text, 'n.sql').cells.map(({ kind, name }) => name ?? kind);

test('a cell is replaced, and only it', () => {
  expect(withCell(notebook, 1, '-- %% orders\nselect 7 as a')).toBe(
    TEXT.replace('select 1', 'select 7'),
  );
  const same = notebook.cells.map(cellText)[1] ?? '';
  expect(withCell(notebook, 1, same)).toBe(TEXT);
});

test('cells are added, taken away and moved', () => {
  expect(namesOf(withNewCell(notebook, 1, '-- %% new\nselect 3'))).toEqual([
    'md',
    'new',
    'orders',
    'last',
  ]);
  expect(namesOf(withNewCell(notebook, 3, 'select 3'))).toEqual(['md', 'orders', 'last', 'sql']);
  expect(namesOf(withCell(notebook, 1, ''))).toEqual(['md', 'last']);
  expect(namesOf(withMovedCell(notebook, 2, 0))).toEqual(['last', 'md', 'orders']);
});

test('what was added and taken away leaves the text as it was', () => {
  const added = parseNotebook(withNewCell(notebook, 1, '-- %%\nselect 3'), 'n.sql');
  expect(withCell(added, 1, '')).toBe(TEXT);
});

test.each([
  ['nothing changed', TEXT, [1, 2, 3]],
  ['one cell changed', TEXT.replace('select 1', 'select 9'), [1, 2, 3]],
  ['one cell more', TEXT.replace('-- %% last', '-- %% new\nselect 8\n\n-- %% last'), [1, 2, 9, 3]],
  ['one cell less', TEXT.replace(/-- %% orders[^%]*(?=-- %%)/u, ''), [1, 3]],
])('ids stay with their cells: %s', (_what, text, expected) => {
  const after = parseNotebook(text, 'n.sql').cells;
  expect(matchKeys({ cells: notebook.cells, keys: [1, 2, 3] }, after, () => 9)).toEqual(expected);
});

test('ids are never used twice, whatever changes', () => {
  const texts = fc.array(fc.constantFrom('select 1', 'select 2', 'select 3'), { maxLength: 8 });
  const cellsOf = (list: readonly string[]): ReturnType<typeof parseNotebook>['cells'] =>
    parseNotebook(list.map((sql) => `-- %%\n${sql}\n\n`).join(''), 'n.sql').cells;
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      let last = 100;
      const keys = matchKeys(
        { cells: cellsOf(before), keys: before.map((_, index) => index) },
        cellsOf(after),
        () => (last += 1),
      );
      expect(new Set(keys).size).toBe(after.length);
    }),
  );
});

test('an entry moves in a list', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
});
