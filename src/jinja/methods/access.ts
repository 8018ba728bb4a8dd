/**
 * `x.name`, `x[key]` and `x[a:b]` by the rules of Jinja2's sandbox: a name never reaches anything but these tables.
 */
import { JinjaError, typeError } from '../error.js';
import { type CallArguments, PyObject, type Value } from '../value.js';
import { formatBraces } from '../values/brace-format.js';
import { BoundMethod, bindMethod, positional } from '../values/method.js';
import { characters, isFlat } from '../values/characters.js';
import { toRepr, typeName } from '../values/describe.js';
import { PyDict } from '../values/dict.js';
import { intOf, PyFloat } from '../values/float.js';
import { position, sliceItems } from '../values/slice.js';
import { asText, escapeHtml, PyText } from '../values/text.js';
import { Undefined, type UndefinedMode } from '../values/undefined.js';
import { LIST_METHODS } from './list-methods.js';
import { floatAttribute, intAttribute } from './number-methods.js';
import { TEXT_METHODS } from './text-methods.js';

/** What every Python object has, and no template may touch. */
const OBJECT_ATTRIBUTES: ReadonlySet<string> = new Set(
  'abs add and bool class contains delattr delitem dir divmod doc eq float floordiv format ge getattribute getitem getstate gt hash index init init_subclass int invert iter le len lt mod mul ne neg new or pos pow radd reduce reduce_ex repr reversed rmul round rsub setattr setitem sizeof str sub subclasshook truediv xor'
    .split(' ')
    .map((name) => `__${name}__`),
);
const CALLABLE_ATTRIBUTES: ReadonlySet<string> = new Set(
  'call closure code defaults dict func globals kwdefaults module name qualname self wrapped'
    .split(' ')
    .map((name) => `__${name}__`),
);

/** `x.name`: the attribute, else the item of that name, else undefined in Jinja's sense. */
export function getAttribute(value: Value, name: string, mode: UndefinedMode): Value {
  if (name.startsWith('_') && isHidden(value, name)) return unsafe(value, name, mode);
  const own = attributeOf(value, name, mode);
  if (own !== undefined) return name.startsWith('_') ? unsafe(value, name, mode) : own;
  const item = itemOf(value, name);
  return item === undefined ? new Undefined(mode, { object: value, name }) : item;
}

/** `x[key]`: the item, else the attribute of that name, else undefined in Jinja's sense. */
export function getItem(value: Value, key: Value, mode: UndefinedMode): Value {
  const item = itemOf(value, key);
  if (item !== undefined) return item;
  const name = asText(key);
  if (name !== undefined) {
    const own = attributeOf(value, name, mode);
    if (own !== undefined && !name.startsWith('_')) return own;
    if (own !== undefined || isHidden(value, name)) return unsafe(value, name, mode);
  }
  return new Undefined(mode, { object: value, name: name ?? key });
}

/** Whether `getattr` finds something, be it forbidden. */
export function hasAttribute(value: Value, name: string, mode: UndefinedMode): boolean {
  return isHidden(value, name) || attributeOf(value, name, mode) !== undefined;
}

/** Whether Python's object would have the attribute, though our tables do not. */
function isHidden(value: Value, name: string): boolean {
  if (value instanceof Undefined && name.startsWith('_undefined_')) return true;
  if (!name.startsWith('__')) return false;
  if (OBJECT_ATTRIBUTES.has(name)) return true;
  if (value instanceof Undefined) return name === '__call__';
  return value instanceof PyObject && value.call !== undefined && CALLABLE_ATTRIBUTES.has(name);
}

function unsafe(value: Value, name: string, mode: UndefinedMode): Undefined {
  return new Undefined(mode, {
    hint: `access to attribute ${toRepr(name)} of ${toRepr(typeName(value))} object is unsafe.`,
    name,
    object: value,
    pythonClass: 'SecurityError',
  });
}

