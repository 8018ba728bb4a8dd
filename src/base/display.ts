/**
 * The only way by which text from data, files or servers reaches a terminal.
 */
import type { SafeText } from './ids.js';

// C0, DEL, C1, zero-width and bidirectional controls, line separators, byte-order mark.
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
const UNSAFE_BUT_NEWLINE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

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
