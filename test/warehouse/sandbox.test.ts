/** What SQL must not reach: files and the network outside of the project, on both of DuckDB's engines. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Connection, type Warehouse, openWarehouse } from '../../src/warehouse/index.js';

const { signal } = new AbortController();
const base = mkdtempSync(join(tmpdir(), 'dagbook-sandbox-'));
const project = join(base, 'project');
const outside = join(base, 'outside');
const secret = 'the-secret-of-another-folder';

beforeAll(() => {
  mkdirSync(join(project, 'data'), { recursive: true });
  mkdirSync(outside);
  for (const name of ['s.csv', 's.json', 's.sql'])
    writeFileSync(join(outside, name), name === 's.json' ? `{"a": "${secret}"}` : secret);
  writeFileSync(join(project, 'data', 'own.csv'), 'a\n1\n');
  symlinkSync(outside, join(project, 'link'));
  symlinkSync(join(outside, 's.csv'), join(project, 'link.csv'));
});
afterAll(() => rmSync(base, { recursive: true }));

/** `$o` is the folder outside, `$p` the project. Several statements run one after another; the last must fail, or tell nothing. */
const READS: readonly string[] = [
  "select * from read_csv('$o/s.csv', header = false)",
  "select * from read_text('$o/s.csv')",
  "select * from read_blob('$o/s.csv')",
  "select * from read_json('$o/s.json')",
  "select * from read_json_objects('$o/s.json')",
  "select * from read_ndjson_auto('$o/s.json')",
  "select * from read_parquet('$o/s.csv')",
  "select * from parquet_metadata('$o/s.csv')",
  "select * from sniff_csv('$o/s.csv')",
  "select * from glob('$o/*')",
  "select * from '$o/s.csv'",
  'select * from "$o/s.csv"',
  "select * from read_csv('$p/../outside/s.csv', header = false)",
  "select * from read_csv('$p/data/../../outside/s.csv', header = false)",
  "select * from read_csv('$p/./../outside/s.csv', header = false)",
  "select * from read_csv(['$p/data/own.csv', '$o/s.csv'], header = false)",
  "select * from read_csv('file:$o/s.csv', header = false)",
  "select * from read_csv('file://$o/s.csv', header = false)",
  "select * from read_text('$p/link/s.csv')",
  "select * from read_text('$p/link.csv')",
  "select * from read_text('$p/l*.csv')",
  "select * from read_text('$p/*/s.csv')",
  "create table copied (a varchar); copy copied from '$o/s.csv' (header false); select * from copied",
  "select * from query('from read_text(''$o/s.csv'')')",
  "select getenv('HOME')",
  "import database '$o'",
  "attach '$o/other.duckdb' as other",
  "attach '$p/link/other.duckdb' as other",
  "select * from read_text('https://example.invalid/x')",
  "select * from read_text('s3://bucket/x')",
];
const WRITES: readonly string[] = [
  "copy (select 1) to '$o/w.csv'",
  "copy (select 1) to '$p/../outside/w.csv'",
  "copy (select 1) to '$p/link/w.csv'",
  "export database '$o/w'",
  "set temp_directory = '$o/w'; set memory_limit = '20MB'; create table big as select range a, random() b from range(5000000) order by b",
  "set profiling_output = '$o/w.json'; pragma enable_profiling = 'json'; select 1",
  "set log_query_path = '$o/w.log'; select 1",
  "create persistent secret w (type s3, key_id 'k')",
];
const DOORS: readonly string[] = [
  'set enable_external_access = true',
  "set allowed_directories = ['/']",
  "set allowed_paths = ['/etc/passwd']",
  'reset allowed_directories',
  'pragma enable_external_access = true',
  'install httpfs',
  "install httpfs from 'https://example.invalid'",
  'load httpfs',
  "load '$o/evil.duckdb_extension'",
  'set autoinstall_known_extensions = true',
  'set allow_unsigned_extensions = true',
  "set extension_directory = '$o'",
  "set secret_directory = '$o'",
  "set home_directory = '$o'",
];

function filled(sql: string): string {
  return sql.replaceAll('$o', outside).replaceAll('$p', project);
}

async function open(type: 'duckdb' | 'snowflake', name: string): Promise<Warehouse> {
  return openWarehouse(
    {
      type,
      ...(type === 'snowflake' ? { engine: 'embedded' as const } : {}),
      name: 'sandbox',
      projectRoot: project,
      fields: { path: `${name}.duckdb`, database: 'db', schema: 'public' },
    },
    { signal },
  );
}

/** What the statements answered, or undefined if one of them was refused. */
async function attempt(connection: Connection, sql: string): Promise<string | undefined> {
  try {
    let answer = '';
    for (const one of filled(sql).split('; ')) {
      const { rows } = await connection.execute(one, { signal });
      answer = JSON.stringify(rows);
    }
    return answer;
  } catch {
    return undefined;
  }
}

describe.each([
  { engine: 'duckdb', type: 'duckdb' },
  { engine: 'embedded', type: 'snowflake' },
] as const)('on $engine', ({ engine, type }) => {
  let warehouse: Warehouse;
  let connection: Connection;
  beforeAll(async () => {
    warehouse = await open(type, engine);
    connection = await warehouse.connect({ name: 'model', signal });
  });
  afterAll(async () => {
    await connection.close();
    await warehouse.close();
  });

  test.each(READS)('reads nothing: %s', async (sql) => {
    const answer = await attempt(connection, sql);
    expect(answer ?? '').not.toContain(secret);
    // Whatever is answered, it is not the folder outside.
    expect(answer === undefined || answer === '[]').toBe(true);
  });

  test.each(WRITES)('writes nothing: %s', async (sql) => {
    await attempt(connection, sql);
    const files = readdirSync(outside).filter((name) => name.startsWith('w'));
    expect(files).toEqual([]);
  });

  test.each(DOORS)('opens no door: %s', async (sql) => {
    await attempt(connection, sql);
    expect(await attempt(connection, "select * from read_text('$o/s.csv')")).toBeUndefined();
    expect(existsSync(join(outside, '.duckdb'))).toBe(false);
  });
});

test('the project may read its own files, and the profile may allow more', async () => {
  const own = await open('duckdb', 'own');
  const connection = await own.connect({ name: 'model', signal });
  expect(await attempt(connection, "select * from read_csv('$p/data/own.csv')")).toBe('[[1]]');
  await own.close();
  const allowed = await openWarehouse(
    {
      type: 'duckdb',
      name: 'sandbox',
      projectRoot: project,
      fields: { path: 'allowed.duckdb', allow_external: true },
    },
    { signal },
  );
  const free = await allowed.connect({ name: 'model', signal });
  expect(await attempt(free, "select content from read_text('$o/s.csv')")).toContain(secret);
  await allowed.close();
});
