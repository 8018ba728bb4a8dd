/**
 * Reads literals of Python and of Jinja: strings, numbers, truth, nothing, lists, tuples and dicts of them.
 */
import type { Json, JsonObject } from '../base/index.js';
import { pythonStr } from './python-text.js';

/** Arguments of a call. */
export interface PythonArguments {
  readonly args: readonly Json[];
  readonly kwargs: JsonObject;
}

/** Whose literals are read. Jinja has no comments within, no prefixes, and lower-case words beside Python's. */
export type Dialect = 'python' | 'jinja';

const WORD = /[A-Za-z_]\w*/uy;
const NUMBER = /[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?/uy;
const BLANKS: Readonly<Record<Dialect, RegExp>> = {
  python: /(?:\s|#[^\n]*|\\\n)*/uy,
  jinja: /\s*/uy,
};
const STRINGS: Readonly<Record<Dialect, RegExp>> = {
  python:
    /[rRbBuU]{0,2}(?:"""([^]*?)"""|'''([^]*?)'''|"((?:\\.|[^"\\\n])*)"|'((?:\\.|[^'\\\n])*)')/uy,
  // A backslash is left to the template engine.
  jinja: /"([^"\\]*)"|'([^'\\]*)'/uy,
};
const WORDS: Readonly<Record<Dialect, Readonly<Record<string, Json>>>> = {
  python: { True: true, False: false, None: null },
  jinja: { True: true, False: false, None: null, true: true, false: false, none: null },
};

/** Reads from an offset of a text; every method gives undefined where the text is not what it reads. */
export class PythonReader {
  readonly #text: string;
  readonly #dialect: Dialect;
  #at: number;

  constructor(text: string, at: number, dialect: Dialect = 'python') {
    this.#text = text;
    this.#at = at;
    this.#dialect = dialect;
  }

  /** Where reading stands. */
  get offset(): number {
    return this.#at;
  }

  /** The arguments of a call, up to its `)`. The opening bracket has been read. */
  arguments(): PythonArguments | undefined {
    const args: Json[] = [];
    const kwargs: Record<string, Json> = {};
    for (;;) {
      if (this.#take(')')) return { args, kwargs };
      const key = this.#keyword();
      const value = this.#value();
      if (value === undefined) return undefined;
      if (key === undefined) args.push(value);
      else kwargs[key] = value;
      if (!this.#take(',') && !this.#peek(')')) return undefined;
    }
  }

  #value(): Json | undefined {
    this.#match(BLANKS[this.#dialect]);
    const text = this.#strings();
    if (text !== undefined) return text;
    if (this.#take('[')) return this.#items(']');
    if (this.#take('(')) return this.#tuple();
    if (this.#take('{')) return this.#dict();
    const number = this.#match(NUMBER)?.[0];
    if (number !== undefined) return Number(number.replaceAll('_', ''));
    const word = this.#match(WORD)?.[0];
    const words = WORDS[this.#dialect];
    return word !== undefined && Object.hasOwn(words, word) ? words[word] : undefined;
  }

  /** Strings that stand beside each other are one. */
  #strings(): string | undefined {
    let text: string | undefined;
    for (
      let match = this.#match(STRINGS[this.#dialect]);
      match !== undefined;
      match = this.#match(STRINGS[this.#dialect])
    ) {
      const body = match.slice(1).find((group) => group !== undefined) ?? '';
      const isRaw = /^[bBuU]?[rR]/u.test(match[0]);
      text = (text ?? '') + (isRaw ? body : unescaped(body));
      this.#match(BLANKS[this.#dialect]);
    }
    return text;
  }

  /** `('a')` is `'a'`; a comma makes a tuple. */
  #tuple(): Json | undefined {
    const start = this.#at;
    const only = this.#value();
    if (only !== undefined && this.#take(')')) return only;
    this.#at = start;
    return this.#items(')');
  }

  #items(end: string): readonly Json[] | undefined {
    const items: Json[] = [];
    for (;;) {
      if (this.#take(end)) return items;
      const value = this.#value();
      if (value === undefined) return undefined;
      items.push(value);
      if (!this.#take(',') && !this.#peek(end)) return undefined;
    }
  }

  #dict(): JsonObject | undefined {
    const entries: [string, Json][] = [];
    for (;;) {
      if (this.#take('}')) return Object.fromEntries(entries);
      const key = this.#value();
      if (key === undefined || typeof key === 'object' || !this.#take(':')) return undefined;
      const value = this.#value();
      if (value === undefined) return undefined;
      entries.push([pythonStr(key), value]);
      if (!this.#take(',') && !this.#peek('}')) return undefined;
    }
  }

  #keyword(): string | undefined {
    this.#match(BLANKS[this.#dialect]);
    const start = this.#at;
    const word = this.#match(WORD)?.[0];
    if (word !== undefined && this.#take('=') && this.#text.charAt(this.#at) !== '=') return word;
    this.#at = start;
    return undefined;
  }

  #take(text: string): boolean {
    if (!this.#peek(text)) return false;
    this.#at += text.length;
    return true;
  }

  #peek(text: string): boolean {
    this.#match(BLANKS[this.#dialect]);
    return this.#text.startsWith(text, this.#at);
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  '\n': '',
};

function unescaped(text: string): string {
  return text.replaceAll(
    /\\(?<one>[^])/gu,
    (_, one: string) => ESCAPES[one] ?? (/['"\\]/u.test(one) ? one : `\\${one}`),
  );
}
