/** Text from data never reaches the terminal as anything but text, wherever it is drawn. */
import { expect, test } from 'vitest';
import { createCells } from '../../src/tui/cells/cells.js';
import { diffFrame } from '../../src/tui/cells/frame-diff.js';
import { surfaceOf } from '../../src/tui/cells/surface.js';
import { drawFrame } from '../../src/tui/panes/frame.js';
import { ESCAPE_CORPUS, foreignControls } from '../support/escape-corpus.js';

test('the corpus is one, and what looks for it finds it', () => {
  expect(new Set(ESCAPE_CORPUS).size).toBeGreaterThanOrEqual(300);
  const isFound = (text: string): boolean =>
    foreignControls(text).length > 0 || /[\u200b-\u2066\ufeff\u00ad]/u.test(text);
  // Looks are ours, too: that a cell cannot bring its own is seen by what is left of it.
  const missed = ESCAPE_CORPUS.filter((text) => !isFound(text));
  expect(
    missed.every((text) => /\u001b\[(?:[\d;]*m|\?|H|2J|<u|\d+;\d+H|99|>1u)|\r/u.test(text)),
  ).toBe(true);
});

test.each(['cell', 'title'] as const)('as a %s', (place) => {
  for (const text of ESCAPE_CORPUS) {
    const cells = createCells(40, 3);
    const surface = surfaceOf(cells, { theme: 'dark' });
    if (place === 'cell') surface.text(0, 1, text);
    else drawFrame(surface, { title: text, bottom: text, right: text, isFocused: true });
    const output = diffFrame(createCells(40, 3), cells, 'true');
    expect({ text, found: foreignControls(output) }).toEqual({ text, found: [] });
    // A sequence that were ours in form would leave nothing of itself to be seen.
    const shown = output.replaceAll(/\u001b\[[\d;?]*[A-Za-z]/gu, '');
    expect(shown).toMatch(place === 'cell' ? /^a.+z ?$/u : /a.+z/u);
  }
});
