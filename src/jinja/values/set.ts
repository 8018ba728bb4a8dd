/**
 * Python's set: distinct hashable values, walked in the order they came in.
 */
import { JinjaError } from '../error.js';
import { type CallArguments, type Operator, PyObject, type Value } from '../value.js';
import { toRepr } from './describe.js';
import { type HashKey, hashOf } from './hash.js';
import { iterable } from './iterate.js';
import { bindMethod, type MethodTable, methodTable, positional } from './method.js';

/** A set. Mutable, shared by reference. Python's own order is unspecified; ours is insertion order. */
export class PySet extends PyObject {
  readonly typeName = 'set';
  readonly #items = new Map<HashKey, Value>();

  constructor(items: Iterable<Value> = []) {
    super();
    for (const item of items) this.add(item);
  }

  get size(): number {
    return this.#items.size;
  }

  has(item: Value): boolean {
    return this.#items.has(hashOf(item));
  }

  add(item: Value): void {
    const key = hashOf(item);
    if (!this.#items.has(key)) this.#items.set(key, item);
  }

  delete(item: Value): boolean {
    return this.#items.delete(hashOf(item));
  }

  clear(): void {
    this.#items.clear();
  }

  values(): IterableIterator<Value> {
    return this.#items.values();
  }

  override getAttribute(name: string): Value | undefined {
    return bindMethod(METHODS, this, name);
  }

  override length(): number {
    return this.#items.size;
  }

  override iterate(): Iterator<Value> {
    return this.#items.values();
  }

  override contains(item: Value): boolean {
    return this.has(item);
  }

  override toRepr(): string {
    return this.size === 0 ? 'set()' : `{${[...this.values()].map(toRepr).join(', ')}}`;
  }

  override equals(other: Value): boolean {
    return other instanceof PySet && other.size === this.size && isSubset(this, other);
  }

  override hashKey(): undefined {
    return undefined;
  }

  override compare(other: Value): number | undefined {
    if (!(other instanceof PySet)) return undefined;
    if (this.equals(other)) return 0;
    // Sets are ordered by inclusion; two that overlap are neither smaller nor larger.
    return isSubset(this, other) ? -1 : isSubset(other, this) ? 1 : Number.NaN;
  }

  override operate(operator: Operator, other: Value, isReflected: boolean): Value | undefined {
    if (operator !== '-' || !(other instanceof PySet)) return undefined;
    return isReflected ? difference(other, this) : difference(this, other);
  }
}

function isSubset(left: PySet, right: PySet): boolean {
  return [...left.values()].every((item) => right.has(item));
}

function difference(left: PySet, right: PySet): PySet {
  return new PySet([...left.values()].filter((item) => !right.has(item)));
}

const others = (call: CallArguments): readonly PySet[] =>
  call.args.map((arg) => (arg instanceof PySet ? arg : new PySet(iterable(arg))));

const other = (call: CallArguments, name: string): PySet => {
  const [arg = null] = positional(call, name, 1, 1);
  return arg instanceof PySet ? arg : new PySet(iterable(arg));
};

const METHODS: MethodTable<PySet> = methodTable<PySet>({
  add(self, call) {
    const [item = null] = positional(call, 'set.add', 1, 1);
    self.add(item);
    return null;
  },
  clear(self) {
    self.clear();
    return null;
  },
  copy: (self) => new PySet(self.values()),
  difference: (self, call) => others(call).reduce(difference, new PySet(self.values())),
  discard(self, call) {
    const [item = null] = positional(call, 'set.discard', 1, 1);
    self.delete(item);
    return null;
  },
  intersection: (self, call) =>
    new PySet([...self.values()].filter((item) => others(call).every((one) => one.has(item)))),
  isdisjoint: (self, call) => {
    const theirs = other(call, 'set.isdisjoint');
    return ![...self.values()].some((item) => theirs.has(item));
  },
  issubset: (self, call) => isSubset(self, other(call, 'set.issubset')),
  issuperset: (self, call) => isSubset(other(call, 'set.issuperset'), self),
  pop(self) {
    const [first] = [...self.values()];
    if (first === undefined) throw new JinjaError('KeyError', "'pop from an empty set'");
    self.delete(first);
    return first;
  },
  remove(self, call) {
    const [item = null] = positional(call, 'set.remove', 1, 1);
    if (!self.delete(item)) throw new JinjaError('KeyError', toRepr(item));
    return null;
  },
  symmetric_difference: (self, call) => {
    const theirs = other(call, 'set.symmetric_difference');
    return new PySet([...difference(self, theirs).values(), ...difference(theirs, self).values()]);
  },
  union: (self, call) =>
    new PySet([...self.values(), ...others(call).flatMap((one) => [...one.values()])]),
  update(self, call) {
    for (const one of others(call)) for (const item of one.values()) self.add(item);
    return null;
  },
});
