/** Text functions. Null in any argument is null out, except where Snowflake says otherwise. */
import { blobOf, variantText } from '../casts.js';
import { stringValue } from '../nodes.js';
import { type Call, type Rule, type Rules, argument, everyArgument, forms } from '../rule.js';
import { type Scope, type Written, unsupported } from '../scope.js';

function asText(value: Written): string {
  if (value.hint === 'text') return `(${value.text})`;
  return value.hint === 'variant' ? variantText(value.text) : `CAST(${value.text} AS VARCHAR)`;
}

/** A function whose first argument is text whatever its type. */
function ofText(name: string, hint: 'text' | 'integer' = 'text'): Rule {
  return (call, scope) => {
    const [first, ...rest] = everyArgument(call, scope);
    if (first === undefined) throw unsupported(scope, `${name} without arguments`, call.node);
    return {
      text: `${name}(${[asText(first), ...rest.map(({ text }) => text)].join(', ')})`,
      hint,
    };
  };
}

/** Characters of a text, or bytes of a binary value. */
function size(name: 'length' | 'strlen'): Rule {
  return (call, scope) => {
    const value = argument(call, 0, scope);
    if (value.hint === 'binary') return { text: `octet_length(${value.text})`, hint: 'integer' };
    const count = `${name}(${asText(value)})`;
    const isText = value.hint === 'text' || value.hint === 'variant';
    const text = isText
      ? count
      : `CASE typeof(${value.text}) WHEN 'BLOB' THEN octet_length(${blobOf(value.text)}) ELSE ${count} END`;
    return { text, hint: 'integer' };
  };
}

const concat: Rule = (call, scope) => ({
  text: `(${everyArgument(call, scope)
    .map((value) => asText(value))
    .join(' || ')})`,
  hint: 'text',
});

const concatWithSeparator: Rule = (call, scope) => {
  const [separator, ...rest] = everyArgument(call, scope).map((value) => asText(value));
  return { text: `(${rest.join(` || ${separator} || `)})`, hint: 'text' };
};

/** Position 0 counts as 1. */
const substring: Rule = (call, scope) => {
  const [value, start, length] = everyArgument(call, scope);
  if (value === undefined || start === undefined)
    throw unsupported(scope, `${call.name} with ${call.args.length} arguments`, call.node);
  const from = /^[1-9]\d*$/u.test(start.text)
    ? start.text
    : `CASE WHEN (${start.text}) = 0 THEN 1 ELSE (${start.text}) END`;
  const count = length === undefined ? '' : `, greatest(CAST(${length.text} AS BIGINT), 0)`;
  if (value.hint === 'binary') return { text: slice(value.text, start, length), hint: 'binary' };
  return { text: `substring(${asText(value)}, ${from}${count})`, hint: 'text' };
};

/** Bytes of a binary value, two hexadecimal digits each. */
function slice(value: string, start: Written, length: Written | undefined): string {
  const from = `CASE WHEN (${start.text}) < 0 THEN 2 * (${start.text}) ELSE 2 * greatest(${start.text}, 1) - 1 END`;
  const count = length === undefined ? '' : `, 2 * greatest(CAST(${length.text} AS BIGINT), 0)`;
  return `unhex(substring(hex(${value}), ${from}${count}))`;
}

/** Pads to a length, or cuts to it. */
function pad(name: 'lpad' | 'rpad'): Rule {
  return (call, scope) => {
    const [value, length, fill] = everyArgument(call, scope);
    if (value === undefined || length === undefined)
      throw unsupported(scope, `${call.name} with ${call.args.length} arguments`, call.node);
    if (value.hint === 'binary') {
      if (fill === undefined) throw unsupported(scope, `${call.name} of BINARY alone`, call.node);
      const padded = `${name}(hex(${value.text}), CAST(2 * (${length.text}) AS INTEGER), hex(${fill.text}))`;
      return { text: `unhex(${padded})`, hint: 'binary' };
    }
    return {
      text: `${name}(${asText(value)}, CAST(${length.text} AS INTEGER), ${fill?.text ?? "' '"})`,
      hint: 'text',
    };
  };
}

