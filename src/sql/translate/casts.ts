/**
 * Casts: what Snowflake's text forms and VARIANT need beyond DuckDB's own.
 */
import type { Hint, Written } from './scope.js';
import type { DuckType } from './types.js';

/** An ARRAY of any value: an array is itself, anything else is its only item, NULL stays NULL. */
export function toArray(text: string): string {
  const one = `(${text})::VARIANT`;
  return `CASE WHEN ${one} IS NULL THEN NULL WHEN starts_with(variant_typeof(${one}), 'ARRAY') THEN CAST(${one} AS VARIANT[]) ELSE [${one}] END`;
}

/** Writes a cast of a translated value; `TRY_CAST` answers null where the value does not convert. */
export function writeCast(value: Written, type: DuckType, how: 'CAST' | 'TRY_CAST'): Written {
  const { text, hint } = type;
  if (text === 'VARIANT[]') return { text: toArray(value.text), hint };
  if (text === 'VARIANT') return { text: `${how}(${value.text} AS VARIANT)`, hint };
  if (text === 'VARCHAR') {
    const whole = writeText(value);
    return {
      text: type.length === undefined ? whole : `left(${whole}, ${type.length})`,
      hint: 'text',
    };
  }
  if (text.startsWith('MAP('))
    return { text: `${how}((${value.text})::VARIANT::JSON AS ${text})`, hint };
  if (text === 'TIMESTAMP') return { text: castDate(value, 'TIMESTAMP', how), hint };
  if (text === 'DATE') return { text: castDate(value, 'DATE', how), hint };
  if (text === 'TIMESTAMPTZ' && (value.hint === 'text' || value.hint === 'variant'))
    return { text: `${how}(${withColon(scalar(value))} AS TIMESTAMPTZ)`, hint };
  return { text: `${how}(${scalar(value)} AS ${text})`, hint };
}

/** A text's offset as DuckDB reads it: ` +0200` becomes `+02:00`. */
export function withColon(text: string): string {
  return `regexp_replace(${text}, '(:[0-9]{2}(?:\\.[0-9]+)?)\\s*([+-][0-9]{2}):?([0-9]{2})$', '\\1\\2:\\3')`;
}

/** A VARIANT's own value as text, objects and arrays as JSON; DuckDB's own cast of an object is not JSON. */
export function variantText(text: string): string {
  return `((${text})::VARIANT::JSON ->> '$')`;
}

/** A VARIANT as a key that sorts and compares as Snowflake does: numbers by their value, all else as text; null stays null. */
export function variantKey(text: string): string {
  const value = variantText(text);
  const number = `TRY_CAST(${value} AS DOUBLE)`;
  return `CASE WHEN ${value} IS NOT NULL THEN {'n': ${number}, 't': CASE WHEN ${number} IS NULL THEN ${value} END} END`;
}

function scalar(value: Written): string {
  return value.hint === 'variant' ? variantText(value.text) : value.text;
}

const PLAIN: ReadonlySet<Hint | undefined> = new Set<Hint | undefined>([
  'text',
  'integer',
  'decimal',
  'date',
]);

/**
 * A value as Snowflake prints it: timestamps with three decimals, floats without a trailing `.0`.
 *
 * The branch is chosen by the value's type while DuckDB binds; only one is left when it runs.
 */
export function writeText(value: Written): string {
  const { text, hint } = value;
  // A column is only thought to be a VARIANT by its name: its type decides.
  if (hint === 'variant' && !/^(?:"(?:[^"]|"")*"\.?)+$/u.test(text)) return variantText(text);
  if (PLAIN.has(hint)) return `CAST(${text} AS VARCHAR)`;
  if (hint === 'binary') return `hex(${text})`;
  const plain = `CAST(${text} AS VARCHAR)`;
  return [
    `CASE typeof(${text})`,
    `WHEN 'DOUBLE' THEN regexp_replace(${plain}, '\\.0$', '')`,
    `WHEN 'TIMESTAMP' THEN left(${plain} || CASE WHEN contains(${plain}, '.') THEN '000' ELSE '.000' END, 23)`,
    `WHEN 'TIMESTAMP WITH TIME ZONE' THEN ${zonedText(plain)}`,
    `WHEN 'BLOB' THEN hex(${blobOf(text)})`,
    `WHEN 'VARIANT' THEN ${variantText(text)}`,
    `WHEN 'VARIANT[]' THEN ${variantText(text)}`,
    // Lists and maps of one type print as JSON too.
    `ELSE CASE WHEN (typeof(${text}) LIKE '%[]' OR typeof(${text}) LIKE 'MAP(%') AND (${text}) IS NOT NULL THEN CAST(to_json(${text}) AS VARCHAR) ELSE ${plain} END END`,
  ].join(' ');
}

