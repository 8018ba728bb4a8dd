import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Connection,
  type ResultPage,
  type Warehouse,
  openWarehouse,
} from '../../src/warehouse/index.js';

const { signal } = new AbortController();
let folder = '';
let warehouse: Warehouse;
let connection: Connection;

const open = async (fields: Readonly<Record<string, unknown>>): Promise<Warehouse> =>
  openWarehouse({ type: 'duckdb', name: 'dev', projectRoot: folder, fields }, { signal });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duckdb-'));
  writeFileSync(join(folder, 'numbers.csv'), 'a,b\n1,x\n');
  warehouse = await open({ path: 'shop.duckdb', threads: 4 });
  connection = await warehouse.connect({ name: 'test', signal });
});

afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true });
});

describe('cells are exact', () => {
  test.each([
    ['select 42::integer', 'integer', 42],
    ['select 9007199254740993::bigint', 'integer', 9_007_199_254_740_993n],
    [
      'select 170141183460469231731687303715884105727::hugeint',
      'integer',
      170_141_183_460_469_231_731_687_303_715_884_105_727n,
    ],
    ['select 12.50::decimal(10,2)', 'decimal', '12.50'],
    ['select 0.1::double', 'float', 0.1],
    ['select true', 'boolean', true],
    ["select 'é'", 'text', 'é'],
    ["select date '2026-01-31'", 'date', '2026-01-31'],
    ["select date '0001-01-01'", 'date', '0001-01-01'],
    ["select date '9999-12-31'", 'date', '9999-12-31'],
    ["select time '10:30:00.5'", 'time', '10:30:00.5'],
    ["select timestamp '2026-01-31 10:30:00.123456'", 'timestamp', '2026-01-31 10:30:00.123456'],
    ["select timestamp '1969-12-31 23:59:59.5'", 'timestamp', '1969-12-31 23:59:59.5'],
    [
      "select '2026-01-31 10:30:00.123456789'::timestamp_ns",
      'timestamp',
      '2026-01-31 10:30:00.123456789',
    ],
    ["select timestamptz '2026-01-31 10:30:00+02:00'", 'timestamp_tz', '2026-01-31 08:30:00+00:00'],
    ["select '\\xAB\\x01'::blob", 'binary', 'AB01'],
    ['select [1, null, 3]', 'json', '[1,null,3]'],
    [
      "select {'b': 1.50::decimal(3,2), 'a': [date '2026-01-31']}",
      'json',
      '{"a":["2026-01-31"],"b":1.50}',
    ],
    ["select map {'k': 'v'}", 'json', '{"k":"v"}'],
    ['select \'{"a": 1}\'::json', 'json', '{"a": 1}'],
    ["select interval '1 day'", 'text', '1 day'],
    [
      "select '8b1f6f4e-0d4c-4a9e-9d3a-1e2f3a4b5c6d'::uuid",
      'text',
      '8b1f6f4e-0d4c-4a9e-9d3a-1e2f3a4b5c6d',
    ],
    ['select null', 'integer', null],
  ] as const)('%s', async (sql, kind, cell) => {
    const { columns, rows } = await connection.execute(sql, { signal });
    expect([columns[0]?.kind, rows[0]?.[0]]).toEqual([kind, cell]);
  });
});

test('messages and counts are those of dbt-duckdb', async () => {
  const made = await connection.execute(
    'create or replace table t as select range as i from range(10)',
    { signal },
  );
  const inserted = await connection.execute('insert into t values (?), (?)', {
    signal,
    bindings: [10, '11'],
  });
  const read = await connection.execute('select * from t order by i', { signal, maxRows: 3 });
  expect([made.message, inserted.rowCount, read.rows]).toEqual(['OK', 2, [[0], [1], [2]]]);
});