/** `CHARINDEX(part, text [, start])`; POSITION takes both that and `part IN text`. */
const charIndex: Rule = (call, scope) => {
  const [part, value, start] = everyArgument(call, scope);
  if (part === undefined || value === undefined)
    throw unsupported(scope, `${call.name} with ${call.args.length} arguments`, call.node);
  if (start === undefined)
    return { text: `instr(${asText(value)}, ${part.text})`, hint: 'integer' };
  const found = `instr(substring(${asText(value)}, ${start.text}), ${part.text})`;
  return {
    text: `CASE WHEN ${found} = 0 THEN 0 ELSE ${found} + (${start.text}) - 1 END`,
    hint: 'integer',
  };
};

/** The part 0 is the first; beyond the last is an empty text. */
const splitPart: Rule = (call, scope) => {
  const [value, separator, part] = everyArgument(call, scope);
  if (value === undefined || separator === undefined || part === undefined)
    throw unsupported(scope, `SPLIT_PART with ${call.args.length} arguments`, call.node);
  const index = /^[1-9]\d*$/u.test(part.text)
    ? part.text
    : `CASE WHEN (${part.text}) = 0 THEN 1 ELSE (${part.text}) END`;
  return { text: `split_part(${asText(value)}, ${separator.text}, ${index})`, hint: 'text' };
};

const INITIAL_DELIMITERS = String.raw`[^\s!?@"^#$&~_,.:;+\-*%/|\\\[\](){}<>]+`;

/** What a word is between the delimiters that a literal lists; undefined if it lists none. */
function wordPattern(call: Call, scope: Scope): string | undefined {
  const [delimiters] = call.args[1] ?? [];
  if (delimiters?.kind !== 'string')
    throw unsupported(scope, 'INITCAP with delimiters that are not a literal', call.node);
  const listed = stringValue(delimiters.text)
    .replaceAll(/[\\\]^-]/gu, String.raw`\$&`)
    .replaceAll("'", "''");
  return listed === '' ? undefined : `[^${listed}]+`;
}

/** Upper case at the start of each word, lower case in it. */
const initCap: Rule = (call, scope) => {
  const text = asText(argument(call, 0, scope));
  const pattern = call.args.length > 1 ? wordPattern(call, scope) : INITIAL_DELIMITERS;
  if (pattern === undefined)
    return { text: `(upper(left(${text}, 1)) || lower(substring(${text}, 2)))`, hint: 'text' };
  const words = `regexp_extract_all(${text}, '${pattern}')`;
  const gaps = `regexp_split_to_array(${text}, '${pattern}')`;
  const cased = `list_transform(${words}, lambda w: upper(left(w, 1)) || lower(substring(w, 2)))`;
  return {
    text: `array_to_string(list_transform(list_zip(${gaps}, ${cased}), lambda p: coalesce(p[1], '') || coalesce(p[2], '')), '')`,
    hint: 'text',
  };
};

/** `TRIM(x [, characters])`. */
function trim(name: string): Rule {
  return (call, scope) => {
    const [value, characters] = everyArgument(call, scope);
    if (value === undefined) throw unsupported(scope, `${call.name} without arguments`, call.node);
    return {
      text: `${name}(${asText(value)}${characters === undefined ? '' : `, ${characters.text}`})`,
      hint: 'text',
    };
  };
}

/** `STRTOK(text [, delimiters [, part]])`: any of the characters parts, and empty parts do not count. */
const token: Rule = (call, scope) => {
  const [value, delimiters, part] = everyArgument(call, scope);
  if (value === undefined) throw unsupported(scope, 'STRTOK without arguments', call.node);
  return { text: `(${tokens(value, delimiters)})[${part?.text ?? '1'}]`, hint: 'text' };
};

function tokens(value: Written, delimiters: Written | undefined): string {
  const set = delimiters?.text ?? "' '";
  return `list_filter(string_split(translate(${asText(value)}, ${set}, repeat(left(${set}, 1), length(${set}))), left(${set}, 1)), lambda t: t <> '')`;
}

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `RANDSTR(length, generator)`: letters and digits, the generator evaluated once a row. */
const randomText: Rule = (call, scope) => {
  const length = argument(call, 0, scope).text;
  const generator = argument(call, 1, scope).text;
  const letter = `substring('${LETTERS}', CAST(hash(g[1], i) % 62 AS BIGINT) + 1, 1)`;
  return {
    text: `(SELECT array_to_string(list_transform(range(CAST(${length} AS BIGINT)), lambda i: ${letter}), '') FROM (SELECT [${generator}] AS g))`,
    hint: 'text',
  };
};

