/**
 * Python's notion of white space, which is not JavaScript's: checksums depend on the difference.
 */
const SPACE =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, 'gu');
const RUNS = new RegExp(`[${SPACE}]+`, 'u');

/** Python's `text.strip()`. */
export function pythonStrip(text: string): string {
  return text.replace(ENDS, '');
}

/** Python's `' '.join(text.split())`: runs of white space become one space. */
export function foldSpace(text: string): string {
  return pythonStrip(text).split(RUNS).join(' ');
}
