/**
 * `modules.re`.
 */
import { JinjaError, typeError } from '../error.js';
import { type CallArguments, PyFunction, PyObject, type Value } from '../value.js';
import { bindArguments, signature } from '../values/arguments.js';
import { argumentsOf, callValue } from '../values/call.js';
import { toPythonOffset } from '../values/characters.js';
import { toRepr, toText, typeName } from '../values/describe.js';
import { PyDict } from '../values/dict.js';
import { intOf } from '../values/float.js';
import { PyIterator } from '../values/iterator.js';
import { asText } from '../values/text.js';
import { PyTuple } from '../values/tuple.js';
import { HostClass } from './host-class.js';
import { FLAGS, patternError, translatePattern } from './pattern-syntax.js';

/** A compiled pattern. */
export class PyPattern extends PyObject {
  readonly typeName = 're.Pattern';
  readonly pattern: string;
  readonly flags: number;
  readonly regex: RegExp;

  /** @throws JinjaError `error` if the pattern is not valid. */
  constructor(pattern: string, flags: number) {
    super();
    const translation = translatePattern(pattern, flags);
    this.pattern = pattern;
    this.flags = translation.flags;
    try {
      const ignoresCase = (translation.flags & FLAGS.IGNORECASE) !== 0;
      this.regex = new RegExp(translation.source, `dgu${ignoresCase ? 'i' : ''}`);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw patternError(error.message.replace(/^Invalid regular expression: /u, ''), 0);
    }
  }

  /** Names of groups, by number. */
  get names(): ReadonlyMap<string, number> {
    const names = new Map<string, number>();
    let number = 0;
    for (const [, name] of this.pattern.matchAll(
      /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?!\?)|\(\?P<(\w+)>/gsu,
    )) {
      number += 1;
      if (name !== undefined) names.set(name, number);
    }
    return names;
  }

  /** The first match at or after an offset; `mode` binds it to the start, or to both ends. */
  exec(text: string, from: number, mode: 'search' | 'match' | 'fullmatch'): PyMatch | null {
    const { source, flags } = this.regex;
    const regex =
      mode === 'search'
        ? this.regex
        : new RegExp(
            mode === 'fullmatch' ? `(?:${source})(?![^])` : source,
            flags.replace('g', 'y'),
          );
    regex.lastIndex = from;
    const match = regex.exec(text);
    return match === null ? null : new PyMatch(this, text, match);
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'pattern':
        return this.pattern;
      case 'flags':
        return this.flags | FLAGS.UNICODE;
      case 'groups':
        return (new RegExp(`${this.regex.source}|`, 'u').exec('')?.length ?? 1) - 1;
      default: {
        const method = METHODS.get(name);
        return method === undefined
          ? undefined
          : new PyFunction(name, (call) => method({ ...call, args: [this, ...call.args] }));
      }
    }
  }

  override toRepr(): string {
    return `re.compile(${toRepr(this.pattern)})`;
  }
}

/** A match. */
export class PyMatch extends PyObject {
  readonly typeName = 're.Match';
  readonly pattern: PyPattern;
  readonly text: string;
  readonly match: RegExpExecArray;

  constructor(pattern: PyPattern, text: string, match: RegExpExecArray) {
    super();
    this.pattern = pattern;
    this.text = text;
    this.match = match;
  }

  /** A group by number or name. @throws IndexError if there is none. */
  group(key: Value): Value {
    const name = asText(key);
    if (name !== undefined) {
      const { groups = {} } = this.match;
      if (!Object.hasOwn(groups, name)) throw noGroup();
      return groups[name] ?? null;
    }
    const index = Number(intOf(key) ?? -1);
    if (index < 0 || index >= this.match.length) throw noGroup();
    return this.match[index] ?? null;
  }

