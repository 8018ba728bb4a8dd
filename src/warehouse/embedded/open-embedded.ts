/**
 * The embedded warehouse: Snowflake's SQL on one DuckDB file.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { messageOf } from '../../base/index.js';
import { duckdbError } from '../duckdb/duckdb-error.js';
import {
  type NativeConnection,
  type NativeDatabase,
  type NativeResult,
  openNative,
} from '../duckdb/native.js';
import { confine, folderOf } from '../duckdb/sandbox.js';
import { StatementRunner } from '../duckdb/statement-runner.js';
import type { CatalogColumn, CatalogRelation, Connection, Row, Warehouse } from '../port.js';
import { WarehouseError } from '../warehouse-error.js';
import { type Ask, listColumns, listRelations, listSchemas } from './catalog.js';
import { EmbeddedConnection } from './embedded-connection.js';
import { FACTS_DDL } from './facts.js';
import { EMBEDDED_FUNCTIONS } from './functions/embedded-functions.js';
import { keptDatabase, keptSchema } from './names.js';
import { StageStore } from './stages/stage-store.js';
import { TEXT_LENGTHS } from './table-definition.js';
import { Session, type SessionStart, type SharedNames } from './session.js';
import { NUMBER_MACRO, quoteIdentifier } from '../../sql/index.js';

export interface EmbeddedOptions {
  /** A file (made if absent), a folder (the file in it is `warehouse.duckdb`) or `:memory:`. Relative to `projectRoot`. */
  readonly path: string;
  /** The session's database and schema, in stored case; the database is made if absent. */
  readonly database: string | null;
  readonly schema: string | null;
  readonly warehouse: string | null;
  readonly role: string | null;
  readonly user: string;
  /** Threads for one statement; DuckDB's own default if absent. */
  readonly threads?: number;
  readonly projectRoot: string;
  readonly allowExternal?: boolean;
}

/**
 * Opens or makes the warehouse.
 *
 * @throws WarehouseError warehouse/locked if another process holds the file; warehouse/read-only, warehouse/disk-full.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Warehouse> {
  const path = filePath(options);
  const native = await openFile(path, options);
  try {
    const connection = await native.connect();
    await prepare(connection, options);
    const stages = stageRoot(path);
    const reachable = [options.projectRoot, ...folderOf(path), stages];
    if (options.allowExternal !== true) await confine(connection, reachable);
    const store = new StageStore(stages, options.allowExternal === true ? undefined : reachable);
    const shared = await listSharedNames(connection, store);
    connection.close();
    return new EmbeddedWarehouse(native, options, shared);
  } catch (error) {
    native.close();
    throw duckdbError(error);
  }
}

/** Where the files of stages lie: beside the warehouse's file, or, for one in memory, in a folder that goes with it. */
function stageRoot(path: string): string {
  return path === ':memory:' ? join(tmpdir(), `dagbook-stages-${randomUUID()}`) : `${path}.stages`;
}

function filePath({ path, projectRoot }: EmbeddedOptions): string {
  if (path === ':memory:') return path;
  const whole = resolve(projectRoot, path);
  const isFolder =
    statSync(whole, { throwIfNoEntry: false })?.isDirectory() ?? !/\.[a-z]+$/iu.test(whole);
  const file = isFolder ? join(whole, 'warehouse.duckdb') : whole;
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new WarehouseError(
      'warehouse/read-only',
      `The folder of the warehouse cannot be made: ${messageOf(error)}`,
      { cause: error, hint: 'Choose another path in the profile.' },
    );
  }
  return file;
}

async function openFile(path: string, { threads }: EmbeddedOptions): Promise<NativeDatabase> {
  try {
    // VARIANT columns need the newest storage.
    return await openNative(
      path,
      {
        storage_compatibility_version: 'latest',
        ...(threads === undefined ? {} : { threads: String(threads) }),
      },
      EMBEDDED_FUNCTIONS,
    );
  } catch (error) {
    throw duckdbError(error);
  }
}

/** Settings of the instance, and the first database. */
async function prepare(connection: NativeConnection, options: EmbeddedOptions): Promise<void> {
  await connection.run(
    [
      "SET GLOBAL TimeZone = 'UTC'",
      "SET GLOBAL default_null_order = 'NULLS_LAST_ON_ASC_FIRST_ON_DESC'",
      FACTS_DDL,
      NUMBER_MACRO,
    ].join('; '),
  );
  const { database } = options;
  if (database === null) return;
  const schemas = [keptDatabase(database), keptSchema(database, 'PUBLIC')];
  await connection.run(
    schemas.map((schema) => `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`).join('; '),
  );
}

