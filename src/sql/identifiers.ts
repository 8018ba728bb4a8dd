/**
 * Names as the two dialects write, fold and store them.
 */

/** Which dialect's rules hold: how strings escape, how names fold. */
export type SqlDialect = 'snowflake' | 'duckdb';

/** Writes a stored name so that either dialect reads back exactly that name: `a"b` is `"a""b"`. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The name that an unquoted identifier stands for: upper case on Snowflake, as typed on DuckDB. */
export function foldIdentifier(name: string, dialect: SqlDialect): string {
  return dialect === 'snowflake' ? name.toUpperCase() : name;
}

/** The stored name of an identifier as written, quoted or not. */
export function storedName(written: string, dialect: SqlDialect): string {
  return written.startsWith('"')
    ? written.slice(1, -1).replaceAll('""', '"')
    : foldIdentifier(written, dialect);
}
