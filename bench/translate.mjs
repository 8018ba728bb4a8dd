#!/usr/bin/env node
/**
 * The bake-off of `sql/translate`: our translator beside public parsers, on cases of Snowflake SQL.
 *
 * usage: node bench/translate.mjs OTHERS_DIR FILE.jsonl... [--any-load]
 *
 * OTHERS_DIR is a folder where `npm install @polyglot-sql/sdk @guanmingchiu/sqlparser-ts` was run: they are no dependency.
 * The files are cases of `npm run cases:sql`. Only queries count, with whose setup each engine must cope itself; a case
 * passes if it runs and has the rows it states. Then the CPU of one translation, and what each engine weighs.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { build } from 'esbuild';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { 'any-load': { type: 'boolean', default: false } },
});
const [othersDir, ...files] = positionals;
if (othersDir === undefined || files.length === 0) {
  console.error('usage: node bench/translate.mjs OTHERS_DIR FILE.jsonl... [--any-load]');
  process.exit(2);
}
const [load = 0] = loadavg();
if (load > 1.5 && !values['any-load']) {
  console.error(
    `The load is ${load.toFixed(1)}: nothing is measured above 1.5. Wait, or say --any-load.`,
  );
  process.exit(2);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules', '.cache', `bench-translate-${process.pid}`);
mkdirSync(folder, { recursive: true });
await build({
  entryPoints: {
    cases: join(root, 'test/warehouse/case-runner.ts'),
    rows: join(root, 'test/warehouse/same-rows.ts'),
    sql: join(root, 'src/sql/index.ts'),
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  minify: true,
  logLevel: 'error',
  external: ['@duckdb/node-api', 'snowflake-sdk'],
  outExtension: { '.js': '.mjs' },
  outdir: folder,
});
const ours = (name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);
const { failureOf } = await ours('cases');
const { sameRows } = await ours('rows');
const { translate } = await ours('sql');

const require = createRequire(join(resolve(othersDir), 'package.json'));
const polyglot = await import(pathToFileURL(require.resolve('@polyglot-sql/sdk')).href);
const sqlparser = await import(pathToFileURL(require.resolve('@guanmingchiu/sqlparser-ts')).href);
await polyglot.init();
await sqlparser.init?.();

const options = {
  database: 'DB',
  schema: 'PUBLIC',
  warehouse: 'WH',
  role: 'R',
  user: 'U',
  sessionId: '1',
  resolve: (name) => ({ text: name.map((part) => `"${part}"`).join('.') }),
  place: (name) => name.map((part) => `"${part}"`).join('.'),
  variables: new Map(),
  variantColumns: new Set(),
  staged: () => ({ text: '(SELECT NULL AS "COLUMN1")', isVariant: false }),
  resolveFunction: () => undefined,
};

function transpile(sql) {
  const { success, sql: texts, error } = polyglot.transpile(sql, 'snowflake', 'duckdb');
  if (!success) throw new Error(error);
  return texts.join(';');
}

/** Runs a case as polyglot translates it, on a DuckDB of its own. */
async function polyglotFailure(one) {
  const instance = await DuckDBInstance.create(':memory:', {
    storage_compatibility_version: 'latest',
  });
  const connection = await instance.connect();
  try {
    for (const sql of one.setup ?? []) await connection.run(prepared(sql));
    const reader = await connection.runAndReadAll(transpile(one.sql));
    const rows = reader.getRowsJson();
    if (one.rows === undefined || sameRows(one.rows, rows, /\border\s+by\b/iu.test(one.sql)))
      return undefined;
    return `rows ${JSON.stringify(rows)}`;
  } catch (error) {
    return String(error);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** DuckDB has no databases in one file: the harness, not the engine, answers for those of the setup. */
function prepared(sql) {
  const database = /^create database if not exists "?(\w+)"?$/iu.exec(sql);
  if (database !== null) return `ATTACH IF NOT EXISTS ':memory:' AS "${database[1]}"`;
  const use = /^use (?:schema|database) (.*)$/iu.exec(sql);
  if (use !== null) return `USE ${use[1]}`;
  return transpile(sql);
}

const isQuery = ({ sql }) => /^\s*(?:select|with|\()/iu.test(sql);
console.log(
  '| corpus | queries | ours runs and agrees | polyglot runs and agrees | polyglot reads | sqlparser-ts reads |',
);
console.log('|---|---|---|---|---|---|');
for (const file of files) {
  const cases = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line))
    .filter((one) => isQuery(one) && one.error === undefined);
  const count = { ours: 0, polyglot: 0, polyglotReads: 0, sqlparserReads: 0 };
  for (const one of cases) {
    if ((await failureOf(one)) === undefined) count.ours += 1;
    if ((await polyglotFailure(one)) === undefined) count.polyglot += 1;
    if (polyglot.parse(one.sql, 'snowflake').success) count.polyglotReads += 1;
    if (reads(one.sql)) count.sqlparserReads += 1;
  }
  const share = (passed) => `${passed} = ${((100 * passed) / cases.length).toFixed(1)} %`;
  console.log(
    `| ${basename(file)} | ${cases.length} | ${share(count.ours)} | ${share(count.polyglot)} | ${share(count.polyglotReads)} | ${share(count.sqlparserReads)} |`,
  );
}

function reads(sql) {
  try {
    sqlparser.parse(sql, 'snowflake');
    return true;
  } catch {
    return false;
  }
}

/** A model of about 300 lines: staging CTEs of a wide source, joined, windowed and counted. */
function longModel() {
  const parts = Array.from({ length: 12 }, (_, index) => {
    const columns = Array.from({ length: 16 }, (_, column) =>
      column % 4 === 0
        ? `        payload:field_${column}.value::varchar as field_${column},`
        : column % 4 === 1
          ? `        iff(amount_${column} > 0, amount_${column} / nullif(total, 0), null) as share_${column},`
          : column % 4 === 2
            ? `        date_trunc('month', dateadd(day, ${column}, created_at)) as month_${column},`
            : `        coalesce(split_part(name_${column}, '-', 2), 'unknown') as name_${column},`,
    );
    return [
      `cte_${index} as (`,
      '    select',
      ...columns,
      '        id',
      `    from raw.source_${index}`,
      `    where created_at >= dateadd('day', -30, current_date)`,
      '    qualify row_number() over (partition by id order by created_at desc) = 1',
      '),',
    ].join('\n');
  });
  const joins = Array.from(
    { length: 11 },
    (_, index) => `left join cte_${index + 1} on cte_0.id = cte_${index + 1}.id`,
  );
  return [
    'with',
    ...parts,
    'final as (',
    "select cte_0.id, count(*) as n, listagg(distinct cte_1.name_3, ',') within group (order by cte_1.name_3) as names",
    'from cte_0',
    ...joins,
    'group by 1',
    ')',
    'select * from final',
  ].join('\n');
}

function medianMs(work, rounds) {
  const times = [];
  for (let round = 0; round < rounds + 5; round += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    if (round >= 5) times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)].toFixed(2);
}

