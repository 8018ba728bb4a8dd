/** Digests. HASH is stable here, but its numbers are not Snowflake's, which are not published. */
import {
  type Call,
  type Rule,
  type Rules,
  argument,
  everyArgument,
  forms,
  rowArgument,
} from '../rule.js';
import { type Scope, type Written, unsupported } from '../scope.js';

function hashed(call: Call, scope: Scope): string {
  const args = everyArgument(call, scope).map(({ text }) => rowArgument(text, call, scope) ?? text);
  return `hash(${args.join(', ')})`;
}

/** As a signed number. */
function signed(text: string): Written {
  return { text: `CAST(${text}::HUGEINT - 9223372036854775808 AS BIGINT)`, hint: 'integer' };
}

const sha2: Rule = (call, scope) => {
  const value = argument(call, 0, scope);
  const bits = call.args.length > 1 ? argument(call, 1, scope).text : '256';
  if (bits !== '256' && bits !== '0') throw unsupported(scope, `SHA2 with ${bits} bits`, call.node);
  return { text: `sha256(CAST(${value.text} AS VARCHAR))`, hint: 'text' };
};

export const HASHES: Rules = {
  HASH: (call, scope) => signed(hashed(call, scope)),
  HASH_AGG: (call, scope) => signed(`bit_xor(${hashed(call, scope)})`),
  MD5: forms({ 1: 'md5(CAST($1 AS VARCHAR))' }, 'text'),
  MD5_BINARY: forms({ 1: 'unhex(md5(CAST($1 AS VARCHAR)))' }, 'binary'),
  MD5_HEX: forms({ 1: 'md5(CAST($1 AS VARCHAR))' }, 'text'),
  MD5_NUMBER_LOWER64: forms({ 1: 'md5_number_lower(CAST($1 AS VARCHAR))' }, 'integer'),
  MD5_NUMBER_UPPER64: forms({ 1: 'md5_number_upper(CAST($1 AS VARCHAR))' }, 'integer'),
  SHA1: forms({ 1: 'sha1(CAST($1 AS VARCHAR))' }, 'text'),
  SHA1_HEX: forms({ 1: 'sha1(CAST($1 AS VARCHAR))' }, 'text'),
  SHA1_BINARY: forms({ 1: 'unhex(sha1(CAST($1 AS VARCHAR)))' }, 'binary'),
  SHA2: sha2,
  SHA2_BINARY: (call, scope) => ({
    text: `unhex(${sha2(call, scope).text})`,
    hint: 'binary',
  }),
  SHA2_HEX: sha2,
};
