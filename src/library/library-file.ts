/**
 * One file of macros that comes with the program.
 */
export interface LibraryFile {
  /** `dbt`, or the adapter's: `dbt_snowflake`, `dbt_duckdb`. */
  readonly packageName: string;
  /** As the manifest prints it, with `/` between folders: `macros/incremental/merge.sql`. */
  readonly originalFilePath: string;
  readonly text: string;
}
