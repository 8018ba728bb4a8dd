/**
 * `+ - * / // % **` and the signs, by Python's rules: exact ints, floats apart, sequences joined and repeated.
 */
import { JinjaError, typeError } from '../error.js';
import { type Operator, PyObject, type Value } from '../value.js';
import { typeName } from './describe.js';
import { intOf, numberOf, PyFloat, toDouble, toInt } from './float.js';
import { formatPercent } from './percent-format.js';
import { MAX_BITS, MAX_ITEMS, MAX_TEXT, repeated, repeatedText, tooBig } from './size.js';
import { asText } from './text.js';

/** `left op right`. @throws TypeError, ZeroDivisionError and others, worded as Python does. */
export function operate(operator: Operator, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return ofInts(operator, left, right);
  if (operator === '%') {
    const format = asText(left);
    if (format !== undefined) return formatPercent(format, right);
  }
  const overloaded =
    (left instanceof PyObject ? left.operate(operator, right, false) : undefined) ??
    (right instanceof PyObject ? right.operate(operator, left, true) : undefined);
  if (overloaded !== undefined) return overloaded;
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) {
    return left instanceof PyFloat || right instanceof PyFloat
      ? ofFloats(operator, toDouble(a), toDouble(b))
      : ofInts(operator, a, b);
  }
  return ofSequences(operator, left, right) ?? refuse(operator, left, right);
}

function refuse(operator: Operator, left: Value, right: Value): never {
  const shown = operator === '**' ? '** or pow()' : operator;
  throw typeError(
    `unsupported operand type(s) for ${shown}: '${typeName(left)}' and '${typeName(right)}'`,
  );
}

function ofSequences(operator: Operator, left: Value, right: Value): Value | undefined {
  if (operator === '+') return joined(left, right);
  if (operator !== '*') return undefined;
  const [sequence, count] = isSequence(left) ? [left, right] : [right, left];
  if (!isSequence(sequence)) return undefined;
  const times = intOf(count);
  if (times === undefined) {
    throw typeError(`can't multiply sequence by non-int of type '${typeName(count)}'`);
  }
  return Array.isArray(sequence)
    ? repeated(sequence, times)
    : repeatedText(asText(sequence) ?? '', times);
}

function isSequence(value: Value): boolean {
  return Array.isArray(value) || asText(value) !== undefined;
}

function joined(left: Value, right: Value): Value | undefined {
  const text = asText(left);
  if (text !== undefined) {
    const other = asText(right);
    if (other === undefined) {
      throw typeError(`can only concatenate str (not "${typeName(right)}") to str`);
    }
    if (text.length + other.length > MAX_TEXT) throw tooBig('The text');
    return text + other;
  }
  if (!Array.isArray(left)) return undefined;
  if (!Array.isArray(right)) {
    throw typeError(`can only concatenate list (not "${typeName(right)}") to list`);
  }
  if (left.length + right.length > MAX_ITEMS) throw tooBig('The sequence');
  return [...left, ...right];
}

function ofInts(operator: Operator, left: number | bigint, right: number | bigint): Value {
  if (typeof left === 'number' && typeof right === 'number') {
    const quick = ofSafeInts(operator, left, right);
    if (quick !== undefined) return quick;
  }
  const [a, b] = [BigInt(left), BigInt(right)];
  switch (operator) {
    case '+':
      return toInt(a + b);
    case '-':
      return toInt(a - b);
    case '*':
      if (bitsOf(a) + bitsOf(b) > MAX_BITS) throw tooBig('The number');
      return toInt(a * b);
    case '/':
      if (b === 0n) throw zeroDivision('division by zero');
      return new PyFloat(quotient(a, b));
    case '//':
      return toInt(floorDivide(a, b));
    case '%':
      return toInt(a - floorDivide(a, b) * b);
    default:
      return power(a, b);
  }
}

/** The answer where doubles give it exactly; undefined where bigints must. */
function ofSafeInts(operator: Operator, left: number, right: number): Value | undefined {
  switch (operator) {
    case '+':
      return safe(left + right);
    case '-':
      return safe(left - right);
    case '*':
      return safe(left * right);
    case '/':
      if (right === 0) throw zeroDivision('division by zero');
      return new PyFloat(left / right);
    case '//':
      if (right === 0) throw zeroDivision('integer division or modulo by zero');
      // A double quotient may round up to the next whole number when the dividend is large.
      return Math.abs(left) < 2 ** 31 ? safe(Math.floor(left / right)) : undefined;
    case '%': {
      if (right === 0) throw zeroDivision('integer modulo by zero');
      const rest = left % right;
      return rest !== 0 && rest < 0 !== right < 0 ? rest + right : safe(rest);
    }
    default:
      return undefined;
  }
}

