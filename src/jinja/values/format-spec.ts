/**
 * `format(value, spec)`: Python's format mini-language, `[[fill]align][sign][#][0][width][,_][.precision][type]`.
 */
import { JinjaError, valueError } from '../error.js';
import { PyObject, type Value } from '../value.js';
import { characters, textLength } from './characters.js';
import { PyDecimal } from './decimal.js';
import { toText, typeName } from './describe.js';
import { fixedDigits, significantDigits } from './digits.js';
import { intOf, PyFloat, reprFloat, toDouble } from './float.js';
import { MAX_TEXT, tooBig } from './size.js';
import { asText } from './text.js';

/** A format specification, taken apart. */
export interface FormatSpec {
  readonly fill: string | undefined;
  readonly align: string;
  readonly sign: string;
  readonly isAlternate: boolean;
  readonly isZeroPadded: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

const SPEC =
  /^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[+\- ])?z?(?<alternate>#)?(?<zero>0)?(?<width>\d+)?(?<grouping>[,_])?(?:\.(?<precision>\d+))?(?<type>[a-zA-Z%])?$/su;

function parseSpec(spec: string, value: Value): FormatSpec {
  const groups = SPEC.exec(spec)?.groups;
  if (groups === undefined) {
    throw valueError(`Invalid format specifier '${spec}' for object of type '${typeName(value)}'`);
  }
  const width = Number(groups['width'] ?? 0);
  if (width > MAX_TEXT) throw tooBig('The text');
  const precision = groups['precision'];
  return {
    fill: groups['fill'],
    align: groups['align'] ?? '',
    sign: groups['sign'] ?? '-',
    isAlternate: groups['alternate'] !== undefined,
    isZeroPadded: groups['zero'] !== undefined,
    width,
    grouping: groups['grouping'] ?? '',
    precision: precision === undefined ? undefined : Number(precision),
    type: groups['type'] ?? '',
  };
}

/** `format(value, spec)`. @throws ValueError, TypeError worded as Python's. */
export function formatValue(value: Value, spec: string): string {
  const own = value instanceof PyObject ? value.format(spec) : undefined;
  if (own !== undefined) return own;
  if (spec === '') return toText(value);
  const text = asText(value);
  if (text !== undefined) return formatText(text, parseSpec(spec, value), value);
  if (value instanceof PyFloat) return formatFloat(value.value, parseSpec(spec, value), value);
  if (value instanceof PyDecimal) return formatDecimal(value, parseSpec(spec, value));
  const int = intOf(value);
  if (int !== undefined) return formatInt(int, parseSpec(spec, value), value);
  throw new JinjaError(
    'TypeError',
    `unsupported format string passed to ${typeName(value)}.__format__`,
  );
}

function unknownCode(type: string, value: Value): JinjaError {
  return valueError(`Unknown format code '${type}' for object of type '${typeName(value)}'`);
}

function formatText(text: string, spec: FormatSpec, value: Value): string {
  if (spec.type !== '' && spec.type !== 's') throw unknownCode(spec.type, value);
  if (spec.sign !== '-') throw valueError('Sign not allowed in string format specifier');
  if (spec.align === '=') throw valueError("'=' alignment not allowed in string format specifier");
  const cut =
    spec.precision === undefined ? text : characters(text).slice(0, spec.precision).join('');
  return pad('', cut, spec, '<');
}

const BASES: ReadonlyMap<string, number> = new Map([
  ['b', 2],
  ['o', 8],
  ['x', 16],
  ['X', 16],
]);

function formatInt(value: number | bigint, spec: FormatSpec, original: Value): string {
  const { type } = spec;
  if ('eEfFgG%'.includes(type) && type !== '') return formatFloat(toDouble(value), spec, original);
  if (spec.precision !== undefined) {
    throw valueError('Precision not allowed in integer format specifier');
  }
  if (type === 'c') return pad('', String.fromCodePoint(Number(value)), spec, '<');
  const base = BASES.get(type) ?? 10;
  if (base === 10 && !['', 'd', 'n'].includes(type)) throw unknownCode(type, original);
  const big = BigInt(value);
  const digits = (big < 0n ? -big : big).toString(base);
  const prefix = spec.isAlternate && base !== 10 ? `0${type}` : '';
  const sign = signOf(big < 0n, spec) + prefix;
  return padNumber(
    sign,
    type === 'X' ? digits.toUpperCase() : digits,
    '',
    spec,
    base === 10 ? 3 : 4,
  );
}

function signOf(isNegative: boolean, spec: FormatSpec): string {
  if (isNegative) return '-';
  return spec.sign === '-' ? '' : spec.sign;
}

function formatFloat(value: number, spec: FormatSpec, original: Value): string {
  const { type } = spec;
  if (!'eEfFgGn%'.includes(type)) throw unknownCode(type, original);
  const isNegative = value < 0 || Object.is(value, -0);
  const size = Math.abs(value);
  const body = floatBody(size, spec);
  const shown = type === 'E' || type === 'G' || type === 'F' ? body.toUpperCase() : body;
  return padParts(signOf(isNegative, spec), shown + (type === '%' ? '%' : ''), spec);
}

function floatBody(size: number, spec: FormatSpec): string {
  const { type, precision, isAlternate } = spec;
  if (!Number.isFinite(size)) return Number.isNaN(size) ? 'nan' : 'inf';
  switch (type.toLowerCase()) {
    case 'f':
      return fixedDigits(size, precision ?? 6) + (isAlternate && precision === 0 ? '.' : '');
    case '%':
      return fixedDigits(size * 100, precision ?? 6);
    case 'e':
      return exponential(size, precision ?? 6);
    case '':
      if (precision === undefined) return reprFloat(size);
      return general(size, precision, isAlternate, true);
    default:
      return general(size, precision ?? 6, isAlternate, false);
  }
}

/** `%.{places}e`, without a sign. */
function exponential(size: number, places: number): string {
  const { digits, exponent } = significantDigits(size, places + 1);
  const fraction = places === 0 ? '' : `.${digits.slice(1)}`;
  return `${digits.charAt(0)}${fraction}${exponentText(exponent)}`;
}

function exponentText(exponent: number): string {
  return `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** `%.{precision}g`; `isRepr` keeps one digit after the point, as an empty type does. */
function general(size: number, precision: number, isAlternate: boolean, isRepr: boolean): string {
  const count = Math.max(1, precision);
  const { digits, exponent } = significantDigits(size, count);
  const trimmed = (text: string): string =>
    isAlternate || !text.includes('.') ? text : text.replace(/\.?0+$/u, '');
  if (exponent < -4 || exponent >= (isRepr && count > 1 ? count - 0 : count)) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return trimmed(digits.charAt(0) + fraction) + exponentText(exponent);
  }
  const text = trimmed(fixedDigits(size, Math.max(0, count - 1 - exponent)));
  return isRepr && !text.includes('.') ? `${text}.0` : text;
}

function formatDecimal(value: PyDecimal, spec: FormatSpec): string {
  const { type, precision } = spec;
  if (type !== '' && !'eEfFgGn%'.includes(type)) throw valueError('invalid format string');
  const scaled = type === '%' ? value.operate('*', 100, false) : value;
  const number = scaled instanceof PyDecimal ? scaled : value;
  const isFixed = type !== '' && 'fF%'.includes(type);
  if (!isFixed && type !== '' && type !== 'n') {
    return formatFloat(value.toNumber(), spec, value);
  }
  const places = precision ?? (isFixed ? Math.max(0, number.scale) : undefined);
  const shown = places === undefined || !isFixed ? number : number.quantize(places);
  const text = shown.toText().replace('-', '');
  return padParts(signOf(number.isNegative, spec), text + (type === '%' ? '%' : ''), spec);
}

/** Splits a printed number into its whole part and the rest, for grouping and padding. */
function padParts(sign: string, body: string, spec: FormatSpec): string {
  const [whole = ''] = /^\d+/u.exec(body) ?? [];
  return padNumber(sign, whole, body.slice(whole.length), spec, 3);
}

function padNumber(
  sign: string,
  whole: string,
  rest: string,
  spec: FormatSpec,
  groupSize: number,
): string {
  const isZeroFilled = spec.isZeroPadded && spec.align === '';
  const room =
    isZeroFilled || (spec.align === '=' && spec.fill === '0')
      ? spec.width - sign.length - rest.length
      : 0;
  const grouped = group(whole, spec.grouping, groupSize, room);
  if (isZeroFilled) return sign + grouped.padStart(room, '0') + rest;
  return pad(sign, grouped + rest, spec, '>');
}

/** Puts a separator between groups, with leading zeros up to `room` characters. */
function group(digits: string, separator: string, size: number, room: number): string {
  if (separator === '') return digits.padStart(room, '0');
  let padded = digits;
  const lengthOf = (text: string): number => text.length + Math.floor((text.length - 1) / size);
  while (lengthOf(padded) < room) padded = `0${padded}`;
  return padded.replaceAll(new RegExp(`\\B(?=(?:.{${size}})+$)`, 'gu'), separator);
}

function pad(sign: string, body: string, spec: FormatSpec, fallback: string): string {
  const missing = spec.width - sign.length - textLength(body);
  if (missing <= 0) return sign + body;
  const fill = spec.fill ?? (spec.isZeroPadded ? '0' : ' ');
  switch (spec.align === '' ? fallback : spec.align) {
    case '<':
      return sign + body + fill.repeat(missing);
    case '^': {
      const left = Math.floor(missing / 2);
      return fill.repeat(left) + sign + body + fill.repeat(missing - left);
    }
    case '=':
      return sign + fill.repeat(missing) + body;
    default:
      return fill.repeat(missing) + sign + body;
  }
}

/** The digits of one printf conversion of a float: what `%` formatting shares with `format()`. */
export function printfFloat(
  value: number,
  type: string,
  precision: number | undefined,
  isAlternate: boolean,
): string {
  const body = floatBody(Math.abs(value), {
    fill: undefined,
    align: '',
    sign: '-',
    isAlternate,
    isZeroPadded: false,
    width: 0,
    grouping: '',
    precision,
    type,
  });
  return type === type.toLowerCase() ? body : body.toUpperCase();
}
