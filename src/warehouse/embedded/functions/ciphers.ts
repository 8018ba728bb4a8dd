/**
 * ENCRYPT and its kin, by AES in the modes that Snowflake names. GCM, the default, also seals what is given as additional data.
 *
 * What ENCRYPT makes of a passphrase is not documented by Snowflake, so it can be read here only, and there what was made there;
 * ENCRYPT_RAW is AES with the key and vector that are given, and the same everywhere.
 */
import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import type { CipherGCMTypes } from 'node:crypto';
import {
  type NativeFunction,
  type NativeValue,
  bytesAt,
  textAt,
} from '../../duckdb/native-function.js';
import { WarehouseError } from '../../warehouse-error.js';

const MODES = ['ecb', 'cbc', 'gcm', 'ctr', 'ofb', 'cfb'] as const;
const TAG_BYTES = 16;
const SALT_BYTES = 16;
const ROUNDS = 1000;
const VERSION = 1;

interface Method {
  readonly mode: (typeof MODES)[number];
  readonly isPadded: boolean;
}

interface Sealed {
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array | undefined;
}

/** Reads `AES-GCM`, `aes-cbc/pad:none`, `AES`. */
function readMethod(text: string): Method {
  const found = /^\s*aes(?:-(\w+))?\s*(?:\/\s*pad:\s*(pkcs|none)\s*)?$/iu.exec(text);
  const mode = MODES.find((one) => one === (found?.[1] ?? 'gcm').toLowerCase());
  if (found === null || mode === undefined) throw fault(`unknown encryption method '${text}'`);
  return { mode, isPadded: found[2]?.toLowerCase() !== 'none' };
}

function fault(reason: string): WarehouseError {
  return new WarehouseError('warehouse/failed', `Encryption: ${reason}.`);
}

function ivBytes({ mode }: Method): number {
  return mode === 'gcm' ? 12 : mode === 'ecb' ? 0 : 16;
}

function checkKey(key: Uint8Array, iv: Uint8Array, method: Method): number {
  const bits = key.length * 8;
  if (bits !== 128 && bits !== 192 && bits !== 256)
    throw fault(`a key of ${key.length} bytes, where AES takes 16, 24 or 32`);
  if (iv.length !== ivBytes(method))
    throw fault(
      `an initialization vector of ${iv.length} bytes, where ${method.mode.toUpperCase()} takes ${ivBytes(method)}`,
    );
  return bits;
}

function gcmName(bits: number): CipherGCMTypes {
  return bits === 128 ? 'aes-128-gcm' : bits === 192 ? 'aes-192-gcm' : 'aes-256-gcm';
}

function seal(
  value: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
  aad: Uint8Array | undefined,
  method: Method,
): Sealed {
  const bits = checkKey(key, iv, method);
  if (method.mode === 'gcm') {
    const cipher = createCipheriv(gcmName(bits), key, iv, { authTagLength: TAG_BYTES });
    if (aad !== undefined) cipher.setAAD(aad);
    const ciphertext = Buffer.concat([cipher.update(value), cipher.final()]);
    return { iv, ciphertext, tag: cipher.getAuthTag() };
  }
  const cipher = createCipheriv(
    `aes-${bits}-${method.mode}`,
    key,
    method.mode === 'ecb' ? null : iv,
  );
  cipher.setAutoPadding(method.isPadded);
  try {
    return {
      iv,
      ciphertext: Buffer.concat([cipher.update(value), cipher.final()]),
      tag: undefined,
    };
  } catch {
    throw fault('a value that is no whole number of blocks, with no padding');
  }
}

/** @throws WarehouseError if the key, the vector, the tag or the additional data is not that of the encryption. */
function unseal(
  { iv, ciphertext, tag }: Sealed,
  key: Uint8Array,
  aad: Uint8Array | undefined,
  method: Method,
): Uint8Array {
  const bits = checkKey(key, iv, method);
  try {
    if (method.mode === 'gcm') {
      const decipher = createDecipheriv(gcmName(bits), key, iv, { authTagLength: TAG_BYTES });
      if (aad !== undefined) decipher.setAAD(aad);
      decipher.setAuthTag(tag ?? new Uint8Array());
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
    }
    const decipher = createDecipheriv(
      `aes-${bits}-${method.mode}`,
      key,
      method.mode === 'ecb' ? null : iv,
    );
    decipher.setAutoPadding(method.isPadded);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    throw fault('decryption failed. Check encrypted data, key, AAD, or AEAD tag');
  }
}

/** Keys by salt and passphrase: deriving one is slow on purpose, and a column has one passphrase. */
const derived = new Map<string, Uint8Array>();

