/** Stages over local files: PUT, LIST, COPY in both directions, GET, REMOVE, and queries of files, on a warehouse in a file. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Connection,
  type Row,
  type Warehouse,
  openWarehouse,
} from '../../src/warehouse/index.js';

const { signal } = new AbortController();
const base = mkdtempSync(join(tmpdir(), 'dagbook-stages-test-'));
const project = join(base, 'project');
let warehouse: Warehouse;
let connection: Connection;

async function open(): Promise<void> {
  warehouse = await openWarehouse(
    {
      type: 'snowflake',
      engine: 'embedded',
      name: 'stages',
      projectRoot: project,
      fields: { path: 'wh.duckdb', database: 'db', schema: 'public' },
    },
    { signal },
  );
  connection = await warehouse.connect({ name: 'stages', signal });
}

async function rows(sql: string): Promise<readonly Row[]> {
  return (await connection.execute(sql, { signal })).rows;
}

async function fails(sql: string, words: string): Promise<void> {
  await expect(rows(sql)).rejects.toThrow(words);
}

beforeAll(async () => {
  mkdirSync(project);
  writeFileSync(join(project, 'a.csv'), 'id|name\n1|"Ann | A"\n2|\n');
  writeFileSync(join(project, 'b.csv'), 'id|name\n3|Cid\n');
  writeFileSync(join(project, 'people.json'), '[{"id": 1, "tags": ["x"]}, {"id": 2}]');
  writeFileSync(join(base, 'outside.csv'), 'secret\n');
  symlinkSync(join(base, 'outside.csv'), join(project, 'link.csv'));
  await open();
  await rows(
    `create file format pipes type = csv field_delimiter = '|' skip_header = 1 field_optionally_enclosed_by = '"'`,
  );
  await rows('create stage st file_format = (format_name = pipes)');
  await rows('create table people (id int, name varchar)');
});
afterAll(async () => {
  await warehouse.close();
  rmSync(base, { recursive: true });
});

test('files are put in, listed, loaded once, and loaded again by force', async () => {
  const put = await rows(`put file://${project}/a.csv @st/in`);
  expect(
    put.map(([source, target, size, , before, after, status]) => [
      source,
      target,
      size,
      before,
      after,
      status,
    ]),
  ).toEqual([['a.csv', 'a.csv.gz', 23, 'NONE', 'GZIP', 'UPLOADED']]);
  expect((await rows(`PUT 'file://${project}/a.csv' @st/in`)).map((row) => row[6])).toEqual([
    'SKIPPED',
  ]);
  await rows(`put file://${project}/b.csv @"ST"/in auto_compress = false`);
  expect((await rows('list @st')).map(([name]) => name)).toEqual(['st/in/a.csv.gz', 'st/in/b.csv']);
  expect((await rows("ls @st/in pattern = '.*b.csv'")).map(([name]) => name)).toEqual([
    'st/in/b.csv',
  ]);
  const load = await rows('copy into people from @st/in');
  expect(load.map((row) => row.slice(0, 4))).toEqual([
    ['st/in/a.csv.gz', 'LOADED', 2, 2],
    ['st/in/b.csv', 'LOADED', 1, 1],
  ]);
  expect(await rows('select * from people order by id')).toEqual([
    [1, 'Ann | A'],
    [2, null],
    [3, 'Cid'],
  ]);
  expect(await rows('copy into people from @st/in')).toEqual([
    ['Copy executed with 0 files processed.'],
  ]);
  await rows("copy into people from @st/in files = ('b.csv') force = true");
  expect(await rows('select count(*) from people')).toEqual([[4]]);
});

test('a fault in a file ends the load, and nothing of it stays', async () => {
  await rows('create table counts (n int)');
  await fails('copy into counts from @st/in', '');
  expect(await rows('select count(*) from counts')).toEqual([[0]]);
  await fails('copy into people from @st/in on_error = continue', 'ON_ERROR = CONTINUE');
  await fails(
    'copy into people (id) from (select $1 from @st/in) on_error = skip_file',
    'ON_ERROR for a query',
  );
  await fails('copy into people from @st/in size_limit = 1', 'SIZE_LIMIT');
  await fails("copy into people from 's3://bucket/x'", 'outside of stages');
});

test('a file with a fault is passed over if that is asked for, and may be loaded later', async () => {
  await rows('create table ids (id int, name varchar)');
  await rows("insert into ids values (9, 'before')");
  await rows('create stage mixed file_format = (type = csv)');
  writeFileSync(`${project}/good.csv`, '1,one\n2,two\n');
  writeFileSync(`${project}/bad.csv`, '3,three\nfour,4\n');
  await rows(`put file://${project}/good.csv @mixed auto_compress = false`);
  await rows(`put file://${project}/bad.csv @mixed auto_compress = false`);
  const load = await rows('copy into ids from @mixed on_error = skip_file');
  expect(load.map(([file, status, , count, , errors]) => [file, status, count, errors])).toEqual([
    ['mixed/bad.csv', 'LOAD_FAILED', 0, 1],
    ['mixed/good.csv', 'LOADED', 2, 0],
  ]);
  expect(String(load[0]?.[6])).toContain('four');
  expect(await rows('select id from ids order by id')).toEqual([[1], [2], [9]]);
  writeFileSync(`${project}/bad.csv`, '3,three\n4,four\n');
  await rows(`put file://${project}/bad.csv @mixed auto_compress = false overwrite = true`);
  await rows("copy into ids from @mixed on_error = 'skip_file'");
  expect(await rows('select count(*) from ids')).toEqual([[5]]);
  await rows('begin');
  await fails(
    'copy into ids from @mixed force = true on_error = skip_file',
    'inside of a transaction',
  );
  await rows('rollback');
  await rows('drop stage mixed');
});

test('files are read by queries', async () => {
  expect(
    await rows(
      "select t.$1::int + 1, $2, metadata$filename from @st/in (pattern => '.*b.csv', file_format => 'pipes') t",
    ),
  ).toEqual([[4, 'Cid', 'st/in/b.csv']]);
  await rows('create table loud (id int, name varchar)');
  await rows("copy into loud (name, id) from (select upper($2), $1 from @st/in) files = ('b.csv')");
  expect(await rows('select * from loud')).toEqual([[3, 'CID']]);
});

test('JSON and Parquet are one VARIANT a row, or columns by name', async () => {
  await rows('create stage js file_format = (type = json strip_outer_array = true)');
  await rows(`put file://${project}/people.json @js`);
  await rows('create table docs (v variant)');
  await rows('copy into docs from @js');
  expect(await rows('select v:id::int, v:tags[0]::varchar from docs order by 1')).toEqual([
    [1, 'x'],
    [2, null],
  ]);
  expect(await rows('select sum($1:id * 1.5) from @js')).toEqual([[4.5]]);
  await rows('create stage pq file_format = (type = parquet)');
  await rows('copy into @pq/p from (select 1 as id, 3.5::float as score) header = true');
  await rows('create table scores (score float, id int, other int)');
  await rows('copy into scores from @pq match_by_column_name = case_insensitive');
  expect(await rows('select * from scores')).toEqual([[3.5, 1, null]]);
  expect(await rows('select $1:SCORE::float from @pq')).toEqual([[3.5]]);
  await fails('copy into scores from @pq force = true', 'one and only one column');
});

test('rows are written to files, taken out and removed', async () => {
  const [written] = await rows(
    'copy into @~/out/ from (select id, name from people where id = 3) header = true',
  );
  expect(written?.[0]).toBe(2);
  await fails('copy into @~/out/ from people', 'already existing');
  const [got] = await rows(`get @~/out file://${project}/got`);
  expect(got?.[0]).toBe('data_0_0_0.csv.gz');
  expect(gunzipSync(readFileSync(join(project, 'got/data_0_0_0.csv.gz'))).toString()).toBe(
    'ID,NAME\n3,Cid\n3,Cid\n',
  );
  expect(await rows('remove @~/out')).toEqual([['out/data_0_0_0.csv.gz', 'removed']]);
  expect(await rows('list @~')).toEqual([]);
});

test("a table's own stage, and stages that are there after the warehouse was closed", async () => {
  await rows(`put file://${project}/b.csv @%people`);
  await rows('create temporary stage gone');
  await warehouse.close();
  await open();
  expect(
    (await rows("copy into people file_format = (format_name = 'pipes')")).map((row) => row[3]),
  ).toEqual([1]);
  expect((await rows('show stages')).map((row) => row[1])).toEqual(['JS', 'PQ', 'ST']);
  expect((await rows("show file formats like 'p%'")).map((row) => [row[1], row[4]])).toEqual([
    ['PIPES', 'CSV'],
  ]);
  await fails('list @gone', "Stage 'DB.PUBLIC.GONE' does not exist");
  await rows('drop stage js');
  await fails('drop stage js', "Stage 'JS' does not exist");
  await fails('create stage st', "Object 'ST' already exists.");
});

test('no file outside of the project is reached', async () => {
  await fails(`put file://${base}/outside.csv @st`, 'outside of the project');
  await fails(`put file://${project}/../outside.csv @st`, 'outside of the project');
  await fails(`put file://${project}/link.csv @st`, 'outside of the project');
  await fails(`get @st file://${base}/elsewhere`, 'outside of the project');
  await rows(`create stage far url = 'file://${base}'`);
  await fails('list @far', 'outside of the project');
  await rows("create stage cloud url = 's3://bucket/x'");
  await fails('list @cloud', 'does not reach');
  await fails('copy into @st/../../../x.csv from people single = true', 'leaves its stage');
  expect(await rows('select $1 from @st/../../../outside.csv')).toEqual([]);
});
