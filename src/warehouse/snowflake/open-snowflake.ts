/**
 * Snowflake itself: sessions of the driver in a thread of its own, and the catalog asked by SHOW and DESCRIBE.
 */
import { randomUUID } from 'node:crypto';
import { quoteIdentifier } from '../../sql/index.js';
import type {
  CatalogColumn,
  CatalogOptions,
  CatalogRelation,
  Connection,
  Warehouse,
} from '../port.js';
import { WarehouseError } from '../warehouse-error.js';
import type { ConnectionOptions } from './connection-options.js';
import { DriverHost } from './driver-host.js';
import { openBrowser } from './open-browser.js';
import type { Policy } from './policy.js';
import { SessionPool } from './session-pool.js';
import { kindOfTypeName } from './snowflake-cells.js';
import { SnowflakeConnection } from './snowflake-connection.js';

export interface SnowflakeOptions {
  /** How to sign in; asked for when the first session is opened, as a token may have to be fetched. */
  readonly connection: () => Promise<ConnectionOptions>;
  readonly policy: Policy;
  /** Tells the user what cannot wait: where to sign in. */
  readonly notify: (message: string) => void;
}

/** Makes the warehouse; nothing is loaded or sent before the first connection. */
export async function openSnowflake(options: SnowflakeOptions): Promise<Warehouse> {
  return await Promise.resolve(new SnowflakeWarehouse(options));
}

class SnowflakeWarehouse implements Warehouse {
  readonly engine = 'snowflake';
  readonly dialect = 'snowflake';
  readonly isMetered = true;
  readonly #policy: Policy;
  readonly #host: DriverHost;
  readonly #pool: SessionPool;

  constructor({ connection, policy, notify }: SnowflakeOptions) {
    this.#policy = policy;
    this.#host = new DriverHost({ policy });
    this.#host.listen((news) => {
      if (news.kind !== 'browser') return;
      notify(`Sign in to Snowflake in the browser: ${news.url}`);
      openBrowser(news.url);
    });
    this.#pool = new SessionPool(this.#host, connection);
  }

  async connect({ signal }: { readonly signal: AbortSignal }): Promise<Connection> {
    const handle = await this.#pool.acquire(signal);
    const { cancelMs } = this.#policy;
    return new SnowflakeConnection({ host: this.#host, pool: this.#pool, handle, cancelMs });
  }

  async listSchemas(database: string, options: CatalogOptions): Promise<readonly string[]> {
    const rows = await this.#ask(
      `show terse schemas in database ${quoteIdentifier(database)}`,
      ['name'],
      options,
    );
    return rows.map(([name]) => name ?? '');
  }

  async listRelations(
    { database, schema }: { readonly database: string; readonly schema: string },
    options: CatalogOptions,
  ): Promise<readonly CatalogRelation[]> {
    const rows = await this.#ask(
      `show objects in ${fold(database)}.${fold(schema)}`,
      ['database_name', 'schema_name', 'name', 'kind', 'is_dynamic'],
      options,
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
    options: CatalogOptions,
  ): Promise<readonly CatalogColumn[]> {
    const rows = await this.#ask(
      `describe table ${fold(database)}.${fold(schema)}.${fold(identifier)}`,
      ['name', 'type'],
      options,
    );
    return rows.map(([name = '', typeName = '']) => ({
      name,
      typeName,
      kind: kindOfTypeName(typeName),
    }));
  }

  async close(): Promise<void> {
    await this.#pool.close();
    await this.#host.close();
  }

  /** Columns by name of an answer; an object that is not there is an empty list. */
  async #ask(
    sql: string,
    names: readonly string[],
    { signal, witness }: CatalogOptions,
  ): Promise<readonly (readonly (string | undefined)[])[]> {
    const connection = await this.connect({ signal });
    const requestId = randomUUID();
    try {
      witness?.sent({ requestId, sessionId: connection.sessionId ?? null, sql });
      const { columns, rows, queryId } = await connection.execute(sql, {
        signal,
        requestId,
        onAccepted: (id) => witness?.accepted(requestId, id),
      });
      witness?.ended(requestId, 'done', queryId ?? null);
      const places = names.map((name) =>
        columns.findIndex((column) => column.name.toLowerCase() === name),
      );
      return rows.map((row) =>
        places.map((place) => {
          const cell = row[place];
          return typeof cell === 'string' ? cell : undefined;
        }),
      );
    } catch (error) {
      const isCancelled = error instanceof WarehouseError && error.isCancelled;
      witness?.ended(requestId, isCancelled ? 'cancelled' : 'failed', null);
      if (error instanceof WarehouseError && /^00(?:2003|2043) /u.test(error.message)) return [];
      throw error;
    } finally {
      await connection.close();
    }
  }
}

/** A name as configured: upper case unless its own case says that it was quoted. */
function fold(name: string): string {
  return quoteIdentifier(/^[a-z_][a-z0-9_$]*$/u.test(name) ? name.toUpperCase() : name);
}
