/**
 * What `dict.keys()`, `.values()` and `.items()` give: windows on the dict, not copies.
 */
import { PyObject, type Value } from '../value.js';
import { equals } from './compare.js';
import { toRepr } from './describe.js';

/** A live view of a dict. */
export class DictView extends PyObject {
  readonly typeName: string;
  readonly #size: () => number;
  readonly #walk: () => Iterator<Value>;
  readonly #has: ((item: Value) => boolean) | undefined;

  constructor(
    typeName: string,
    size: () => number,
    walk: () => Iterator<Value>,
    has?: (item: Value) => boolean,
  ) {
    super();
    this.typeName = typeName;
    this.#size = size;
    this.#walk = walk;
    this.#has = has;
  }

  override length(): number {
    return this.#size();
  }

  override iterate(): Iterator<Value> {
    return this.#walk();
  }

  #items(): Value[] {
    const iterator = this.#walk();
    return [...{ [Symbol.iterator]: () => iterator }];
  }

  override contains(item: Value): boolean {
    return this.#has === undefined
      ? this.#items().some((one) => equals(one, item))
      : this.#has(item);
  }

  override equals(other: Value): boolean {
    if (this === other) return true;
    if (!(other instanceof DictView) || this.typeName === 'dict_values') return false;
    return (
      other.typeName !== 'dict_values' &&
      this.length() === other.length() &&
      this.#items().every((item) => other.contains(item))
    );
  }

  override hashKey(): undefined {
    return undefined;
  }

  override toRepr(): string {
    return `${this.typeName}([${this.#items().map(toRepr).join(', ')}])`;
  }
}
