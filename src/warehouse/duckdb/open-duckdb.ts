/**
 * A DuckDB database as a warehouse, in DuckDB's own dialect.
 */
import { resolve } from 'node:path';
import type {
  CatalogColumn,
  CatalogRelation,
  Connection,
  StatementOptions,
  StatementResult,
  Warehouse,
} from '../port.js';
import { WarehouseError } from '../warehouse-error.js';
import { cellReader } from './cells.js';
import { duckdbError } from './duckdb-error.js';
import { type NativeDatabase, openNative } from './native.js';
import { confine, folderOf, sqlText } from './sandbox.js';
import { StatementRunner } from './statement-runner.js';

export interface Attachment {
  readonly path: string;
  readonly alias?: string;
  readonly readOnly?: boolean;
  /** `sqlite`, `postgres`; DuckDB's own format if absent. */
  readonly type?: string;
}

export interface DuckdbOptions {
  /** A file, made if absent, or `:memory:`. Relative to `projectRoot`. */
  readonly path: string;
  readonly attach?: readonly Attachment[];
  readonly extensions?: readonly string[];
  /** DuckDB settings by name. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** Threads that DuckDB may use for one statement; its own default if absent. */
  readonly threads?: number;
  readonly projectRoot: string;
  /** True lets SQL read and write any file and load extensions. */
  readonly allowExternal: boolean;
}

/**
 * Opens the database: extensions, attached files and settings first, then the sandbox.
 *
 * @throws WarehouseError warehouse/locked if another process holds the file; warehouse/read-only, warehouse/disk-full.
 */
export async function openDuckdb(options: DuckdbOptions): Promise<Warehouse> {
  const path =
    options.path === ':memory:' ? options.path : resolve(options.projectRoot, options.path);
  const database = await openDatabase(path, options);
  return new DuckdbWarehouse(database, settingsOf(options));
}

async function openDatabase(path: string, options: DuckdbOptions): Promise<NativeDatabase> {
  const { threads } = options;
  const database = await openNative(
    path,
    threads === undefined ? {} : { threads: String(threads) },
  ).catch((error: unknown) => {
    throw duckdbError(error);
  });
  try {
    const connection = await database.connect();
    for (const extension of options.extensions ?? []) {
      if (options.allowExternal) await connection.run(`INSTALL ${sqlName(extension)}`);
      await connection.run(`LOAD ${sqlName(extension)}`);
    }
    for (const attachment of options.attach ?? [])
      await connection.run(attachText(attachment, options.projectRoot));
    for (const sql of settingsOf(options)) await connection.run(sql);
    const attached = (options.attach ?? []).flatMap((one) =>
      folderOf(resolve(options.projectRoot, one.path)),
    );
    if (!options.allowExternal)
      await confine(connection, [options.projectRoot, ...folderOf(path), ...attached]);
    connection.close();
    return database;
  } catch (error) {
    database.close();
    throw duckdbError(error);
  }
}

/** Some of DuckDB's settings belong to the instance and some to a session, so each session states them again. */
function settingsOf({ settings = {} }: DuckdbOptions): readonly string[] {
  return Object.entries(settings).map(
    ([name, value]) => `SET ${sqlName(name)} = ${sqlText(String(value))}`,
  );
}

