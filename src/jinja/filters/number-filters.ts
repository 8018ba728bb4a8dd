/**
 * Filters that give numbers.
 */
import { JinjaError, typeError, valueError } from '../error.js';
import { wholeOf } from '../methods/number-methods.js';
import { intArgument } from '../methods/text-search.js';
import type { Value } from '../value.js';
import { operate, signed } from '../values/arithmetic.js';
import { isOrdered } from '../values/compare.js';
import { PyDecimal } from '../values/decimal.js';
import { isTruthy, toRepr, typeName } from '../values/describe.js';
import { fixedDigits, roundDouble } from '../values/digits.js';
import { intOf, numberOf, PyFloat, toDouble, toInt, truncate } from '../values/float.js';
import { asText } from '../values/text.js';
import { Undefined } from '../values/undefined.js';
import { type Filter, filter } from './filter.js';

const MAX_DIGITS = 4300;

/** `int(text, base)`. @throws ValueError as Python does. */
export function parseInteger(text: string, base: number): number | bigint {
  const invalid = (): JinjaError =>
    valueError(`invalid literal for int() with base ${base}: ${toRepr(text)}`);
  const match = /^([+-]?)(?:(0[xX])|(0[oO])|(0[bB]))?_?([\da-zA-Z]+(?:_[\da-zA-Z]+)*)$/u.exec(
    text.trim(),
  );
  if (match === null) throw invalid();
  const [, sign = '', hex, octal, binary, body = ''] = match;
  const prefixBase =
    hex === undefined ? (octal === undefined ? (binary === undefined ? 0 : 2) : 8) : 16;
  const digits = body.replaceAll('_', '').toLowerCase();
  if (prefixBase !== 0 && base !== 0 && base !== prefixBase) {
    // In base 16, `0b1` is a number without a prefix.
    if (base < 12 || prefixBase === 16) throw invalid();
    return parseInteger(`${sign}${text.trim().replace(/^[+-]?0/u, '')}`, base);
  }
  const radix = base === 0 ? prefixBase || 10 : base;
  if (radix === 10 && digits.length > MAX_DIGITS) {
    throw valueError(
      `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion: value has ${digits.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
    );
  }
  let value = 0n;
  for (const digit of digits) {
    const weight = parseInt(digit, 36);
    if (weight >= radix) throw invalid();
    value = value * BigInt(radix) + BigInt(weight);
  }
  return toInt(sign === '-' ? -value : value);
}

/** `float(text)`. @throws ValueError as Python does. */
export function parseFloating(text: string): number {
  const trimmed = text.trim().toLowerCase();
  const special = /^([+-]?)(?:(inf|infinity)|nan)$/u.exec(trimmed);
  if (special !== null) {
    if (special[2] === undefined) return Number.NaN;
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (
    !/^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/u.test(
      trimmed,
    )
  ) {
    throw valueError(`could not convert string to float: ${toRepr(text)}`);
  }
  return Number(trimmed.replaceAll('_', ''));
}

/** `float(x)`. @throws TypeError, ValueError, OverflowError as Python does. */
export function toFloating(value: Value): number {
  if (value instanceof Undefined) throw value.error;
  const text = asText(value);
  if (text !== undefined) return parseFloating(text);
  if (value instanceof PyDecimal) return value.toNumber();
  const number = numberOf(value);
  if (number === undefined) {
    throw typeError(`float() argument must be a string or a real number, not '${typeName(value)}'`);
  }
  return toDouble(number);
}

/** Runs a conversion; undefined if it raises one of the classes. */
function attempt<Result>(
  convert: () => Result,
  ...pythonClasses: readonly string[]
): Result | undefined {
  try {
    return convert();
  } catch (error) {
    if (error instanceof JinjaError && pythonClasses.includes(error.pythonClass)) return undefined;
    throw error;
  }
}

function toWhole(value: Value, fallback: Value, base: Value): Value {
  const whole = attempt(
    () => {
      if (value instanceof Undefined) throw value.error;
      const text = asText(value);
      if (text !== undefined) return parseInteger(text, intArgument(base));
      const number = wholeOf(value);
      if (number === undefined) throw typeError('not a number');
      return number;
    },
    'TypeError',
    'ValueError',
  );
  if (whole !== undefined) return whole;
  // "42.23" gives 42.
  return (
    attempt(() => truncate(toFloating(value)), 'TypeError', 'ValueError', 'OverflowError') ??
    fallback
  );
}

function absolute(value: Value): Value {
  const number = numberOf(value);
  if (number === undefined && !(value instanceof PyDecimal)) {
    throw typeError(`bad operand type for abs(): '${typeName(value)}'`);
  }
  if (value instanceof PyFloat) return new PyFloat(Math.abs(value.value));
  return isOrdered('<', value, 0) ? signed('-', value) : signed('+', value);
}

function round(value: Value, precision: number, method: string): Value {
  if (method === 'common') return roundCommon(value, precision);
  const scale = operate('**', 10, precision);
  const scaled = operate('*', value, scale);
  const number = numberOf(scaled) ?? (scaled instanceof PyDecimal ? scaled.toNumber() : undefined);
  if (number === undefined) throw typeError(`must be real number, not ${typeName(scaled)}`);
  const whole =
    typeof number === 'bigint'
      ? number
      : truncate(method === 'ceil' ? Math.ceil(number) : Math.floor(number));
  return operate('/', whole, scale);
}

function roundCommon(value: Value, precision: number): Value {
  if (value instanceof PyFloat) return new PyFloat(roundDouble(value.value, precision));
  if (value instanceof PyDecimal) return value.quantize(precision);
  const int = intOf(value);
  if (int === undefined) {
    throw typeError(`type ${typeName(value)} doesn't define __round__ method`);
  }
  return precision >= 0 ? int : PyDecimal.fromInt(int).quantize(precision).toInt();
}

const SIZES: readonly string[] = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

function fileSize(bytes: number, isBinary: boolean): string {
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${truncate(bytes)} Bytes`;
  const steps = SIZES.findIndex((_, index) => bytes < base ** (index + 2));
  const index = steps === -1 ? SIZES.length - 1 : steps;
  const size = SIZES[index] ?? '';
  const prefix = isBinary ? `${size.toUpperCase()}i` : size;
  const amount = (base * bytes) / base ** (index + 2);
  return `${amount < 0 ? '-' : ''}${fixedDigits(amount, 1)} ${prefix}B`;
}

export const NUMBER_FILTERS: readonly (readonly [string, Filter])[] = [
  ['abs', filter('abs(x)', ([x = null]) => absolute(x))],
  [
    'filesizeformat',
    filter('do_filesizeformat(value, binary=False)', ([value = null, binary = false]) =>
      fileSize(toFloating(value), isTruthy(binary)),
    ),
  ],
  [
    'float',
    filter('do_float(value, default=0.0)', ([value = null, fallback = null]) => {
      const number = attempt(() => toFloating(value), 'TypeError', 'ValueError');
      return number === undefined ? fallback : new PyFloat(number);
    }),
  ],
  [
    'int',
    filter('do_int(value, default=0, base=10)', ([value = null, fallback = 0, base = 10]) =>
      toWhole(value, fallback, base),
    ),
  ],
  [
    'round',
    filter(
      "do_round(value, precision=0, method='common')",
      ([value = null, precision = 0, method = 'common']) => {
        const name = asText(method) ?? '';
        if (!['common', 'ceil', 'floor'].includes(name)) {
          throw new JinjaError('FilterArgumentError', 'method must be common, ceil or floor');
        }
        return round(value, intArgument(precision), name);
      },
    ),
  ],
];
