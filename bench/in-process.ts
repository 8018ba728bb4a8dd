/**
 * Measures that need the program's own parts: pages of a large table, threads over a slow wire.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openWarehouse } from '../src/warehouse/index.js';
import { startServer } from '../test/support/snowflake-server/server.js';
import { wireProject, wireSession } from '../test/support/wire-project.js';

const { signal } = new AbortController();
const ROWS = 1_000_000;
const PLACE = { path: ':memory:', database: 'DB', schema: 'PUBLIC', warehouse: 'WH' };

async function embedded(): ReturnType<typeof openWarehouse> {
  return await openWarehouse(
    {
      type: 'snowflake',
      engine: 'embedded',
      name: 'bench',
      projectRoot: process.cwd(),
      fields: PLACE,
    },
    { signal },
  );
}

/** The first 200 rows of a million, and what memory grew by. */
export async function firstPage(): Promise<string> {
  const warehouse = await embedded();
  const connection = await warehouse.connect({ name: 'bench', signal });
  await connection.execute(
    `create table db.public.big as select seq4() as id, 'row ' || seq4() as word, seq4() / 7 as share from table(generator(rowcount => ${ROWS}))`,
    { signal },
  );
  const times: number[] = [];
  const before = process.memoryUsage().rss;
  let most = before;
  for (let round = 0; round < 11; round += 1) {
    const startedMs = performance.now();
    for await (const { rows } of connection.stream('select * from db.public.big', {
      signal,
      pageRows: 200,
    })) {
      times.push(performance.now() - startedMs);
      if (rows.length !== 200) throw new Error(`the first page has ${rows.length} rows`);
      break;
    }
    most = Math.max(most, process.memoryUsage().rss);
  }
  await connection.close();
  await warehouse.close();
  const sorted = times.toSorted((left, right) => left - right);
  const grown = (most - before) / 1024 / 1024;
  return `first 200 of ${ROWS} rows: median ${sorted[5]?.toFixed(1)} ms, first ${times[0]?.toFixed(1)} ms; memory grew by ${grown.toFixed(1)} MB over ${times.length} previews`;
}

/** A run of forty models through the wire, 20 ms a statement. */
export async function threads(): Promise<string> {
  const behind = await embedded();
  const server = await startServer({
    warehouse: behind,
    answers: async () => {
      await sleep(20);
      return undefined;
    },
  });
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [
      `models/m${index}.sql`,
      `{{ config(materialized='table') }}\nselect ${index} as id`,
    ]),
  );
  const seconds: string[] = [];
  for (const count of [1, 4]) {
    const project = wireProject({ server, files, threads: count });
    const session = wireSession(project.dir);
    const startedMs = performance.now();
    const { results } = await session.run({ command: 'run' }, { signal });
    if (results.some(({ status }) => status !== 'success')) throw new Error('a model failed');
    seconds.push(`${count} threads ${((performance.now() - startedMs) / 1000).toFixed(2)} s`);
    await session.close();
    project.remove();
  }
  await server.close();
  await behind.close();
  return `40 tables through the wire, 20 ms a statement: ${seconds.join(', ')}`;
}
