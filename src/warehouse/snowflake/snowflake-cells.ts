/**
 * The text of the wire as cells, exact: no cell is rounded, run, or refused.
 */
import { dateText, timeText, timestampText } from '../duckdb/clock-text.js';
import type { Cell, CellKind, ResultColumn } from '../port.js';

/** A column as the server describes it; `type` in lower case. */
export interface WireColumn {
  readonly name: string;
  readonly type: string;
  readonly precision: number | null;
  readonly scale: number | null;
  /** Characters of text, bytes of binary. */
  readonly length: number | null;
}

/** A column in the port's words. */
export function snowflakeColumn(column: WireColumn): ResultColumn {
  const [kind, typeName] = typeOf(column);
  return { name: column.name, kind, typeName };
}

function typeOf({ type, precision, scale, length }: WireColumn): readonly [CellKind, string] {
  const digits = scale ?? 0;
  switch (type) {
    case 'fixed':
      return [digits === 0 ? 'integer' : 'decimal', `NUMBER(${precision ?? 38},${digits})`];
    case 'real':
      return ['float', 'FLOAT'];
    case 'boolean':
      return ['boolean', 'BOOLEAN'];
    case 'date':
      return ['date', 'DATE'];
    case 'time':
      return ['time', `TIME(${scale ?? 9})`];
    case 'timestamp_ntz':
      return ['timestamp', `TIMESTAMP_NTZ(${scale ?? 9})`];
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return ['timestamp_tz', `${type.toUpperCase()}(${scale ?? 9})`];
    case 'binary':
      return ['binary', `BINARY(${length ?? 8_388_608})`];
    case 'variant':
    case 'object':
    case 'array':
    case 'map':
      return ['json', type.toUpperCase()];
    case 'text':
      return ['text', `VARCHAR(${length ?? 16_777_216})`];
    default:
      return ['text', type.toUpperCase()];
  }
}

/** A map, not an object: the name comes from the server. */
const KINDS: ReadonlyMap<string, CellKind> = new Map([
  ['FLOAT', 'float'],
  ['BOOLEAN', 'boolean'],
  ['DATE', 'date'],
  ['TIME', 'time'],
  ['TIMESTAMP_NTZ', 'timestamp'],
  ['TIMESTAMP_LTZ', 'timestamp_tz'],
  ['TIMESTAMP_TZ', 'timestamp_tz'],
  ['BINARY', 'binary'],
  ['VARIANT', 'json'],
  ['OBJECT', 'json'],
  ['ARRAY', 'json'],
  ['MAP', 'json'],
]);

/** The kind of a column by its type as DESCRIBE prints it: `NUMBER(38,0)`, `TIMESTAMP_NTZ(9)`. */
export function kindOfTypeName(typeName: string): CellKind {
  const number = /^NUMBER\(\d+,(\d+)\)/u.exec(typeName);
  if (number !== null) return number[1] === '0' ? 'integer' : 'decimal';
  return KINDS.get(typeName.replace(/\(.*/u, '')) ?? 'text';
}

/**
 * The reader of one column's cells. What is not as its type should be stays the text that it is.
 *
 * @param timezone the session's, an IANA name: TIMESTAMP_LTZ is shown in it, as the server shows it.
 */
export function cellReader(column: WireColumn, timezone: string): (text: string) => Cell {
  switch (column.type) {
    case 'fixed':
      return (column.scale ?? 0) === 0 ? wholeNumber : asIs;
    case 'real':
      return floatNumber;
    case 'boolean':
      return (text) => BOOLEANS.get(text) ?? text;
    case 'date':
      return (text) => (/^-?\d{1,15}$/u.test(text) ? dateText(BigInt(text)) : text);
    case 'time':
      return (text) => {
        const at = moment(text);
        return at === null ? text : timeText(at.micros, at.nanos);
      };
    case 'timestamp_ntz':
      return (text) => {
        const at = moment(text);
        return at === null ? text : timestampText(at.micros, at.nanos);
      };
    case 'timestamp_tz':
      return withOwnOffset;
    case 'timestamp_ltz': {
      const offsetAt = offsetsOf(timezone);
      return (text) => {
        const at = moment(text);
        return at === null ? text : zoned(at, offsetAt(Number(at.micros / 1_000_000n)));
      };
    }
    default:
      return asIs;
  }
}

const asIs = (text: string): Cell => text;

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['0', false],
  ['true', true],
  ['false', false],
  ['TRUE', true],
  ['FALSE', false],
]);

function wholeNumber(text: string): Cell {
  if (!/^-?\d+$/u.test(text)) return text;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

function floatNumber(text: string): Cell {
  switch (text.toLowerCase()) {
    case 'nan':
      return Number.NaN;
    case 'inf':
    case 'infinity':
      return Number.POSITIVE_INFINITY;
    case '-inf':
    case '-infinity':
      return Number.NEGATIVE_INFINITY;
    default: {
      const number = Number(text);
      return text.trim() === '' || Number.isNaN(number) ? text : number;
    }
  }
}

interface Moment {
  readonly micros: bigint;
  /** Below the microsecond: 0 to 999. */
  readonly nanos: number;
}

/** Seconds since 1970 with up to nine decimals, before 1970 with a minus over all of it. */
function moment(text: string): Moment | null {
  const parts = /^(?<sign>-?)(?<seconds>\d{1,15})(?:\.(?<fraction>\d{1,9}))?$/u.exec(text)?.groups;
  if (parts === undefined) return null;
  const fraction = (parts['fraction'] ?? '').padEnd(9, '0');
  const size = BigInt(parts['seconds'] ?? '0') * 1_000_000_000n + BigInt(fraction);
  const total = parts['sign'] === '-' ? -size : size;
  const nanos = ((total % 1000n) + 1000n) % 1000n;
  return { micros: (total - nanos) / 1000n, nanos: Number(nanos) };
}

/** `1769855400.000000000 1560`: a moment, and minutes of offset plus a day. */
function withOwnOffset(text: string): Cell {
  const space = text.indexOf(' ');
  const at = moment(space === -1 ? text : text.slice(0, space));
  const zone = space === -1 ? '1440' : text.slice(space + 1);
  if (at === null || !/^\d{1,4}$/u.test(zone)) return text;
  return zoned(at, Number(zone) - 1440);
}

function zoned(at: Moment, offsetMinutes: number): string {
  const local = timestampText(at.micros + BigInt(offsetMinutes) * 60_000_000n, at.nanos);
  const size = Math.abs(offsetMinutes);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Minutes of offset of a zone at a second since 1970; an unknown zone counts as UTC. Asked once for each hour. */
function offsetsOf(timezone: string): (second: number) => number {
  if (timezone === 'UTC' || timezone === 'Etc/UTC') return () => 0;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' });
  } catch {
    return () => 0;
  }
  const known = new Map<number, number>();
  return (second) => {
    const hour = Math.floor(second / 900);
    const found = known.get(hour);
    if (found !== undefined) return found;
    const date = new Date(hour * 900_000);
    const name = Number.isNaN(date.getTime())
      ? 'GMT'
      : (format.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT');
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/u.exec(name) ?? [];
    const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
    known.set(hour, offset);
    return offset;
  };
}
