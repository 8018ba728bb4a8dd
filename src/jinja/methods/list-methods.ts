/**
 * The methods of Python's list.
 */
import { JinjaError, typeError, valueError } from '../error.js';
import type { CallArguments, Value } from '../value.js';
import { bindArguments, signature } from '../values/arguments.js';
import { argumentsOf, callValue } from '../values/call.js';
import { compare, equals } from '../values/compare.js';
import { toRepr, typeName } from '../values/describe.js';
import { intOf } from '../values/float.js';
import { toList } from '../values/iterate.js';
import { type MethodTable, methodTable, positional } from '../values/method.js';
import { position } from '../values/slice.js';

/**
 * Sorts stably by `<`, as Python's `sorted(items, key=key, reverse=reverse)`.
 *
 * @throws TypeError if two keys cannot be ordered.
 */
export function sorted(
  items: readonly Value[],
  key: (item: Value) => Value,
  isReversed: boolean,
): Value[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  const order = (left: Value, right: Value): number => {
    const result = compare(left, right);
    if (result === undefined) {
      // V8 hands over the later item first, which is how Python asks as well.
      throw typeError(
        `'<' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
      );
    }
    return Number.isNaN(result) ? 0 : result;
  };
  // Reversing twice keeps equal items in their order.
  if (isReversed) keyed.reverse();
  keyed.sort((left, right) => order(left.key, right.key));
  if (isReversed) keyed.reverse();
  return keyed.map(({ item }) => item);
}

const SORT = signature('sort(*, key=None, reverse=False)');

function sortInPlace(self: Value[], call: CallArguments): Value {
  const [key = null, isReversed = false] = bindArguments(SORT, call);
  const keyOf =
    key === null ? (item: Value) => item : (item: Value) => callValue(key, argumentsOf(item));
  self.splice(0, self.length, ...sorted(self, keyOf, toIndex(isReversed) !== 0));
  return null;
}

function toIndex(value: Value): number {
  const index = intOf(value);
  if (index === undefined) {
    throw typeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  }
  return Number(index);
}

export const LIST_METHODS: MethodTable<Value[]> = methodTable<Value[]>({
  append(self, call) {
    const [item = null] = positional(call, 'list.append', 1, 1);
    self.push(item);
    return null;
  },
  clear(self, call) {
    positional(call, 'list.clear', 0, 0);
    self.length = 0;
    return null;
  },
  copy: (self, call) => {
    positional(call, 'list.copy', 0, 0);
    return [...self];
  },
  count(self, call) {
    const [item = null] = positional(call, 'list.count', 1, 1);
    return self.filter((one) => equals(one, item)).length;
  },
  extend(self, call) {
    const [items = null] = positional(call, 'list.extend', 1, 1);
    // A copy first: a list may be extended by itself.
    for (const item of toList(items)) self.push(item);
    return null;
  },
  index(self, call) {
    const [item = null, start = 0] = positional(call, 'list.index', 1, 3);
    const from = toIndex(start);
    const at = self.findIndex((one, index) => index >= from && equals(one, item));
    if (at === -1) throw valueError(`${toRepr(item)} is not in list`);
    return at;
  },
  insert(self, call) {
    const [at = 0, item = null] = positional(call, 'list.insert', 2, 2);
    self.splice(toIndex(at), 0, item);
    return null;
  },
  pop(self, call) {
    const [at = -1] = positional(call, 'list.pop', 0, 1);
    if (self.length === 0) throw new JinjaError('IndexError', 'pop from empty list');
    const index = position(toIndex(at), self.length);
    if (index === undefined) throw new JinjaError('IndexError', 'pop index out of range');
    const [item = null] = self.splice(index, 1);
    return item;
  },
  remove(self, call) {
    const [item = null] = positional(call, 'list.remove', 1, 1);
    const at = self.findIndex((one) => equals(one, item));
    if (at === -1) throw valueError('list.remove(x): x not in list');
    self.splice(at, 1);
    return null;
  },
  reverse(self, call) {
    positional(call, 'list.reverse', 0, 0);
    self.reverse();
    return null;
  },
  sort: sortInPlace,
});
