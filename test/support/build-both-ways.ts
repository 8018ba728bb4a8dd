/**
 * A project built on the embedded warehouse, and by the real Snowflake driver through the protocol server: are the rows the same?
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunSummary } from '../../src/events/index.js';
import { md5 } from '../../src/platform/index.js';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { openWarehouse, type Warehouse } from '../../src/warehouse/index.js';
import { emptyFolder } from './project-copy.js';
import { type SnowflakeServer, startServer } from './snowflake-server/server.js';

const { signal } = new AbortController();

export interface BothWays {
  /** Results of each build, on the embedded warehouse and through the wire. */
  readonly builds: readonly (readonly [embedded: RunSummary, wire: RunSummary])[];
  /** `DB.SCHEMA.NAME`, stored case, of all relations that either has. */
  readonly relations: readonly string[];
  /** What is not the same: `DB.S.T.COLUMN`, or `DB.S.T: 3 rows, 4 rows`. */
  readonly differences: readonly string[];
  /** Columns that two builds on the embedded warehouse do not give alike, such as the moment of writing: not compared. */
  readonly moving: readonly string[];
  readonly server: Pick<SnowflakeServer, 'requests' | 'statements' | 'logins'>;
}

export interface BothWaysOptions {
  readonly projectDir: string;
  /** Name of the profile in dbt_project.yml. */
  readonly profile: string;
  /** Name of both targets, which a project's macros may ask for; `local` without. */
  readonly target?: string;
  readonly planStyle?: 'fast' | 'dbt';
  /** Makes the raw data, then builds, as often as it likes. */
  readonly work: (session: ProjectSession) => Promise<readonly RunSummary[]>;
}

/** Databases, schema, warehouse and role of both targets. */
const PLACE = { database: 'ANALYTICS', schema: 'dev', warehouse: 'OPS_SMALL', role: 'OPS_ANALYST' };

export async function buildBothWays(options: BothWaysOptions): Promise<BothWays> {
  const embedded = await openEmbeddedInMemory();
  const again = await openEmbeddedInMemory();
  const behind = await openEmbeddedInMemory();
  const server = await startServer({ warehouse: behind });
  const profiles = emptyFolder();
  const target = options.target ?? 'local';
  const open = (fields: object, warehouse?: Warehouse): ProjectSession => {
    const outputs = { [target]: { type: 'snowflake', threads: 4, ...fields, ...PLACE } };
    writeFileSync(
      join(profiles.dir, 'profiles.yml'),
      JSON.stringify({ [options.profile]: { target, outputs } }),
    );
    return openSession(
      {
        projectDir: options.projectDir,
        profilesDir: profiles.dir,
        planStyle: options.planStyle ?? 'fast',
      },
      {
        env: { DAGBOOK_NOW: '2026-01-15T12:00:00Z' },
        ...(warehouse === undefined
          ? {}
          : { openWarehouse: () => Promise.resolve(keptOpen(warehouse)) }),
      },
    );
  };
  try {
    const onEmbedded: RunSummary[] = [];
    for (const warehouse of [again, embedded]) {
      const here = open({ engine: 'embedded', account: 'x', user: 'x' }, warehouse);
      onEmbedded.splice(0, Infinity, ...(await options.work(here)));
      await here.close();
    }
    const there = open(server.fields);
    const throughWire = await options.work(there);
    await there.close();
    const [left, right] = [await contentOf(embedded), await contentOf(behind)];
    const relations = [...new Set([...left.keys(), ...right.keys()])].sort();
    const between = (one: Contents, other: Contents): readonly string[] =>
      relations.flatMap((name) => differences(name, one.get(name), other.get(name)));
    const moving = between(await contentOf(again), left);
    return {
      builds: onEmbedded.flatMap((one, index) => {
        const other = throughWire[index];
        return other === undefined ? [] : [[one, other] as const];
      }),
      relations,
      differences: between(left, right).filter((one) => !moving.includes(one)),
      moving,
      server: { requests: server.requests, statements: server.statements, logins: server.logins },
    };
  } finally {
    await server.close();
    await embedded.close();
    await again.close();
    await behind.close();
    profiles.remove();
  }
}

/** A line for each node: its id, status, rows and failures; sorted. */
export function toldOf({ results }: RunSummary): readonly string[] {
  return results
    .map(
      ({ nodeId, status, rowsAffected, failures }) =>
        `${nodeId} ${status} ${rowsAffected ?? ''} ${failures ?? ''}`,
    )
    .sort();
}

async function openEmbeddedInMemory(): Promise<Warehouse> {
  const target = {
    type: 'snowflake',
    engine: 'embedded',
    name: 'local',
    projectRoot: process.cwd(),
    fields: { path: ':memory:', ...PLACE },
  } as const;
  return await openWarehouse(target, { signal });
}

/** A warehouse in memory must outlive the sessions that let go of it. */
function keptOpen(warehouse: Warehouse): Warehouse {
  return {
    engine: warehouse.engine,
    dialect: warehouse.dialect,
    isMetered: warehouse.isMetered,
    connect: async (options) => await warehouse.connect(options),
    listSchemas: async (database, options) => await warehouse.listSchemas(database, options),
    listRelations: async (schema, options) => await warehouse.listRelations(schema, options),
    listColumns: async (relation, options) => await warehouse.listColumns(relation, options),
    close: async () => {},
  };
}

interface Content {
  readonly rowCount: number;
  /** By column: a hash of its values, sorted. */
  readonly columns: ReadonlyMap<string, string>;
}

type Contents = ReadonlyMap<string, Content>;

/** All relations of all databases, each column's values hashed by DuckDB itself. */
async function contentOf(warehouse: Warehouse): Promise<Contents> {
  const connection = await warehouse.connect({ name: 'content', signal });
  const databases = await connection.execute('show databases', { signal });
  const nameAt = databases.columns.findIndex(({ name }) => name.toLowerCase() === 'name');
  const contents = new Map<string, Content>();
  for (const row of databases.rows) {
    const database = String(row[nameAt]);
    for (const schema of await warehouse.listSchemas(database, { signal })) {
      if (schema === 'INFORMATION_SCHEMA') continue;
      for (const { identifier } of await warehouse.listRelations(
        { database, schema },
        { signal },
      )) {
        const parts = { database, schema, identifier };
        const columns = await warehouse.listColumns(parts, { signal });
        const name = [database, schema, identifier].map((part) => `"${part}"`).join('.');
        const sums = columns.map(
          (column) =>
            `md5(listagg(to_varchar("${column.name}"), '|') within group (order by to_varchar("${column.name}")))`,
        );
        const { rows } = await connection.execute(
          `select ${['count(*)', ...sums].join(', ')} from ${name}`,
          { signal },
        );
        contents.set(`${database}.${schema}.${identifier}`, {
          rowCount: Number(rows[0]?.[0]),
          columns: new Map(
            columns.map((column, index) => [
              column.name,
              md5(`${column.typeName}${String(rows[0]?.[index + 1])}`),
            ]),
          ),
        });
      }
    }
  }
  await connection.close();
  return contents;
}

function differences(
  name: string,
  left: Content | undefined,
  right: Content | undefined,
): readonly string[] {
  if (left === undefined) return [`${name}: only through the wire`];
  if (right === undefined) return [`${name}: only on the embedded warehouse`];
  if (left.rowCount !== right.rowCount)
    return [`${name}: ${left.rowCount} rows, ${right.rowCount} rows`];
  const columns = new Set([...left.columns.keys(), ...right.columns.keys()]);
  return [...columns]
    .filter((column) => left.columns.get(column) !== right.columns.get(column))
    .map((column) => `${name}.${column}`);
}
