/**
 * Python's bytes: what `str.encode()` gives.
 */
import { JinjaError } from '../error.js';
import { PyObject, type Value } from '../value.js';
import { characters } from './characters.js';
import { escapeCode } from './describe.js';
import { intOf } from './float.js';
import { bindMethod, type MethodTable, methodTable } from './method.js';
import { position } from './slice.js';

/** A byte string. */
export class PyBytes extends PyObject {
  readonly typeName = 'bytes';
  readonly data: Uint8Array;

  constructor(data: Uint8Array) {
    super();
    this.data = data;
  }

  override getAttribute(name: string): Value | undefined {
    return bindMethod(METHODS, this, name);
  }

  override getItem(key: Value): Value | undefined {
    const index = intOf(key);
    const at = index === undefined ? undefined : position(index, this.data.length);
    return at === undefined ? undefined : this.data[at];
  }

  override length(): number {
    return this.data.length;
  }

  override iterate(): Iterator<Value> {
    return this.data.values();
  }

  override toRepr(): string {
    const body = [...this.data].map(byteText).join('');
    const quote = body.includes("'") && !body.includes('"') ? '"' : "'";
    return `b${quote}${quote === "'" ? body.replaceAll("'", "\\'") : body}${quote}`;
  }

  override equals(other: Value): boolean {
    return other instanceof PyBytes && hexOf(other.data) === hexOf(this.data);
  }

  override hashKey(): string {
    return `\0b${hexOf(this.data)}`;
  }
}

function byteText(byte: number): string {
  switch (byte) {
    case 0x09:
      return '\\t';
    case 0x0a:
      return '\\n';
    case 0x0d:
      return '\\r';
    case 0x5c:
      return '\\\\';
    default:
      return byte >= 0x20 && byte < 0x7f
        ? String.fromCodePoint(byte)
        : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
}

function hexOf(data: Uint8Array): string {
  return [...data].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `text.encode(encoding)`. @throws LookupError for an encoding that we do not know, UnicodeEncodeError. */
export function encode(text: string, encoding: string): PyBytes {
  const name = encoding.toLowerCase().replaceAll(/[-_]/gu, '');
  if (name === 'utf8') return new PyBytes(new TextEncoder().encode(text));
  const limits: Readonly<Record<string, number>> = { ascii: 0x80, latin1: 0x100, iso88591: 0x100 };
  const limit = limits[name];
  if (limit === undefined) throw new JinjaError('LookupError', `unknown encoding: ${encoding}`);
  return new PyBytes(
    Uint8Array.from(characters(text), (character, index) => {
      const code = character.codePointAt(0) ?? 0;
      if (code < limit) return code;
      throw new JinjaError(
        'UnicodeEncodeError',
        `'${encoding}' codec can't encode character '${escapeCode(code)}' in position ${index}: ordinal not in range(${limit})`,
      );
    }),
  );
}

const METHODS: MethodTable<PyBytes> = methodTable<PyBytes>({
  decode: (self) => new TextDecoder().decode(self.data),
  hex: (self) => hexOf(self.data),
});
