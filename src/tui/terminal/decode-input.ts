/**
 * Terminal input as events: one a key, however many arrive at once, and Enter inside a run of letters is still Enter.
 *
 * Pure: a text goes in, events and the unfinished rest come out.
 */
import { graphemes } from '../cells/width.js';
import { decodeControlSequence } from './decode-sequence.js';
import type { InputEvent } from './input-event.js';

export interface Decoded {
  readonly events: readonly InputEvent[];
  /** The start of something that is not complete; put it before the next text. */
  readonly rest: string;
}

const ESC = '\u001b';
const PASTE_START = '\u001b[200~';
const PASTE_END = '\u001b[201~';
// CSI: parameters, intermediates, a final byte.
const CONTROL_SEQUENCE = /\u001b\[([0-?]*)([ -/]*)([@-~])/y;
// Replies of the terminal to questions: OSC, DCS, APC, PM.
const STRING_SEQUENCE = /\u001b[\]P_^][^\u0007\u001b]*(?:\u0007|\u001b\\)/y;
const CONTROL_NAMES: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0000': 'ctrl-space',
  '\u001c': 'ctrl-\\',
  '\u001d': 'ctrl-]',
  '\u001e': 'ctrl-^',
  '\u001f': 'ctrl-_',
};

/**
 * Decodes as much of `input` as is complete.
 *
 * @param isFinal true when no more is coming soon: a lone ESC is then the key, not the start of a sequence.
 */
export function decodeInput(input: string, isFinal: boolean): Decoded {
  const events: InputEvent[] = [];
  let at = 0;
  while (at < input.length) {
    const step = input[at] === ESC ? decodeEscape(input, at, isFinal) : decodeText(input, at);
    if (step === null) return { events, rest: input.slice(at) };
    events.push(...step.events);
    at = step.next;
  }
  return { events, rest: '' };
}

interface Step {
  readonly events: readonly InputEvent[];
  readonly next: number;
}

function key(name: string, text: string | null = null): InputEvent {
  return { kind: 'key', key: name, text };
}

/** Null: not complete yet. */
function decodeEscape(input: string, at: number, isFinal: boolean): Step | null {
  const second = input[at + 1];
  if (second === undefined) return isFinal ? { events: [key('esc')], next: at + 1 } : null;
  if (input.startsWith(PASTE_START, at)) return decodePaste(input, at);
  if (second === '[') {
    const sequence = matchAt(CONTROL_SEQUENCE, input, at);
    if (sequence !== null) {
      const [whole, parameters = '', , final = ''] = sequence;
      // The oldest mouse protocol: three raw bytes follow. We do not ask for it, but some terminals send it.
      if (whole === '\u001b[M') return { events: [], next: at + whole.length + 3 };
      return { events: decodeControlSequence(parameters, final), next: at + whole.length };
    }
    if (!isFinal) return null;
    // A sequence that was cut off is not text that somebody typed.
    const isKey = at + 2 === input.length;
    return { events: isKey ? [key('alt-[')] : [], next: input.length };
  }
  if (second === 'O') {
    const final = input[at + 2];
    if (final === undefined) return isFinal ? { events: [key('alt-O')], next: at + 2 } : null;
    return { events: decodeControlSequence('', final), next: at + 3 };
  }
  if (']P_^'.includes(second)) {
    const reply = matchAt(STRING_SEQUENCE, input, at);
    if (reply !== null) return { events: [], next: at + reply[0].length };
    if (!isFinal) return null;
    return { events: [key(`alt-${second}`)], next: at + 2 };
  }
  if (second === ESC) return { events: [key('esc')], next: at + 1 };
  const step = decodeText(input, at + 1);
  return {
    events: step.events.map((event) => (event.kind === 'key' ? key(`alt-${event.key}`) : event)),
    next: step.next,
  };
}

function decodePaste(input: string, at: number): Step | null {
  const end = input.indexOf(PASTE_END, at);
  if (end === -1) return null;
  const text = input.slice(at + PASTE_START.length, end).replaceAll(/\r\n?/gu, '\n');
  return { events: [{ kind: 'paste', text }], next: end + PASTE_END.length };
}

function decodeText(input: string, at: number): Step {
  const character = input[at] ?? '';
  const code = character.charCodeAt(0);
  const name = CONTROL_NAMES[character];
  if (name !== undefined) return { events: [key(name)], next: at + 1 };
  if (code < 0x20) {
    return { events: [key(`ctrl-${String.fromCharCode(code + 0x60)}`)], next: at + 1 };
  }
  if (character === ' ') return { events: [key('space', ' ')], next: at + 1 };
  if (code < 0x7f) return { events: [key(character, character)], next: at + 1 };
  return decodeBeyondAscii(input, at);
}

/** A run of characters beyond ASCII, one event a grapheme. */
function decodeBeyondAscii(input: string, at: number): Step {
  let end = at;
  while (end < input.length && input.charCodeAt(end) > 0x7f) end += 1;
  const run = input.slice(at, end);
  return { events: graphemes(run).map(({ text }) => key(text, text)), next: end };
}

function matchAt(pattern: RegExp, input: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(input);
}
