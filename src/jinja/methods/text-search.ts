/**
 * Python's str methods that look for a text inside another: find, count, split, partition and kin.
 */
import { typeError, valueError } from '../error.js';
import type { CallArguments, Value } from '../value.js';
import { bindArguments, signature } from '../values/arguments.js';
import {
  characters,
  SPACE,
  textLength,
  toPythonOffset,
  trimEnd,
  trimStart,
} from '../values/characters.js';
import { typeName } from '../values/describe.js';
import { intOf } from '../values/float.js';
import { type Method, positional } from '../values/method.js';
import { sliceItems } from '../values/slice.js';
import { asText } from '../values/text.js';
import { PyTuple } from '../values/tuple.js';

/** A str argument. @throws TypeError in CPython's words. */
export function textArgument(value: Value | undefined, method: string, index: number): string {
  const text = value === undefined ? undefined : asText(value);
  if (text === undefined) {
    throw typeError(`${method}() argument ${index} must be str, not ${typeName(value ?? null)}`);
  }
  return text;
}

/** An int argument. @throws TypeError in CPython's words. */
export function intArgument(value: Value): number {
  const int = intOf(value);
  if (int === undefined) {
    throw typeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  }
  return Number(int);
}

/** The part of the text between two bounds in code points, and where it starts. */
function window(
  text: string,
  start: Value,
  stop: Value,
): { readonly part: string; readonly from: number } {
  if (start === null && stop === null) return { part: text, from: 0 };
  const points = characters(text);
  const part = sliceItems(points, start, stop, null).join('');
  const skipped = sliceItems(points, null, start, null).length;
  return { part, from: skipped };
}

function find(method: string, isLast: boolean, isStrict: boolean): Method<string> {
  return (self, call) => {
    const [needle, start = null, stop = null] = positional(call, `str.${method}`, 1, 3);
    const wanted = textArgument(needle, method, 1);
    const { part, from } = window(self, start, stop);
    const at = isLast ? part.lastIndexOf(wanted) : part.indexOf(wanted);
    if (at === -1 && isStrict) throw valueError('substring not found');
    return at === -1 ? -1 : from + toPythonOffset(part, at);
  };
}

function startsOrEnds(method: 'startswith' | 'endswith'): Method<string> {
  return (self, call) => {
    const [wanted = null, start = null, stop = null] = positional(call, `str.${method}`, 1, 3);
    const { part } = window(self, start, stop);
    const isMatch = (one: string): boolean =>
      method === 'startswith' ? part.startsWith(one) : part.endsWith(one);
    const texts = wanted instanceof PyTuple ? wanted.items : [wanted];
    return texts.some((one) => {
      const text = asText(one);
      if (text !== undefined) return isMatch(text);
      throw typeError(
        wanted instanceof PyTuple
          ? `tuple for ${method} must only contain str, not ${typeName(one)}`
          : `${method} first arg must be str or a tuple of str, not ${typeName(one)}`,
      );
    });
  };
}

function count(self: string, call: CallArguments): Value {
  const [needle, start = null, stop = null] = positional(call, 'str.count', 1, 3);
  const wanted = textArgument(needle, 'count', 1);
  const { part } = window(self, start, stop);
  return wanted === '' ? textLength(part) + 1 : part.split(wanted).length - 1;
}

const SPLIT = signature('split(sep=None, maxsplit=-1)');
const BLANKS = new RegExp(`[${SPACE}]+`, 'u');

function splitArguments(name: string, call: CallArguments): readonly [string | undefined, number] {
  const given = call.args.length + call.kwargs.size;
  if (given > 2) throw typeError(`${name}() takes at most 2 arguments (${given} given)`);
  const [separator = null, most = -1] = bindArguments(SPLIT, call);
  const text = asText(separator);
  if (separator !== null && text === undefined) {
    throw typeError(`must be str or None, not ${typeName(separator)}`);
  }
  if (text === '') throw valueError('empty separator');
  const limit = intArgument(most);
  return [text, limit < 0 ? Number.POSITIVE_INFINITY : limit];
}

function split(self: string, call: CallArguments): Value {
  const [separator, limit] = splitArguments('split', call);
  if (separator === undefined) return splitBlanks(self, limit);
  const parts = self.split(separator);
  if (parts.length - 1 <= limit) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

function splitBlanks(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = trimStart(text);
  while (rest !== '') {
    const blank = parts.length < limit ? BLANKS.exec(rest) : null;
    if (blank === null) {
      parts.push(parts.length < limit ? rest : trimEnd(rest));
      break;
    }
    parts.push(rest.slice(0, blank.index));
    rest = rest.slice(blank.index + blank[0].length);
  }
  return parts;
}

function rsplit(self: string, call: CallArguments): Value {
  const [separator, limit] = splitArguments('rsplit', call);
  if (separator === undefined) {
    // The same cuts from the other side.
    const flip = (text: string): string => characters(text).reverse().join('');
    return splitBlanks(flip(self), limit).map(flip).reverse();
  }
  const parts = self.split(separator);
  if (parts.length - 1 <= limit) return parts;
  const head = parts.length - limit;
  return [parts.slice(0, head).join(separator), ...parts.slice(head)];
}

function partition(method: 'partition' | 'rpartition'): Method<string> {
  return (self, call) => {
    const [separator = null] = positional(call, `str.${method}`, 1, 1);
    const wanted = asText(separator);
    if (wanted === undefined) throw typeError(`must be str, not ${typeName(separator)}`);
    if (wanted === '') throw valueError('empty separator');
    const at = method === 'partition' ? self.indexOf(wanted) : self.lastIndexOf(wanted);
    if (at === -1) return new PyTuple(method === 'partition' ? [self, '', ''] : ['', '', self]);
    return new PyTuple([self.slice(0, at), wanted, self.slice(at + wanted.length)]);
  };
}

function replace(self: string, call: CallArguments): Value {
  const [from, to, most = -1] = positional(call, 'str.replace', 2, 3);
  const [old, fresh] = [textArgument(from, 'replace', 1), textArgument(to, 'replace', 2)];
  return replaceText(self, old, fresh, intArgument(most));
}

/** `text.replace(old, fresh, most)`; a negative `most` means all. */
export function replaceText(text: string, old: string, fresh: string, most: number): string {
  // `$` has a meaning in JavaScript's replacements.
  if (most < 0 && old !== '') return text.replaceAll(old, fresh.replaceAll('$', '$$$$'));
  if (most === 0) return text;
  const parts = old === '' ? ['', ...characters(text), ''] : text.split(old);
  const cuts = most < 0 ? parts.length - 1 : Math.min(most, parts.length - 1);
  const rest = parts.slice(cuts);
  return [...parts.slice(0, cuts), rest.join(old)].join(fresh);
}

/** The searching half of str's methods. */
export const SEARCH_METHODS: Readonly<Record<string, Method<string>>> = {
  count,
  endswith: startsOrEnds('endswith'),
  find: find('find', false, false),
  index: find('index', false, true),
  partition: partition('partition'),
  replace,
  rfind: find('rfind', true, false),
  rindex: find('rindex', true, true),
  rpartition: partition('rpartition'),
  rsplit,
  split,
  startswith: startsOrEnds('startswith'),
};
