/**
 * Filters over sequences and mappings as wholes: order, groups, sums and pieces.
 */
import { JinjaError, typeError } from '../error.js';
import { sorted } from '../methods/list-methods.js';
import { intArgument } from '../methods/text-search.js';
import { PyObject, type Value } from '../value.js';
import { operate } from '../values/arithmetic.js';
import { characters } from '../values/characters.js';
import { compare, equals } from '../values/compare.js';
import { isTruthy, toText, typeName } from '../values/describe.js';
import { PyDict } from '../values/dict.js';
import { hashOf } from '../values/hash.js';
import { iterable, iterate, length, lengthOf, toList } from '../values/iterate.js';
import { PyIterator } from '../values/iterator.js';
import { MAX_ITEMS, tooBig } from '../values/size.js';
import { asText } from '../values/text.js';
import { NamedTuple, PyTuple } from '../values/tuple.js';
import { Undefined } from '../values/undefined.js';
import {
  attributeGetter,
  attributesGetter,
  type Filter,
  filter,
  type FilterScope,
  ignoreCase,
  missing,
} from './filter.js';

function lazily(items: Iterable<Value>): PyIterator {
  return new PyIterator('generator', items[Symbol.iterator]());
}

function* batch(items: Value, count: Value, fill: Value): Generator<Value, void> {
  let group: Value[] = [];
  let size = 0;
  for (const item of iterable(items)) {
    // Only now: no item, no look at the count, as in Python.
    size = intArgument(count);
    if (group.length === size) {
      yield group;
      group = [];
    }
    group.push(item);
  }
  if (group.length === 0) return;
  if (fill !== null) {
    if (size > MAX_ITEMS) throw tooBig('The list');
    while (group.length < size) group.push(fill);
  }
  yield group;
}

function* slices(items: Value, wanted: Value, fill: Value): Generator<Value, void> {
  const all = toList(items);
  const count = intArgument(wanted);
  if (count === 0) throw new JinjaError('ZeroDivisionError', 'integer division or modulo by zero');
  if (count > MAX_ITEMS) throw tooBig('The list');
  const size = Math.floor(all.length / count);
  const longer = all.length % count;
  let start = 0;
  for (let index = 0; index < count; index += 1) {
    const end = start + size + (index < longer ? 1 : 0);
    const part = all.slice(start, end);
    if (fill !== null && index >= longer) part.push(fill);
    yield part;
    start = end;
  }
}

function* unique(items: Value, key: (item: Value) => Value): Generator<Value, void> {
  const seen = new Set<unknown>();
  for (const item of iterable(items)) {
    const hash = hashOf(key(item));
    if (seen.has(hash)) continue;
    seen.add(hash);
    yield item;
  }
}

function dictSort(value: Value, isSensitive: boolean, by: string, isReversed: boolean): Value {
  if (by !== 'key' && by !== 'value') {
    throw new JinjaError('FilterArgumentError', 'You can only sort by either "key" or "value"');
  }
  if (!(value instanceof PyDict)) {
    if (value instanceof Undefined) throw value.error;
    throw new JinjaError('AttributeError', `'${typeName(value)}' object has no attribute 'items'`);
  }
  const at = by === 'key' ? 0 : 1;
  const pairs = [...value.entries()].map((entry) => new PyTuple(entry));
  const key = (pair: Value): Value => {
    const part = pair instanceof PyTuple ? (pair.items[at] ?? null) : null;
    return isSensitive ? part : ignoreCase(part);
  };
  return sorted(pairs, key, isReversed);
}

function extreme(
  items: Value,
  key: (item: Value) => Value,
  sign: 1 | -1,
  scope: FilterScope,
): Value {
  let best: { readonly item: Value; readonly key: Value } | undefined;
  for (const item of iterable(items)) {
    const own = key(item);
    if (best === undefined) {
      best = { item, key: own };
      continue;
    }
    const order = compare(own, best.key);
    if (order === undefined) {
      throw typeError(
        `'${sign === 1 ? '>' : '<'}' not supported between instances of '${typeName(own)}' and '${typeName(best.key)}'`,
      );
    }
    if (order * sign > 0) best = { item, key: own };
  }
  return best === undefined ? missing(scope, 'No aggregated item, sequence was empty.') : best.item;
}

function groupBy(
  items: Value,
  attribute: Value,
  fallback: Value,
  isSensitive: boolean,
  scope: FilterScope,
): Value {
  const key = attributeGetter(attribute, scope, { fallback, ignoresCase: !isSensitive });
  const shown = attributeGetter(attribute, scope, { fallback });
  const groups: { readonly key: Value; readonly items: Value[] }[] = [];
  for (const item of sorted(toList(items), key, false)) {
    const own = key(item);
    const last = groups.at(-1);
    if (last !== undefined && equals(last.key, own)) last.items.push(item);
    else groups.push({ key: own, items: [item] });
  }
  return groups.map(
    (group) =>
      new NamedTuple(
        ['grouper', 'list'],
        [isSensitive ? group.key : shown(group.items[0] ?? null), group.items],
      ),
  );
}

function sum(items: Value, attribute: Value, start: Value, scope: FilterScope): Value {
  if (asText(start) !== undefined) {
    throw typeError("sum() can't sum strings [use ''.join(seq) instead]");
  }
  const get = attributeGetter(attribute, scope);
  let total = start;
  for (const item of iterable(items)) total = operate('+', total, get(item));
  return total;
}

