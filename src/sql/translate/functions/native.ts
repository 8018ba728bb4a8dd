/**
 * Functions that DuckDB has not and our own code answers: ciphers, addresses, searches, compression.
 *
 * What they are called in SQL begins with two underscores; `warehouse/embedded/functions` holds them.
 */
import { isGroup, splitCommas } from '../nodes.js';
import { type Call, type Rule, type Rules, argument, forms, namedArguments } from '../rule.js';
import { type Scope, type Written, unsupported } from '../scope.js';
import { blobOf, variantText, writeText } from '../casts.js';

/** A text or binary value as bytes: a text is its UTF-8. */
function bytes(value: Written | undefined): string {
  if (value === undefined) return 'NULL::BLOB';
  if (value.hint === 'binary') return value.text;
  return value.hint === 'text'
    ? `encode(${value.text})`
    : `CASE typeof(${value.text}) WHEN 'BLOB' THEN ${blobOf(value.text)} ELSE encode(CAST(${value.text} AS VARCHAR)) END`;
}

function text(value: Written | undefined): string {
  return value === undefined ? 'NULL::VARCHAR' : `CAST(${value.text} AS VARCHAR)`;
}

function mustHave(call: Call, scope: Scope, least: number, most: number): readonly Written[] {
  if (call.args.length < least || call.args.length > most)
    throw unsupported(scope, `${call.name} with ${call.args.length} arguments`, call.node);
  return call.args.map((_, index) => argument(call, index, scope));
}

/** `ENCRYPT(value, passphrase [, additional data [, method]])`, and DECRYPT. */
function withPassphrase(name: string, isTry: boolean): Rule {
  return (call, scope) => {
    const [value, passphrase, aad, method] = mustHave(call, scope, 2, 4);
    const whole = `${name}(${bytes(value)}, ${text(passphrase)}, ${bytes(aad)}, ${text(method)})`;
    return { text: isTry ? `try(${whole})` : whole, hint: 'binary' };
  };
}

const binary = (value: Written | undefined): string =>
  value === undefined ? 'NULL::BLOB' : `CAST(${value.text} AS BLOB)`;

/** `ENCRYPT_RAW(value, key, iv [, additional data [, method]])`: an object of `ciphertext`, `iv` and `tag`. */
const encryptRaw: Rule = (call, scope) => {
  const [value, key, iv, aad, method] = mustHave(call, scope, 3, 5);
  const json = `__encrypt_raw(${[value, key, iv, aad].map((one) => binary(one)).join(', ')}, ${text(method)})`;
  return { text: `(CAST(${json} AS JSON)::VARIANT)`, hint: 'variant' };
};

/** `DECRYPT_RAW(value, key, iv [, additional data [, method [, tag]]])`. */
function decryptRaw(isTry: boolean): Rule {
  return (call, scope) => {
    const [value, key, iv, aad, method, tag] = mustHave(call, scope, 3, 6);
    const sealed = [value, key, iv, aad].map((one) => binary(one)).join(', ');
    const whole = `__decrypt_raw(${sealed}, ${text(method)}, ${binary(tag)})`;
    return { text: isTry ? `try(${whole})` : whole, hint: 'binary' };
  };
}

function parsed(json: string): Written {
  return { text: `(CAST(${json} AS JSON)::VARIANT)`, hint: 'variant' };
}

const parseUrl: Rule = (call, scope) => {
  const [url, permissive] = mustHave(call, scope, 1, 2);
  return parsed(`__parse_url(${text(url)}, CAST(${permissive?.text ?? '0'} AS BIGINT))`);
};

const parseIp: Rule = (call, scope) => {
  const [address, type, permissive] = mustHave(call, scope, 2, 3);
  return parsed(
    `__parse_ip(${text(address)}, ${text(type)}, CAST(${permissive?.text ?? '0'} AS BIGINT))`,
  );
};

/** The texts in which a search looks: one value, or several in brackets; numbers and dates are passed over. */
function searched(call: Call, scope: Scope): string {
  const [only, ...rest] = call.args[0] ?? [];
  const parts =
    rest.length === 0 && isGroup(only) ? splitCommas(only.children) : [call.args[0] ?? []];
  const values = parts.map((part) => scope.expression(part, scope));
  if (values.some(({ text: value }) => value.endsWith('*')))
    throw unsupported(scope, `${call.name} over a star`, call.node);
  const texts = values.map((value) =>
    value.hint === 'text'
      ? value.text
      : `CASE WHEN typeof(${value.text}) IN ('VARCHAR', 'VARIANT', 'VARIANT[]', 'JSON', '"NULL"') THEN ${writeText(value)} END`,
  );
  return `[${texts.join(', ')}]`;
}

/** Null where all that is searched is null. */
function found(texts: string, whole: string): Written {
  return {
    text: `CASE WHEN len(list_filter(${texts}, lambda t: t IS NOT NULL)) = 0 THEN NULL ELSE ${whole} = 1 END`,
  };
}

/** `SEARCH(data, words [, analyzer => …] [, search_mode => …])`. */
const search: Rule = (call, scope) => {
  const [, words] = namedArguments(call, ['SEARCH_DATA', 'SEARCH_STRING'], scope);
  const analyzer = call.named.get('ANALYZER');
  const mode = call.named.get('SEARCH_MODE');
  const option = (nodes: typeof mode, otherwise: string): string =>
    nodes === undefined ? otherwise : scope.expression(nodes, scope).text;
  const texts = searched(call, scope);
  return found(
    texts,
    `__search(${texts}, ${text(words)}, ${option(analyzer, "'DEFAULT_ANALYZER'")}, ${option(mode, "'OR'")})`,
  );
};

const searchIp: Rule = (call, scope) => {
  const texts = searched(call, scope);
  return found(texts, `__search_ip(${texts}, ${text(argument(call, 1, scope))})`);
};

const compress: Rule = (call, scope) => {
  const [value, method] = mustHave(call, scope, 2, 2);
  return { text: `__compress(${bytes(value)}, ${text(method)})`, hint: 'binary' };
};

export const NATIVE: Rules = {
  AS_BINARY: (call, scope) => ({
    // A binary value inside of a VARIANT is its hexadecimal text.
    text: `try(unhex(${variantText(argument(call, 0, scope).text)}))`,
    hint: 'binary',
  }),
  COMPRESS: compress,
  DECOMPRESS_BINARY: forms({ 2: '__decompress(CAST($1 AS BLOB), $2)' }, 'binary'),
  DECOMPRESS_STRING: forms({ 2: 'decode(__decompress(CAST($1 AS BLOB), $2))' }, 'text'),
  DECRYPT: withPassphrase('__decrypt', false),
  DECRYPT_RAW: decryptRaw(false),
  ENCRYPT: withPassphrase('__encrypt', false),
  ENCRYPT_RAW: encryptRaw,
  PARSE_IP: parseIp,
  PARSE_URL: parseUrl,
  SEARCH: search,
  SEARCH_IP: searchIp,
  SOUNDEX: forms({ 1: '__soundex(CAST($1 AS VARCHAR))' }, 'text'),
  SOUNDEX_P123: forms({ 1: '__soundex_p123(CAST($1 AS VARCHAR))' }, 'text'),
  TRY_DECRYPT: withPassphrase('__decrypt', true),
  TRY_DECRYPT_RAW: decryptRaw(true),
};
