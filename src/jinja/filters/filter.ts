/**
 * What a filter or test is: a Python signature and a function.
 */
import type { Environment } from '../evaluate/environment.js';
import { getItem } from '../methods/access.js';
import { type CallArguments, PyObject, type Value } from '../value.js';
import { type Signature, signature } from '../values/arguments.js';
import { lengthOf } from '../values/iterate.js';
import { asText } from '../values/text.js';
import { toText } from '../values/describe.js';
import { Undefined } from '../values/undefined.js';

/** What filters may use of the engine. */
export interface FilterScope {
  readonly environment: Environment;
  applyFilter(name: string, value: Value, call: CallArguments): Value;
  applyTest(name: string, value: Value, call: CallArguments): boolean;
}

/** One filter. Its body gets the bound arguments in the signature's order, the filtered value first. */
export interface Filter {
  readonly signature: Signature;
  readonly body: (args: readonly Value[], scope: FilterScope) => Value;
}

/** Declares a filter: Jinja2's own function name and parameters, so that its errors read the same. */
export function filter(
  declaration: string,
  body: (args: readonly Value[], scope: FilterScope) => Value,
): Filter {
  let parsed: Signature | undefined;
  return {
    get signature() {
      parsed ??= signature(declaration);
      return parsed;
    },
    body,
  };
}

/** `soft_str`: the text of a value, kept as it is if it is one. */
export function softText(value: Value): string {
  return asText(value) ?? toText(value);
}

/** Undefined, with a message of its own. */
export function missing(scope: FilterScope, hint: string): Undefined {
  return new Undefined(scope.environment.undefinedMode, { hint });
}

/** Whether `if value:` holds, for the lazy filters that look at it first. */
export function isPresent(value: Value): boolean {
  if (value instanceof PyObject) return value.isTruthy();
  const size = lengthOf(value);
  return size === undefined ? value !== null && value !== false && value !== 0 : size > 0;
}

/** Reads an attribute path off items: `"a.b.0"`, an int, or nothing. */
export function attributeGetter(
  attribute: Value,
  scope: FilterScope,
  options: { readonly fallback?: Value; readonly ignoresCase?: boolean } = {},
): (item: Value) => Value {
  const parts = attributeParts(attribute);
  const { fallback = null, ignoresCase = false } = options;
  const mode = scope.environment.undefinedMode;
  return (item) => {
    let value = item;
    for (const part of parts) {
      value = getItem(value, part, mode);
      if (fallback !== null && value instanceof Undefined) value = fallback;
    }
    return ignoresCase ? ignoreCase(value) : value;
  };
}

/** Reads several comma-separated paths: the key that `sort` compares. */
export function attributesGetter(
  attribute: Value,
  scope: FilterScope,
  ignoresCase: boolean,
): (item: Value) => Value[] {
  const text = asText(attribute);
  const paths = text === undefined ? [attribute] : text.split(',');
  const getters = paths.map((path) => attributeGetter(path, scope, { ignoresCase }));
  return (item) => getters.map((getter) => getter(item));
}

function attributeParts(attribute: Value): readonly Value[] {
  if (attribute === null) return [];
  const text = asText(attribute);
  if (text === undefined) return [attribute];
  return text.split('.').map((part) => (/^\p{Nd}+$/u.test(part) ? Number(part) : part));
}

/** Texts in lower case, all else as it is. */
export function ignoreCase(value: Value): Value {
  return asText(value)?.toLowerCase() ?? value;
}
