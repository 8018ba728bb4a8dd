/**
 * One-shot iterators: what `map`, `select`, `zip` and generators give. The second walk finds nothing.
 */
import { PyObject, type Value } from '../value.js';

/** A Python iterator over a lazy JavaScript one. */
export class PyIterator extends PyObject {
  readonly typeName: string;
  readonly #source: Iterator<Value>;

  constructor(typeName: string, source: Iterator<Value>) {
    super();
    this.typeName = typeName;
    this.#source = source;
  }

  override iterate(): Iterator<Value> {
    return this.#source;
  }

  override toRepr(): string {
    return `<${this.typeName} object>`;
  }
}
