/**
 * Python's notion of white space, which is not JavaScript's: checksums depend on the difference.
 */
const SPACE =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const ONE = new RegExp(`[${SPACE}]`, 'u');
const RUNS = new RegExp(`[${SPACE}]+`, 'gu');

/** Python's `text.strip()`. */
export function pythonStrip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text, start)) start += 1;
  while (end > start && isSpace(text, end - 1)) end -= 1;
  return text.slice(start, end);
}

/** Python's `' '.join(text.split())`: runs of white space become one space. */
export function foldSpace(text: string): string {
  return pythonStrip(text).replace(RUNS, ' ');
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80)
    return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
  return ONE.test(text.charAt(at));
}
