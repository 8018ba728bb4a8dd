/**
 * Snowflake itself. The driver runs in this thread as yet; what it is told not to do is in `driver.ts`.
 */
import type {
  CatalogColumn,
  CatalogRelation,
  Connection,
  ResultColumn,
  ResultPage,
  Row,
  StatementOptions,
  StatementResult,
  Warehouse,
} from '../port.js';
import { quoteIdentifier } from '../../sql/index.js';
import { WarehouseError } from '../warehouse-error.js';
import type { ConnectionOptions } from './connection-options.js';
import { createDriverConnection, type DriverConnection, type DriverStatement } from './driver.js';
import { kindOfTypeName, snowflakeCell, snowflakeColumn } from './snowflake-cells.js';
import { snowflakeError } from './snowflake-error.js';

/** Milliseconds to sign in, a browser aside. */
const SIGN_IN_MS = 60_000;
/** Milliseconds to wait for the warehouse to confirm a cancel. */
const CANCEL_MS = 5000;

/** Makes the warehouse; nothing is sent before the first connection. */
export async function openSnowflake(options: ConnectionOptions): Promise<Warehouse> {
  return new SnowflakeWarehouse(options);
}

class SnowflakeConnection implements Connection {
  readonly #driver: DriverConnection;
  #tail: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(driver: DriverConnection) {
    this.#driver = driver;
  }

  async execute(sql: string, options: StatementOptions): Promise<StatementResult> {
    return this.#inTurn(async () => {
      const statement = await this.#send(sql, options);
      const columns = (statement.getColumns() ?? []).map((column) => snowflakeColumn(column));
      const rows: Row[] = [];
      const limit = Math.min(options.maxRows ?? Number.POSITIVE_INFINITY, statement.getNumRows());
      if (limit > 0) for await (const row of readRows(statement, columns, limit)) rows.push(row);
      if (rows.length < limit)
        throw new WarehouseError(
          'warehouse/incomplete',
          `Snowflake announced ${limit} rows and sent ${rows.length}.`,
          { hint: 'The connection was cut; run the statement again.' },
        );
      return resultOf(columns, rows, statement.getQueryId());
    });
  }

  async *stream(
    sql: string,
    { signal, pageRows }: { readonly signal: AbortSignal; readonly pageRows: number },
  ): AsyncGenerator<ResultPage> {
    const statement = await this.#inTurn(async () => this.#send(sql, { signal }));
    const columns = (statement.getColumns() ?? []).map((column) => snowflakeColumn(column));
    let rows: Row[] = [];
    let isFirst = true;
    for await (const row of readRows(statement, columns, Number.POSITIVE_INFINITY)) {
      if (signal.aborted)
        throw new WarehouseError('warehouse/cancelled', 'The statement was cancelled.', {
          isCancelled: true,
        });
      rows.push(row);
      if (rows.length < pageRows) continue;
      yield { columns, rows };
      isFirst = false;
      rows = [];
    }
    if (rows.length > 0 || isFirst) yield { columns, rows };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await new Promise<void>((resolve) => {
      this.#driver.destroy(() => resolve());
    });
  }

  /** Sends a statement and waits for its first answer. An abort cancels it, and waits a little for the server to say so. */
  async #send(sql: string, { signal, bindings }: StatementOptions): Promise<DriverStatement> {
    if (signal.aborted)
      throw new WarehouseError('warehouse/cancelled', 'The statement was cancelled.', {
        isCancelled: true,
      });
    return new Promise<DriverStatement>((resolve, reject) => {
      const settle = (error: unknown, done: DriverStatement): void => {
        signal.removeEventListener('abort', cancel);
        if (error === undefined || error === null) resolve(done);
        else reject(snowflakeError(error, 'statement'));
      };
      const statement = this.#driver.execute({
        sqlText: sql,
        streamResult: true,
        ...(bindings === undefined
          ? {}
          : { binds: bindings.map((cell) => (typeof cell === 'bigint' ? String(cell) : cell)) }),
        complete: settle,
      });
      const cancel = (): void => {
        statement.cancel();
        setTimeout(() => {
          reject(
            new WarehouseError(
              'warehouse/cancelled',
              'The statement was cancelled; Snowflake has not confirmed it.',
              { isCancelled: true },
            ),
          );
        }, CANCEL_MS).unref();
      };
      signal.addEventListener('abort', cancel, { once: true });
    });
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(work, work);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}

async function* readRows(
  statement: DriverStatement,
  columns: readonly ResultColumn[],
  limit: number,
): AsyncGenerator<Row> {
  const stream: AsyncIterable<unknown> = statement.streamRows(
    Number.isFinite(limit) ? { start: 0, end: limit - 1 } : {},
  );
  try {
    for await (const row of stream) {
      const values: readonly unknown[] = Array.isArray(row) ? row : [];
      yield columns.map(({ kind }, index) => snowflakeCell(values[index], kind));
    }
  } catch (error) {
    throw snowflakeError(error, 'statement');
  }
}

const CHANGES = {
  inserted: /^number of rows inserted$/iu,
  updated: /^number of rows updated$/iu,
  deleted: /^number of rows deleted$/iu,
} as const;

