/**
 * A scalar function of ours that DuckDB calls: what SQL alone cannot say.
 *
 * It runs on the main thread, once a row, so it is short and pure; what it throws fails the statement with its message.
 */
export type NativeType = 'VARCHAR' | 'BLOB' | 'BIGINT' | 'DOUBLE' | 'VARCHAR[]';

/** A BLOB is bytes, a BIGINT a bigint, a list is of texts. */
export type NativeValue = null | string | number | bigint | Uint8Array | readonly (string | null)[];

export interface NativeFunction {
  /** Lower case, with two underscores before it: no name of Snowflake's or DuckDB's. */
  readonly name: string;
  readonly parameters: readonly NativeType[];
  readonly returns: NativeType;
  /** Without it, a null argument makes a null result and `call` is not asked. */
  readonly takesNulls?: boolean;
  readonly call: (...values: readonly NativeValue[]) => NativeValue;
}

/** The argument at `index` as text. */
export function textAt(values: readonly NativeValue[], index: number): string {
  const value = values[index];
  return typeof value === 'string' ? value : '';
}

/** The argument at `index` as bytes. */
export function bytesAt(values: readonly NativeValue[], index: number): Uint8Array {
  const value = values[index];
  return value instanceof Uint8Array ? value : new Uint8Array();
}

/** The argument at `index` as a whole number. */
export function numberAt(values: readonly NativeValue[], index: number): number {
  return Number(values[index] ?? 0);
}

/** The argument at `index` as a list; nulls in it are left out. */
export function listAt(values: readonly NativeValue[], index: number): readonly string[] {
  const value = values[index];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
