/**
 * Reads JSON as Python's `json.loads` does: integers of any size, floats apart from them, `NaN` and `Infinity`, keys in
 * their order, the last of two equal keys in the place of the first.
 */
import { valueError } from '../error.js';
import type { Value } from '../value.js';
import { PyDict } from './dict.js';
import { PyFloat, toInt } from './float.js';

const SPACE = /[ \t\n\r]*/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?<float>(?:\.\d+)?(?:[eE][-+]?\d+)?)/uy;
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\.)*"/suy;
const WORDS: ReadonlyMap<string, () => Value> = new Map<string, () => Value>([
  ['null', () => null],
  ['true', () => true],
  ['false', () => false],
  ['NaN', () => new PyFloat(Number.NaN)],
  ['Infinity', () => new PyFloat(Number.POSITIVE_INFINITY)],
  ['-Infinity', () => new PyFloat(Number.NEGATIVE_INFINITY)],
]);
const WORD = /-?[A-Za-z]+/uy;
/** Deeper than this Python gives up with a RecursionError. */
const MAX_DEPTH = 900;

/** The value of a text. @throws ValueError on what is no JSON. */
export function readJson(text: string): Value {
  const reader = new JsonReader(text);
  return reader.read();
}

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Value {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw this.#fault('Extra data');
    return value;
  }

  #value(depth: number): Value {
    if (depth > MAX_DEPTH) throw this.#fault('The value is nested too deeply');
    this.#space();
    switch (this.#text.charAt(this.#at)) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      default:
        return this.#scalar();
    }
  }

  #object(depth: number): Value {
    const entries: (readonly [Value, Value])[] = [];
    this.#at += 1;
    if (this.#takes('}')) return new PyDict();
    do {
      this.#space();
      const key = this.#string();
      if (!this.#takes(':')) throw this.#fault("Expecting ':' delimiter");
      entries.push([key, this.#value(depth + 1)]);
    } while (this.#takes(','));
    if (!this.#takes('}')) throw this.#fault("Expecting ',' delimiter");
    return PyDict.fromEntries(entries);
  }

  #array(depth: number): Value {
    const items: Value[] = [];
    this.#at += 1;
    if (this.#takes(']')) return items;
    do items.push(this.#value(depth + 1));
    while (this.#takes(','));
    if (!this.#takes(']')) throw this.#fault("Expecting ',' delimiter");
    return items;
  }

  #string(): string {
    const literal = this.#match(TEXT)?.[0];
    if (literal === undefined) throw this.#fault('Expecting a string');
    if (!literal.includes('\\')) return literal.slice(1, -1);
    try {
      const text: unknown = JSON.parse(literal);
      return String(text);
    } catch {
      throw this.#fault('Invalid \\escape');
    }
  }

  #scalar(): Value {
    const number = this.#match(NUMBER);
    if (number !== null) {
      const [digits] = number;
      return number.groups?.['float'] === '' ? toInt(BigInt(digits)) : new PyFloat(Number(digits));
    }
    const word = WORDS.get(this.#match(WORD)?.[0] ?? '');
    if (word === undefined) throw this.#fault('Expecting value');
    return word();
  }

  #takes(sign: string): boolean {
    this.#space();
    if (this.#text.charAt(this.#at) !== sign) return false;
    this.#at += 1;
    return true;
  }

  #space(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  #fault(message: string): Error {
    return valueError(`${message} (char ${this.#at})`);
  }
}
