/**
 * Python's view of a text: a sequence of code points, where JavaScript has UTF-16 units.
 */

const SURROGATE = /[\ud800-\udfff]/;

/** Python's white space, for use inside a character class of a regular expression. */
export const SPACE =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const LEADING = new RegExp(`^[${SPACE}]+`, 'u');
const TRAILING_ONE = new RegExp(`[${SPACE}]$`, 'u');

/** The text as an array of characters, one code point each. */
export function characters(text: string): string[] {
  return SURROGATE.test(text) ? Array.from(text) : text.split('');
}

/** `len(text)`. */
export function textLength(text: string): number {
  return SURROGATE.test(text) ? Array.from(text).length : text.length;
}

/** Whether every character is one UTF-16 unit, so that offsets of both languages agree. */
export function isFlat(text: string): boolean {
  return !SURROGATE.test(text);
}

/** Turns an offset in UTF-16 units into one in code points. */
export function toPythonOffset(text: string, offset: number): number {
  return offset < 0 || isFlat(text) ? offset : textLength(text.slice(0, offset));
}

/** `text.lstrip()`. */
export function trimStart(text: string): string {
  return text.replace(LEADING, '');
}

/** `text.rstrip()`. */
export function trimEnd(text: string): string {
  // Backwards by hand: a pattern anchored at the end would rescan the text from every blank.
  let end = text.length;
  while (end > 0 && TRAILING_ONE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Strips the characters of `set`, or white space, from the chosen sides. */
export function strip(
  text: string,
  set: string | undefined,
  side: 'both' | 'left' | 'right',
): string {
  if (set === undefined) {
    const left = side === 'right' ? text : trimStart(text);
    return side === 'left' ? left : trimEnd(left);
  }
  const points = characters(text);
  const unwanted = new Set(characters(set));
  let start = 0;
  let end = points.length;
  if (side !== 'right') while (start < end && unwanted.has(points[start] ?? '')) start += 1;
  if (side !== 'left') while (end > start && unwanted.has(points[end - 1] ?? '')) end -= 1;
  return points.slice(start, end).join('');
}

/** `text.splitlines()`: cuts at every line boundary that Python knows. */
export function splitLines(text: string, keepEnds = false): string[] {
  const lines =
    text.match(
      /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)/gu,
    ) ?? [];
  if (lines.at(-1) === '') lines.pop();
  return keepEnds
    ? lines
    : lines.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/u, ''));
}
