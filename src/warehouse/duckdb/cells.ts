/**
 * DuckDB's values as cells: exact, and plain enough for every reader.
 */
import type { DuckDBValue } from '@duckdb/node-api';
import type { Cell, CellKind } from '../port.js';
import { dateText, timeText, timestampText } from './clock-text.js';
import { jsonText } from './json-text.js';

export interface CellReader {
  readonly kind: CellKind;
  /** DuckDB's name of the type. */
  readonly typeName: string;
  /** Reads a value that is not null. */
  readonly read: (value: DuckDBValue) => Cell;
}

/** The reader of a column by its type's name as DuckDB prints it: `DECIMAL(10,2)`, `INTEGER[]`, `JSON`. */
export function cellReader(typeName: string): CellReader {
  const [kind, read] = readerOf(typeName);
  return { kind, typeName, read };
}

type ReaderPair = readonly [CellKind, (value: DuckDBValue) => Cell];

const INTEGERS = new Set([
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'UHUGEINT',
  'BIGNUM',
]);

function readerOf(typeName: string): ReaderPair {
  if (INTEGERS.has(typeName))
    return [
      'integer',
      (value) =>
        typeof value === 'bigint'
          ? narrow(value)
          : typeof value === 'number'
            ? value
            : String(value),
    ];
  if (typeName.startsWith('DECIMAL')) return ['decimal', (value) => String(value)];
  if (typeName.endsWith(']') || /^(?:STRUCT|MAP|UNION)\(/u.test(typeName) || typeName === 'VARIANT')
    return ['json', (value) => jsonText(value)];
  switch (typeName) {
    case 'BOOLEAN':
      return ['boolean', (value) => value === true];
    case 'FLOAT':
    case 'DOUBLE':
      return ['float', (value) => (typeof value === 'number' ? value : String(value))];
    case 'JSON':
      return ['json', (value) => String(value)];
    case 'DATE':
      return ['date', (value) => dateText(field(value, 'days'))];
    case 'TIME':
      return ['time', (value) => timeText(field(value, 'micros'))];
    case 'TIME_NS':
      return ['time', (value) => timeText(field(value, 'nanos') / 1000n)];
    case 'TIMESTAMP':
      return ['timestamp', (value) => timestampText(field(value, 'micros'))];
    case 'TIMESTAMP_S':
      return ['timestamp', (value) => timestampText(field(value, 'seconds') * 1_000_000n)];
    case 'TIMESTAMP_MS':
      return ['timestamp', (value) => timestampText(field(value, 'millis') * 1000n)];
    case 'TIMESTAMP_NS':
      return [
        'timestamp',
        (value) =>
          timestampText(
            field(value, 'nanos') / 1000n,
            Number(((field(value, 'nanos') % 1000n) + 1000n) % 1000n),
          ),
      ];
    case 'TIMESTAMP WITH TIME ZONE':
      return ['timestamp_tz', (value) => withOffset(timestampText(field(value, 'micros')))];
    case 'BLOB':
      return ['binary', (value) => hex(value)];
    default:
      return ['text', (value) => String(value)];
  }
}

/** DuckDB keeps instants, not offsets: all are shown in UTC. Infinity has no offset. */
function withOffset(text: string): string {
  return text.endsWith('infinity') ? text : `${text}+00:00`;
}

function narrow(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;
}

/** The number inside one of DuckDB's value objects. */
function field(value: DuckDBValue, name: string): bigint {
  const inner: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof inner === 'bigint' ? inner : typeof inner === 'number' ? BigInt(inner) : 0n;
}

function hex(value: DuckDBValue): string {
  const bytes: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'bytes') : undefined;
  return bytes instanceof Uint8Array
    ? Buffer.from(bytes).toString('hex').toUpperCase()
    : String(value);
}
