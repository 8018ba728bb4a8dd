/**
 * Python's dict: insertion order, and keys of any hashable type.
 */
import { JinjaError, typeError, valueError } from '../error.js';
import { type CallArguments, PyObject, type Value } from '../value.js';
import { equals } from './compare.js';
import { reprOnce, toRepr, typeName } from './describe.js';
import { type HashKey, hashOf } from './hash.js';
import { iteratorOf, toList } from './iterate.js';
import { bindMethod, type MethodTable, methodTable, positional } from './method.js';
import { PyTuple } from './tuple.js';
import { DictView } from './dict-view.js';

/** A dict. Mutable, shared by reference. */
export class PyDict extends PyObject {
  readonly typeName: string = 'dict';
  readonly #values = new Map<HashKey, Value>();
  /** The keys that are not their own hash: bools, floats, tuples. */
  readonly #keys = new Map<HashKey, Value>();

  static fromEntries(entries: Iterable<readonly [Value, Value]>): PyDict {
    const dict = new PyDict();
    for (const [key, value] of entries) dict.set(key, value);
    return dict;
  }

  /** Keys become strings. */
  static fromObject(object: Readonly<Record<string, Value>> | ReadonlyMap<string, Value>): PyDict {
    return PyDict.fromEntries(object instanceof Map ? object : Object.entries(object));
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: Value): Value | undefined {
    return this.#values.get(typeof key === 'number' ? key : hashOf(key));
  }

  has(key: Value): boolean {
    return this.#values.has(hashOf(key));
  }

