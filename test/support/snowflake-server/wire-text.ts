/**
 * Results as Snowflake writes them into JSON: a row type, and every cell as text or null.
 */
import type { Cell, ResultColumn, StatementResult } from '../../../src/warehouse/port.js';

export interface WireType {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly length: number | null;
}

export type WireRow = readonly (string | null)[];

export interface WireResult {
  readonly rowtype: readonly WireType[];
  readonly rowset: readonly WireRow[];
}

export function wireResult({
  columns,
  rows,
}: Pick<StatementResult, 'columns' | 'rows'>): WireResult {
  const rowtype = columns.map(wireType);
  return {
    rowtype,
    rowset: rows.map((row) => row.map((cell, index) => wireText(cell, rowtype[index]?.type ?? ''))),
  };
}

const NAMED: Readonly<Record<string, string>> = {
  NUMBER: 'fixed',
  FLOAT: 'real',
  VARCHAR: 'text',
  BOOLEAN: 'boolean',
  DATE: 'date',
  TIME: 'time',
  TIMESTAMP_NTZ: 'timestamp_ntz',
  TIMESTAMP_LTZ: 'timestamp_ltz',
  TIMESTAMP_TZ: 'timestamp_tz',
  BINARY: 'binary',
  VARIANT: 'variant',
  OBJECT: 'object',
  ARRAY: 'array',
};

function wireType({ name, typeName }: ResultColumn): WireType {
  const [, base = '', first, second] =
    /^([A-Z_]+)(?:\((\d+)(?:,\s*(\d+))?\))?/u.exec(typeName.toUpperCase()) ?? [];
  const type = NAMED[base] ?? 'text';
  const isSized = type === 'text' || type === 'binary';
  const number = (text: string | undefined): number | null =>
    text === undefined ? null : Number(text);
  return {
    name,
    type,
    nullable: true,
    precision: type === 'fixed' ? (number(first) ?? 38) : null,
    scale: type === 'fixed' ? (number(second) ?? 0) : isSized ? null : number(first),
    length: isSized ? number(first) : null,
  };
}

function wireText(cell: Cell, type: string): string | null {
  if (cell === null) return null;
  const text = String(cell);
  switch (type) {
    case 'boolean':
      return cell === true ? '1' : '0';
    case 'real':
      return text === 'Infinity' ? 'inf' : text === '-Infinity' ? '-inf' : text;
    case 'date':
      return String(dayOf(text));
    case 'time':
      return secondsOf(0n, text);
    case 'timestamp_ntz':
      return stampOf(text);
    case 'timestamp_ltz':
    case 'timestamp_tz': {
      const [, local = text, sign = '+', hours = '0', minutes = '0'] =
        /^(.*?)([+-])(\d\d):(\d\d)$/u.exec(text) ?? [];
      const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
      const stamp = stampOf(local, BigInt(offset) * 60n);
      return type === 'timestamp_ltz' ? stamp : `${stamp} ${offset + 1440}`;
    }
    default:
      return text;
  }
}

/** Days since 1970 of `-0044-03-15`. */
function dayOf(text: string): number {
  const [, sign = '', year = '1970', month = '1', day = '1'] =
    /^(-?)(\d+)-(\d\d)-(\d\d)/u.exec(text) ?? [];
  const date = new Date(0);
  date.setUTCFullYear(Number(`${sign}${year}`), Number(month) - 1, Number(day));
  return Math.round(date.getTime() / 86_400_000);
}

function stampOf(text: string, offsetSeconds: bigint = 0n): string {
  const [date = '', clock = '00:00:00'] = text.split(/[ T]/u);
  return secondsOf(BigInt(dayOf(date)) * 86_400n - offsetSeconds, clock);
}

/** Seconds with nine decimals; before 1970 the minus is over all of it. */
function secondsOf(base: bigint, clock: string): string {
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] =
    /^(\d+):(\d\d):(\d\d)(?:\.(\d+))?/u.exec(clock) ?? [];
  const whole = base + BigInt(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
  const nanos = whole * 1_000_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9));
  const size = nanos < 0n ? -nanos : nanos;
  const digits = String(size % 1_000_000_000n).padStart(9, '0');
  return `${nanos < 0n ? '-' : ''}${size / 1_000_000_000n}.${digits}`;
}
