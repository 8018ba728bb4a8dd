/**
 * Python's Decimal: exact decimal numbers, as a warehouse's numeric columns give them.
 */
import { JinjaError } from '../error.js';
import { type Operator, PyObject, type Value } from '../value.js';
import { intOf, PyFloat, toInt } from './float.js';
import { bindMethod, type MethodTable, methodTable, positional } from './method.js';
import { NamedTuple, PyTuple } from './tuple.js';

// Python's default context: results are rounded to so many digits, half to even.
const PRECISION = 28;

const NUMBER = /^\s*([+-]?)(\d[\d_]*)?(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/u;

/** A decimal: `coefficient * 10 ** -scale`. */
export class PyDecimal extends PyObject {
  readonly typeName = 'decimal.Decimal';
  readonly coefficient: bigint;
  /** Digits after the point; negative when the exponent is positive. */
  readonly scale: number;
  /** Minus zero is kept apart, as in Python. */
  readonly isNegative: boolean;

  constructor(coefficient: bigint, scale: number, isNegative: boolean = coefficient < 0n) {
    super();
    this.coefficient = coefficient;
    this.scale = scale;
    this.isNegative = isNegative;
  }

  /** @throws decimal.InvalidOperation if the text is not a finite decimal number. */
  static parse(text: string): PyDecimal {
    const match = NUMBER.exec(text);
    const [, sign, whole = '', fraction = '', exponent = '0'] = match ?? [];
    if (match === null || whole + fraction === '') {
      throw new JinjaError('InvalidOperation', "[<class 'decimal.ConversionSyntax'>]");
    }
    const digits = BigInt(whole.replaceAll('_', '') + fraction);
    const isNegative = sign === '-';
    return new PyDecimal(
      isNegative ? -digits : digits,
      fraction.length - Number(exponent),
      isNegative,
    );
  }

  static fromInt(value: number | bigint): PyDecimal {
    return new PyDecimal(BigInt(value), 0);
  }

  toNumber(): number {
    return Number(this.toText());
  }

  /** `int(x)`: towards zero. */
  toInt(): number | bigint {
    return toInt(
      this.scale > 0 ? this.coefficient / tenTo(this.scale) : this.coefficient * tenTo(-this.scale),
    );
  }

  override getAttribute(name: string): Value | undefined {
    return bindMethod(METHODS, this, name);
  }

  override toText(): string {
    const digits = (this.coefficient < 0n ? -this.coefficient : this.coefficient).toString();
    const sign = this.isNegative ? '-' : '';
    const adjusted = digits.length - 1 - this.scale;
    if (this.scale >= 0 && adjusted >= -6) {
      if (this.scale === 0) return sign + digits;
      const padded = digits.padStart(this.scale + 1, '0');
      return `${sign}${padded.slice(0, -this.scale)}.${padded.slice(-this.scale)}`;
    }
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits.charAt(0)}${fraction}E${adjusted < 0 ? '' : '+'}${adjusted}`;
  }

  override toRepr(): string {
    return `Decimal('${this.toText()}')`;
  }

  override isTruthy(): boolean {
    return this.coefficient !== 0n;
  }

  override equals(other: Value): boolean {
    return this.compare(other) === 0;
  }

  override hashKey(): string | number | bigint {
    if (this.scale <= 0) return toInt(this.coefficient * tenTo(-this.scale));
    const { coefficient, scale } = normalized(this);
    if (scale <= 0) return toInt(coefficient * tenTo(-scale));
    const double = this.toNumber();
    // A float that is exactly this decimal must meet it.
    return PyDecimal.ofDouble(double).compare(this) === 0 ? double : `\0d${coefficient}:${scale}`;
  }

  override compare(other: Value): number | undefined {
    const theirs =
      other instanceof PyFloat && Number.isFinite(other.value)
        ? PyDecimal.ofDouble(other.value)
        : operand(other);
    if (theirs === undefined)
      return other instanceof PyFloat ? this.#compareSpecial(other) : undefined;
    const [a, b] = aligned(this, theirs);
    return a < b ? -1 : a > b ? 1 : 0;
  }

  #compareSpecial(other: PyFloat): number {
    return Number.isNaN(other.value) ? Number.NaN : other.value > 0 ? -1 : 1;
  }

  /** The decimal that a finite double is, to the last bit. */
  static ofDouble(value: number): PyDecimal {
    let scale = 0;
    let scaled = value;
    while (!Number.isInteger(scaled)) {
      scaled *= 2;
      scale += 1;
    }
    return new PyDecimal(BigInt(scaled) * 5n ** BigInt(scale), scale);
  }

  override sign(operator: '-' | '+'): PyDecimal {
    return rounded(
      new PyDecimal(operator === '-' ? -this.coefficient : this.coefficient, this.scale),
    );
  }

  override operate(operator: Operator, other: Value, isReflected: boolean): Value | undefined {
    const theirs = operand(other);
    if (theirs === undefined) return undefined;
    return isReflected ? calculate(operator, theirs, this) : calculate(operator, this, theirs);
  }

  /** Rounds to so many digits after the point. */
  quantize(scale: number, mode: 'even' | 'up' | 'down' = 'even'): PyDecimal {
    if (scale >= this.scale) {
      return new PyDecimal(this.coefficient * tenTo(scale - this.scale), scale, this.isNegative);
    }
    return new PyDecimal(
      divideRounded(this.coefficient, tenTo(this.scale - scale), mode),
      scale,
      this.isNegative,
    );
  }
}

function operand(value: Value): PyDecimal | undefined {
  if (value instanceof PyDecimal) return value;
  const int = intOf(value);
  return int === undefined ? undefined : PyDecimal.fromInt(int);
}

function tenTo(exponent: number): bigint {
  return 10n ** BigInt(Math.max(0, exponent));
}

function aligned(left: PyDecimal, right: PyDecimal): readonly [bigint, bigint] {
  const scale = Math.max(left.scale, right.scale);
  return [
    left.coefficient * tenTo(scale - left.scale),
    right.coefficient * tenTo(scale - right.scale),
  ];
}

function calculate(operator: Operator, left: PyDecimal, right: PyDecimal): PyDecimal {
  const scale = Math.max(left.scale, right.scale);
  const [a, b] = aligned(left, right);
  switch (operator) {
    case '+':
      return rounded(new PyDecimal(a + b, scale));
    case '-':
      return rounded(new PyDecimal(a - b, scale));
    case '*':
      return rounded(new PyDecimal(left.coefficient * right.coefficient, left.scale + right.scale));
    case '/':
      return divide(left, right);
    case '//':
      if (b === 0n) throw divisionByZero();
      return new PyDecimal(a / b, 0);
    case '%':
      if (b === 0n)
        throw new JinjaError('InvalidOperation', "[<class 'decimal.InvalidOperation'>]");
      return rounded(new PyDecimal(a % b, scale));
    default: {
      const exponent = Number(right.toText());
      if (!Number.isInteger(exponent)) {
        throw new JinjaError(
          'InvalidOperation',
          'A decimal to a fractional power is not supported',
        );
      }
      const power = rounded(
        new PyDecimal(
          left.coefficient ** BigInt(Math.abs(exponent)),
          left.scale * Math.abs(exponent),
        ),
      );
      return exponent < 0 ? divide(PyDecimal.fromInt(1), power) : power;
    }
  }
}

function divisionByZero(): JinjaError {
  return new JinjaError('DivisionByZero', "[<class 'decimal.DivisionByZero'>]");
}

function divide(left: PyDecimal, right: PyDecimal): PyDecimal {
  if (right.coefficient === 0n) throw divisionByZero();
  const ideal = left.scale - right.scale;
  const shift = Math.max(0, PRECISION + 1 + lengthOf(right) - lengthOf(left));
  const scaled = left.coefficient * tenTo(shift);
  const quotient = scaled / right.coefficient;
  const isExact = quotient * right.coefficient === scaled;
  // One digit more stands for whatever the division left over, so that rounding sees it.
  const sticky = isExact ? quotient * 10n : quotient * 10n + (quotient < 0n ? -1n : 1n);
  const result = rounded(new PyDecimal(sticky, ideal + shift + 1));
  return isExact ? shortened(result, ideal) : result;
}

/** Drops final zeros, down to a scale. */
function shortened(value: PyDecimal, least: number): PyDecimal {
  let { coefficient, scale } = value;
  while (scale > least && coefficient % 10n === 0n) {
    coefficient /= 10n;
    scale -= 1;
  }
  return new PyDecimal(coefficient, scale);
}

function lengthOf(value: PyDecimal): number {
  return value.coefficient.toString().replace('-', '').length;
}

function rounded(value: PyDecimal): PyDecimal {
  const excess = lengthOf(value) - PRECISION;
  return excess > 0 ? value.quantize(value.scale - excess) : value;
}

function divideRounded(value: bigint, divisor: bigint, mode: 'even' | 'up' | 'down'): bigint {
  const quotient = value / divisor;
  const rest = value % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const away = value < 0n ? -1n : 1n;
  if (mode === 'down' || rest === 0n) return quotient;
  if (mode === 'up') return quotient + away;
  return twice > divisor || (twice === divisor && quotient % 2n !== 0n)
    ? quotient + away
    : quotient;
}

function normalized(value: PyDecimal): PyDecimal {
  let { coefficient, scale } = value;
  while (coefficient !== 0n && coefficient % 10n === 0n) {
    coefficient /= 10n;
    scale -= 1;
  }
  return new PyDecimal(coefficient, coefficient === 0n ? 0 : scale, value.isNegative);
}

function digitsOf(value: PyDecimal): string {
  return value.coefficient.toString().replace('-', '');
}

/** The fraction in lowest terms. */
function ratio(value: PyDecimal): PyTuple {
  const numerator = value.coefficient * tenTo(-value.scale);
  const denominator = tenTo(value.scale);
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return new PyTuple([toInt(numerator / a), toInt(denominator / a)]);
}

const METHODS: MethodTable<PyDecimal> = methodTable<PyDecimal>({
  adjusted: (self) => digitsOf(self).length - 1 - self.scale,
  as_integer_ratio: (self) => ratio(self),
  as_tuple: (self) =>
    new NamedTuple(
      ['sign', 'digits', 'exponent'],
      [
        self.isNegative ? 1 : 0,
        new PyTuple(Array.from(digitsOf(self), Number)),
        self.scale === 0 ? 0 : -self.scale,
      ],
      'DecimalTuple',
    ),
  copy_abs: (self) =>
    new PyDecimal(self.coefficient < 0n ? -self.coefficient : self.coefficient, self.scale, false),
  copy_negate: (self) => new PyDecimal(-self.coefficient, self.scale, !self.isNegative),
  is_finite: () => true,
  is_infinite: () => false,
  is_nan: () => false,
  is_signed: (self) => self.isNegative,
  is_zero: (self) => self.coefficient === 0n,
  normalize: (self) => normalized(self),
  quantize(self, call) {
    const [to = null] = positional({ ...call, kwargs: new Map() }, 'quantize', 1, 2);
    return self.quantize(operand(to)?.scale ?? 0);
  },
  to_integral_value: (self) => self.quantize(0),
});
