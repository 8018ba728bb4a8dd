/**
 * Python's float: a class of its own, so that `4 / 2` prints `2.0` and `2` prints `2`.
 */
import { JinjaError, valueError } from '../error.js';
import { PyObject, type Value } from '../value.js';

/** A Python float. */
export class PyFloat extends PyObject {
  readonly typeName = 'float';
  readonly value: number;

  constructor(value: number) {
    super();
    this.value = value;
  }

  override toRepr(): string {
    return reprFloat(this.value);
  }

  override isTruthy(): boolean {
    return this.value !== 0;
  }

  override equals(other: Value): boolean {
    const number = numberOf(other);
    return typeof number === 'bigint'
      ? Number.isInteger(this.value) && BigInt(this.value) === number
      : this.value === number;
  }

  override hashKey(): number | bigint | PyObject {
    if (Number.isNaN(this.value)) return this;
    if (!Number.isInteger(this.value) || Number.isSafeInteger(this.value)) return this.value + 0;
    return BigInt(this.value);
  }

  override compare(other: Value): number | undefined {
    const number = numberOf(other);
    if (number === undefined) return undefined;
    if (this.value === number) return 0;
    // NaN on either side: neither smaller, nor equal, nor larger.
    if (Number.isNaN(this.value) || Number.isNaN(number)) return Number.NaN;
    return this.value < number ? -1 : 1;
  }
}

/** The number in an int, bool or float; undefined for anything else. */
export function numberOf(value: Value): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof PyFloat ? value.value : undefined;
}

/** The int in an int or bool; undefined for anything else. */
export function intOf(value: Value): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return typeof value === 'boolean' ? Number(value) : undefined;
}

/** A bigint as the engine holds ints: a number while it is safe. */
export function toInt(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
    ? Number(value)
    : value;
}

/** An int as a double. @throws OverflowError beyond a double's range. */
export function toDouble(value: number | bigint): number {
  const double = Number(value);
  if (typeof value === 'bigint' && !Number.isFinite(double)) {
    throw new JinjaError('OverflowError', 'int too large to convert to float');
  }
  return double;
}

/** `int(x)` of a float: towards zero. */
export function truncate(value: number): number | bigint {
  if (Number.isNaN(value)) throw valueError('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) {
    throw new JinjaError('OverflowError', 'cannot convert float infinity to integer');
  }
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) ? (whole === 0 ? 0 : whole) : toInt(BigInt(whole));
}

/** `repr()` of a double: shortest digits that read back, an exponent below 1e-4 and from 1e16. */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/u, 'e$10$2');
  }
  const text = String(value);
  return /[.e]/u.test(text) ? text : `${text}.0`;
}