/** A value that is a BLOB if its type says so, in a branch that must bind for any type. */
export function blobOf(text: string): string {
  return `TRY_CAST(CAST(${text} AS VARCHAR) AS BLOB)`;
}

/** `2024-01-31 10:00:00.5+02` becomes `2024-01-31 10:00:00.500 +0200`. */
function zonedText(plain: string): string {
  const clock = `regexp_extract(${plain}, '^([^+]*?[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?)', 1)`;
  const offset = `regexp_extract(${plain}, '([+-][0-9]{2}(:[0-9]{2})?)$', 1)`;
  return `left(${clock} || CASE WHEN contains(${clock}, '.') THEN '000' ELSE '.000' END, 23) || ' ' || rpad(replace(${offset}, ':', ''), 5, '0')`;
}

/** A text without the offset after its clock: Snowflake keeps the wall clock where the target has no zone. */
function wallClock(text: string): string {
  return `regexp_replace(CAST(${text} AS VARCHAR), '([0-9])\\s*([zZ]|[+-][0-9]{2}:?[0-9]{2})$', '\\1')`;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** The literal `'01/31/2024'` or `'31-JAN-2024'` as an ISO one: Snowflake reads those forms too. */
function isoDate(text: string): string | undefined {
  const slashed = /^'(\d{2})\/(\d{2})\/(\d{4})'$/u.exec(text);
  if (slashed !== null) return `'${slashed[3]}-${slashed[1]}-${slashed[2]}'`;
  const named = /^'(\d{2})-([a-z]{3})-(\d{4})'$/iu.exec(text);
  const month = MONTHS.indexOf(named?.[2]?.toUpperCase() ?? '') + 1;
  return month === 0
    ? undefined
    : `'${named?.[3]}-${String(month).padStart(2, '0')}-${named?.[1]}'`;
}

/** A date, or a time stamp without a zone, from text, date, time stamp or VARIANT. */
export function castDate(
  value: Written,
  type: 'DATE' | 'TIMESTAMP',
  how: 'CAST' | 'TRY_CAST',
): string {
  const { hint } = value;
  if (hint === 'timestamp' || hint === 'date') return `CAST(${value.text} AS ${type})`;
  // Whole numbers are moments since 1970, in text too; a text is looked at only where it can be one.
  if (hint === 'integer' || hint === 'variant' || /^'-?\d+'$/u.test(value.text))
    return `CAST(${toTimestamp(value, how)} AS ${type})`;
  if (type === 'DATE') return `${how}(${isoDate(value.text) ?? scalar(value)} AS DATE)`;
  if (hint === 'text') return `${how}(${wallClock(value.text)} AS ${type})`;
  return `CASE typeof(${value.text}) WHEN 'VARCHAR' THEN ${how}(${wallClock(value.text)} AS ${type}) ELSE ${how}(${value.text} AS ${type}) END`;
}

/**
 * `TO_TIMESTAMP(x)`: text, dates and time stamps convert, numbers are seconds since 1970.
 * Text of digits alone is seconds, milliseconds, microseconds or nanoseconds by its size.
 */
export function toTimestamp(value: Written, how: 'CAST' | 'TRY_CAST'): string {
  const { hint } = value;
  if (hint === 'timestamp' || hint === 'date') return `CAST(${value.text} AS TIMESTAMP)`;
  const text = scalar(value);
  const fromNumber = `make_timestamp(CAST(CAST(CAST(${text} AS VARCHAR) AS DECIMAL(38,9)) * 1000000 AS BIGINT))`;
  if (hint === 'integer' || hint === 'decimal') return fromNumber;
  const digits = `CAST(CAST(${text} AS VARCHAR) AS DECIMAL(38,0))`;
  const epoch = `make_timestamp(CAST(CASE WHEN abs(${digits}) < 31536000000 THEN ${digits} * 1000000 WHEN abs(${digits}) < 31536000000000 THEN ${digits} * 1000 WHEN abs(${digits}) < 31536000000000000 THEN ${digits} ELSE ${digits} // 1000 END AS BIGINT))`;
  const fromText = `CASE WHEN regexp_full_match(CAST(${text} AS VARCHAR), '-?[0-9]+') THEN ${epoch} ELSE ${how}(${wallClock(text)} AS TIMESTAMP) END`;
  if (hint === 'text' || hint === 'variant') return fromText;
  return [
    `CASE WHEN typeof(${text}) IN ('DATE', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE') THEN TRY_CAST(${text} AS TIMESTAMP)`,
    `WHEN typeof(${text}) IN ('VARCHAR', 'VARIANT') THEN ${fromText}`,
    `ELSE ${fromNumber} END`,
  ].join(' ');
}
