/**
 * Python's timedelta: a span of time, to the microsecond.
 */
import { JinjaError, typeError } from '../error.js';
import { type CallArguments, type Operator, PyObject, type Value } from '../value.js';
import { bindArguments, signature } from '../values/arguments.js';
import { typeName } from '../values/describe.js';
import { intOf, numberOf, PyFloat, toInt } from '../values/float.js';
import { two } from './calendar.js';

export const DAY_MICROSECONDS = 86_400_000_000n;
const MAX_DAYS = 999_999_999n;

/** A span. `total` is in microseconds. */
export class PyTimeDelta extends PyObject {
  readonly typeName = 'datetime.timedelta';
  readonly total: bigint;

  /** @throws OverflowError beyond 999999999 days. */
  constructor(total: bigint) {
    super();
    this.total = total;
    if (this.days > MAX_DAYS || this.days < -MAX_DAYS) {
      throw new JinjaError(
        'OverflowError',
        `days=${this.days}; must have magnitude <= ${MAX_DAYS}`,
      );
    }
  }

  /** Whole days, rounded down; the rest is positive. */
  get days(): bigint {
    return floorDivide(this.total, DAY_MICROSECONDS);
  }

  /** Seconds within the day. */
  get seconds(): number {
    return Number((this.total - this.days * DAY_MICROSECONDS) / 1_000_000n);
  }

  get microseconds(): number {
    return Number((this.total - this.days * DAY_MICROSECONDS) % 1_000_000n);
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'days':
        return toInt(this.days);
      case 'seconds':
        return this.seconds;
      case 'microseconds':
        return this.microseconds;
      case 'total_seconds':
        return new TotalSeconds(this.total);
      default:
        return undefined;
    }
  }

  override toText(): string {
    const { days, seconds, microseconds } = this;
    const plural = days === 1n || days === -1n ? '' : 's';
    const prefix = days === 0n ? '' : `${days} day${plural}, `;
    const fraction = microseconds === 0 ? '' : `.${String(microseconds).padStart(6, '0')}`;
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    return `${prefix}${hours}:${two(minutes)}:${two(seconds % 60)}${fraction}`;
  }

  override toRepr(): string {
    const parts = [
      this.days === 0n ? '' : `days=${this.days}`,
      this.seconds === 0 ? '' : `seconds=${this.seconds}`,
      this.microseconds === 0 ? '' : `microseconds=${this.microseconds}`,
    ].filter((part) => part !== '');
    return `datetime.timedelta(${parts.length === 0 ? '0' : parts.join(', ')})`;
  }

  override isTruthy(): boolean {
    return this.total !== 0n;
  }

  override equals(other: Value): boolean {
    return other instanceof PyTimeDelta && other.total === this.total;
  }

  override hashKey(): string {
    return `\0delta${this.total}`;
  }

  override compare(other: Value): number | undefined {
    if (!(other instanceof PyTimeDelta)) return undefined;
    return this.total < other.total ? -1 : this.total > other.total ? 1 : 0;
  }

  override sign(operator: '-' | '+'): Value {
    return operator === '-' ? new PyTimeDelta(-this.total) : this;
  }

  override operate(operator: Operator, other: Value, isReflected: boolean): Value | undefined {
    if (other instanceof PyTimeDelta) {
      return isReflected ? other.#with(operator, this) : this.#with(operator, other);
    }
    const number = numberOf(other);
    if (number === undefined) return undefined;
    if (operator === '*') return new PyTimeDelta(scaled(this.total, other, number));
    if (isReflected) return undefined;
    if (operator === '/') return new PyTimeDelta(divided(this.total, number));
    const int = intOf(other);
    return operator === '//' && int !== undefined
      ? new PyTimeDelta(floorDivide(this.total, nonZero(BigInt(int))))
      : undefined;
  }

  #with(operator: Operator, other: PyTimeDelta): Value | undefined {
    switch (operator) {
      case '+':
        return new PyTimeDelta(this.total + other.total);
      case '-':
        return new PyTimeDelta(this.total - other.total);
      case '/':
        return new PyFloat(Number(this.total) / Number(nonZero(other.total)));
      case '//':
        return toInt(floorDivide(this.total, nonZero(other.total)));
      case '%':
        return new PyTimeDelta(
          this.total - floorDivide(this.total, nonZero(other.total)) * other.total,
        );
      default:
        return undefined;
    }
  }
}

/** The bound method `total_seconds`. */
class TotalSeconds extends PyObject {
  readonly typeName = 'builtin_function_or_method';
  readonly #total: bigint;

  constructor(total: bigint) {
    super();
    this.#total = total;
  }

  override get call(): (call: CallArguments) => Value {
    return () => new PyFloat(Number(this.#total) / 1e6);
  }
}

function nonZero(value: bigint): bigint {
  if (value === 0n) throw new JinjaError('ZeroDivisionError', 'integer division or modulo by zero');
  return value;
}

function floorDivide(a: bigint, b: bigint): bigint {
  const whole = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? whole - 1n : whole;
}

function scaled(total: bigint, value: Value, number: number | bigint): bigint {
  return value instanceof PyFloat ? rounded(Number(total) * value.value) : total * BigInt(number);
}

function divided(total: bigint, number: number | bigint): bigint {
  if (Number(number) === 0) throw new JinjaError('ZeroDivisionError', 'division by zero');
  return rounded(Number(total) / Number(number));
}

/** Half to even, as Python rounds microseconds. */
function rounded(value: number): bigint {
  const whole = Math.floor(value);
  const rest = value - whole;
  const up = rest > 0.5 || (rest === 0.5 && whole % 2 !== 0);
  return BigInt(up ? whole + 1 : whole);
}

const TIMEDELTA = signature(
  'timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)',
);

const UNITS: readonly (readonly [string, bigint])[] = [
  ['days', DAY_MICROSECONDS],
  ['seconds', 1_000_000n],
  ['microseconds', 1n],
  ['milliseconds', 1000n],
  ['minutes', 60_000_000n],
  ['hours', 3_600_000_000n],
  ['weeks', 7n * DAY_MICROSECONDS],
];

/** `timedelta(...)`. @throws TypeError if a part is no number. */
export function makeTimeDelta(call: CallArguments): PyTimeDelta {
  const parts = bindArguments(TIMEDELTA, call);
  let total = 0n;
  for (const [index, [name, unit]] of UNITS.entries()) {
    const part = parts[index] ?? 0;
    const number = numberOf(part);
    if (number === undefined) {
      throw typeError(`unsupported type for timedelta ${name} component: ${typeName(part)}`);
    }
    total += part instanceof PyFloat ? rounded(part.value * Number(unit)) : BigInt(number) * unit;
  }
  return new PyTimeDelta(total);
}
