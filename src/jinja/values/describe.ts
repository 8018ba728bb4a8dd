/**
 * What Python says of a value: its type's name, `str()`, `repr()` and truth.
 */
import { JinjaError } from '../error.js';
import { PyObject, type Value } from '../value.js';

// Python refuses to print longer ints: the conversion is quadratic.
const MAX_DIGITS = 4300;

/** `type(x).__name__`. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'number':
    case 'bigint':
      return 'int';
    case 'boolean':
      return 'bool';
    default:
      if (value === null) return 'NoneType';
      return Array.isArray(value) ? 'list' : value.typeName;
  }
}

/** How Jinja2 names the owner of a missing attribute: `dict object`, `None`. */
export function describeObject(value: Value): string {
  if (value === null) return 'None';
  return value instanceof PyObject ? value.description : `${typeName(value)} object`;
}

/** `str(x)`. */
export function toText(value: Value): string {
  return typeof value === 'string'
    ? value
    : value instanceof PyObject
      ? value.toText()
      : toRepr(value);
}

/** `repr(x)`. */
export function toRepr(value: Value): string {
  switch (typeof value) {
    case 'string':
      return reprText(value);
    case 'number':
      return String(value);
    case 'bigint':
      return reprBigint(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      if (value === null) return 'None';
      return Array.isArray(value) ? reprItems(value, value, '[', ']') : value.toRepr();
  }
}

function reprBigint(value: bigint): string {
  // 3.33 bits a digit: a cheap guard before the costly conversion.
  const digits = value < 1n << 15_000n && value > -(1n << 15_000n) ? value.toString() : undefined;
  if (digits === undefined || digits.replace('-', '').length > MAX_DIGITS) {
    throw new JinjaError(
      'ValueError',
      `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
    );
  }
  return digits;
}

const printing = new Set<Value[] | PyObject>();

/** Prints a container's items between brackets; a container that holds itself prints `[...]` there. */
export function reprItems(
  owner: Value[] | PyObject,
  items: Iterable<Value>,
  open: string,
  close: string,
): string {
  return reprOnce(owner, `${open}...${close}`, () => {
    let text = '';
    for (const item of items) text += text === '' ? toRepr(item) : `, ${toRepr(item)}`;
    return open + text + close;
  });
}

/** Runs `print` unless `owner` is being printed already, then gives `again`. */
export function reprOnce(owner: Value[] | PyObject, again: string, print: () => string): string {
  if (printing.has(owner)) return again;
  printing.add(owner);
  try {
    return print();
  } finally {
    printing.delete(owner);
  }
}

// What Python's str.isprintable() refuses, but the space.
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}\\]/gu;
const PLAIN = /^[ !#-&(-[\]-~]*$/u;

/** Python's quoting: single quotes unless the text holds one and no double quote. */
export function reprText(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replaceAll(UNPRINTABLE, escapeCharacter);
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

function escapeCharacter(character: string): string {
  switch (character) {
    case ' ':
      return ' ';
    case '\\':
      return '\\\\';
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default:
      return escapeCode(character.codePointAt(0) ?? 0);
  }
}

/** `\x1b`, `\u200b`, `\U0001f600`. */
export function escapeCode(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x1_0000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

/** `bool(x)`. */
export function isTruthy(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'number':
      return value !== 0;
    case 'bigint':
      return value !== 0n;
    default:
      if (value === null) return false;
      return Array.isArray(value) ? value.length > 0 : value.isTruthy();
  }
}
