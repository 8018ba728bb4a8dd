import { expect, test } from 'vitest';
import { cutEnd, cutMiddle, padTo, wrapText } from '../../src/tui/cells/fit.js';
import { cellWidth } from '../../src/tui/cells/width.js';

test.each([
  ['abc', 3],
  ['日本', 4],
  ['e\u0301', 1],
  ['●─▶', 3],
  ['a\u0007b', 3],
  ['', 0],
])('cells of %j', (text, width) => {
  expect(cellWidth(text)).toBe(width);
});

test.each([
  ['stg_incident_io__companya__incidents', 20, 'stg_…anya__incidents'],
  ['short', 20, 'short'],
  ['abcdef', 4, 'abc…'],
  ['日本語のタイトル', 9, '日本…トル'],
])('cut in the middle: %s to %i', (text, width, expected) => {
  expect(cutMiddle(text, width)).toBe(expected);
  expect(cellWidth(cutMiddle(text, width))).toBeLessThanOrEqual(width);
});

test('padding counts cells, not letters', () => {
  expect(padTo('日本', 6)).toBe('日本  ');
  expect(padTo('12', 5, 'left')).toBe('   12');
  expect(cutEnd('日本語', 4)).toBe('日…');
  expect(padTo('日本語', 4)).toBe('日… ');
});

test.each([
  ['one two three', 7, ['one two', 'three']],
  ['a\n\nb', 10, ['a', '', 'b']],
  ['abcdefgh', 3, ['abc', 'def', 'gh']],
])('wrap %j at %i', (text, width, lines) => {
  expect(wrapText(text, width)).toEqual(lines);
});