const NAMED_HASH = "sha1(CAST(unhex(replace($1, '-', '')) || encode(CAST($2 AS VARCHAR)) AS BLOB))";
/** Version 5: the digest of a name in a namespace, its version and variant bits set. */
const NAMED_UUID = `(SELECT substring(h, 1, 8) || '-' || substring(h, 9, 4) || '-5' || substring(h, 14, 3) || '-' || substring('89ab89ab89ab89ab', instr('0123456789abcdef', substring(h, 17, 1)), 1) || substring(h, 18, 3) || '-' || substring(h, 21, 12) FROM (SELECT ${NAMED_HASH} AS h))`;

export const STRINGS: Rules = {
  ASCII: ofText('ascii', 'integer'),
  CHAR: forms({ 1: 'chr($1::INTEGER)' }, 'text'),
  CHARINDEX: charIndex,
  CHAR_LENGTH: ofText('length', 'integer'),
  CHARACTER_LENGTH: ofText('length', 'integer'),
  CHR: forms({ 1: 'chr($1::INTEGER)' }, 'text'),
  CONCAT: concat,
  CONCAT_WS: concatWithSeparator,
  CONTAINS: forms({ 2: 'contains(CAST($1 AS VARCHAR), CAST($2 AS VARCHAR))' }),
  EDITDISTANCE: forms(
    { 2: 'levenshtein($1, $2)', 3: 'least(levenshtein($1, $2), CAST($3 AS BIGINT))' },
    'integer',
  ),
  ENDSWITH: forms({ 2: 'ends_with(CAST($1 AS VARCHAR), CAST($2 AS VARCHAR))' }),
  INITCAP: initCap,
  INSERT: forms({ 4: '(left($1, ($2 - 1)::BIGINT) || $4 || substring($1, $2 + $3))' }, 'text'),
  JAROWINKLER_SIMILARITY: forms(
    { 2: 'CAST(floor(jaro_winkler_similarity(lower($1), lower($2)) * 100) AS BIGINT)' },
    'integer',
  ),
  LEFT: forms({ 2: 'left(CAST($1 AS VARCHAR), greatest(CAST($2 AS BIGINT), 0))' }, 'text'),
  LEN: size('length'),
  LENGTH: size('length'),
  LOWER: ofText('lower'),
  LPAD: pad('lpad'),
  LTRIM: trim('ltrim'),
  OCTET_LENGTH: size('strlen'),
  POSITION: charIndex,
  RANDSTR: randomText,
  REPEAT: ofText('repeat'),
  REPLACE: forms(
    { 2: "replace(CAST($1 AS VARCHAR), $2, '')", 3: 'replace(CAST($1 AS VARCHAR), $2, $3)' },
    'text',
  ),
  REVERSE: ofText('reverse'),
  RIGHT: forms({ 2: 'right(CAST($1 AS VARCHAR), greatest(CAST($2 AS BIGINT), 0))' }, 'text'),
  RPAD: pad('rpad'),
  RTRIM: trim('rtrim'),
  SPACE: forms({ 1: "repeat(' ', CAST($1 AS BIGINT))" }, 'text'),
  SPLIT: forms({ 2: 'string_split(CAST($1 AS VARCHAR), $2)' }),
  SPLIT_PART: splitPart,
  STARTSWITH: forms({ 2: 'starts_with(CAST($1 AS VARCHAR), CAST($2 AS VARCHAR))' }),
  STRTOK: token,
  STRTOK_TO_ARRAY: (call, scope) => ({
    text: tokens(
      argument(call, 0, scope),
      call.args.length > 1 ? argument(call, 1, scope) : undefined,
    ),
  }),
  SUBSTR: substring,
  SUBSTRING: substring,
  TRANSLATE: ofText('translate'),
  TRIM: trim('trim'),
  UNICODE: ofText('unicode', 'integer'),
  UPPER: ofText('upper'),
  UUID_STRING: forms({ 0: 'CAST(uuid() AS VARCHAR)', 2: NAMED_UUID }, 'text'),
};
