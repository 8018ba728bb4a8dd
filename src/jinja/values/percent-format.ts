/**
 * `format % values`: Python's printf.
 */
import { JinjaError, typeError, valueError } from '../error.js';
import type { Value } from '../value.js';
import { characters, textLength } from './characters.js';
import { PyDecimal } from './decimal.js';
import { escapeCode, toRepr, toText, typeName } from './describe.js';
import { PyDict } from './dict.js';
import { intOf, PyFloat, toDouble, truncate } from './float.js';
import { printfFloat } from './format-spec.js';
import { MAX_TEXT, tooBig } from './size.js';
import { asText } from './text.js';
import { PyTuple } from './tuple.js';
import { Undefined } from './undefined.js';

const CONVERSION =
  /%(?:\((?<key>[^)]*)\))?(?<flags>[-+ #0]*)(?<width>\*|\d+)?(?:\.(?<precision>\*|\d*))?[hlL]?(?<type>.)?/gsu;

interface Conversion {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

/** `format % values`. @throws TypeError, ValueError, KeyError as Python does. */
export function formatPercent(format: string, values: Value): string {
  const source = new ArgumentSource(values);
  const text = format.replaceAll(CONVERSION, (whole: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    const offset = Number(rest.at(-3));
    const type = groups['type'];
    if (type === undefined) throw valueError('incomplete format');
    if (type === '%') return '%';
    const flags = groups['flags'] ?? '';
    const named = groups['key'] === undefined ? undefined : source.byKey(groups['key']);
    const width = source.size(groups['width']) ?? 0;
    const precision = source.size(groups['precision']);
    if (Math.abs(width) > MAX_TEXT) throw tooBig('The text');
    return convert(
      named === undefined ? source.next() : named,
      {
        flags: width < 0 ? `${flags}-` : flags,
        width: Math.abs(width),
        precision,
        type,
      },
      offset + whole.length - 1,
    );
  });
  source.finish();
  return text;
}

/** Hands out the values in turn, or by key. */
class ArgumentSource {
  readonly #values: Value;
  readonly #items: readonly Value[];
  #at = 0;
  #isKeyed = false;

  constructor(values: Value) {
    this.#values = values;
    this.#items = values instanceof PyTuple ? values.items : [values];
  }

  next(): Value {
    const item = this.#items[this.#at];
    if (item === undefined) throw typeError('not enough arguments for format string');
    this.#at += 1;
    return item;
  }

  byKey(key: string): Value {
    if (!(this.#values instanceof PyDict)) throw typeError('format requires a mapping');
    this.#isKeyed = true;
    const value = this.#values.get(key);
    if (value === undefined) throw new JinjaError('KeyError', toRepr(key));
    return value;
  }

  /** A width or precision: digits, or `*` for the next value. */
  size(text: string | undefined): number | undefined {
    if (text === undefined) return undefined;
    if (text !== '*') return Number(text);
    const value = intOf(this.next());
    if (value === undefined) throw typeError('* wants int');
    return Number(value);
  }

  finish(): void {
    const isMapping = this.#values instanceof PyDict || Array.isArray(this.#values);
    if (!this.#isKeyed && !isMapping && this.#at < this.#items.length) {
      throw typeError('not all arguments converted during string formatting');
    }
  }
}

function convert(value: Value, conversion: Conversion, index: number): string {
  const { type, precision } = conversion;
  switch (type) {
    case 's':
      return padded('', cut(toText(value), precision), conversion, false);
    case 'r':
      return padded('', cut(toRepr(value), precision), conversion, false);
    case 'a':
      return padded('', cut(ascii(value), precision), conversion, false);
    case 'c':
      return padded('', character(value), conversion, false);
    case 'd':
    case 'i':
    case 'u':
      return ofInt(wholeNumber(value, type), conversion);
    case 'o':
    case 'x':
    case 'X':
      return ofInt(strictInt(value, type), conversion);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return ofFloat(realNumber(value), conversion);
    default:
      throw valueError(
        `unsupported format character '${type}' (0x${(type.codePointAt(0) ?? 0).toString(16)}) at index ${index}`,
      );
  }
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : characters(text).slice(0, precision).join('');
}

function ascii(value: Value): string {
  return toRepr(value).replaceAll(/[^\0-\x7f]/gu, (one) => escapeCode(one.codePointAt(0) ?? 0));
}

function character(value: Value): string {
  const int = intOf(value);
  if (int !== undefined) return String.fromCodePoint(Number(int));
  const text = asText(value);
  if (text !== undefined && textLength(text) === 1) return text;
  throw typeError('%c requires int or char');
}

function wholeNumber(value: Value, type: string): number | bigint {
  if (value instanceof Undefined) throw value.error;
  if (value instanceof PyFloat) return truncate(value.value);
  if (value instanceof PyDecimal) return value.toInt();
  const int = intOf(value);
  if (int === undefined) {
    throw typeError(`%${type} format: a real number is required, not ${typeName(value)}`);
  }
  return int;
}

function strictInt(value: Value, type: string): number | bigint {
  const int = intOf(value);
  if (int === undefined) {
    throw typeError(`%${type} format: an integer is required, not ${typeName(value)}`);
  }
  return int;
}

function realNumber(value: Value): number {
  if (value instanceof Undefined) throw value.error;
  if (value instanceof PyFloat) return value.value;
  if (value instanceof PyDecimal) return value.toNumber();
  const int = intOf(value);
  if (int === undefined) throw typeError(`must be real number, not ${typeName(value)}`);
  return toDouble(int);
}

function ofInt(value: number | bigint, conversion: Conversion): string {
  const { type, precision = 1, flags } = conversion;
  const base = type === 'o' ? 8 : type.toLowerCase() === 'x' ? 16 : 10;
  const big = BigInt(value);
  const digits = (big < 0n ? -big : big).toString(base).padStart(precision, '0');
  const prefix = flags.includes('#') && base !== 10 ? `0${type}` : '';
  const shown = type === 'X' ? digits.toUpperCase() : digits;
  return padded(signFor(big < 0n, flags) + prefix, shown, conversion, true);
}

function ofFloat(value: number, conversion: Conversion): string {
  const { type, precision, flags } = conversion;
  const body = printfFloat(value, type, precision, flags.includes('#'));
  return padded(signFor(value < 0 || Object.is(value, -0), flags), body, conversion, true);
}

function signFor(isNegative: boolean, flags: string): string {
  if (isNegative) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function padded(sign: string, body: string, conversion: Conversion, isNumber: boolean): string {
  const { flags, width } = conversion;
  const missing = width - sign.length - textLength(body);
  if (missing <= 0) return sign + body;
  if (flags.includes('-')) return sign + body + ' '.repeat(missing);
  if (isNumber && flags.includes('0')) return sign + '0'.repeat(missing) + body;
  return ' '.repeat(missing) + sign + body;
}