test('a stream comes in pages, and may be left early', async () => {
  const sizes: number[] = [];
  for await (const page of connection.stream('select * from range(10000000)', {
    signal,
    pageRows: 500,
  })) {
    sizes.push(page.rows.length);
    if (sizes.length === 3) break;
  }
  expect(sizes).toEqual([500, 500, 500]);
  const pages: ResultPage[] = [];
  for await (const page of connection.stream('select 1 as a where false', {
    signal,
    pageRows: 500,
  }))
    pages.push(page);
  expect(pages.map(({ columns, rows }) => [columns[0]?.name, rows.length])).toEqual([['a', 0]]);
  expect((await connection.execute('select 1', { signal })).rows).toEqual([[1]]);
});

test('an abort cancels the statement and leaves the connection usable', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  const running = connection.execute(
    'select sum(a.range * b.range) from range(200000) a, range(200000) b',
    { signal: controller.signal },
  );
  await expect(running).rejects.toMatchObject({ code: 'warehouse/cancelled', isCancelled: true });
  expect((await connection.execute('select 1', { signal })).rows).toEqual([[1]]);
});

test.each([
  ['selec 1', 'warehouse/syntax', 1],
  ['select\n  nope\nfrom t', 'warehouse/binder', 2],
  ['select * from nope', 'warehouse/catalog', 1],
  ["select 'x'::int", 'warehouse/conversion', 1],
] as const)('%s fails as %s at line %i', async (sql, code, line) => {
  await expect(connection.execute(sql, { signal })).rejects.toMatchObject({ code, line });
});

describe('the sandbox', () => {
  test.each([
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/../etc/passwd')",
    "copy (select 1) to '/var/tmp/out.csv'",
    "attach '/var/tmp/other.duckdb'",
    'install httpfs',
    'set enable_external_access = true',
    "set allowed_directories = ['/']",
    "select * from read_csv('https://example.com/a.csv')",
  ])('refuses %s', async (sql) => {
    await expect(connection.execute(sql, { signal })).rejects.toThrow(
      /Permission|Cannot|cannot|disabled|not/u,
    );
  });

  test('reads files of the project', async () => {
    const { rows } = await connection.execute(
      `select * from read_csv('${join(folder, 'numbers.csv')}')`,
      { signal },
    );
    expect(rows).toEqual([[1, 'x']]);
  });
});

test('the catalog is listed', async () => {
  await connection.execute(
    'create schema if not exists s; create or replace view s.v as select 1 as a, 1.5::decimal(3,1) as b',
    { signal },
  );
  expect(await warehouse.listSchemas('shop', { signal })).toContain('s');
  expect(await warehouse.listRelations({ database: 'shop', schema: 's' }, { signal })).toEqual([
    { database: 'shop', schema: 's', identifier: 'v', kind: 'view' },
  ]);
  expect(
    await warehouse.listColumns({ database: 'shop', schema: 's', identifier: 'v' }, { signal }),
  ).toEqual([
    { name: 'a', typeName: 'INTEGER', kind: 'integer' },
    { name: 'b', typeName: 'DECIMAL(3,1)', kind: 'decimal' },
  ]);
});

test('extensions, attached files and settings of the profile', async () => {
  const other = await open({
    path: ':memory:',
    attach: [{ path: 'side.duckdb', alias: 'side' }],
    settings: { TimeZone: 'Europe/Lisbon' },
  });
  const session = await other.connect({ name: 'x', signal });
  await session.execute('create or replace table side.main.t as select 1 as a', { signal });
  const { rows } = await session.execute("select a, current_setting('TimeZone') from side.main.t", {
    signal,
  });
  expect(rows).toEqual([[1, 'Europe/Lisbon']]);
  await other.close();
});

test('a field of the wrong kind names itself', async () => {
  await expect(open({ path: ['x'] })).rejects.toThrow('Field path of target dev must be text.');
});

test('closing in the middle of a statement cancels it first', async () => {
  const other = await open({ path: ':memory:' });
  const session = await other.connect({ name: 'x', signal });
  const running = session.execute(
    'select sum(a.range * b.range) from range(200000) a, range(200000) b',
    { signal },
  );
  setTimeout(() => {
    void other.close();
  }, 50);
  await expect(running).rejects.toMatchObject({ isCancelled: true });
  await expect(session.execute('select 1', { signal })).rejects.toMatchObject({
    code: 'warehouse/closed',
  });
});