/** A bare word stays bare; DuckDB's SET and LOAD take no quoted ones with dots. */
function sqlName(name: string): string {
  return /^\w+$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function attachText({ path, alias, readOnly, type }: Attachment, root: string): string {
  const isFile = type === undefined || type === 'sqlite' || type === 'duckdb';
  const target = isFile && path !== ':memory:' ? resolve(root, path) : path;
  const words = [
    ...(type === undefined ? [] : [`TYPE ${sqlName(type)}`]),
    ...(readOnly === true ? ['READ_ONLY'] : []),
  ];
  const name = alias === undefined ? '' : ` AS ${sqlName(alias)}`;
  return `ATTACH IF NOT EXISTS ${sqlText(target)}${name}${words.length === 0 ? '' : ` (${words.join(', ')})`}`;
}

class DuckdbConnection implements Connection {
  readonly #runner: StatementRunner;

  constructor(runner: StatementRunner) {
    this.#runner = runner;
  }

  async execute(sql: string, options: StatementOptions): Promise<StatementResult> {
    const { columns, rows, isQuery, rowsChanged } = await this.#runner.run(sql, options);
    if (isQuery) return { columns, rows, rowCount: rows.length, message: 'OK' };
    // DuckDB answers DML and DDL with a count of its own, which is no result of the user's.
    return { columns: [], rows: [], rowCount: rowsChanged, message: 'OK' };
  }

  async *stream(
    sql: string,
    options: { readonly signal: AbortSignal; readonly pageRows: number },
  ): ReturnType<Connection['stream']> {
    yield* this.#runner.stream(sql, options);
  }

  async close(): Promise<void> {
    await this.#runner.close();
  }
}

class DuckdbWarehouse implements Warehouse {
  readonly engine = 'duckdb';
  readonly dialect = 'duckdb';
  readonly isMetered = false;
  readonly #database: NativeDatabase;
  readonly #settings: readonly string[];
  readonly #runners = new Set<StatementRunner>();
  #catalog: Promise<StatementRunner> | undefined;
  #isClosed = false;

  constructor(database: NativeDatabase, settings: readonly string[]) {
    this.#database = database;
    this.#settings = settings;
  }

  async connect(): Promise<Connection> {
    return new DuckdbConnection(await this.#newRunner());
  }

  async listSchemas(
    database: string,
    options: { readonly signal: AbortSignal },
  ): Promise<readonly string[]> {
    const rows = await this.#ask(
      'SELECT DISTINCT schema_name FROM duckdb_schemas() WHERE lower(database_name) = lower($1) AND NOT internal ORDER BY 1',
      [database],
      options.signal,
    );
    return rows.map(([name]) => String(name));
  }

  async listRelations(
    schema: { readonly database: string; readonly schema: string },
    options: { readonly signal: AbortSignal },
  ): Promise<readonly CatalogRelation[]> {
    const rows = await this.#ask(
      `SELECT database_name, schema_name, table_name, 'table' FROM duckdb_tables() WHERE lower(database_name) = lower($1) AND lower(schema_name) = lower($2)
       UNION ALL SELECT database_name, schema_name, view_name, 'view' FROM duckdb_views() WHERE lower(database_name) = lower($1) AND lower(schema_name) = lower($2) AND NOT internal ORDER BY 3`,
      [schema.database, schema.schema],
      options.signal,
    );
    return rows.map(([database, name, identifier, kind]) => ({
      database: String(database),
      schema: String(name),
      identifier: String(identifier),
      kind: kind === 'view' ? 'view' : 'table',
    }));
  }

  async listColumns(
    relation: { readonly database: string; readonly schema: string; readonly identifier: string },
    options: { readonly signal: AbortSignal },
  ): Promise<readonly CatalogColumn[]> {
    const rows = await this.#ask(
      'SELECT column_name, data_type FROM duckdb_columns() WHERE lower(database_name) = lower($1) AND lower(schema_name) = lower($2) AND lower(table_name) = lower($3) ORDER BY column_index',
      [relation.database, relation.schema, relation.identifier],
      options.signal,
    );
    return rows.map(([name, type]) => ({
      name: String(name),
      typeName: String(type),
      kind: cellReader(String(type)).kind,
    }));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all([...this.#runners].map(async (runner) => runner.close()));
    this.#database.close();
  }

  async #ask(
    sql: string,
    bindings: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (readonly unknown[])[]> {
    this.#catalog ??= this.#newRunner();
    const runner = await this.#catalog;
    return (await runner.run(sql, { signal, bindings })).rows;
  }

  async #newRunner(): Promise<StatementRunner> {
    if (this.#isClosed) throw new WarehouseError('warehouse/closed', 'The warehouse is closed.');
    const native = await this.#database.connect();
    for (const sql of this.#settings) await native.run(sql);
    const runner = new StatementRunner(native, (closed) => this.#runners.delete(closed));
    this.#runners.add(runner);
    return runner;
  }
}
