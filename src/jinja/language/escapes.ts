/**
 * The escapes in a string literal, as Jinja2 decodes them: Python's `unicode-escape`.
 */

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** Decodes the inside of a string literal, or says what is wrong with it in Python's words. */
export function readEscapes(body: string): { readonly text: string } | { readonly error: string } {
  let text = '';
  let at = 0;
  while (at < body.length) {
    const backslash = body.indexOf('\\', at);
    if (backslash === -1) break;
    text += body.slice(at, backslash);
    const mark = String.fromCodePoint(body.codePointAt(backslash + 1) ?? 0);
    at = backslash + 1 + mark.length;
    const simple = SIMPLE.get(mark);
    const width = HEX_DIGITS.get(mark);
    if (simple !== undefined) text += simple;
    else if (width !== undefined) {
      const digits = body.slice(at, at + width);
      const code =
        /^[\da-fA-F]+$/u.test(digits) && digits.length === width ? parseInt(digits, 16) : -1;
      if (code === -1) {
        const shown = `\\${mark}${'X'.repeat(width)}`;
        return { error: `truncated ${shown} escape` };
      }
      if (code > 0x10_ffff) return { error: 'illegal Unicode character' };
      text += String.fromCodePoint(code);
      at += width;
    } else if (/[0-7]/u.test(mark)) {
      const [digits = mark] = /^[0-7]{1,3}/u.exec(body.slice(at - 1)) ?? [];
      text += String.fromCodePoint(parseInt(digits, 8));
      at += digits.length - 1;
    } else if (mark === 'N') {
      return { error: 'unknown Unicode character name' };
    } else {
      text += `\\${unknownEscape(mark)}`;
    }
  }
  return { text: text + body.slice(at) };
}

/** Python keeps the backslash of an escape that it does not know; a character beyond ASCII has become digits by then. */
function unknownEscape(mark: string): string {
  const code = mark.codePointAt(0) ?? 0;
  if (code < 0x80) return mark;
  if (code < 0x100) return `x${code.toString(16)}`;
  return code < 0x1_0000
    ? `u${code.toString(16).padStart(4, '0')}`
    : `U${code.toString(16).padStart(8, '0')}`;
}