/** Python's `getattr(x, name)`; undefined where it raises AttributeError. */
export function attributeOf(value: Value, name: string, mode: UndefinedMode): Value | undefined {
  if (typeof value === 'string') return textAttribute(value, value, name, mode);
  if (value === null) return undefined;
  if (Array.isArray(value)) return bindMethod(LIST_METHODS, value, name);
  if (!(value instanceof PyObject)) return intAttribute(value, name);
  if (value instanceof PyFloat) return floatAttribute(value, name);
  const own = value.getAttribute(name);
  // Not `??`: an attribute may be None.
  if (own !== undefined) return own;
  const text = value.textOf();
  return text === undefined ? undefined : textAttribute(value, text, name, mode);
}

function textAttribute(
  self: Value,
  text: string,
  name: string,
  mode: UndefinedMode,
): Value | undefined {
  if (name === 'format') {
    return new BoundMethod(name, self, (call) => formatLike(self, text, call, mode));
  }
  if (name === 'format_map') {
    return new BoundMethod(name, self, (call) => {
      const [mapping = null] = positional(call, 'format_map', 1, 1);
      return formatLike(self, text, { args: [], kwargs: keywordsOf(mapping) }, mode);
    });
  }
  return bindMethod(TEXT_METHODS, text, name);
}

/** `text.format(...)`, in the sandbox; markup escapes what it is given, and stays markup. */
function formatLike(self: Value, text: string, call: CallArguments, mode: UndefinedMode): Value {
  const isMarkup = self instanceof PyText && self.typeName === 'Markup';
  const result = formatBraces(text, call, {
    attribute: (value, name) => getAttribute(value, name, mode),
    item: (value, key) => getItem(value, key, mode),
    finish: isMarkup ? (printed) => escapeHtml(printed) : (printed) => printed,
  });
  return isMarkup ? new PyText('Markup', result) : result;
}

/** A mapping's entries as keyword arguments. @throws TypeError if a key is not a str or it is no mapping. */
export function keywordsOf(mapping: Value): ReadonlyMap<string, Value> {
  if (mapping instanceof Undefined && mapping.mode !== 'capture') throw mapping.error;
  if (!(mapping instanceof PyDict)) {
    throw typeError(
      `jinja2.sandbox.SandboxedEnvironment.call() argument after ** must be a mapping, not ${typeName(mapping)}`,
    );
  }
  const kwargs = new Map<string, Value>();
  for (const [key, value] of mapping.entries()) {
    const name = asText(key);
    if (name === undefined) throw typeError('keywords must be strings');
    kwargs.set(name, value);
  }
  return kwargs;
}

/** Python's `x[key]`; undefined where it raises LookupError or TypeError. */
export function itemOf(value: Value, key: Value): Value | undefined {
  if (value instanceof PyObject && value.textOf() === undefined) return value.getItem(key);
  const index = intOf(key);
  if (index === undefined) return undefined;
  if (Array.isArray(value)) {
    const at = position(index, value.length);
    return at === undefined ? undefined : value[at];
  }
  const text = asText(value);
  if (text === undefined) return undefined;
  const points = isFlat(text) ? text : characters(text);
  const at = position(index, points.length);
  return at === undefined ? undefined : points[at];
}

/** `x[start:stop:step]`. @throws TypeError where Python does. */
export function getSlice(value: Value, start: Value, stop: Value, step: Value): Value {
  const text = asText(value);
  if (text !== undefined) {
    return sliceItems(characters(text), start, stop, step).join('');
  }
  if (Array.isArray(value)) return sliceItems(value, start, stop, step);
  if (value instanceof PyObject) {
    const items = value.slice(start, stop, step);
    if (items !== undefined) return items;
  }
  if (value instanceof PyDict) throw typeError("unhashable type: 'slice'");
  throw new JinjaError('TypeError', `'${typeName(value)}' object is not subscriptable`);
}