const model = longModel();
const select = 'select id, payload:a.b::varchar as b, count(*) from t where x > 1 group by 1, 2';
console.log(
  `\nCPU of one translation, ms, median of 60; the long model has ${model.split('\n').length} lines; load ${load.toFixed(1)}\n`,
);
console.log('| engine | short select | long model |');
console.log('|---|---|---|');
for (const { name, work } of [
  { name: 'ours, translate', work: (sql) => translate(sql, options) },
  { name: 'polyglot, transpile', work: (sql) => transpile(sql) },
  { name: 'polyglot, parse', work: (sql) => polyglot.parse(sql, 'snowflake') },
  { name: 'sqlparser-ts, parse', work: (sql) => sqlparser.parse(sql, 'snowflake') },
])
  console.log(
    `| ${name} | ${medianMs(() => work(select), 60)} | ${medianMs(() => work(model), 60)} |`,
  );

console.log(
  '\n| engine | on disk, MB | load, ms of CPU | resident after load and one statement, MB more than bare node |',
);
console.log('|---|---|---|---|');
const bare = weigh('');
for (const [name, path, code] of [
  [
    'ours',
    join(folder, 'sql.mjs'),
    `const m = await import(${JSON.stringify(pathToFileURL(join(folder, 'sql.mjs')).href)}); m.readTree;`,
  ],
  [
    'polyglot',
    packageFolder('@polyglot-sql/sdk'),
    `const m = await import(${JSON.stringify(pathToFileURL(require.resolve('@polyglot-sql/sdk')).href)}); await m.init(); m.transpile('select 1', 'snowflake', 'duckdb');`,
  ],
  [
    'sqlparser-ts',
    packageFolder('@guanmingchiu/sqlparser-ts'),
    `const m = await import(${JSON.stringify(pathToFileURL(require.resolve('@guanmingchiu/sqlparser-ts')).href)}); await m.init?.(); m.parse('select 1', 'snowflake');`,
  ],
]) {
  const { ms, mb } = weigh(code);
  console.log(
    `| ${name} | ${(sizeOf(path) / 1e6).toFixed(1)} | ${(ms - bare.ms).toFixed(0)} | ${(mb - bare.mb).toFixed(0)} |`,
  );
}
rmSync(folder, { recursive: true });

function packageFolder(name) {
  return join(resolve(othersDir), 'node_modules', name);
}

function sizeOf(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** Median CPU and resident memory of a fresh process that runs the code. */
function weigh(code) {
  const script = join(folder, 'weigh.mjs');
  writeFileSync(
    script,
    `${code}\nconst { user, system } = process.cpuUsage(); console.log(JSON.stringify({ ms: (user + system) / 1000, mb: process.memoryUsage().rss / 1e6 }));`,
  );
  const runs = Array.from({ length: 5 }, () =>
    JSON.parse(spawnSync(process.execPath, [script], { encoding: 'utf8' }).stdout),
  );
  const middle = (key) => runs.map((run) => run[key]).sort((a, b) => a - b)[2];
  return { ms: middle('ms'), mb: middle('mb') };
}
