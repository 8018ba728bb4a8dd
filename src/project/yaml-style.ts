/**
 * Which way PyYAML writes a text: bare, in single quotes, or in double quotes with everything odd escaped.
 */
import { isPlainText } from './yaml-scalar.js';

export type ScalarStyle = 'plain' | 'single' | 'double';

/** Where a text is to stand. */
export interface ScalarPlace {
  /** It is the key of a mapping, on one line with its value. */
  readonly isSimpleKey: boolean;
}

const BREAK = /[\n\u0085\u2028\u2029]/u;
const LAYOUT = /[\0 \t\r\n\u0085\u2028\u2029]/u;
const SPECIAL = /[^\n\u0020-\u007e]/u;

/** The style of a text in block context; non-ASCII characters are always escaped. */
export function styleOf(text: string, { isSimpleKey }: ScalarPlace): ScalarStyle {
  const hasBreak = BREAK.test(text);
  const isCramped = isSimpleKey && (text === '' || hasBreak);
  if (!isCramped && isPlainText(text) && canBePlain(text)) return 'plain';
  return canBeSingle(text) && !(isSimpleKey && hasBreak) ? 'single' : 'double';
}

/** True if a text spans lines. */
export function isMultiline(text: string): boolean {
  return BREAK.test(text);
}

function canBeSingle(text: string): boolean {
  return !SPECIAL.test(text) && !/ [\n]|[\n] /u.test(text);
}

function canBePlain(text: string): boolean {
  if (SPECIAL.test(text) || BREAK.test(text) || /^ | $/u.test(text)) return false;
  return !hasIndicators(text);
}

function hasIndicators(text: string): boolean {
  if (text.startsWith('---') || text.startsWith('...')) return true;
  const first = text.charAt(0);
  if (/[#,[\]{}&*!|>'"%@`]/u.test(first)) return true;
  const isAlone = text.length === 1 || LAYOUT.test(text.charAt(1));
  if (/[?:-]/u.test(first) && isAlone) return true;
  return /:(?:[\0 \t\r\n]|$)/u.test(text.slice(1)) || /[\0 \t\r\n]#/u.test(text);
}