function deriveKey(passphrase: string, salt: Uint8Array): Uint8Array {
  const name = `${Buffer.from(salt).toString('hex')} ${passphrase}`;
  const known = derived.get(name);
  if (known !== undefined) return known;
  const key = pbkdf2Sync(passphrase, salt, ROUNDS, 32, 'sha256');
  if (derived.size > 1000) derived.clear();
  derived.set(name, key);
  return key;
}

/** One salt for each process: every value has a vector of its own. */
let salt: Uint8Array | undefined;

function encrypt(
  value: Uint8Array,
  passphrase: string,
  aad: Uint8Array | undefined,
  text: string,
): Uint8Array {
  const method = readMethod(text);
  const iv = randomBytes(ivBytes(method));
  salt ??= randomBytes(SALT_BYTES);
  const { ciphertext, tag } = seal(value, deriveKey(passphrase, salt), iv, aad, method);
  return Buffer.concat([Uint8Array.of(VERSION), salt, iv, tag ?? new Uint8Array(), ciphertext]);
}

function decrypt(
  value: Uint8Array,
  passphrase: string,
  aad: Uint8Array | undefined,
  text: string,
): Uint8Array {
  const method = readMethod(text);
  const ivStart = 1 + SALT_BYTES;
  const tagStart = ivStart + ivBytes(method);
  const start = tagStart + (method.mode === 'gcm' ? TAG_BYTES : 0);
  if (value[0] !== VERSION || value.length < start)
    throw fault('decryption failed. Check encrypted data, key, AAD, or AEAD tag');
  return unseal(
    {
      iv: value.subarray(ivStart, tagStart),
      tag: method.mode === 'gcm' ? value.subarray(tagStart, start) : undefined,
      ciphertext: value.subarray(start),
    },
    deriveKey(passphrase, value.subarray(1, ivStart)),
    aad,
    method,
  );
}

function optionalBytes(values: readonly NativeValue[], index: number): Uint8Array | undefined {
  return values[index] === null ? undefined : bytesAt(values, index);
}

function methodAt(values: readonly NativeValue[], index: number): string {
  return values[index] === null ? 'AES-GCM' : textAt(values, index);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}

/** Null where the value or the key is, as for any function; the additional data and the method may be left out. */
function cipher(
  name: string,
  parameters: NativeFunction['parameters'],
  returns: 'BLOB' | 'VARCHAR',
  call: NativeFunction['call'],
): NativeFunction {
  return {
    name,
    parameters,
    returns,
    takesNulls: true,
    call: (...values) => (values[0] === null || values[1] === null ? null : call(...values)),
  };
}

export const CIPHERS: readonly NativeFunction[] = [
  cipher('__encrypt', ['BLOB', 'VARCHAR', 'BLOB', 'VARCHAR'], 'BLOB', (...values) =>
    encrypt(bytesAt(values, 0), textAt(values, 1), optionalBytes(values, 2), methodAt(values, 3)),
  ),
  cipher('__decrypt', ['BLOB', 'VARCHAR', 'BLOB', 'VARCHAR'], 'BLOB', (...values) =>
    decrypt(bytesAt(values, 0), textAt(values, 1), optionalBytes(values, 2), methodAt(values, 3)),
  ),
  // An object of the vector, the ciphertext and, for GCM, the tag, each in hexadecimal.
  cipher('__encrypt_raw', ['BLOB', 'BLOB', 'BLOB', 'BLOB', 'VARCHAR'], 'VARCHAR', (...values) => {
    const method = readMethod(methodAt(values, 4));
    const iv = optionalBytes(values, 2) ?? randomBytes(ivBytes(method));
    const given = method.mode === 'ecb' ? new Uint8Array() : iv;
    const { ciphertext, tag } = seal(
      bytesAt(values, 0),
      bytesAt(values, 1),
      given,
      optionalBytes(values, 3),
      method,
    );
    return JSON.stringify({
      ciphertext: hex(ciphertext),
      iv: hex(given),
      ...(tag === undefined ? {} : { tag: hex(tag) }),
    });
  }),
  cipher(
    '__decrypt_raw',
    ['BLOB', 'BLOB', 'BLOB', 'BLOB', 'VARCHAR', 'BLOB'],
    'BLOB',
    (...values) => {
      const method = readMethod(methodAt(values, 4));
      const iv = method.mode === 'ecb' ? new Uint8Array() : bytesAt(values, 2);
      return unseal(
        { ciphertext: bytesAt(values, 0), iv, tag: optionalBytes(values, 5) },
        bytesAt(values, 1),
        optionalBytes(values, 3),
        method,
      );
    },
  ),
];
