/**
 * One-shot iterators: what `map`, `select`, `zip` and generators give. The second walk finds nothing.
 */
import { PyObject, type Value } from '../value.js';
import { tooBig } from './size.js';

// Items that one iterator may give.
const MAX_STEPS = 1_000_000;

/** A Python iterator over a lazy JavaScript one. */
export class PyIterator extends PyObject {
  readonly typeName: string;
  readonly #source: Iterator<Value>;
  #count = 0;

  constructor(typeName: string, source: Iterator<Value>) {
    super();
    this.typeName = typeName;
    this.#source = source;
  }

  override iterate(): Iterator<Value> {
    return { next: () => this.#next() };
  }

  /** Some iterators never end; whoever walks over one must. */
  #next(): IteratorResult<Value> {
    this.#count += 1;
    if (this.#count > MAX_STEPS) throw tooBig(`What a ${this.typeName} gives`);
    return this.#source.next();
  }

  override toRepr(): string {
    return `<${this.typeName} object>`;
  }
}
