/**
 * One run of a small project through the wire, with a server of its own, so that cases do not meet.
 */
import { once } from 'node:events';
import type { Warehouse } from '../../../src/warehouse/index.js';
import type { ProjectCopy } from '../../support/project-copy.js';
import { type SnowflakeServer, startServer } from '../../support/snowflake-server/server.js';
import { wireProject } from '../../support/wire-project.js';
import { embeddedInMemory } from '../../warehouse/snowflake/on-server.js';

export interface WireCase {
  readonly server: SnowflakeServer;
  readonly project: ProjectCopy;
  /** Resolves when the statement that hangs has begun. */
  readonly isHanging: Promise<void>;
}

export interface WireCaseOptions {
  readonly threads: number;
  /** Which statement never ends: its 0-based number, or what its text holds; null for none. */
  readonly hangs: number | string | null;
  readonly holdMs?: number;
  readonly chunkRows?: number;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** Tables, a view, a merge with its transaction, and a test. */
export const WIRE_FILES: Readonly<Record<string, string>> = {
  'models/a_table.sql': "{{ config(materialized='table') }}\nselect 1 as id, 'a' as word",
  'models/a_view.sql': "select * from {{ ref('a_table') }}",
  'models/merged.sql':
    "{{ config(materialized='incremental', unique_key='id', incremental_strategy='merge') }}\nselect id, word from {{ ref('a_table') }}",
  'models/other.sql': "{{ config(materialized='table') }}\nselect 2 as id",
  'models/third.sql': "{{ config(materialized='table') }}\nselect 3 as id",
};

export async function inWireCase<Result>(
  options: WireCaseOptions,
  body: (wire: WireCase) => Promise<Result>,
): Promise<Result> {
  const behind: Warehouse = await embeddedInMemory();
  let hang = (): void => undefined;
  const isHanging = new Promise<void>((resolve) => (hang = resolve));
  let count = 0;
  const server = await startServer({
    warehouse: behind,
    holdMs: options.holdMs ?? 100,
    ...(options.chunkRows === undefined ? {} : { chunkRows: options.chunkRows }),
    answers: async (sql, { signal }) => {
      const index = count;
      count += 1;
      const isIt =
        typeof options.hangs === 'string' ? sql.includes(options.hangs) : index === options.hangs;
      if (!isIt) return undefined;
      hang();
      await once(signal, 'abort');
      throw new Error('ended');
    },
  });
  const project = wireProject({
    server,
    files: options.files ?? WIRE_FILES,
    threads: options.threads,
    ...(options.fields === undefined ? {} : { fields: options.fields }),
  });
  try {
    return await body({ server, project, isHanging });
  } finally {
    project.remove();
    await server.close();
    await behind.close();
  }
}
