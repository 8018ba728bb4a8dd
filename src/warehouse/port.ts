/**
 * The port to a warehouse: what the rest of the program may ask of DuckDB, of the embedded Snowflake dialect and of Snowflake.
 */

/** What a column holds, whatever its engine calls it. Decides how a cell is read, aligned and handed to Jinja. */
export type CellKind =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'text'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'timestamp_tz'
  | 'binary'
  | 'json';

export interface ResultColumn {
  /** As the engine returned it: upper case for unquoted names on Snowflake. */
  readonly name: string;
  readonly kind: CellKind;
  /** The type in the words of the project's SQL dialect: `NUMBER(38,0)`, `VARCHAR(16777216)`; on DuckDB `BIGINT`. */
  readonly typeName: string;
}

/**
 * One cell, exact. Integers are numbers while safe and bigint beyond; `decimal` cells are text with all digits (`12.50`);
 * dates and times are ISO text (`2026-01-31`, `10:30:00.5`, `2026-01-31 10:30:00.123456`, with `+02:00` for timestamp_tz);
 * `json` is JSON text; `binary` is upper-case hex.
 */
export type Cell = null | boolean | number | bigint | string;

export type Row = readonly Cell[];

export interface StatementResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Row[];
  /** Rows written by DML, or rows returned. */
  readonly rowCount: number;
  /** What dbt prints as the adapter's message: `SUCCESS 1`, `SUCCESS 42` on Snowflake; `OK`, `SELECT 5` on DuckDB. */
  readonly message: string;
  readonly queryId?: string;
  /** By kind of change, where the engine tells: a merge inserts and updates. */
  readonly changes?: {
    readonly inserted: number;
    readonly updated: number;
    readonly deleted: number;
  };
}

/** One page of a streamed result. The first page comes even if empty, so that columns are known. */
export interface ResultPage {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Row[];
}

export interface StatementOptions {
  readonly signal: AbortSignal;
  /** Stop reading after this many rows; the rest is not transferred. Default: all. */
  readonly maxRows?: number;
  /** Values for `%s`-less `?` placeholders, in order. */
  readonly bindings?: readonly Cell[];
  /** A UUID under which the warehouse and a journal know the statement; made where absent. */
  readonly requestId?: string;
  /** Hears that the warehouse has taken the statement up, if it says so before the end. */
  readonly onAccepted?: (queryId: string) => void;
  /** Hears why it takes longer: a server that does not answer, and when it is asked again. */
  readonly onWaiting?: (message: string) => void;
}

/** One session of a warehouse: statements on it run one after another. */
export interface Connection {
  /** The warehouse's number of the session, where it has one that others can see. */
  readonly sessionId?: string | null;
  /**
   * Sends exactly one statement and reads its result.
   *
   * Aborting the signal cancels the statement in the warehouse, and waits until it says so.
   * @throws WarehouseError if the statement fails or is cancelled.
   */
  execute(sql: string, options: StatementOptions): Promise<StatementResult>;
  /** Sends one query and yields its rows page by page; leaving the loop ends the query. */
  stream(
    sql: string,
    options: { readonly signal: AbortSignal; readonly pageRows: number },
  ): AsyncIterable<ResultPage>;
  /** Ends the session. Safe to call twice. */
  close(): Promise<void>;
}

export type RelationKind = 'table' | 'view' | 'dynamic_table' | 'external';

/** A relation as the warehouse's catalog knows it, names in their stored case. */
export interface CatalogRelation {
  readonly database: string;
  readonly schema: string;
  readonly identifier: string;
  readonly kind: RelationKind;
}

export interface CatalogColumn {
  readonly name: string;
  /** In the words of the project's SQL dialect, as `DESCRIBE TABLE` prints it. */
  readonly typeName: string;
  readonly kind: CellKind;
}

/** The SQL that a project is written in, which is also dbt's `target.type`. */
export type Dialect = 'snowflake' | 'duckdb';

/** Hears of the statements that a question of the catalog becomes, where a warehouse would go on with them without us. */
export interface Witness {
  sent(statement: {
    readonly requestId: string;
    readonly sessionId: string | null;
    readonly sql: string;
  }): void;
  accepted(requestId: string, queryId: string): void;
  ended(requestId: string, outcome: 'done' | 'failed' | 'cancelled', queryId: string | null): void;
}

export interface CatalogOptions {
  readonly signal: AbortSignal;
  readonly witness?: Witness;
}

/** An open warehouse. Connections are made by the runner, one a thread. */
export interface Warehouse {
  readonly engine: 'duckdb' | 'embedded' | 'snowflake' | 'none';
  readonly dialect: Dialect;
  /** A free warehouse runs what it likes (embedded, DuckDB); a paid one asks first. */
  readonly isMetered: boolean;
  connect(options: { readonly name: string; readonly signal: AbortSignal }): Promise<Connection>;
  /** Schemas of one database, stored case; an absent database is an empty list. */
  listSchemas(database: string, options: CatalogOptions): Promise<readonly string[]>;
  /** Relations of one schema, names given as configured (unquoted names fold as the dialect does). */
  listRelations(
    schema: { readonly database: string; readonly schema: string },
    options: CatalogOptions,
  ): Promise<readonly CatalogRelation[]>;
  /** Columns in order; empty if the relation is absent. */
  listColumns(
    relation: { readonly database: string; readonly schema: string; readonly identifier: string },
    options: CatalogOptions,
  ): Promise<readonly CatalogColumn[]>;
  /** Cancels what is running, closes connections, lets go of files. Safe to call twice. */
  close(): Promise<void>;
}
