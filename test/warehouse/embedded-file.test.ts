import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Warehouse, openWarehouse } from '../../src/warehouse/index.js';

const { signal } = new AbortController();
let folder = '';

const open = async (): Promise<Warehouse> =>
  openWarehouse(
    {
      type: 'snowflake',
      engine: 'embedded',
      name: 'local',
      projectRoot: folder,
      fields: { path: 'warehouse', database: 'analytics', schema: 'dev', warehouse: 'wh' },
    },
    { signal },
  );

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'embedded-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('what was written is there when the file is opened again, but for temporary tables', async () => {
  const first = await open();
  const connection = await first.connect({ name: 'x', signal });
  await connection.execute('create schema if not exists dev', { signal });
  await connection.execute('create table dev.t as select 1 a, parse_json(\'{"k":[1]}\') v', {
    signal,
  });
  await connection.execute('create temporary table dev.gone as select 1 a', { signal });
  await connection.execute('create view dev.w as select a, v:k[0]::int k from dev.t', { signal });
  await first.close();
  const second = await open();
  const again = await second.connect({ name: 'y', signal });
  expect((await again.execute('select * from dev.w', { signal })).rows).toEqual([[1, 1]]);
  expect(await second.listRelations({ database: 'analytics', schema: 'dev' }, { signal })).toEqual([
    { database: 'ANALYTICS', schema: 'DEV', identifier: 'T', kind: 'table' },
    { database: 'ANALYTICS', schema: 'DEV', identifier: 'W', kind: 'view' },
  ]);
  expect(
    await second.listColumns({ database: 'ANALYTICS', schema: 'DEV', identifier: 'T' }, { signal }),
  ).toEqual([
    { name: 'A', typeName: 'NUMBER(38,0)', kind: 'integer' },
    { name: 'V', typeName: 'VARIANT', kind: 'json' },
  ]);
  await second.close();
});

test('sessions see neither the temporary tables nor the place of each other', async () => {
  const warehouse = await open();
  const [one, two] = await Promise.all([
    warehouse.connect({ name: '1', signal }),
    warehouse.connect({ name: '2', signal }),
  ]);
  await one.execute('create temporary table dev.mine as select 1 a', { signal });
  await one.execute('use schema analytics.public', { signal });
  await expect(two.execute('select * from dev.mine', { signal })).rejects.toThrow(
    "Object 'ANALYTICS.DEV.MINE' does not exist",
  );
  expect((await two.execute('select current_schema()', { signal })).rows).toEqual([['DEV']]);
  await warehouse.close();
});

test('several sessions write different tables at the same time', async () => {
  const warehouse = await open();
  const sessions = await Promise.all(
    ['a', 'b', 'c', 'd'].map(async (name) => warehouse.connect({ name, signal })),
  );
  await Promise.all(
    sessions.map(async (session, index) => {
      for (let round = 0; round < 5; round += 1) {
        await session.execute(`create schema if not exists dev_${round}`, { signal });
        await session.execute(
          `create or replace table dev_${round}.t${index} as select seq4() i from table(generator(rowcount => 1000))`,
          { signal },
        );
        await session.execute(
          `create or replace view dev_${round}.v${index} as select count(*) n from dev_${round}.t${index}`,
          { signal },
        );
        await session.execute(`comment on table dev_${round}.t${index} is 'x'`, { signal });
        await session.execute(`insert into dev_${round}.t${index} values (1)`, { signal });
      }
    }),
  );
  const counts = await Promise.all(
    sessions.map(
      async (session, index) =>
        (await session.execute(`select n from dev_4.v${index}`, { signal })).rows,
    ),
  );
  expect(counts).toEqual([[[1001]], [[1001]], [[1001]], [[1001]]]);
  await warehouse.close();
});

test('one row changed by two sessions at once is tried again', async () => {
  const warehouse = await open();
  const sessions = await Promise.all(
    ['a', 'b', 'c'].map(async (name) => warehouse.connect({ name, signal })),
  );
  await sessions[0]?.execute('create or replace table dev.counter as select 0 n', { signal });
  await Promise.all(
    sessions.map(async (session) =>
      session.execute('update dev.counter set n = n + 1', { signal }),
    ),
  );
  expect((await sessions[0]?.execute('select n from dev.counter', { signal }))?.rows).toEqual([
    [3],
  ]);
  await warehouse.close();
});

test('a cancelled CTAS leaves no table and no open transaction', async () => {
  const warehouse = await open();
  const session = await warehouse.connect({ name: 'x', signal });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 80);
  const sql =
    'create or replace table dev.big as select a.n * b.n x from (select seq4() n from table(generator(rowcount => 100000))) a, (select seq4() n from table(generator(rowcount => 100000))) b';
  await expect(session.execute(sql, { signal: controller.signal })).rejects.toMatchObject({
    isCancelled: true,
  });
  await expect(session.execute('select * from dev.big', { signal })).rejects.toThrow(
    'does not exist',
  );
  await session.execute('create or replace table dev.big as select 1 x', { signal });
  await warehouse.close();
});

test('a file that another process holds says who holds it', async () => {
  const warehouse = await open();
  await warehouse.close();
  const script = `import('@duckdb/node-api').then(async ({ DuckDBInstance }) => { await DuckDBInstance.create(${JSON.stringify(join(folder, 'warehouse', 'warehouse.duckdb'))}); console.log('held'); setInterval(() => {}, 1000); })`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await new Promise((resolve) => {
      holder.stdout.once('data', resolve);
    });
    await expect(open()).rejects.toMatchObject({
      code: 'warehouse/locked',
      message: expect.stringContaining(`process ${String(holder.pid)}`),
    });
  } finally {
    const ended = new Promise((resolve) => {
      holder.once('exit', resolve);
    });
    holder.kill('SIGKILL');
    await ended;
  }
});

test('errors point at the line of the statement as it was written', async () => {
  const warehouse = await open();
  const session = await warehouse.connect({ name: 'x', signal });
  const failure = session.execute(
    'create or replace table dev.t as (\n  -- a comment\n  with a as (select 1 x)\n  select x,\n    nope\n  from a\n)',
    { signal },
  );
  await expect(failure).rejects.toMatchObject({
    line: 5,
    message: expect.stringContaining("invalid identifier 'NOPE'"),
  });
  await expect(session.execute('select 1,\n\n  embed_text(2)', { signal })).rejects.toMatchObject({
    code: 'warehouse/unsupported',
    line: 3,
  });
  await warehouse.close();
});
