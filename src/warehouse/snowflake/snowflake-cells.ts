/**
 * The driver's values as cells. Numbers, JSON and binary come as the server's text, times as objects with seconds and nanoseconds.
 */
import { timeText, timestampText } from '../duckdb/clock-text.js';
import type { Cell, CellKind, ResultColumn } from '../port.js';
import type { DriverColumn } from './driver.js';

/** A column as Snowflake describes it. */
export function snowflakeColumn(column: DriverColumn): ResultColumn {
  const [kind, typeName] = typeOf(column);
  return { name: column.getName(), kind, typeName };
}

function typeOf(column: DriverColumn): readonly [CellKind, string] {
  const type = column.getType().toLowerCase();
  switch (type) {
    case 'fixed':
      return [
        column.getScale() === 0 ? 'integer' : 'decimal',
        `NUMBER(${column.getPrecision()},${column.getScale()})`,
      ];
    case 'real':
      return ['float', 'FLOAT'];
    case 'boolean':
      return ['boolean', 'BOOLEAN'];
    case 'date':
      return ['date', 'DATE'];
    case 'time':
      return ['time', `TIME(${column.getScale()})`];
    case 'timestamp_ntz':
      return ['timestamp', `TIMESTAMP_NTZ(${column.getScale()})`];
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return ['timestamp_tz', `${type.toUpperCase()}(${column.getScale()})`];
    case 'binary':
      return ['binary', 'BINARY(8388608)'];
    case 'variant':
    case 'object':
    case 'array':
    case 'map':
      return ['json', type.toUpperCase()];
    default:
      return ['text', type === 'text' ? 'VARCHAR(16777216)' : type.toUpperCase()];
  }
}

const KINDS: Readonly<Record<string, CellKind>> = {
  FLOAT: 'float',
  BOOLEAN: 'boolean',
  DATE: 'date',
  TIME: 'time',
  TIMESTAMP_NTZ: 'timestamp',
  TIMESTAMP_LTZ: 'timestamp_tz',
  TIMESTAMP_TZ: 'timestamp_tz',
  BINARY: 'binary',
  VARIANT: 'json',
  OBJECT: 'json',
  ARRAY: 'json',
  MAP: 'json',
};

/** The kind of a column by its type as DESCRIBE prints it: `NUMBER(38,0)`, `TIMESTAMP_NTZ(9)`. */
export function kindOfTypeName(typeName: string): CellKind {
  const number = /^NUMBER\(\d+,(\d+)\)/u.exec(typeName);
  if (number !== null) return number[1] === '0' ? 'integer' : 'decimal';
  return KINDS[typeName.replace(/\(.*/u, '')] ?? 'text';
}

/** One value of a column of that kind. */
export function snowflakeCell(value: unknown, kind: CellKind): Cell {
  if (value === null || value === undefined) return null;
  switch (kind) {
    case 'integer':
      return wholeNumber(typeof value === 'string' ? value : JSON.stringify(value));
    case 'float':
      return Number(value);
    case 'boolean':
      return value === true;
    case 'date':
      return timestampText(micros(value)).slice(0, -9);
    case 'time':
      return timeText(
        BigInt(call(value, 'getMidnightSeconds')) * 1_000_000n +
          BigInt(Math.floor(call(value, 'getNanoSeconds') / 1000)),
        call(value, 'getNanoSeconds') % 1000,
      );
    case 'timestamp':
      return timestampText(micros(value), call(value, 'getNanoSeconds') % 1000);
    case 'timestamp_tz':
      return zoned(value);
    case 'text':
    case 'decimal':
    case 'json':
    case 'binary':
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}

function wholeNumber(digits: string): Cell {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}

function call(value: unknown, method: string): number {
  const found: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, method) : undefined;
  const result: unknown = typeof found === 'function' ? Reflect.apply(found, value, []) : 0;
  return typeof result === 'number' ? result : 0;
}

/** Microseconds since 1970 of the driver's date objects. */
function micros(value: unknown): bigint {
  return (
    BigInt(call(value, 'getEpochSeconds')) * 1_000_000n +
    BigInt(Math.floor(call(value, 'getNanoSeconds') / 1000))
  );
}

/** With the offset that the value carries, in minutes; a session's named zone is shown in UTC. */
function zoned(value: unknown): string {
  const offset = call(value, 'getTimezone');
  const local = timestampText(
    micros(value) + BigInt(offset) * 60_000_000n,
    call(value, 'getNanoSeconds') % 1000,
  );
  const size = Math.abs(offset);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
