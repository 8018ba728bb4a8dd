/**
 * The methods of Python's str.
 */
import { typeError } from '../error.js';
import type { CallArguments, Value } from '../value.js';
import { bindArguments, signature } from '../values/arguments.js';
import { encode } from '../values/bytes.js';
import { characters, SPACE, splitLines, strip, textLength } from '../values/characters.js';
import { isTruthy, typeName } from '../values/describe.js';
import { PyDict } from '../values/dict.js';
import { intOf } from '../values/float.js';
import { iterable, iteratorOf } from '../values/iterate.js';
import { type Method, type MethodTable, methodTable, positional } from '../values/method.js';
import { MAX_TEXT, tooBig } from '../values/size.js';
import { asText } from '../values/text.js';
import { intArgument, SEARCH_METHODS, textArgument } from './text-search.js';

/** A method without arguments. */
function plain(name: string, body: (self: string) => Value): Method<string> {
  return (self, call) => {
    positional(call, `str.${name}`, 0, 0);
    return body(self);
  };
}

/** A test that holds if the text is not empty and every character passes. */
function every(name: string, pattern: RegExp): Method<string> {
  return plain(name, (self) => pattern.test(self));
}

/** `text.capitalize()`. */
export function capitalize(text: string): string {
  const [first = '', ...rest] = characters(text);
  // A letter that becomes two has only the first of them large: `ß` gives `Ss`.
  const [large = '', ...more] = characters(first.toUpperCase());
  return large + more.join('').toLowerCase() + rest.join('').toLowerCase();
}

function title(text: string): string {
  return text.replaceAll(/\p{L}+/gu, capitalize);
}

function swapCase(text: string): string {
  return characters(text)
    .map((one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase()))
    .join('');
}

/** Whether the text has cased letters and all of them are of one case. */
export function isCase(text: string, kind: 'lower' | 'upper'): boolean {
  if (!/[\p{Lu}\p{Ll}\p{Lt}]/u.test(text)) return false;
  return kind === 'lower' ? !/[\p{Lu}\p{Lt}]/u.test(text) : !/[\p{Ll}\p{Lt}]/u.test(text);
}

function isTitle(text: string): boolean {
  return /\p{L}/u.test(text) && text === title(text);
}

function side(name: string, where: 'both' | 'left' | 'right'): Method<string> {
  return (self, call) => {
    const [set = null] = positional(call, `str.${name}`, 0, 1);
    const text = asText(set);
    if (set !== null && text === undefined) throw typeError(`${name} arg must be None or str`);
    return strip(self, text, where);
  };
}

function justify(name: 'center' | 'ljust' | 'rjust'): Method<string> {
  return (self, call) => {
    const [width = 0, fillValue = ' '] = positional(call, `str.${name}`, 1, 2);
    const fill = asText(fillValue) ?? '';
    if (textLength(fill) !== 1) {
      throw typeError('The fill character must be exactly one character long');
    }
    return justified(self, intArgument(width), name, fill);
  };
}

