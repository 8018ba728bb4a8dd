/**
 * The real driver on the protocol server, for tests of one idea each.
 */
import { tmpdir } from 'node:os';
import { openWarehouse, type Warehouse } from '../../../src/warehouse/index.js';
import {
  type ServerOptions,
  type SnowflakeServer,
  startServer,
} from '../../support/snowflake-server/server.js';

export const signal: AbortSignal = new AbortController().signal;

/** The embedded warehouse in memory, to answer for Snowflake. */
export async function embeddedInMemory(): Promise<Warehouse> {
  return await openWarehouse(
    {
      type: 'snowflake',
      engine: 'embedded',
      name: 'wire',
      projectRoot: tmpdir(),
      fields: { path: ':memory:', database: 'DB', schema: 'PUBLIC', warehouse: 'WH' },
    },
    { signal },
  );
}

/** Opens the target that leads to a server. */
export async function openOn(
  server: SnowflakeServer,
  fields: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<Warehouse> {
  return await openWarehouse(
    {
      type: 'snowflake',
      name: 'dev',
      projectRoot: tmpdir(),
      fields: { ...server.fields, ...fields },
    },
    { signal, env },
  );
}

/** Runs `body` with a server and the target on it, and closes both. */
export async function onServer(
  options: Partial<ServerOptions> & { readonly fields?: Readonly<Record<string, unknown>> },
  body: (server: SnowflakeServer, warehouse: Warehouse) => Promise<void>,
): Promise<void> {
  const { fields = {}, ...rest } = options;
  const behind = await embeddedInMemory();
  const server = await startServer({ warehouse: behind, ...rest });
  const warehouse = await openOn(server, fields);
  try {
    await body(server, warehouse);
  } finally {
    await warehouse.close();
    await server.close();
    await behind.close();
  }
}
