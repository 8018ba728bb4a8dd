import { expect, test } from 'vitest';
import { decodeInput } from '../../src/tui/terminal/decode-input.js';

/** Keys as a list of names; pastes, mouse and focus in brackets. */
function names(input: string, isFinal = false): readonly string[] {
  return decodeInput(input, isFinal).events.map((event) => {
    switch (event.kind) {
      case 'key':
        return event.text === null ? event.key : `"${event.text}"`;
      case 'paste':
        return `paste(${event.text})`;
      case 'mouse':
        return `${event.action}(${event.x},${event.y})`;
      default:
        return `focus(${event.isFocused})`;
    }
  });
}

test.each([
  ['letters that arrive together', 'jjj', ['"j"', '"j"', '"j"']],
  ['enter inside a run', 'k\rj', ['"k"', 'enter', '"j"']],
  ['arrows between letters', 'j\u001b[B\u001b[Bk\r', ['"j"', 'down', 'down', '"k"', 'enter']],
  ['application arrows', '\u001bOA\u001bOD', ['up', 'left']],
  ['control letters', '\u0003\u0004\u0010', ['ctrl-c', 'ctrl-d', 'ctrl-p']],
  ['named control characters', '\t\u007f\b\u0000', ['tab', 'backspace', 'backspace', 'ctrl-space']],
  ['line feed is not enter', '\n', ['ctrl-j']],
  ['space types', ' ', ['" "']],
  ['shift-tab', '\u001b[Z', ['shift-tab']],
  ['function keys', '\u001bOP\u001b[15~\u001b[24~', ['f1', 'f5', 'f12']],
  ['page keys', '\u001b[5~\u001b[6~\u001b[3~', ['pageup', 'pagedown', 'delete']],
  ['modified arrows', '\u001b[1;5C\u001b[1;2A\u001b[1;3D', ['ctrl-right', 'shift-up', 'alt-left']],
  ['alt and a letter', '\u001bb', ['alt-b']],
  ['alt and enter', '\u001b\r', ['alt-enter']],
  ['two escapes', '\u001b\u001b[A', ['esc', 'up']],
  ['kitty: escape', '\u001b[27u', ['esc']],
  ['kitty: shift-enter', '\u001b[13;2u', ['shift-enter']],
  ['kitty: ctrl-c', '\u001b[99;5u', ['ctrl-c']],
  ['kitty: a shifted letter', '\u001b[106;2u\u001b[49:33;2u', ['"J"', '"!"']],
  ['kitty: a release is no key', '\u001b[106;1:3u', []],
  ['kitty: a lone modifier is no key', '\u001b[57441;1u', []],
  ['mouse press and release', '\u001b[<0;5;3M\u001b[<0;5;3m', ['press(4,2)', 'release(4,2)']],
  ['mouse wheel', '\u001b[<64;1;1M\u001b[<65;1;1M', ['wheel-up(0,0)', 'wheel-down(0,0)']],
  ['mouse moves mean nothing', '\u001b[<35;9;9M', []],
  ['the oldest mouse protocol is eaten whole', '\u001b[M !!j', ['"j"']],
  ['focus', '\u001b[I\u001b[O', ['focus(true)', 'focus(false)']],
  ['paste, lines and all', '\u001b[200~a\r\nb\u001b[201~q', ['paste(a\nb)', '"q"']],
  [
    'escape sequences inside a paste are text',
    '\u001b[200~\u001b[A\u001b[201~',
    ['paste(\u001b[A)'],
  ],
  [
    'replies of the terminal are not typed',
    '\u001b[?62;4c\u001b[?2026;2$y\u001b]11;rgb:0/0/0\u0007',
    [],
  ],
  ['characters beyond ASCII, by grapheme', 'é日👍', ['"é"', '"日"', '"👍"']],
] as const)('%s', (_name, input, expected) => {
  expect(names(input)).toEqual([...expected]);
});

test.each([
  ['a lone escape waits', '\u001b', false, [], '\u001b'],
  ['a lone escape is a key once nothing follows', '\u001b', true, ['esc'], ''],
  ['half a sequence waits', 'j\u001b[1;', false, ['"j"'], '\u001b[1;'],
  ['half a sequence that nothing follows is dropped', '\u001b[1;', true, [], ''],
  ['alt-[', '\u001b[', true, ['alt-['], ''],
  ['half a paste waits, however long', '\u001b[200~abc', true, [], '\u001b[200~abc'],
] as const)('%s', (_name, input, isFinal, expected, rest) => {
  expect(names(input, isFinal)).toEqual([...expected]);
  expect(decodeInput(input, isFinal).rest).toBe(rest);
});

test('however a text is cut into chunks, the keys are the same', () => {
  const input = 'j\u001b[B\u001b[1;5Ck\r\u001b[200~x\ny\u001b[201~\u001b[<0;5;3M?';
  const whole = decodeInput(input, false).events;
  for (let cut = 1; cut < input.length; cut += 1) {
    const first = decodeInput(input.slice(0, cut), false);
    const second = decodeInput(first.rest + input.slice(cut), false);
    expect([...first.events, ...second.events]).toEqual(whole);
  }
});