  set(key: Value, value: Value): void {
    const hash = hashOf(key);
    // A key that is there already stays as it was first written.
    if (hash !== key && !this.#values.has(hash)) this.#keys.set(hash, key);
    this.#values.set(hash, value);
  }

  delete(key: Value): boolean {
    const hash = hashOf(key);
    this.#keys.delete(hash);
    return this.#values.delete(hash);
  }

  clear(): void {
    this.#values.clear();
    this.#keys.clear();
  }

  *entries(): Generator<[Value, Value], void> {
    for (const [hash, value] of this.#values) yield [this.#keyOf(hash), value];
  }

  *keys(): Generator<Value, void> {
    for (const hash of this.#values.keys()) yield this.#keyOf(hash);
  }

  values(): IterableIterator<Value> {
    return this.#values.values();
  }

  copy(): PyDict {
    return PyDict.fromEntries(this.entries());
  }

  #keyOf(hash: HashKey): Value {
    return this.#keys.get(hash) ?? hash;
  }

  override getAttribute(name: string): Value | undefined {
    return bindMethod(METHODS, this, name);
  }

  override getItem(key: Value): Value | undefined {
    return this.get(key);
  }

  override get isMapping(): boolean {
    return true;
  }

  override length(): number {
    return this.#values.size;
  }

  override iterate(): Iterator<Value> {
    return guarded(this, this.keys());
  }

  override contains(item: Value): boolean {
    return this.has(item);
  }

  override toRepr(): string {
    return reprOnce(this, '{...}', () => {
      const parts: string[] = [];
      for (const [key, value] of this.entries()) parts.push(`${toRepr(key)}: ${toRepr(value)}`);
      return `{${parts.join(', ')}}`;
    });
  }

  override equals(other: Value): boolean {
    if (!(other instanceof PyDict) || other.size !== this.size) return false;
    for (const [hash, value] of this.#values) {
      const theirs = other.#values.get(hash);
      if (theirs === undefined || !equals(value, theirs)) return false;
    }
    return true;
  }

  override hashKey(): undefined {
    return undefined;
  }
}

/** Walks over a dict, and raises as Python does if it grows or shrinks meanwhile. */
function* guarded(dict: PyDict, source: Iterable<Value>): Generator<Value, void> {
  const { size } = dict;
  for (const item of source) {
    yield item;
    if (dict.size !== size) {
      throw new JinjaError('RuntimeError', 'dictionary changed size during iteration');
    }
  }
}

/** `dict.update(...)`: another mapping, or pairs. @throws TypeError, ValueError on anything else. */
export function updateDict(dict: PyDict, source: Value): void {
  if (source instanceof PyDict) {
    for (const [key, value] of source.entries()) dict.set(key, value);
    return;
  }
  const keys = source instanceof PyObject ? source.getAttribute('keys') : undefined;
  if (keys !== undefined && source instanceof PyObject) {
    for (const key of toList(source)) dict.set(key, source.getItem(key) ?? null);
    return;
  }
  const iterator = iteratorOf(source);
  if (iterator === undefined) throw typeError(`'${typeName(source)}' object is not iterable`);
  let index = 0;
  for (let step = iterator.next(); step.done !== true; step = iterator.next()) {
    const pair = iteratorOf(step.value) === undefined ? undefined : toList(step.value);
    if (pair === undefined) {
      throw typeError(`cannot convert dictionary update sequence element #${index} to a sequence`);
    }
    const [key = null, value = null] = pair;
    if (pair.length !== 2) {
      throw valueError(
        `dictionary update sequence element #${index} has length ${pair.length}; 2 is required`,
      );
    }
    dict.set(key, value);
    index += 1;
  }
}

/** Fills a dict as `dict(source, **keywords)` and `dict.update` do. */
export function updateFromCall(dict: PyDict, name: string, call: CallArguments): void {
  const [source] = positional({ args: call.args, kwargs: new Map() }, name, 0, 1);
  if (source !== undefined) updateDict(dict, source);
  for (const [key, value] of call.kwargs) dict.set(key, value);
}

// Not `??`: None is a value like any other.
const orElse = <Fallback>(value: Value | undefined, fallback: Fallback): Value | Fallback =>
  value === undefined ? fallback : value;

const keyError = (key: Value): JinjaError => new JinjaError('KeyError', toRepr(key));

const METHODS: MethodTable<PyDict> = methodTable<PyDict>({
  clear(self, call) {
    positional(call, 'dict.clear', 0, 0);
    self.clear();
    return null;
  },
  copy(self, call) {
    positional(call, 'dict.copy', 0, 0);
    return self.copy();
  },
  get(self, call) {
    const [key = null, fallback = null] = positional(call, 'dict.get', 1, 2);
    return orElse(self.get(key), fallback);
  },
  items(self, call) {
    positional(call, 'dict.items', 0, 0);
    return new DictView(
      'dict_items',
      () => self.size,
      function* items() {
        yield* guarded(self, pairs(self));
      },
    );
  },
  keys(self, call) {
    positional(call, 'dict.keys', 0, 0);
    return new DictView(
      'dict_keys',
      () => self.size,
      () => self.iterate(),
      (key) => self.has(key),
    );
  },
  values(self, call) {
    positional(call, 'dict.values', 0, 0);
    return new DictView(
      'dict_values',
      () => self.size,
      () => guarded(self, self.values()),
    );
  },
  pop(self, call) {
    const [key = null, fallback] = positional(call, 'dict.pop', 1, 2);
    const value = orElse(self.get(key), fallback);
    if (value === undefined) throw keyError(key);
    self.delete(key);
    return value;
  },
  popitem(self, call) {
    positional(call, 'dict.popitem', 0, 0);
    const last = [...self.entries()].at(-1);
    if (last === undefined) throw keyError('popitem(): dictionary is empty');
    self.delete(last[0]);
    return new PyTuple(last);
  },
  setdefault(self, call) {
    const [key = null, fallback = null] = positional(call, 'dict.setdefault', 1, 2);
    const value = self.get(key);
    if (value !== undefined) return value;
    self.set(key, fallback);
    return fallback;
  },
  update(self, call) {
    updateFromCall(self, 'dict.update', call);
    return null;
  },
  fromkeys(_self, call) {
    const [keys = null, value = null] = positional(call, 'dict.fromkeys', 1, 2);
    return PyDict.fromEntries(toList(keys).map((key) => [key, value] as const));
  },
});

function* pairs(dict: PyDict): Generator<Value, void> {
  for (const entry of dict.entries()) yield new PyTuple(entry);
}