function safe(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value + 0 : undefined;
}

function zeroDivision(message: string): JinjaError {
  return new JinjaError('ZeroDivisionError', message);
}

/** Rounds once, where dividing two doubles would round three times. */
function quotient(a: bigint, b: bigint): number {
  const direct = Number(a) / Number(b);
  if (
    Number.isFinite(direct) &&
    Number.isSafeInteger(Number(a)) &&
    Number.isSafeInteger(Number(b))
  ) {
    return direct;
  }
  if (a === 0n) return 0;
  // 64 bits of quotient hold every bit that a double keeps; the last one is sticky.
  const shift = BigInt(Math.max(0, bitsOf(b) - bitsOf(a) + 64));
  const scaled = (a << shift) / b;
  const sticky = scaled * b === a << shift ? scaled : scaled | 1n;
  const result = Number(sticky) / 2 ** Number(shift);
  if (!Number.isFinite(result)) {
    throw new JinjaError('OverflowError', 'integer division result too large for a float');
  }
  return result;
}

/** The size of an int in bits, rounded up to whole hexadecimal digits. */
function bitsOf(value: bigint): number {
  return value.toString(16).length * 4;
}

function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) throw zeroDivision('integer division or modulo by zero');
  const whole = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? whole - 1n : whole;
}

function power(base: bigint, exponent: bigint): Value {
  if (exponent < 0n) {
    if (base === 0n) throw zeroDivision('0.0 cannot be raised to a negative power');
    return new PyFloat(toDouble(toInt(base)) ** Number(exponent));
  }
  const isUnit = base >= -1n && base <= 1n;
  if (!isUnit && exponent * BigInt(bitsOf(base)) > MAX_BITS) throw tooBig('The number');
  if (isUnit)
    return (
      Number(base) ** Number(exponent % 2n === 0n && exponent > 0n ? 2n : exponent > 0n ? 1n : 0n)
    );
  return toInt(base ** exponent);
}

function ofFloats(operator: Operator, left: number, right: number): PyFloat {
  switch (operator) {
    case '+':
      return new PyFloat(left + right);
    case '-':
      return new PyFloat(left - right);
    case '*':
      return new PyFloat(left * right);
    case '/':
      if (right === 0) throw zeroDivision('float division by zero');
      return new PyFloat(left / right);
    case '//':
      if (right === 0) throw zeroDivision('float floor division by zero');
      return new PyFloat(Math.floor((left - floatModulo(left, right)) / right + 0.5));
    case '%':
      if (right === 0) throw zeroDivision('float modulo');
      return new PyFloat(floatModulo(left, right));
    default:
      return new PyFloat(floatPower(left, right));
  }
}

/** The remainder with the divisor's sign. */
function floatModulo(left: number, right: number): number {
  const rest = left % right;
  if (rest === 0) return right < 0 ? -0 : 0;
  return rest < 0 === right < 0 ? rest : rest + right;
}

function floatPower(left: number, right: number): number {
  if (left === 0 && right < 0) throw zeroDivision('0.0 cannot be raised to a negative power');
  if (left < 0 && !Number.isInteger(right) && Number.isFinite(right)) {
    throw new JinjaError(
      'ValueError',
      'A negative number to a fractional power is complex, which is not supported',
    );
  }
  const result = left ** right;
  if (!Number.isFinite(result) && Number.isFinite(left) && Number.isFinite(right)) {
    throw new JinjaError('OverflowError', "(34, 'Numerical result out of range')");
  }
  return result;
}

/** `-x` and `+x`. @throws TypeError where Python does. */
export function signed(operator: '-' | '+', value: Value): Value {
  if (value instanceof PyFloat) return operator === '-' ? new PyFloat(-value.value) : value;
  const int = intOf(value);
  if (int !== undefined) {
    if (operator === '+') return int;
    return typeof int === 'number' ? 0 - int : toInt(-int);
  }
  const result = value instanceof PyObject ? value.sign(operator) : undefined;
  if (result !== undefined) return result;
  throw typeError(`bad operand type for unary ${operator}: '${typeName(value)}'`);
}
