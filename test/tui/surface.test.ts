import { expect, test } from 'vitest';
import { createCells, rowText } from '../../src/tui/cells/cells.js';
import { parseFrame } from '../../src/tui/cells/parse-frame.js';
import { type ClickTarget, surfaceOf } from '../../src/tui/cells/surface.js';
import { lookAt } from '../../src/tui/cells/style-table.js';

test.each([
  ['inside', 1, 'ab', ' ab'],
  ['cut on the right', 6, 'abcd', '      ab'],
  ['cut on the left', -1, 'abcd', 'bcd'],
  ['a wide glyph does not fit by half', 7, '日', ''],
  ['what could move the cursor becomes a picture', 0, 'a\u001b[2Jb', 'a␛[2Jb'],
])('text %s', (_name, x, text, expected) => {
  const cells = createCells(8, 1);
  surfaceOf(cells, { theme: 'dark' }).text(x, 0, text);
  expect(rowText(cells, 0)).toBe(expected);
});

test('writing over half of a wide glyph leaves no half behind', () => {
  const cells = createCells(6, 1);
  const surface = surfaceOf(cells, { theme: 'dark' });
  surface.text(0, 0, '日本語');
  surface.text(1, 0, 'a');
  surface.text(4, 0, 'b');
  expect(rowText(cells, 0)).toBe(' a本b');
});

test('a view clips what is drawn, and clicks keep the place on the screen', () => {
  const cells = createCells(10, 3);
  const targets: ClickTarget[] = [];
  const view = surfaceOf(cells, { theme: 'dark', targets, offset: { x: 20, y: 5 } }).view(
    2,
    1,
    4,
    1,
  );
  view.text(0, 0, 'abcdefgh');
  view.onClick(1, 0, 9, 9, () => {});
  expect(rowText(cells, 1)).toBe('  abcd');
  expect(targets[0]).toMatchObject({ x: 23, y: 6, width: 3, height: 1 });
});

test('a tint lays a background under what is there, and keeps its colour readable', () => {
  const cells = createCells(4, 1);
  const surface = surfaceOf(cells, { theme: 'dark' });
  surface.text(0, 0, 'ok', 'ok');
  surface.tint(0, 0, 4, 1, 'selected');
  expect(lookAt(cells.styles[0] ?? 0)).toMatchObject({ fg: 10, bg: 24 });
  expect(lookAt(cells.styles[3] ?? 0)).toMatchObject({ fg: 15, bg: 24 });
});

test.each([
  ['plain', 'ab\ncd', ['ab', 'cd'], -1, -1],
  ['palette colour', '\u001b[31;44mab\u001b[0m', ['ab', ''], 1, 4],
  ['true colour', '\u001b[48;2;1;2;7m  \u001b[49m', ['', ''], -1, 0x1000000 + 0x010207],
  ['256 colours', '\u001b[38;5;208mx', ['x', ''], 208, -1],
  [
    'links and cursor moves are left out',
    '\u001b]8;;http://x\u0007ab\u001b[2K',
    ['ab', ''],
    -1,
    -1,
  ],
] as const)('frames of Ink: %s', (_name, frame, rows, fg, bg) => {
  const cells = createCells(8, 2);
  parseFrame(frame, cells);
  expect([rowText(cells, 0), rowText(cells, 1)]).toEqual([...rows]);
  expect(lookAt(cells.styles[0] ?? 0)).toMatchObject({ fg, bg });
});
