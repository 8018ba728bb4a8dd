/**
 * A run that kills itself before or after one of its statements: started as a process of its own.
 *
 * Argument: JSON of `ChildOrder`. Prints how many statements it sent, if it came to its end.
 */
import { openWarehouse, type Warehouse } from '../../../src/warehouse/index.js';
import { openSession, type RunRequest } from '../../../src/session/index.js';

export interface ChildOrder {
  readonly projectDir: string;
  readonly request: RunRequest;
  /** 0-based, over all statements of the run. */
  readonly killAt: number | null;
  readonly when: 'before' | 'after';
  readonly vars: Readonly<Record<string, string>>;
}

const order: ChildOrder = JSON.parse(process.argv[2] ?? '{}');
const { signal } = new AbortController();
let sent = 0;

function dieIf(when: ChildOrder['when'], index: number): void {
  if (order.killAt === index && order.when === when) process.kill(process.pid, 'SIGKILL');
}

/** The same warehouse, whose statements are counted. */
function counted(warehouse: Warehouse): Warehouse {
  return {
    engine: warehouse.engine,
    dialect: warehouse.dialect,
    isMetered: warehouse.isMetered,
    listSchemas: async (database, options) => await warehouse.listSchemas(database, options),
    listRelations: async (schema, options) => await warehouse.listRelations(schema, options),
    listColumns: async (relation, options) => await warehouse.listColumns(relation, options),
    close: async () => await warehouse.close(),
    connect: async (options) => {
      const connection = await warehouse.connect(options);
      return {
        stream: (sql, streaming) => connection.stream(sql, streaming),
        close: async () => await connection.close(),
        execute: async (sql, executing) => {
          const index = sent;
          sent += 1;
          dieIf('before', index);
          const result = await connection.execute(sql, executing);
          dieIf('after', index);
          return result;
        },
      };
    },
  };
}

const session = openSession(
  { projectDir: order.projectDir, vars: order.vars },
  {
    env: {},
    openWarehouse: async () => {
      const { target, rootDir } = session.parsed.project;
      const opened = await openWarehouse(
        {
          type: 'snowflake',
          engine: 'embedded',
          name: target.name,
          fields: { ...target.fields, database: target.database, schema: target.schema },
          projectRoot: rootDir,
        },
        { signal },
      );
      return counted(opened);
    },
  },
);
const summary = await session.run(order.request, { signal });
await session.close();
const bad = summary.results.filter(({ status }) => status !== 'success');
process.stdout.write(JSON.stringify({ sent, bad: bad.map(({ message }) => message) }));