function reverse(value: Value): Value {
  const text = asText(value);
  if (text !== undefined) return characters(text).reverse().join('');
  if (value === null || typeof value !== 'object') {
    throw new JinjaError('FilterArgumentError', 'argument must be iterable');
  }
  const items = toList(value).reverse();
  // Only sequences can be walked backwards lazily; anything else comes as a list.
  return Array.isArray(value)
    ? new PyIterator('list_reverseiterator', items.values())
    : isSequence(value)
      ? new PyIterator('reversed', items.values())
      : items;
}

function isSequence(value: Value): boolean {
  return value instanceof PyObject && value.length() !== undefined && !(value instanceof Undefined);
}

function last(value: Value, scope: FilterScope): Value {
  if (
    !Array.isArray(value) &&
    asText(value) === undefined &&
    !isSequence(value) &&
    !(value instanceof Undefined)
  ) {
    throw typeError(`'${typeName(value)}' object is not reversible`);
  }
  return (
    toList(value).at(-1) ??
    (lengthOf(value) === 0 ? missing(scope, 'No last item, sequence was empty.') : null)
  );
}

export const SEQUENCE_FILTERS: readonly (readonly [string, Filter])[] = [
  [
    'batch',
    filter(
      'do_batch(value, linecount, fill_with=None)',
      ([value = null, count = null, fill = null]) => lazily(batch(value, count, fill)),
    ),
  ],
  [
    'dictsort',
    filter(
      "do_dictsort(value, case_sensitive=False, by='key', reverse=False)",
      ([value = null, isSensitive = false, by = 'key', isReversed = false]) =>
        dictSort(value, isTruthy(isSensitive), toText(by), intArgument(isReversed) !== 0),
    ),
  ],
  [
    'first',
    filter('do_first(@environment, seq)', ([seq = null], scope) => {
      const step = iterate(seq).next();
      return step.done === true ? missing(scope, 'No first item, sequence was empty.') : step.value;
    }),
  ],
  [
    'groupby',
    filter(
      'do_groupby(@environment, value, attribute, default=None, case_sensitive=False)',
      ([value = null, attribute = null, fallback = null, isSensitive = false], scope) =>
        groupBy(value, attribute, fallback, isTruthy(isSensitive), scope),
    ),
  ],
  ['items', filter('do_items(value)', ([value = null]) => lazily(itemPairs(value)))],
  [
    'join',
    filter(
      "do_join(@eval_ctx, value, d='', attribute=None)",
      ([value = null, d = '', attribute = null], scope) => {
        const get = attributeGetter(attribute, scope);
        const texts: string[] = [];
        for (const item of iterable(value)) texts.push(toText(get(item)));
        return texts.join(toText(d));
      },
    ),
  ],
  ['last', filter('do_last(@environment, seq)', ([seq = null], scope) => last(seq, scope))],
  ['length', filter('len(obj)', ([value = null]) => length(value))],
  ['list', filter('do_list(value)', ([value = null]) => toList(value))],
  [
    'max',
    filter(
      'do_max(@environment, value, case_sensitive=False, attribute=None)',
      ([value = null, isSensitive = false, attribute = null], scope) =>
        extreme(
          value,
          attributeGetter(attribute, scope, { ignoresCase: !isTruthy(isSensitive) }),
          1,
          scope,
        ),
    ),
  ],
  [
    'min',
    filter(
      'do_min(@environment, value, case_sensitive=False, attribute=None)',
      ([value = null, isSensitive = false, attribute = null], scope) =>
        extreme(
          value,
          attributeGetter(attribute, scope, { ignoresCase: !isTruthy(isSensitive) }),
          -1,
          scope,
        ),
    ),
  ],
  [
    'random',
    filter('do_random(@context, seq)', ([seq = null], scope) => {
      const size = length(seq);
      if (size === 0) return missing(scope, 'No random item, sequence was empty.');
      return toList(seq)[Math.floor(scope.environment.random() * size)] ?? null;
    }),
  ],
  ['reverse', filter('do_reverse(value)', ([value = null]) => reverse(value))],
  [
    'slice',
    filter('do_slice(value, slices, fill_with=None)', ([value = null, count = null, fill = null]) =>
      lazily(slices(value, count, fill)),
    ),
  ],
  [
    'sort',
    filter(
      'do_sort(@environment, value, reverse=False, case_sensitive=False, attribute=None)',
      ([value = null, isReversed = false, isSensitive = false, attribute = null], scope) =>
        sorted(
          toList(value),
          attributesGetter(attribute, scope, !isTruthy(isSensitive)),
          intArgument(isReversed) !== 0,
        ),
    ),
  ],
  [
    'sum',
    filter(
      'do_sum(@environment, iterable, attribute=None, start=0)',
      ([items = null, attribute = null, start = 0], scope) => sum(items, attribute, start, scope),
    ),
  ],
  [
    'unique',
    filter(
      'do_unique(@environment, value, case_sensitive=False, attribute=None)',
      ([value = null, isSensitive = false, attribute = null], scope) =>
        lazily(
          unique(value, attributeGetter(attribute, scope, { ignoresCase: !isTruthy(isSensitive) })),
        ),
    ),
  ],
];

function* itemPairs(value: Value): Generator<Value, void> {
  if (value instanceof Undefined) return;
  if (!(value instanceof PyDict)) throw typeError('Can only get item pairs from a mapping.');
  for (const entry of value.entries()) yield new PyTuple(entry);
}
