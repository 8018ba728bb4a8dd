/** Cells of texts: what needs no look at its neighbours is counted quickly, and never otherwise than the rest. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { cellWidth, graphemes, graphemeWidth, isPlain } from '../../src/tui/cells/width.js';

test('every character that counts as plain takes one cell, by itself', () => {
  const plain = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).filter(
    (character) => isPlain(character),
  );
  expect(plain.length).toBeGreaterThan(600);
  expect(plain.filter((character) => stringWidth(character) !== 1)).toEqual([]);
});

test.each([
  ['─▶ fct ●', 8],
  ['◽◾', 4],
  ['↔', 1],
  ['e\u0301', 1],
  ['表', 2],
  ['👍🏽', 2],
])('%s takes %i cells', (text, width) => {
  expect(cellWidth(text)).toBe(width);
});

test('a text is as wide as its graphemes, which make it up', () => {
  const unit = fc.constantFrom('a', '─', '▶', '●', '表', 'é', '◾', ' ', '…');
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      const parts = graphemes(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      expect(parts.every((part) => part.width === graphemeWidth(part.text))).toBe(true);
      expect(cellWidth(text)).toBe(parts.reduce((sum, { width }) => sum + width, 0));
    }),
  );
});
