/**
 * Python's tuple, and the named tuples that behave as one.
 */
import { typeError } from '../error.js';
import { type Operator, PyObject, type Value } from '../value.js';
import { compareItems, equals, itemsEqual } from './compare.js';
import { reprItems, toRepr, typeName } from './describe.js';
import { intOf } from './float.js';
import { hashSequence } from './hash.js';
import { bindMethod, type MethodTable, methodTable, positional } from './method.js';
import { position, sliceItems } from './slice.js';
import { repeated } from './size.js';

const METHODS: MethodTable<PyTuple> = methodTable<PyTuple>({
  count(self, call) {
    const [item = null] = positional(call, 'tuple.count', 1, 1);
    return self.items.filter((one) => equals(one, item)).length;
  },
  index(self, call) {
    const [item = null] = positional(call, 'tuple.index', 1, 3);
    const at = self.items.findIndex((one) => equals(one, item));
    if (at === -1) throw typeError('tuple.index(x): x not in tuple');
    return at;
  },
});

/** A tuple. Never changes. */
export class PyTuple extends PyObject {
  readonly typeName: string = 'tuple';
  readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    super();
    this.items = items;
  }

  override getAttribute(name: string): Value | undefined {
    return bindMethod(METHODS, this, name);
  }

  override getItem(key: Value): Value | undefined {
    const index = intOf(key);
    const at = index === undefined ? undefined : position(index, this.items.length);
    return at === undefined ? undefined : this.items[at];
  }

  override slice(start: Value, stop: Value, step: Value): PyTuple {
    return new PyTuple(sliceItems(this.items, start, stop, step));
  }

  override toRepr(): string {
    return reprItems(this, this.items, '(', this.items.length === 1 ? ',)' : ')');
  }

  override length(): number {
    return this.items.length;
  }

  override iterate(): Iterator<Value> {
    return this.items[Symbol.iterator]();
  }

  override contains(item: Value): boolean {
    return this.items.some((one) => equals(one, item));
  }

  override equals(other: Value): boolean {
    return other instanceof PyTuple && itemsEqual(this.items, other.items);
  }

  override hashKey(): string {
    return hashSequence('(', this.items);
  }

  override compare(other: Value): number | undefined {
    return other instanceof PyTuple ? compareItems(this.items, other.items) : undefined;
  }

  override operate(operator: Operator, other: Value, isReflected: boolean): Value | undefined {
    if (operator === '+' && !isReflected) {
      if (other instanceof PyTuple) return new PyTuple([...this.items, ...other.items]);
      if (other instanceof PyObject) return undefined;
      throw typeError(`can only concatenate tuple (not "${typeName(other)}") to tuple`);
    }
    const count = operator === '*' ? intOf(other) : undefined;
    return count === undefined ? undefined : new PyTuple(repeated(this.items, count));
  }
}

/** A tuple whose items have names too: `group.grouper`, `group.list`. */
export class NamedTuple extends PyTuple {
  readonly #names: readonly string[];
  readonly #title: string | undefined;

  /** @param title the class's name, for printing; without it, it prints as a plain tuple. */
  constructor(names: readonly string[], items: readonly Value[], title?: string) {
    super(items);
    this.#names = names;
    this.#title = title;
  }

  override toRepr(): string {
    if (this.#title === undefined) return super.toRepr();
    const parts = this.items.map((item, index) => `${this.#names[index] ?? ''}=${toRepr(item)}`);
    return `${this.#title}(${parts.join(', ')})`;
  }

  override getAttribute(name: string): Value | undefined {
    const at = this.#names.indexOf(name);
    return at === -1 ? super.getAttribute(name) : this.items[at];
  }
}
