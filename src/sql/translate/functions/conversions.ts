/** TO_ and TRY_TO_ conversions. */
import type { SqlNode } from '../../tree.js';
import { castDate, toTimestamp, variantText, withColon, writeCast, writeText } from '../casts.js';
import { isOperator, stringValue } from '../nodes.js';
import { type Call, type Rule, type Rules, argument, fill, forms, rename } from '../rule.js';
import { type Scope, type Written, literal, unsupported } from '../scope.js';
import { dateFormat, formatNumber, isNumberFormat } from './formats.js';

type How = 'CAST' | 'TRY_CAST';

function formatArgument(
  call: Call,
  scope: Scope,
): { readonly format: string; readonly node: SqlNode } | undefined {
  const nodes = call.args[1] ?? [];
  const [node] = nodes;
  if (node === undefined) return undefined;
  // `'yyyy' || '-mm'` is as constant as one literal.
  const texts = nodes.map((one, index) => {
    if (index % 2 === 0) return one.kind === 'string' ? stringValue(one.text) : undefined;
    return isOperator(one, '||') ? '' : undefined;
  });
  if (texts.includes(undefined))
    throw unsupported(scope, `A ${call.name} format that is not a literal`, node);
  return { format: texts.join(''), node };
}

function parseWith(value: Written, format: { readonly format: string }, how: How): string {
  const text = value.hint === 'text' ? value.text : `CAST(${value.text} AS VARCHAR)`;
  if (format.format.toUpperCase() === 'AUTO') return toTimestamp(value, how);
  const pattern = literal(dateFormat(format.format, 'read'));
  return `${how === 'CAST' ? 'strptime' : 'try_strptime'}(${text}, ${pattern})`;
}

function toDate(how: How): Rule {
  return (call, scope) => {
    const value = argument(call, 0, scope);
    const format = formatArgument(call, scope);
    if (format === undefined || format.format.toUpperCase() === 'AUTO')
      return { text: castDate(value, 'DATE', how), hint: 'date' };
    return { text: `CAST(${parseWith(value, format, how)} AS DATE)`, hint: 'date' };
  };
}

/** `TO_TIMESTAMP(x)`, `(x, 'format')`, `(x, scale)`: seconds since 1970 divided by ten to the scale. */
function timestamp(type: 'TIMESTAMP' | 'TIMESTAMPTZ', how: How): Rule {
  return (call, scope) => {
    const value = argument(call, 0, scope);
    const [second] = call.args[1] ?? [];
    const isZoned = type === 'TIMESTAMPTZ';
    if (second === undefined)
      return { text: isZoned ? zoned(value, how) : toTimestamp(value, how), hint: 'timestamp' };
    if (second.kind === 'number') {
      const text = epoch(value, Number(second.text), call, scope);
      return { text: isZoned ? `timezone('UTC', ${text})` : text, hint: 'timestamp' };
    }
    const format = formatArgument(call, scope);
    if (format === undefined) throw unsupported(scope, call.name, call.node);
    const text = parseWith(value, format, how);
    return { text: isZoned ? `CAST(${text} AS TIMESTAMPTZ)` : text, hint: 'timestamp' };
  };
}

/** An instant: an offset in the text counts, its absence means the session's zone. */
function zoned(value: Written, how: How): string {
  if (value.hint === 'text') return `${how}(${withColon(value.text)} AS TIMESTAMPTZ)`;
  if (value.hint === 'timestamp' || value.hint === 'date')
    return `CAST(${value.text} AS TIMESTAMPTZ)`;
  if (value.hint === 'integer' || value.hint === 'decimal')
    return `timezone('UTC', ${toTimestamp(value, how)})`;
  const text = value.hint === 'variant' ? variantText(value.text) : value.text;
  return [
    `CASE WHEN typeof(${text}) = 'VARCHAR' THEN ${how}(${withColon(`CAST(${text} AS VARCHAR)`)} AS TIMESTAMPTZ)`,
    `WHEN typeof(${text}) IN ('DATE', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE') THEN TRY_CAST(${text} AS TIMESTAMPTZ)`,
    `ELSE timezone('UTC', ${toTimestamp(value, how)}) END`,
  ].join(' ');
}

