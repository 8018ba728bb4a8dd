/**
 * Control sequences as keys: xterm's, the Linux console's, and the kitty keyboard protocol's.
 */
import type { InputEvent } from './input-event.js';

const BY_LETTER: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  E: 'center',
  F: 'end',
  H: 'home',
  M: 'enter',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

const BY_NUMBER: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

const BY_CODE_POINT: Readonly<Record<number, string>> = {
  9: 'tab',
  13: 'enter',
  27: 'esc',
  32: 'space',
  127: 'backspace',
};

/** Events of one CSI or SS3 sequence; none for replies and for keys without a name. */
export function decodeControlSequence(parameters: string, final: string): readonly InputEvent[] {
  if (final === 'I' && parameters === '') return [{ kind: 'focus', isFocused: true }];
  if (final === 'O' && parameters === '') return [{ kind: 'focus', isFocused: false }];
  if (parameters.startsWith('<')) return decodeMouse(parameters.slice(1), final);
  if (parameters.startsWith('?') || parameters.startsWith('>')) return [];
  const fields = parameters.split(';');
  const [modifiers = '1', eventType = '1'] = (fields[1] ?? '1').split(':');
  // Kitty can report releases; one key is one event.
  if (eventType === '3') return [];
  const held = Math.max(0, Number(modifiers || '1') - 1);
  if (final === 'u') return decodeKitty(fields[0] ?? '', held);
  if (final === 'Z') return named('shift-tab', 0);
  const name = final === '~' ? BY_NUMBER[fields[0] ?? ''] : BY_LETTER[final];
  // `CSI 1;1R` is also the reply to "where is the cursor": only F3 with modifiers looks so, and we bind neither.
  return name === undefined ? [] : named(name, held);
}

function decodeKitty(codes: string, held: number): readonly InputEvent[] {
  const [code, shifted] = codes.split(':').map(Number);
  if (code === undefined || Number.isNaN(code)) return [];
  const name = BY_CODE_POINT[code];
  if (name !== undefined) {
    return name === 'space' && held === 0
      ? [{ kind: 'key', key: 'space', text: ' ' }]
      : named(name, held);
  }
  // The private use area numbers keys without text: media, keypad, lone modifiers.
  if (code < 32 || (code >= 57_344 && code <= 63_743) || code > 0x10ffff) return [];
  const plain = String.fromCodePoint(code);
  const isShifted = (held & 1) !== 0;
  const character = isShifted
    ? shifted === undefined || Number.isNaN(shifted)
      ? plain.toUpperCase()
      : String.fromCodePoint(shifted)
    : plain;
  const rest = held & ~1;
  if (rest === 0) return [{ kind: 'key', key: character, text: character }];
  return [{ kind: 'key', key: `${prefix(rest)}${character}`, text: null }];
}

function named(name: string, held: number): readonly InputEvent[] {
  return [{ kind: 'key', key: `${prefix(held)}${name}`, text: null }];
}

/** Modifiers in one order: `ctrl-`, `alt-`, `shift-`. */
function prefix(held: number): string {
  const ctrl = (held & 4) === 0 ? '' : 'ctrl-';
  const alt = (held & 2) === 0 ? '' : 'alt-';
  const shift = (held & 1) === 0 ? '' : 'shift-';
  return ctrl + alt + shift;
}

function decodeMouse(fields: string, final: string): readonly InputEvent[] {
  const [button = 0, column = 1, row = 1] = fields.split(';').map(Number);
  const x = column - 1;
  const y = row - 1;
  if ((button & 64) !== 0) {
    const action = (button & 1) === 0 ? 'wheel-up' : 'wheel-down';
    return [{ kind: 'mouse', action, x, y }];
  }
  // Moves, and buttons other than the first, mean nothing here.
  if ((button & 32) !== 0 || (button & 3) !== 0) return [];
  return [{ kind: 'mouse', action: final === 'M' ? 'press' : 'release', x, y }];
}
