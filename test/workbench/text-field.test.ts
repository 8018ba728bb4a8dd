import { expect, test } from 'vitest';
import { editField, fieldOf, insertText, moveLine } from '../../src/workbench/text-field.js';

/** `ab|c` is the text `abc` with the cursor after `b`. */
function at(text: string): { text: string; cursor: number } {
  return { text: text.replace('|', ''), cursor: text.indexOf('|') };
}

test.each([
  ['left', 'ab|c', 'a|bc'],
  ['left', '👩‍👩‍👧|x', '|👩‍👩‍👧x'],
  ['right', 'a|bc', 'ab|c'],
  ['home', 'one\ntwo|', 'one\n|two'],
  ['end', '|one\ntwo', 'one|\ntwo'],
  ['backspace', 'ab|c', 'a|c'],
  ['backspace', 'a日|', 'a|'],
  ['delete', 'a|bc', 'a|c'],
  ['ctrl-w', 'select foo_bar| x', 'select | x'],
  ['ctrl-u', 'one two|', '|'],
  ['ctrl-k', 'one| two', 'one|'],
  ['alt-b', 'one two|', 'one |two'],
  ['alt-f', 'one| two', 'one two|'],
])('%s on %j', (key, before, after) => {
  expect(editField(at(before), key)).toEqual(at(after));
});

test('other keys are not for the field', () => {
  expect(editField(at('a|'), 'enter')).toBeNull();
  expect(editField(at('a|'), 'tab')).toBeNull();
});

test('text goes in at the cursor', () => {
  expect(insertText(at('a|d'), 'bc')).toEqual(at('abc|d'));
  expect(fieldOf('abc')).toEqual(at('abc|'));
});

test.each([
  [-1, 'abc\nde|f', 'ab|c\ndef'],
  [-1, 'a\nlonger|', 'a|\nlonger'],
  [1, 'ab|c\nd', 'abc\nd|'],
] as const)('a line %i', (by, before, after) => {
  expect(moveLine(at(before), by)).toEqual(at(after));
});

test('there is no line above the first and none below the last', () => {
  expect(moveLine(at('a|'), -1)).toBeNull();
  expect(moveLine(at('a|'), 1)).toBeNull();
});
