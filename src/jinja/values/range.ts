/**
 * Python's range: a sequence that is never built.
 */
import { JinjaError, valueError } from '../error.js';
import { PyObject, type Value } from '../value.js';
import { equals } from './compare.js';
import { intOf } from './float.js';
import { hashSequence } from './hash.js';
import { position, slicePositions } from './slice.js';

// Jinja2's sandbox refuses longer ranges.
const MAX_RANGE = 100_000;

/** A range of ints. */
export class PyRange extends PyObject {
  readonly typeName = 'range';
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly #length: number;

  /** @throws ValueError if `step` is zero, OverflowError if it is longer than the sandbox allows. */
  constructor(start: number, stop: number, step: number) {
    super();
    if (step === 0) throw valueError('range() arg 3 must not be zero');
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.#length = Math.max(0, Math.ceil((stop - start) / step));
    if (this.#length > MAX_RANGE) {
      throw new JinjaError(
        'OverflowError',
        `Range too big. The sandbox blocks ranges larger than MAX_RANGE (${MAX_RANGE}).`,
      );
    }
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'start':
        return this.start;
      case 'stop':
        return this.stop;
      case 'step':
        return this.step;
      default:
        return undefined;
    }
  }

  override getItem(key: Value): Value | undefined {
    const index = intOf(key);
    const at = index === undefined ? undefined : position(index, this.#length);
    return at === undefined ? undefined : this.start + at * this.step;
  }

  /** `range[start:stop:step]`, itself a range. */
  override slice(start: Value, stop: Value, step: Value): PyRange {
    const positions = slicePositions(this.#length, start, stop, step);
    const [first = 0, second] = positions;
    const stride = second === undefined ? 1 : second - first;
    return new PyRange(
      this.start + first * this.step,
      this.start + (first + positions.length * stride) * this.step,
      this.step * stride,
    );
  }

  override toRepr(): string {
    const step = this.step === 1 ? '' : `, ${this.step}`;
    return `range(${this.start}, ${this.stop}${step})`;
  }

  override length(): number {
    return this.#length;
  }

  override *iterate(): Generator<Value, void> {
    for (let index = 0; index < this.#length; index += 1) yield this.start + index * this.step;
  }

  override contains(item: Value): boolean {
    const value = intOf(item);
    if (value === undefined) return [...this].some((one) => equals(one, item));
    const steps = (Number(value) - this.start) / this.step;
    return Number.isInteger(steps) && steps >= 0 && steps < this.#length;
  }

  override equals(other: Value): boolean {
    if (!(other instanceof PyRange) || other.#length !== this.#length) return false;
    if (this.#length === 0) return true;
    return this.start === other.start && (this.#length === 1 || this.step === other.step);
  }

  override hashKey(): string {
    return hashSequence('r', this.#length === 0 ? [] : [this.start, this.step, this.#length]);
  }

  [Symbol.iterator](): Iterator<Value> {
    return this.iterate();
  }
}
