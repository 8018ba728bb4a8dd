import { expect, test } from 'vitest';
import { display, displayLines, displayOutput } from '../../src/base/index.js';

test.each([
  { text: 'plain é 漢字 👩‍💻'.replaceAll('\u200d', ''), expected: 'plain é 漢字 👩💻' },
  { text: 'a\u001b[31mred', expected: 'a␛[31mred' },
  { text: 'title\u001b]0;owned\u0007', expected: 'title␛]0;owned␇' },
  { text: 'one\ntwo\tthree', expected: 'one⏎two three' },
  { text: 'back\u0008space\u007f', expected: 'back␈space␡' },
  { text: 'c1 \u009b31m', expected: 'c1 \\u{9b}31m' },
  { text: 'bidi \u202eevil', expected: 'bidi \\u{202e}evil' },
  { text: 'zero\u200bwidth\ufeff', expected: 'zero\\u{200b}width\\u{feff}' },
])('$text is shown as $expected', ({ text, expected }) => {
  expect(display(text)).toBe(expected);
});

test('lines keep their ends, and nothing else that moves the cursor', () => {
  expect(displayLines('select 1\r\n\tfrom t\u001b[2J\r')).toBe('select 1\n  from t␛[2J␍');
});

test('what is written whole keeps its colours and its form, and loses what a terminal acts on', () => {
  expect(displayOutput('\u001b[32mok\u001b[0m\t1\r\n')).toBe('\u001b[32mok\u001b[0m\t1\r\n');
  const json = displayOutput(JSON.stringify({ a: 'x\u009b31m\u007f\u202e' }));
  expect(json).toBe('{"a":"x\\u009b31m\\u007f\\u202e"}');
  expect(JSON.parse(json)).toEqual({ a: 'x\u009b31m\u007f\u202e' });
});