function epoch(value: Written, scale: number, call: Call, scope: Scope): string {
  if (scale < 0 || scale > 9)
    throw unsupported(scope, `${call.name} with scale ${scale}`, call.node);
  const number =
    value.hint === 'variant' || value.hint === 'text'
      ? `CAST(${value.text} AS DECIMAL(38,0))`
      : value.text;
  const micros =
    scale <= 6
      ? `(${number}) * ${10 ** (6 - scale)}::BIGINT`
      : `(${number}) // ${10 ** (scale - 6)}`;
  return `make_timestamp(CAST(${micros} AS BIGINT))`;
}

/** How bytes are printed. */
const BINARY_FORMS: Readonly<Record<string, string>> = {
  BASE64: 'to_base64($1)',
  HEX: 'hex($1)',
  'UTF-8': 'decode($1)',
  UTF8: 'decode($1)',
};

function blob(value: Written): Written {
  return value.hint === 'binary' ? value : { text: `CAST(${value.text} AS BLOB)` };
}

const toChar: Rule = (call, scope) => {
  const value = argument(call, 0, scope);
  const format = formatArgument(call, scope);
  if (format === undefined) return { text: writeText(value), hint: 'text' };
  const binary = BINARY_FORMS[format.format.toUpperCase()];
  if (binary !== undefined) return { text: fill(binary, [blob(value)]), hint: 'text' };
  if (isNumberFormat(format.format))
    return { text: formatNumber(value.text, format.format, format.node, scope), hint: 'text' };
  const pattern = literal(dateFormat(format.format, 'write'));
  return {
    text: `strftime(${value.hint === 'text' ? `CAST(${value.text} AS TIMESTAMP)` : value.text}, ${pattern})`,
    hint: 'text',
  };
};

/** `TO_NUMBER(x [, format] [, precision [, scale]])`: rounds to the scale, which is 0 if not given. */
function toNumber(how: How): Rule {
  return (call, scope) => {
    const value = argument(call, 0, scope);
    const [second] = call.args[1] ?? [];
    const hasFormat = second?.kind === 'string';
    const sizes = call.args.slice(hasFormat ? 2 : 1).map((part) => {
      const [only] = part;
      if (only?.kind !== 'number')
        throw unsupported(scope, `A ${call.name} precision that is not a literal`, only);
      return Number(only.text);
    });
    const [precision = 38, scale = 0] = sizes;
    const source = value.hint === 'variant' ? variantText(value.text) : value.text;
    const text = hasFormat
      ? `regexp_replace(CAST(${source} AS VARCHAR), '[$, ]', '', 'g')`
      : source;
    return { text: `${how}(${text} AS DECIMAL(${precision},${scale}))`, hint: 'decimal' };
  };
}

function cast(type: string, how: How): Rule {
  return (call, scope) => {
    const hint = type === 'DOUBLE' ? ('float' as const) : undefined;
    return writeCast(argument(call, 0, scope), { text: type, hint, next: 0 }, how);
  };
}

function toTime(how: How): Rule {
  return (call, scope) => {
    const value = argument(call, 0, scope);
    const format = formatArgument(call, scope);
    if (format === undefined || format.format.toUpperCase() === 'AUTO')
      return { text: `${how}(${value.text} AS TIME)`, hint: 'time' };
    return { text: `${how}(${parseWith(value, format, how)} AS TIME)`, hint: 'time' };
  };
}

/** `TO_BINARY(x [, 'HEX' | 'UTF-8' | 'BASE64'])`. */
const toBinary =
  (how: How): Rule =>
  (call, scope) => {
    const value = argument(call, 0, scope).text;
    const form = formatArgument(call, scope)?.format.toUpperCase() ?? 'HEX';
    const attempt = (text: string): Written => ({
      text: how === 'CAST' ? text : `try(${text})`,
      hint: 'binary',
    });
    if (form === 'HEX') return attempt(`unhex(${value})`);
    if (form === 'BASE64') return attempt(`from_base64(${value})`);
    if (form === 'UTF-8' || form === 'UTF8') return attempt(`encode(${value})`);
    throw unsupported(scope, `${call.name} of ${form}`, call.node);
  };

/** Base 64 in an alphabet whose last characters are the second argument, as the standard one. */
const STANDARD_ALPHABET =
  "translate($1, CAST($2 AS VARCHAR), left('+/=', length(CAST($2 AS VARCHAR))))";