/** Columns that hold VARIANT anywhere, relations with comments on columns, and functions of the user's. */
async function listSharedNames(
  connection: NativeConnection,
  stages: StageStore,
): Promise<SharedNames> {
  const facts = await connection.run(
    `SELECT fact, value FROM main."__FACTS" WHERE fact IN ('stage', 'file_format')`,
  );
  for (const [fact, value] of await readAll(facts)) stages.restore(String(fact), String(value));
  const columns = await connection.run(
    "SELECT upper(column_name), data_type LIKE 'VARIANT%', upper(schema_name || '.' || table_name), comment IS NOT NULL FROM duckdb_columns() WHERE NOT internal AND (data_type LIKE 'VARIANT%' OR comment IS NOT NULL)",
  );
  const macros = await connection.run(
    "SELECT DISTINCT upper(schema_name), upper(function_name) FROM duckdb_functions() WHERE NOT internal AND schema_name <> 'main' AND function_type IN ('macro', 'table_macro')",
  );
  const lengths = await readAll(await connection.run(`SELECT 1 FROM ${TEXT_LENGTHS} LIMIT 1`));
  const variantColumns = new Set<string>();
  const commented = new Set<string>();
  for (const [column, isVariant, relation, hasComment] of await readAll(columns)) {
    if (isVariant === true) variantColumns.add(String(column));
    if (hasComment === true) commented.add(String(relation));
  }
  const functions = (await readAll(macros)).map((row) =>
    row.map((name) => quoteIdentifier(String(name))).join('.'),
  );
  return {
    variantColumns,
    commented,
    lengths: { areUsed: lengths.length > 0 },
    functions: new Set(functions),
    stages,
  };
}

async function readAll(result: NativeResult): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let next = await result.nextRows(); next !== undefined; next = await result.nextRows())
    rows.push(...next);
  return rows;
}

class EmbeddedWarehouse implements Warehouse {
  readonly engine = 'embedded';
  readonly dialect = 'snowflake';
  readonly isMetered = false;
  readonly #native: NativeDatabase;
  readonly #start: SessionStart;
  readonly #shared: SharedNames;
  readonly #isInMemory: boolean;
  readonly #runners = new Set<StatementRunner>();
  #catalog: Promise<StatementRunner> | undefined;
  #isClosed = false;
  #count = 0;

  constructor(native: NativeDatabase, start: EmbeddedOptions, shared: SharedNames) {
    this.#native = native;
    this.#start = start;
    this.#shared = shared;
    this.#isInMemory = start.path === ':memory:';
  }

  async connect(): Promise<Connection> {
    const runner = await this.#newRunner();
    this.#count += 1;
    return new EmbeddedConnection(
      runner,
      new Session(String(this.#count), this.#start, this.#shared),
    );
  }

  async listSchemas(
    database: string,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<readonly string[]> {
    const entries = await listSchemas(await this.#ask(signal), database);
    return entries.map(({ schema }) => schema);
  }

  async listRelations(
    schema: { readonly database: string; readonly schema: string },
    { signal }: { readonly signal: AbortSignal },
  ): Promise<readonly CatalogRelation[]> {
    const entries = await listRelations(await this.#ask(signal), schema);
    return entries.map(({ database, schema: name, identifier, kind }) => ({
      database,
      schema: name,
      identifier,
      kind,
    }));
  }

  async listColumns(
    relation: { readonly database: string; readonly schema: string; readonly identifier: string },
    { signal }: { readonly signal: AbortSignal },
  ): Promise<readonly CatalogColumn[]> {
    const entries = await listColumns(await this.#ask(signal), relation, {
      isTemporary: false,
      hasComments: false,
      hasLengths: this.#shared.lengths.areUsed,
    });
    return entries.map(({ name, typeName, kind }) => ({ name, typeName, kind }));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all([...this.#runners].map(async (runner) => runner.close()));
    this.#native.close();
    if (this.#isInMemory) rmSync(this.#shared.stages.root, { recursive: true, force: true });
  }

  async #ask(signal: AbortSignal): Promise<Ask> {
    this.#catalog ??= this.#newRunner();
    const runner = await this.#catalog;
    return async (sql) => (await runner.run(sql, { signal })).rows;
  }

  async #newRunner(): Promise<StatementRunner> {
    if (this.#isClosed) throw new WarehouseError('warehouse/closed', 'The warehouse is closed.');
    const runner = new StatementRunner(await this.#native.connect(), (closed) =>
      this.#runners.delete(closed),
    );
    this.#runners.add(runner);
    return runner;
  }
}
