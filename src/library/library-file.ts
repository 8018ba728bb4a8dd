/**
 * One file of macros that comes with the program.
 */
export interface LibraryFile {
  /** `dbt`, or the adapter's: `dbt_snowflake`, `dbt_duckdb`. */
  readonly packageName: string;
  /** As the manifest prints it, with `/` between folders: `macros/incremental/merge.sql`. */
  readonly originalFilePath: string;
  readonly text: string;
  /** Where its macros are, as splitting the text would find them: worked out when the program is made. */
  readonly macros: readonly LibraryMacro[];
}

/** `adapter` is null for what is no materialization; `line` is 1-based; the block, tags included, is `text.slice(start, end)`. */
export type LibraryMacro = readonly [
  kind: 'macro' | 'materialization' | 'test',
  name: string,
  adapter: string | null,
  line: number,
  start: number,
  end: number,
];
