/**
 * dbt's own macros in our words: the project `dbt`, which every project can call and override, and the adapter's.
 *
 * Names, signatures and the SQL that comes out are those of dbt 1.12; the texts are ours. Macros that begin with
 * `dagbook__` are parts of the others and not dbt's.
 */
import { assertNever } from '../base/index.js';
import type { Dialect } from '../warehouse/index.js';
import { dbt } from './generated/dbt.js';
import { duckdb } from './generated/duckdb.js';
import { snowflake } from './generated/snowflake.js';
import type { LibraryFile } from './library-file.js';

/** Files of the adapter's package, then of `dbt`. */
export function libraryFiles(dialect: Dialect): readonly LibraryFile[] {
  return [...adapterFiles(dialect), ...dbt];
}

/** Names of the packages that count as dbt's own, the adapter's first. */
export function internalPackages(dialect: Dialect): readonly string[] {
  return [`dbt_${dialect}`, 'dbt'];
}

function adapterFiles(dialect: Dialect): readonly LibraryFile[] {
  switch (dialect) {
    case 'snowflake':
      return snowflake;
    case 'duckdb':
      return duckdb;
    default:
      return assertNever(dialect);
  }
}
