import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCells, rowText } from '../../src/tui/cells/cells.js';
import { diffFrame } from '../../src/tui/cells/frame-diff.js';
import { surfaceOf } from '../../src/tui/cells/surface.js';
import type { Cells } from '../../src/tui/cells/cells.js';
import { screenOf } from './screen-of.js';

const WIDTH = 24;
const HEIGHT = 5;

const text = fc.stringMatching(/^[ab日本─●▶ ]{0,12}$/u);
const writes = fc.array(
  fc.record({
    x: fc.integer({ min: -3, max: WIDTH }),
    y: fc.integer({ min: 0, max: HEIGHT - 1 }),
    text,
    token: fc.constantFrom('text' as const, 'ok' as const, 'selected' as const),
  }),
  { maxLength: 12 },
);

function frameOf(
  list: readonly { x: number; y: number; text: string; token: 'text' | 'ok' | 'selected' }[],
): Cells {
  const cells = createCells(WIDTH, HEIGHT);
  const surface = surfaceOf(cells, { theme: 'dark' });
  for (const one of list) surface.text(one.x, one.y, one.text, one.token);
  return cells;
}

const rowsOf = (cells: Cells): readonly string[] =>
  Array.from({ length: cells.height }, (_, y) => rowText(cells, y));

test('frame after frame, the terminal shows what was drawn', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(writes, { minLength: 1, maxLength: 4 }), async (frames) => {
      const screen = screenOf(WIDTH, HEIGHT);
      await screen.write('\u001b[?7l');
      let shown: Cells | null = null;
      for (const list of frames) {
        const next = frameOf(list);
        await screen.write(diffFrame(shown, next, '256'));
        expect(screen.rows()).toEqual(rowsOf(next));
        shown = next;
      }
    }),
    { numRuns: 60 },
  );
});

test('a frame that has not changed writes nothing', () => {
  const frame = frameOf([{ x: 0, y: 0, text: 'abc', token: 'ok' }]);
  expect(diffFrame(frame, frame, '256')).toBe('');
});

test('one changed letter is a short write', () => {
  const before = frameOf([{ x: 0, y: 1, text: 'aaaaaaaaaa', token: 'text' }]);
  const after = frameOf([{ x: 0, y: 1, text: 'aaaabaaaaa', token: 'text' }]);
  expect(diffFrame(before, after, '256')).toBe('\u001b[2;5H\u001b[0mb\u001b[0m');
});

test('without colours a selection is swapped, and nothing is coloured', () => {
  const before = frameOf([]);
  const after = frameOf([{ x: 0, y: 0, text: 'a', token: 'selected' }]);
  expect(diffFrame(before, after, 'none')).toBe('\u001b[1;1H\u001b[0;7ma\u001b[0m');
});

test('clusters whose width is disputed are followed by a move', async () => {
  const cells = createCells(WIDTH, 1);
  surfaceOf(cells, { theme: 'dark' }).text(0, 0, 'a❤️b', 'text');
  const output = diffFrame(createCells(WIDTH, 1), cells, '256');
  expect(output).toContain('❤️\u001b[1;4H');
});
