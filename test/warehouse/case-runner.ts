/**
 * Runs one case of Snowflake SQL on an embedded warehouse in memory: for the tables of tests, and for `npm run cases:sql`.
 */
import { tmpdir } from 'node:os';
import { type Cell, type Warehouse, openWarehouse } from '../../src/warehouse/index.js';
import { sameRows } from './same-rows.js';

export interface SqlCase {
  readonly setup?: readonly string[];
  readonly sql: string;
  /** Rows as JSON has them; without them the case passes if it runs. */
  readonly rows?: readonly (readonly unknown[])[];
  /** A text that the error's message must hold. */
  readonly error?: string;
}

/** A fresh warehouse with database DB and schema PUBLIC. */
export async function openMemory(): Promise<Warehouse> {
  const fields = {
    path: ':memory:',
    database: 'db',
    schema: 'public',
    warehouse: 'wh',
    role: 'analyst',
  };
  return openWarehouse(
    { type: 'snowflake', engine: 'embedded', name: 'cases', projectRoot: tmpdir(), fields },
    { signal: new AbortController().signal },
  );
}

/** What is wrong with a case's outcome; undefined if it passes. */
export async function failureOf(one: SqlCase, warehouse?: Warehouse): Promise<string | undefined> {
  const { signal } = new AbortController();
  const opened = warehouse ?? (await openMemory());
  const connection = await opened.connect({ name: 'case', signal });
  try {
    for (const sql of one.setup ?? []) await connection.execute(sql, { signal });
    const { rows } = await connection.execute(one.sql, { signal });
    if (one.error !== undefined) return `expected an error with: ${one.error}`;
    const actual = rows.map((row) => row.map((cell) => plain(cell)));
    if (one.rows === undefined || sameRows(one.rows, actual, /\border\s+by\b/iu.test(one.sql)))
      return undefined;
    return `expected ${JSON.stringify(one.rows)}\n  actual ${JSON.stringify(actual)}`;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return one.error !== undefined && message.includes(one.error) ? undefined : message;
  } finally {
    await connection.close();
    if (warehouse === undefined) await opened.close();
  }
}

/** JSON has no bigint: those are compared as text. */
function plain(cell: Cell): unknown {
  return typeof cell === 'bigint' ? String(cell) : cell;
}
