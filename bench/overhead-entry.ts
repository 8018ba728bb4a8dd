/**
 * A run of a whole project with one thread, and how long its statements took: `node overhead.js PROJECT_DIR`.
 *
 * Time is taken where a connection is asked to execute, so that all that is done around a statement counts as overhead.
 */
import { openSession } from '../src/session/index.js';
import { type Connection, openWarehouse, type Warehouse } from '../src/warehouse/index.js';

const [, , projectDir = '.'] = process.argv;
const { signal } = new AbortController();
let statementMs = 0;
let statements = 0;

const session = openSession(
  { projectDir, threads: 1 },
  { env: process.env, openWarehouse: async () => timed(await open()) },
);
const { results, durationMs } = await session.run({ command: 'run' }, { signal });
await session.close();
const failed = results.filter(({ status }) => status !== 'success');
if (failed.length > 0) throw new Error(`${failed.length} nodes: ${failed[0]?.message}`);
console.log(
  JSON.stringify({ nodes: results.length, elapsedMs: durationMs, statementMs, statements }),
);

async function open(): Promise<Warehouse> {
  const { project } = session.parsed;
  const { target, rootDir } = project;
  return await openWarehouse(
    {
      type: target.type,
      name: target.name,
      fields: { ...target.fields, database: target.database, schema: target.schema },
      projectRoot: rootDir,
    },
    { signal, env: project.env },
  );
}

function timed(warehouse: Warehouse): Warehouse {
  return {
    engine: warehouse.engine,
    dialect: warehouse.dialect,
    isMetered: warehouse.isMetered,
    connect: async (options) => timedConnection(await warehouse.connect(options)),
    listSchemas: (...args) => warehouse.listSchemas(...args),
    listRelations: (...args) => warehouse.listRelations(...args),
    listColumns: (...args) => warehouse.listColumns(...args),
    close: () => warehouse.close(),
  };
}

function timedConnection(connection: Connection): Connection {
  return {
    sessionId: connection.sessionId ?? null,
    execute: async (sql, options) => {
      const startedMs = performance.now();
      try {
        return await connection.execute(sql, options);
      } finally {
        statementMs += performance.now() - startedMs;
        statements += 1;
      }
    },
    stream: (sql, options) => connection.stream(sql, options),
    close: () => connection.close(),
  };
}