  #span(key: Value): readonly [number, number] {
    const name = asText(key);
    const { indices } = this.match;
    const span = name === undefined ? indices?.[Number(intOf(key) ?? -1)] : indices?.groups?.[name];
    if (span === undefined) return [-1, -1];
    return [toPythonOffset(this.text, span[0]), toPythonOffset(this.text, span[1])];
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'group':
        return new PyFunction(name, ({ args }) => {
          const [first = 0] = args;
          return args.length > 1
            ? new PyTuple(args.map((arg) => this.group(arg)))
            : this.group(first);
        });
      case 'groups':
        return new PyFunction(
          name,
          ({ args: [fallback = null] }) =>
            new PyTuple(this.match.slice(1).map((part: string | undefined) => part ?? fallback)),
        );
      case 'groupdict':
        return new PyFunction(name, ({ args: [fallback = null] }) =>
          PyDict.fromEntries(
            Object.entries(this.match.groups ?? {}).map(
              ([key, part]: [string, string | undefined]) => [key, part ?? fallback] as const,
            ),
          ),
        );
      case 'start':
        return new PyFunction(name, ({ args: [group = 0] }) => this.#span(group)[0]);
      case 'end':
        return new PyFunction(name, ({ args: [group = 0] }) => this.#span(group)[1]);
      case 'span':
        return new PyFunction(name, ({ args: [group = 0] }) => new PyTuple([...this.#span(group)]));
      case 'string':
        return this.text;
      case 're':
        return this.pattern;
      case 'expand':
        return new PyFunction(name, ({ args: [template = ''] }) => expand(toText(template), this));
      default:
        return undefined;
    }
  }

  override getItem(key: Value): Value | undefined {
    return this.group(key);
  }

  override toRepr(): string {
    const [start, end] = this.#span(0);
    return `<re.Match object; span=(${start}, ${end}), match=${toRepr(this.match[0])}>`;
  }
}

function noGroup(): JinjaError {
  return new JinjaError('IndexError', 'no such group');
}

/** A replacement's `\1`, `\g<name>` and escapes. */
function expand(template: string, match: PyMatch): string {
  return template.replaceAll(
    /\\(?:g<([^>]*)>|(\d{1,2})|([^]))/gu,
    (
      whole: string,
      named: string | undefined,
      digits: string | undefined,
      letter: string | undefined,
    ) => {
      if (letter !== undefined) return ESCAPES.get(letter) ?? whole;
      const key = named === undefined || /^\d+$/u.test(named) ? Number(named ?? digits) : named;
      const part = match.group(key);
      return part === null ? '' : toText(part);
    },
  );
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['\\', '\\'],
]);

function subject(value: Value): string {
  const text = asText(value);
  if (text !== undefined) return text;
  throw typeError(`expected string or bytes-like object, got '${typeName(value)}'`);
}

const compiled = new Map<string, PyPattern>();
// As many as Python's own cache holds.
const MAX_COMPILED = 512;

function compile(pattern: Value, flags: Value): PyPattern {
  if (pattern instanceof PyPattern) return pattern;
  const text = asText(pattern);
  if (text === undefined) throw typeError('first argument must be string or compiled pattern');
  const key = `${toText(flags)} ${text}`;
  let result = compiled.get(key);
  if (result === undefined) {
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    result = new PyPattern(text, Number(intOf(flags) ?? 0));
    compiled.set(key, result);
  }
  return result;
}

function* matches(pattern: PyPattern, text: string): Generator<PyMatch, void> {
  let from = 0;
  while (from <= text.length) {
    const found = pattern.exec(text, from, 'search');
    if (found === null) return;
    yield found;
    const end = found.match.index + found.match[0].length;
    from = end > found.match.index ? end : end + 1;
  }
}

/** What `findall` gives of a match: the text, the only group, or a tuple of the groups. */
function foundPart({ match }: PyMatch): Value {
  if (match.length === 1) return match[0];
  const groups = match.slice(1).map((part: string | undefined) => part ?? '');
  const [only = ''] = groups;
  return groups.length === 1 ? only : new PyTuple(groups);
}

function substitute(
  pattern: PyPattern,
  replacement: Value,
  text: string,
  most: number,
): readonly [string, number] {
  let result = '';
  let last = 0;
  let count = 0;
  for (const found of matches(pattern, text)) {
    if (most > 0 && count >= most) break;
    const template = asText(replacement);
    const fresh =
      template === undefined
        ? toText(callValue(replacement, argumentsOf(found)))
        : expand(template, found);
    result += text.slice(last, found.match.index) + fresh;
    last = found.match.index + found.match[0].length;
    count += 1;
  }
  return [result + text.slice(last), count];
}

function split(pattern: PyPattern, text: string, most: number): Value {
  const parts: Value[] = [];
  let last = 0;
  let count = 0;
  for (const { match } of matches(pattern, text)) {
    if (most > 0 && count >= most) break;
    parts.push(text.slice(last, match.index));
    for (const group of match.slice(1) as readonly (string | undefined)[])
      parts.push(group ?? null);
    last = match.index + match[0].length;
    count += 1;
  }
  return [...parts, text.slice(last)];
}

const SEARCH = signature('search(pattern, string, flags=0)');
const SUB = signature('sub(pattern, repl, string, count=0, flags=0)');
const SPLIT = signature('split(pattern, string, maxsplit=0, flags=0)');

function searcher(mode: 'search' | 'match' | 'fullmatch'): (call: CallArguments) => Value {
  return (call) => {
    const [pattern = null, text = null, flags = 0] = bindArguments(SEARCH, call);
    return compile(pattern, flags).exec(subject(text), 0, mode);
  };
}

function substituter(hasCount: boolean): (call: CallArguments) => Value {
  return (call) => {
    const [pattern = null, fresh = null, text = null, count = 0, flags = 0] = bindArguments(
      SUB,
      call,
    );
    const result = substitute(
      compile(pattern, flags),
      fresh,
      subject(text),
      Number(intOf(count) ?? 0),
    );
    return hasCount ? new PyTuple([...result]) : result[0];
  };
}

const METHODS: ReadonlyMap<string, (call: CallArguments) => Value> = new Map<
  string,
  (call: CallArguments) => Value
>([
  ['search', searcher('search')],
  ['match', searcher('match')],
  ['fullmatch', searcher('fullmatch')],
  ['sub', substituter(false)],
  ['subn', substituter(true)],
  [
    'split',
    (call) => {
      const [pattern = null, text = null, most = 0, flags = 0] = bindArguments(SPLIT, call);
      return split(compile(pattern, flags), subject(text), Number(intOf(most) ?? 0));
    },
  ],
  [
    'findall',
    (call) => {
      const [pattern = null, text = null, flags = 0] = bindArguments(SEARCH, call);
      return Array.from(matches(compile(pattern, flags), subject(text)), foundPart);
    },
  ],
  [
    'finditer',
    (call) => {
      const [pattern = null, text = null, flags = 0] = bindArguments(SEARCH, call);
      return new PyIterator('callable_iterator', matches(compile(pattern, flags), subject(text)));
    },
  ],
]);

const COMPILE = signature('compile(pattern, flags=0)');
const SHORT: Readonly<Record<string, keyof typeof FLAGS>> = {
  A: 'ASCII',
  I: 'IGNORECASE',
  L: 'LOCALE',
  M: 'MULTILINE',
  S: 'DOTALL',
  U: 'UNICODE',
  X: 'VERBOSE',
};

/** dbt's `modules.re`. */
export function reModule(): PyDict {
  const refuse = (): never => {
    throw typeError('cannot create such an instance');
  };
  return PyDict.fromEntries([
    ...Array.from(METHODS, ([name, body]) => [name, new PyFunction(name, body)] as const),
    [
      'compile',
      new PyFunction('compile', (call) => {
        const [pattern = null, flags = 0] = bindArguments(COMPILE, call);
        return compile(pattern, flags);
      }),
    ],
    [
      'escape',
      new PyFunction('escape', ({ args: [text = null] }) =>
        subject(text).replaceAll(/[\s()[\]{}?*+\-|^$\\.&~#]/gu, '\\$&'),
      ),
    ],
    ['purge', new PyFunction('purge', () => null)],
    ['Pattern', new HostClass('re.Pattern', refuse)],
    ['Match', new HostClass('re.Match', refuse)],
    ['error', new HostClass('re.error', refuse)],
    ['NOFLAG', 0],
    ...Object.entries(FLAGS),
    ...Object.entries(SHORT).map(([letter, name]) => [letter, FLAGS[name]] as const),
  ]);
}