/** A text in lines of as many characters as the second argument says; 0 is one line. */
function wrapped(text: string): string {
  return `CASE WHEN $2 = 0 THEN ${text} ELSE array_to_string(list_transform(range(1, length(${text}) + 1, CAST(greatest($2, 1) AS BIGINT)), lambda i: substring(${text}, i, CAST($2 AS BIGINT))), chr(10)) END`;
}

export const CONVERSIONS: Rules = {
  BASE64_DECODE_BINARY: forms(
    {
      1: 'from_base64($1)',
      2: `from_base64(${STANDARD_ALPHABET})`,
    },
    'binary',
  ),
  BASE64_DECODE_STRING: forms(
    { 1: 'decode(from_base64($1))', 2: `decode(from_base64(${STANDARD_ALPHABET}))` },
    'text',
  ),
  BASE64_ENCODE: forms(
    {
      1: 'to_base64(encode(CAST($1 AS VARCHAR)))',
      2: wrapped('to_base64(encode(CAST($1 AS VARCHAR)))'),
      3: wrapped(
        "translate(to_base64(encode(CAST($1 AS VARCHAR))), '+/=', CAST($3 AS VARCHAR) || substring('+/=', length($3) + 1))",
      ),
    },
    'text',
  ),
  DATE: toDate('CAST'),
  HEX_DECODE_BINARY: rename('unhex', 'binary'),
  HEX_DECODE_STRING: forms({ 1: 'decode(unhex($1))' }, 'text'),
  HEX_ENCODE: forms(
    { 1: 'hex($1)', 2: 'CASE WHEN $2 = 0 THEN lower(hex($1)) ELSE hex($1) END' },
    'text',
  ),
  TIME: toTime('CAST'),
  TO_BINARY: toBinary('CAST'),
  TO_BOOLEAN: cast('BOOLEAN', 'CAST'),
  TO_CHAR: toChar,
  TO_DATE: toDate('CAST'),
  TO_DECIMAL: toNumber('CAST'),
  TO_DOUBLE: cast('DOUBLE', 'CAST'),
  TO_NUMBER: toNumber('CAST'),
  TO_NUMERIC: toNumber('CAST'),
  TO_TIME: toTime('CAST'),
  TO_TIMESTAMP: timestamp('TIMESTAMP', 'CAST'),
  TO_TIMESTAMP_LTZ: timestamp('TIMESTAMPTZ', 'CAST'),
  TO_TIMESTAMP_NTZ: timestamp('TIMESTAMP', 'CAST'),
  TO_TIMESTAMP_TZ: timestamp('TIMESTAMPTZ', 'CAST'),
  TO_VARCHAR: toChar,
  TRY_BASE64_DECODE_BINARY: forms({ 1: 'try(from_base64($1))' }),
  TRY_BASE64_DECODE_STRING: forms({ 1: 'try(decode(from_base64($1)))' }, 'text'),
  TRY_HEX_DECODE_BINARY: forms({ 1: 'try(unhex($1))' }),
  TRY_HEX_DECODE_STRING: forms({ 1: 'try(decode(unhex($1)))' }, 'text'),
  TRY_TO_BINARY: toBinary('TRY_CAST'),
  TRY_TO_BOOLEAN: cast('BOOLEAN', 'TRY_CAST'),
  TRY_TO_DATE: toDate('TRY_CAST'),
  TRY_TO_DECIMAL: toNumber('TRY_CAST'),
  TRY_TO_DOUBLE: cast('DOUBLE', 'TRY_CAST'),
  TRY_TO_NUMBER: toNumber('TRY_CAST'),
  TRY_TO_NUMERIC: toNumber('TRY_CAST'),
  TRY_TO_TIME: toTime('TRY_CAST'),
  TRY_TO_TIMESTAMP: timestamp('TIMESTAMP', 'TRY_CAST'),
  TRY_TO_TIMESTAMP_LTZ: timestamp('TIMESTAMPTZ', 'TRY_CAST'),
  TRY_TO_TIMESTAMP_NTZ: timestamp('TIMESTAMP', 'TRY_CAST'),
  TRY_TO_TIMESTAMP_TZ: timestamp('TIMESTAMPTZ', 'TRY_CAST'),
};