/** `text.center(width)`, `text.ljust(width)`, `text.rjust(width)`. */
export function justified(
  text: string,
  width: number,
  where: 'center' | 'ljust' | 'rjust',
  fill: string = ' ',
): string {
  if (width > MAX_TEXT) throw tooBig('The text');
  const missing = Math.max(0, width - textLength(text));
  // CPython puts the odd blank left if the width is odd.
  const left =
    where === 'ljust'
      ? 0
      : where === 'rjust'
        ? missing
        : Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

function join(self: string, call: CallArguments): Value {
  const [items = null] = positional(call, 'str.join', 1, 1);
  if (iteratorOf(items) === undefined) throw typeError('can only join an iterable');
  const texts: string[] = [];
  for (const item of iterable(items)) {
    const text = asText(item);
    if (text === undefined) {
      throw typeError(
        `sequence item ${texts.length}: expected str instance, ${typeName(item)} found`,
      );
    }
    texts.push(text);
  }
  return texts.join(self);
}

function affix(name: 'removeprefix' | 'removesuffix'): Method<string> {
  return (self, call) => {
    const [value] = positional(call, `str.${name}`, 1, 1);
    const text = textArgument(value, name, 1);
    if (name === 'removeprefix') return self.startsWith(text) ? self.slice(text.length) : self;
    return text !== '' && self.endsWith(text) ? self.slice(0, -text.length) : self;
  };
}

const SPLITLINES = signature('splitlines(keepends=False)');
const EXPANDTABS = signature('expandtabs(tabsize=8)');
const ENCODE = signature("encode(encoding='utf-8', errors='strict')");

function expandTabs(text: string, size: number): string {
  let column = 0;
  return characters(text)
    .map((one) => {
      if (one === '\n' || one === '\r') column = 0;
      else if (one !== '\t') column += 1;
      else {
        const width = size > 0 ? size - (column % size) : 0;
        column += width;
        return ' '.repeat(width);
      }
      return one;
    })
    .join('');
}

function zfill(self: string, call: CallArguments): Value {
  const [width = 0] = positional(call, 'str.zfill', 1, 1);
  const wanted = intArgument(width);
  if (wanted > MAX_TEXT) throw tooBig('The text');
  const [sign = ''] = /^[+-]?/u.exec(self) ?? [];
  const missing = Math.max(0, wanted - textLength(self));
  return sign + '0'.repeat(missing) + self.slice(sign.length);
}

function translate(self: string, call: CallArguments): Value {
  const [table = null] = positional(call, 'str.translate', 1, 1);
  if (!(table instanceof PyDict)) {
    throw typeError(`'${typeName(table)}' object is not subscriptable`);
  }
  return characters(self)
    .map((one) => {
      const to = table.get(one.codePointAt(0) ?? 0);
      if (to === undefined) return one;
      const code = intOf(to);
      return code === undefined ? (asText(to) ?? '') : String.fromCodePoint(Number(code));
    })
    .join('');
}

function makeTranslation(_self: string, call: CallArguments): Value {
  const [from = null, to, removed = ''] = positional(call, 'str.maketrans', 1, 3);
  const table = new PyDict();
  const code = (key: Value): Value => asText(key)?.codePointAt(0) ?? key;
  if (from instanceof PyDict) {
    for (const [key, value] of from.entries()) table.set(code(key), value);
    return table;
  }
  const targets = characters(textArgument(to, 'maketrans', 2));
  for (const [index, one] of characters(textArgument(from, 'maketrans', 1)).entries()) {
    table.set(code(one), code(targets[index] ?? ''));
  }
  for (const one of characters(textArgument(removed, 'maketrans', 3))) table.set(code(one), null);
  return table;
}

/** All but `format` and `format_map`, which need the environment's own attribute lookup. */
export const TEXT_METHODS: MethodTable<string> = methodTable<string>({
  ...SEARCH_METHODS,
  capitalize: plain('capitalize', capitalize),
  casefold: plain('casefold', (self) => self.toLowerCase().replaceAll('ß', 'ss')),
  center: justify('center'),
  encode(self, call) {
    const [encoding] = bindArguments(ENCODE, call);
    return encode(self, textArgument(encoding, 'encode', 1));
  },
  expandtabs(self, call) {
    const [size = 8] = bindArguments(EXPANDTABS, call);
    return expandTabs(self, intArgument(size));
  },
  isalnum: every('isalnum', /^[\p{L}\p{N}]+$/u),
  isalpha: every('isalpha', /^\p{L}+$/u),
  isascii: plain('isascii', (self) => /^[\0-\x7f]*$/u.test(self)),
  isdecimal: every('isdecimal', /^\p{Nd}+$/u),
  isdigit: every('isdigit', /^[\p{Nd}²³¹⁰-⁹₀-₉]+$/u),
  isidentifier: every('isidentifier', /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}_]*$/u),
  islower: plain('islower', (self) => isCase(self, 'lower')),
  isnumeric: every('isnumeric', /^\p{N}+$/u),
  isprintable: plain(
    'isprintable',
    (self) => !/[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u.test(self.replaceAll(' ', '')),
  ),
  isspace: every('isspace', new RegExp(`^[${SPACE}]+$`, 'u')),
  istitle: plain('istitle', isTitle),
  isupper: plain('isupper', (self) => isCase(self, 'upper')),
  join,
  ljust: justify('ljust'),
  lower: plain('lower', (self) => self.toLowerCase()),
  lstrip: side('lstrip', 'left'),
  maketrans: makeTranslation,
  removeprefix: affix('removeprefix'),
  removesuffix: affix('removesuffix'),
  rjust: justify('rjust'),
  rstrip: side('rstrip', 'right'),
  splitlines(self, call) {
    const [keepEnds = false] = bindArguments(SPLITLINES, call);
    return splitLines(self, isTruthy(keepEnds));
  },
  strip: side('strip', 'both'),
  swapcase: plain('swapcase', swapCase),
  title: plain('title', title),
  translate,
  upper: plain('upper', (self) => self.toUpperCase()),
  zfill,
});