/** DML answers with one row of counts; dbt prints what was inserted, else all that was changed. */
function resultOf(
  columns: readonly ResultColumn[],
  rows: readonly Row[],
  queryId: string,
): StatementResult {
  const count = (pattern: RegExp): number => {
    const cell = rows[0]?.[columns.findIndex(({ name }) => pattern.test(name))];
    return typeof cell === 'number' ? cell : 0;
  };
  const isDml = columns.some(({ name }) => name.startsWith('number of rows '));
  if (!isDml)
    return { columns, rows, rowCount: rows.length, message: `SUCCESS ${rows.length}`, queryId };
  const changes = {
    inserted: count(CHANGES.inserted),
    updated: count(CHANGES.updated),
    deleted: count(CHANGES.deleted),
  };
  const rowCount = changes.inserted + changes.updated + changes.deleted;
  return {
    columns,
    rows,
    rowCount,
    message: `SUCCESS ${changes.inserted > 0 ? changes.inserted : rowCount}`,
    queryId,
    changes,
  };
}

class SnowflakeWarehouse implements Warehouse {
  readonly engine = 'snowflake';
  readonly dialect = 'snowflake';
  readonly isMetered = true;
  readonly #options: ConnectionOptions;
  readonly #connections = new Set<Connection>();
  #catalog: Promise<Connection> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  async connect({ signal }: { readonly signal: AbortSignal }): Promise<Connection> {
    const driver = await createDriverConnection(this.#options);
    await signIn(driver, signal, this.#options['authenticator'] === 'EXTERNALBROWSER');
    const connection = new SnowflakeConnection(driver);
    this.#connections.add(connection);
    return connection;
  }

  async listSchemas(
    database: string,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<readonly string[]> {
    const rows = await this.#ask(
      `show terse schemas in database ${quoteIdentifier(database)}`,
      ['name'],
      signal,
    );
    return rows.map(([name]) => name ?? '');
  }

  async listRelations(
    { database, schema }: { readonly database: string; readonly schema: string },
    { signal }: { readonly signal: AbortSignal },
  ): Promise<readonly CatalogRelation[]> {
    const rows = await this.#ask(
      `show objects in ${fold(database)}.${fold(schema)}`,
      ['database_name', 'schema_name', 'name', 'kind', 'is_dynamic'],
      signal,
    );
    return rows.map(
      ([databaseName = '', schemaName = '', identifier = '', kind = '', isDynamic]) => ({
        database: databaseName,
        schema: schemaName,
        identifier,
        kind:
          kind === 'VIEW'
            ? 'view'
            : isDynamic === 'Y'
              ? 'dynamic_table'
              : kind === 'EXTERNAL TABLE'
                ? 'external'
                : 'table',
      }),
    );
  }

  async listColumns(
    {
      database,
      schema,
      identifier,
    }: { readonly database: string; readonly schema: string; readonly identifier: string },
    { signal }: { readonly signal: AbortSignal },
  ): Promise<readonly CatalogColumn[]> {
    const rows = await this.#ask(
      `describe table ${fold(database)}.${fold(schema)}.${fold(identifier)}`,
      ['name', 'type'],
      signal,
    );
    return rows.map(([name = '', typeName = '']) => ({
      name,
      typeName,
      kind: kindOfTypeName(typeName),
    }));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#connections].map(async (connection) => connection.close()));
    this.#connections.clear();
  }

  /** Columns by name of an answer; an object that is not there is an empty list. */
  async #ask(
    sql: string,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (readonly (string | undefined)[])[]> {
    this.#catalog ??= this.connect({ signal });
    const connection = await this.#catalog;
    try {
      const { columns, rows } = await connection.execute(sql, { signal });
      const places = names.map((name) =>
        columns.findIndex((column) => column.name.toLowerCase() === name),
      );
      return rows.map((row) =>
        places.map((place) => (typeof row[place] === 'string' ? row[place] : undefined)),
      );
    } catch (error) {
      if (error instanceof WarehouseError && /^00(?:2003|2043) /u.test(error.message)) return [];
      throw error;
    }
  }
}

/** A name as configured: upper case unless its own case says that it was quoted. */
function fold(name: string): string {
  return quoteIdentifier(/^[a-z_][a-z0-9_$]*$/u.test(name) ? name.toUpperCase() : name);
}

async function signIn(
  driver: DriverConnection,
  signal: AbortSignal,
  isInBrowser: boolean,
): Promise<void> {
  signal.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const give = (error: WarehouseError): void => {
        driver.destroy(() => undefined);
        reject(error);
      };
      if (!isInBrowser)
        timer = setTimeout(
          () =>
            give(
              new WarehouseError(
                'warehouse/sign-in',
                `Snowflake did not answer within ${SIGN_IN_MS / 1000} seconds.`,
                { hint: 'Check the account name and the network.' },
              ),
            ),
          SIGN_IN_MS,
        );
      signal.addEventListener(
        'abort',
        () =>
          give(
            new WarehouseError('warehouse/cancelled', 'Signing in was cancelled.', {
              isCancelled: true,
            }),
          ),
        { once: true },
      );
      driver
        .connectAsync((error) => {
          if (error === undefined || error === null) resolve();
          else reject(snowflakeError(error, 'sign in'));
        })
        .catch((error: unknown) => reject(snowflakeError(error, 'sign in')));
    });
  } finally {
    clearTimeout(timer);
  }
}
