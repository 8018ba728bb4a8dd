/** SOUNDEX, COMPRESS with what undoes it, and shifts of binary values. */
import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  deflateSync,
  inflateSync,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';
import { type NativeFunction, bytesAt, numberAt, textAt } from '../../duckdb/native-function.js';
import { WarehouseError } from '../../warehouse-error.js';

const CODES: Readonly<Record<string, string>> = Object.fromEntries(
  ['BFPV', 'CGJKQSXZ', 'DT', 'L', 'MN', 'R'].flatMap((letters, index) =>
    letters.split('').map((letter) => [letter, String(index + 1)]),
  ),
);

/**
 * The first letter and three digits for the sounds after it.
 *
 * Letters of one sound count once when they touch, or have an H or W between; a vowel parts them. `isPlain` is
 * SOUNDEX_P123: the first letter does not take part, and H and W part like vowels.
 */
function soundex(text: string, isPlain: boolean): string {
  const letters = text
    .toUpperCase()
    .replaceAll(/[^A-Z]/gu, '')
    .split('');
  const [first] = letters;
  if (first === undefined) return '';
  let digits = '';
  let last = isPlain ? '' : (CODES[first] ?? '');
  for (const letter of letters.slice(1)) {
    const code = CODES[letter] ?? '';
    if (code !== '' && code !== last) digits += code;
    if (code !== '' || isPlain || !/[HW]/u.test(letter)) last = code;
    if (digits.length === 3) break;
  }
  return `${first}${digits.padEnd(3, '0')}`;
}

function fault(reason: string): WarehouseError {
  return new WarehouseError('warehouse/failed', reason);
}

/** Reads `zlib`, `zstd(9)`. */
function readMethod(text: string): { readonly name: string; readonly level: number | undefined } {
  const found = /^\s*(\w+)\s*(?:\(\s*(\d+)\s*\))?\s*$/u.exec(text);
  const level = found?.[2] === undefined ? undefined : Number(found[2]);
  return { name: (found?.[1] ?? text).toUpperCase(), level };
}

function compress(bytes: Uint8Array, text: string): Uint8Array {
  const { name, level } = readMethod(text);
  switch (name) {
    case 'ZLIB':
      return deflateSync(bytes, level === undefined ? {} : { level });
    case 'ZSTD':
      return zstdCompressSync(
        bytes,
        level === undefined ? {} : { params: { [constants.ZSTD_c_compressionLevel]: level } },
      );
    case 'BROTLI':
      return brotliCompressSync(bytes);
    default:
      throw fault(`COMPRESS: the method ${text} is not supported by the embedded warehouse.`);
  }
}

function decompress(bytes: Uint8Array, text: string): Uint8Array {
  const { name } = readMethod(text);
  const inflate =
    name === 'ZLIB'
      ? inflateSync
      : name === 'ZSTD'
        ? zstdDecompressSync
        : name === 'BROTLI'
          ? brotliDecompressSync
          : undefined;
  if (inflate === undefined)
    throw fault(`DECOMPRESS: the method ${text} is not supported by the embedded warehouse.`);
  try {
    return inflate(bytes);
  } catch {
    throw fault(`DECOMPRESS: the value was not compressed by ${name}.`);
  }
}

/** To the left for a positive count; what is pushed out is lost. */
function shiftBits(bytes: Uint8Array, count: number): Uint8Array {
  if (bytes.length === 0) return bytes;
  const digits = Buffer.from(bytes).toString('hex');
  const number = BigInt(`0x${digits}`);
  const shifted = count >= 0 ? number << BigInt(count) : number >> BigInt(-count);
  const kept = BigInt.asUintN(bytes.length * 8, shifted);
  return Buffer.from(kept.toString(16).padStart(digits.length, '0'), 'hex');
}

export const TEXTS: readonly NativeFunction[] = [
  {
    name: '__bit_shift',
    parameters: ['BLOB', 'BIGINT'],
    returns: 'BLOB',
    call: (...values) => shiftBits(bytesAt(values, 0), numberAt(values, 1)),
  },
  {
    name: '__soundex',
    parameters: ['VARCHAR'],
    returns: 'VARCHAR',
    call: (...values) => soundex(textAt(values, 0), false),
  },
  {
    name: '__soundex_p123',
    parameters: ['VARCHAR'],
    returns: 'VARCHAR',
    call: (...values) => soundex(textAt(values, 0), true),
  },
  {
    name: '__compress',
    parameters: ['BLOB', 'VARCHAR'],
    returns: 'BLOB',
    call: (...values) => compress(bytesAt(values, 0), textAt(values, 1)),
  },
  {
    name: '__decompress',
    parameters: ['BLOB', 'VARCHAR'],
    returns: 'BLOB',
    call: (...values) => decompress(bytesAt(values, 0), textAt(values, 1)),
  },
];
