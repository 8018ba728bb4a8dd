/**
 * Nested values as JSON text. Numbers keep all their digits; keys are in order of their names, as Snowflake prints them.
 */
import type { DuckDBValue } from '@duckdb/node-api';
import { dateText, timeText, timestampText } from './clock-text.js';

/** The JSON of a list, struct, map, union or VARIANT, and of anything inside one. */
export function jsonText(value: DuckDBValue): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number')
    return Number.isFinite(value) ? JSON.stringify(value) : JSON.stringify(String(value));
  if (typeof value === 'string') return JSON.stringify(value);
  // Told apart by their fields: the package's classes are loaded by one file only.
  if ('items' in value) return `[${value.items.map((item) => jsonText(item)).join(',')}]`;
  if ('entries' in value)
    return Array.isArray(value.entries) ? mapText(value.entries) : structText(value.entries);
  if ('width' in value) return String(value);
  if ('tag' in value || isVariant(value)) return jsonText(value.value);
  if ('days' in value && !('months' in value)) return JSON.stringify(dateText(BigInt(value.days)));
  if ('micros' in value && !('months' in value) && !('offset' in value))
    return JSON.stringify(clockText(value.micros, value.constructor.name));
  return JSON.stringify(String(value));
}

function isVariant(value: object): value is { readonly value: DuckDBValue } {
  return 'value' in value && !('width' in value);
}

function clockText(micros: bigint, kind: string): string {
  return kind === 'DuckDBTimeValue' ? timeText(micros) : timestampText(micros);
}

function structText(entries: Readonly<Record<string, DuckDBValue>>): string {
  const keys = Object.keys(entries).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${jsonText(entries[key] ?? null)}`).join(',')}}`;
}

function mapText(
  entries: readonly { readonly key: DuckDBValue; readonly value: DuckDBValue }[],
): string {
  const pairs = entries.map(
    ({ key, value }) => [typeof key === 'string' ? key : jsonText(key), jsonText(value)] as const,
  );
  return `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}
