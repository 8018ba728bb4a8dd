/**
 * The only way by which text from data, files or servers reaches a terminal.
 */
import type { SafeText } from './ids.js';

// C0, DEL, C1, zero-width and bidirectional controls, line separators, byte-order mark.
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
const UNSAFE_BUT_NEWLINE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

// As above, without white space and what our own colours begin with.
const UNSAFE_IN_OUTPUT =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * The last look at what goes to a terminal, for forms that are written whole: controls as JSON escapes them, so that JSON stays
 * what it is. Colours, which are ours by then, stay.
 */
export function displayOutput(text: string): string {
  return text.replace(
    UNSAFE_IN_OUTPUT,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Makes one line of text safe: control characters become visible, so that no cell can move the cursor, set the title or hide text.
 *
 * Newlines show as `⏎`, tabs as a space, other controls as `␛`-like pictures or `\u{..}`.
 */
export function display(text: string): SafeText {
  return text.replace(UNSAFE, picture) as SafeText;
}

/** As `display`, but keeps newlines: for messages and SQL printed over several lines. Tabs become two spaces. */
export function displayLines(text: string): SafeText {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '  ')
    .replace(UNSAFE_BUT_NEWLINE, picture) as SafeText;
}

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return '⏎';
  if (character === '\t') return ' ';
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `\\u{${code.toString(16)}}`;
}
