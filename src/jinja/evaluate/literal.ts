/**
 * Python's `ast.literal_eval`, for the marker filters of yaml.
 */
import { toInt } from '../values/float.js';
import type { Value } from '../value.js';
import { PyDict } from '../values/dict.js';
import { PyFloat } from '../values/float.js';
import { PySet } from '../values/set.js';
import { PyTuple } from '../values/tuple.js';
import { signed } from '../values/arithmetic.js';
import { readEscapes } from '../language/escapes.js';

/** The value of a Python literal; undefined if the text is none. */
export function readLiteral(text: string): Value | undefined {
  const reader = new LiteralReader(text.replace(/^[ \t]+/u, ''));
  try {
    return reader.readAll();
  } catch (error) {
    if (error instanceof NotALiteral || error instanceof RangeError) return undefined;
    throw error;
  }
}

class NotALiteral extends Error {}

const NUMBER =
  /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d+(?:_\d+)*)?\.?(?:\d+(?:_\d+)*)?(?:[eE][+-]?\d+(?:_\d+)*)?/y;
const STRING = /([uUrR]?)('''[^]*?'''|"""[^]*?"""|'(?:[^'\\\n]|\\[^])*'|"(?:[^"\\\n]|\\[^])*")/y;

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readAll(): Value {
    const first = this.#read();
    const items = [first];
    let isTuple = false;
    while (this.#skip(',')) {
      isTuple = true;
      this.#blank();
      if (this.#at === this.#text.length) break;
      items.push(this.#read());
    }
    this.#blank();
    if (this.#at < this.#text.length) throw new NotALiteral();
    return isTuple ? new PyTuple(items) : first;
  }

  #blank(): void {
    while (/\s/u.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #skip(mark: string): boolean {
    this.#blank();
    if (!this.#text.startsWith(mark, this.#at)) return false;
    this.#at += mark.length;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null || match[0] === '') return null;
    this.#at += match[0].length;
    return match;
  }

  #read(): Value {
    this.#blank();
    if (this.#skip('(')) return this.#readTuple();
    if (this.#skip('[')) return this.#readItems(']');
    if (this.#skip('{')) return this.#readBraces();
    const [sign] = this.#match(/[+-]\s*/y) ?? [];
    if (sign !== undefined) {
      const operand = this.#readNumber();
      return signed(sign.startsWith('-') ? '-' : '+', operand);
    }
    const [word] = this.#match(/(?:True|False|None)\b/y) ?? [];
    if (word !== undefined) return word === 'None' ? null : word === 'True';
    return this.#readString() ?? this.#readNumber();
  }

  #readNumber(): Value {
    const [digits] = this.#match(NUMBER) ?? [];
    if (digits === undefined || digits === '.' || /[\w.]/u.test(this.#text.charAt(this.#at)))
      throw new NotALiteral();
    const plain = digits.replaceAll('_', '');
    if (/^0\d*[1-9]/u.test(plain) && /^\d+$/u.test(plain)) throw new NotALiteral();
    const isInt = /^(?:0[xXoObB][\da-fA-F]+|\d+)$/u.test(plain);
    return isInt ? toInt(BigInt(plain)) : new PyFloat(Number(plain));
  }

  #readString(): Value | undefined {
    let text: string | undefined;
    for (;;) {
      this.#blank();
      const match = this.#match(STRING);
      if (match === null) return text;
      const [, prefix = '', quoted = ''] = match;
      const width = /^(?:'''|""")/u.test(quoted) ? 3 : 1;
      const body = quoted.slice(width, -width);
      const decoded = /[rR]/u.test(prefix) ? { text: body } : readEscapes(body);
      if ('error' in decoded) throw new NotALiteral();
      text = (text ?? '') + decoded.text;
    }
  }

  #readTuple(): Value {
    const items: Value[] = [];
    let hasComma = false;
    while (!this.#skip(')')) {
      if (items.length > 0 && !hasComma) throw new NotALiteral();
      items.push(this.#read());
      hasComma = this.#skip(',');
    }
    const [first = null] = items;
    return items.length === 1 && !hasComma ? first : new PyTuple(items);
  }

  #readItems(end: string): Value[] {
    const items: Value[] = [];
    let hasComma = true;
    while (!this.#skip(end)) {
      if (!hasComma) throw new NotALiteral();
      items.push(this.#read());
      hasComma = this.#skip(',');
    }
    return items;
  }

  #readBraces(): Value {
    const dict = new PyDict();
    if (this.#skip('}')) return dict;
    const first = this.#read();
    if (!this.#skip(':')) {
      const hasComma = this.#skip(',');
      if (hasComma) return new PySet([first, ...this.#readItems('}')]);
      if (!this.#skip('}')) throw new NotALiteral();
      return new PySet([first]);
    }
    dict.set(first, this.#read());
    while (!this.#skip('}')) {
      if (!this.#skip(',')) throw new NotALiteral();
      if (this.#skip('}')) break;
      const key = this.#read();
      if (!this.#skip(':')) throw new NotALiteral();
      dict.set(key, this.#read());
    }
    return dict;
  }
}
