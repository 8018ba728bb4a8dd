/** Which SQL the statements of a session are written in. */
import type { Session } from '../session/index.js';
import type { Dialect } from '../warehouse/index.js';

/** The embedded warehouse speaks Snowflake's; only a project of type duckdb is written in DuckDB's own. */
export function dialectOf({ facts }: Pick<Session, 'facts'>): Dialect {
  return facts.engine === 'duckdb' ? 'duckdb' : 'snowflake';
}
