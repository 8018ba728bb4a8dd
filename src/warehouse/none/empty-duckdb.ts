/**
 * An empty DuckDB in memory: tells what needs no table, as any DuckDB would (how many days lie between two dates).
 */
import type { Connection, Warehouse } from '../port.js';
import type { Reckoner } from './open-none.js';

/** Opened by the first query; what it refuses (a table that is not there) has no answer. */
export function emptyDuckdb(projectRoot: string): Reckoner {
  let opened: Promise<{ warehouse: Warehouse; connection: Connection }> | undefined;
  return {
    answer: async (sql, { signal }) => {
      opened ??= open(projectRoot, signal);
      const { connection } = await opened;
      try {
        return await connection.execute(sql, { signal });
      } catch {
        // The warehouse that is not there never fails: it has no rows to give.
        signal.throwIfAborted();
        return undefined;
      }
    },
    close: async () => {
      await (await opened)?.warehouse.close();
    },
  };
}

async function open(
  projectRoot: string,
  signal: AbortSignal,
): Promise<{ warehouse: Warehouse; connection: Connection }> {
  const { openDuckdb } = await import('../duckdb/open-duckdb.js');
  const warehouse = await openDuckdb({ path: ':memory:', projectRoot, allowExternal: false });
  return { warehouse, connection: await warehouse.connect({ name: 'empty', signal }) };
}
