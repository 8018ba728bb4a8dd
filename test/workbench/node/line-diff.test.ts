import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines, withContext } from '../../../src/workbench/node/line-diff.js';

const SIGNS = { same: ' ', removed: '-', added: '+' } as const;
const diff = (before: string, after: string): string =>
  diffLines(before, after)
    .map(({ kind, text }) => SIGNS[kind] + text)
    .join('|');

test.each([
  { before: 'a\nb', after: 'a\nb', expected: ' a| b' },
  { before: 'a\nb\n', after: 'a\nb', expected: ' a| b' },
  { before: 'a\nb', after: 'a\nx\nb', expected: ' a|+x| b' },
  { before: 'a\nx\nb', after: 'a\nb', expected: ' a|-x| b' },
  { before: 'a\nb\nc', after: 'a\nB\nc', expected: ' a|-b|+B| c' },
  {
    before: 'a\nb\nc\na\nb\nb\na',
    after: 'c\nb\na\nb\na\nc',
    expected: '-a|-b| c|+b| a| b|-b| a|+c',
  },
  { before: '', after: 'a', expected: '-|+a' },
])('$before against $after', ({ before, after, expected }) => {
  expect(diff(before, after)).toBe(expected);
});

const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 30 });

test('both texts can be read out of it, with their line numbers', () => {
  fc.assert(
    fc.property(texts, texts, (old, now) => {
      const lines = diffLines(old.join('\n'), now.join('\n'));
      expect(lines.filter(({ kind }) => kind !== 'added').map(({ text }) => text)).toEqual(old);
      expect(lines.filter(({ kind }) => kind !== 'removed').map(({ text }) => text)).toEqual(now);
      for (const { text, before, after } of lines) {
        if (before !== null) expect(old[before - 1]).toBe(text);
        if (after !== null) expect(now[after - 1]).toBe(text);
      }
    }),
  );
});

test('no edit is shorter', () => {
  fc.assert(
    fc.property(texts, texts, (old, now) => {
      const changes = diffLines(old.join('\n'), now.join('\n')).filter(
        ({ kind }) => kind !== 'same',
      );
      expect(changes).toHaveLength(old.length + now.length - 2 * commonLength(old, now));
    }),
  );
});

/** Length of a longest common subsequence, by the table of all pairs. */
function commonLength(old: readonly string[], now: readonly string[]): number {
  let above = Array.from({ length: now.length + 1 }, () => 0);
  for (const line of old) {
    const row = [0];
    for (const [index, other] of now.entries()) {
      row.push(
        line === other ? (above[index] ?? 0) + 1 : Math.max(row[index] ?? 0, above[index + 1] ?? 0),
      );
    }
    above = row;
  }
  return above.at(-1) ?? 0;
}

test('lines far from a change are counted, not shown', () => {
  const before = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
  const after = before.with(9, 'changed');
  const shown = withContext(diffLines(before.join('\n'), after.join('\n')), 2);
  expect(
    shown.map((line) => (line.kind === 'skipped' ? line.count : SIGNS[line.kind] + line.text)),
  ).toEqual([7, ' line 8', ' line 9', '-line 10', '+changed', ' line 11', ' line 12', 8]);
});

test('texts with nothing in common are one after the other, however long', () => {
  const before = Array.from({ length: 3000 }, (_, index) => `a${index}`).join('\n');
  const after = Array.from({ length: 3000 }, (_, index) => `b${index}`).join('\n');
  const lines = diffLines(before, after);
  expect(lines.slice(0, 3000).every(({ kind }) => kind === 'removed')).toBe(true);
  expect(lines.slice(3000).every(({ kind }) => kind === 'added')).toBe(true);
});
