/**
 * Filters that go over items one by one: `map`, `select`, `reject` and their attribute forms. All lazy.
 */
import { JinjaError } from '../error.js';
import { getAttribute, hasAttribute } from '../methods/access.js';
import type { CallArguments, Value } from '../value.js';
import { isTruthy, toRepr, toText } from '../values/describe.js';
import { PyDict } from '../values/dict.js';
import { iterable } from '../values/iterate.js';
import { PyIterator } from '../values/iterator.js';
import { PyTuple } from '../values/tuple.js';
import { Undefined } from '../values/undefined.js';
import { attributeGetter, type Filter, filter, type FilterScope, isPresent } from './filter.js';

function argumentError(message: string): JinjaError {
  return new JinjaError('FilterArgumentError', message);
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return value instanceof PyTuple ? value.items : [];
}

function keywordsOf(value: Value | undefined): Map<string, Value> {
  const keywords = new Map<string, Value>();
  if (value instanceof PyDict)
    for (const [key, one] of value.entries()) keywords.set(toText(key), one);
  return keywords;
}

function* mapItems(
  items: Value,
  args: readonly Value[],
  keywords: Map<string, Value>,
  scope: FilterScope,
): Generator<Value, void> {
  if (!isPresent(items)) return;
  const convert = mapper(args, keywords, scope);
  for (const item of iterable(items)) yield convert(item);
}

function mapper(
  args: readonly Value[],
  keywords: Map<string, Value>,
  scope: FilterScope,
): (item: Value) => Value {
  const attribute = keywords.get('attribute');
  if (args.length === 0 && attribute !== undefined) {
    keywords.delete('attribute');
    const fallback = keywords.get('default') ?? null;
    keywords.delete('default');
    const [stranger] = keywords.keys();
    if (stranger !== undefined) {
      throw argumentError(`Unexpected keyword argument ${toRepr(stranger)}`);
    }
    return attributeGetter(attribute, scope, { fallback });
  }
  const [name, ...rest] = args;
  if (name === undefined) throw argumentError('map requires a filter argument');
  const call: CallArguments = { args: rest, kwargs: keywords };
  return (item) => scope.applyFilter(toText(name), item, call);
}

/** `select` and its kin: `wanted` is the outcome of the test that lets an item through. */
function* pick(
  items: Value,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
  options: { readonly wanted: boolean; readonly hasAttribute: boolean },
  scope: FilterScope,
): Generator<Value, void> {
  if (!isPresent(items)) return;
  const [attribute] = args;
  if (options.hasAttribute && attribute === undefined) {
    throw argumentError('Missing parameter for attribute name');
  }
  const get = attributeGetter(options.hasAttribute ? (attribute ?? null) : null, scope);
  const [name, ...rest] = options.hasAttribute ? args.slice(1) : args;
  const call: CallArguments = { args: rest, kwargs: keywords };
  for (const item of iterable(items)) {
    const subject = get(item);
    const outcome =
      name === undefined ? isTruthy(subject) : scope.applyTest(toText(name), subject, call);
    if (outcome === options.wanted) yield item;
  }
}

function picker(name: string, wanted: boolean, hasAttribute: boolean): Filter {
  return filter(
    `${name}(@context, value, *args, **kwargs)`,
    ([value = null, args, kwargs], scope) =>
      new PyIterator(
        'generator',
        pick(value, itemsOf(args), keywordsOf(kwargs), { wanted, hasAttribute }, scope),
      ),
  );
}

const fallback: Filter = filter(
  "do_default(value, default_value='', boolean=False)",
  ([value = null, other = '', isBoolean = false]) =>
    value instanceof Undefined || (isTruthy(isBoolean) && !isTruthy(value)) ? other : value,
);

export const SELECTION_FILTERS: readonly (readonly [string, Filter])[] = [
  [
    'attr',
    filter('do_attr(@environment, obj, name)', ([value = null, name = null], scope) => {
      const mode = scope.environment.undefinedMode;
      const text = toText(name);
      const isThere = hasAttribute(value, text, mode);
      return isThere
        ? getAttribute(value, text, mode)
        : new Undefined(mode, { object: value, name: text });
    }),
  ],
  ['d', fallback],
  ['default', fallback],
  [
    'map',
    filter(
      'do_map(@context, value, *args, **kwargs)',
      ([value = null, args, kwargs], scope) =>
        new PyIterator('generator', mapItems(value, itemsOf(args), keywordsOf(kwargs), scope)),
    ),
  ],
  ['reject', picker('do_reject', false, false)],
  ['rejectattr', picker('do_rejectattr', false, true)],
  ['select', picker('do_select', true, false)],
  ['selectattr', picker('do_selectattr', true, true)],
];
