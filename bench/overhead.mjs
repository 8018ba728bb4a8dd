#!/usr/bin/env node
/**
 * What a run of many models costs beyond its statements, beside dbt-core: each in turn, on DuckDB, with one thread.
 *
 * usage: node bench/overhead.mjs PROJECT_DIR --dbt COMMAND [--rounds 3] [--any-load] [--json]
 *
 * PROJECT_DIR is a project on DuckDB whose seeds can be loaded. Elapsed time is what each side says its run took, without
 * start and parse. Statement time is, for dbt, the sum of what its log says of every query (`SQLQueryStatus`), and for
 * dagbook that of every call of a connection. What is left is overhead; it is divided by the number of nodes.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, root } from '../scripts/bundle.mjs';
import { loadAtStart, machine, measure, median } from './measure.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    dbt: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    'any-load': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const [projectDir] = positionals;
if (projectDir === undefined) {
  console.error('usage: node bench/overhead.mjs PROJECT_DIR --dbt COMMAND [--rounds 3]');
  process.exit(2);
}
const load = loadAtStart(values['any-load']);

const work = mkdtempSync(join(tmpdir(), 'dagbook-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const entry = await bundle(new URL('overhead-entry.ts', import.meta.url));

const program = join(root, 'dist', 'dagbook.js');
const sides = [
  {
    name: 'dagbook',
    seed: [process.execPath, program, 'seed', '--quiet'],
    parse: [process.execPath, program, 'parse', '--quiet'],
    run: [process.execPath, entry, '.'],
    figures: ({ stdout }) => JSON.parse(stdout.trim().split('\n').at(-1)),
  },
];
if (values.dbt !== undefined) {
  const { dbt } = values;
  sides.push({
    name: 'dbt-core',
    seed: [dbt, '--quiet', 'seed', '--profiles-dir', '.'],
    parse: [dbt, '--quiet', 'parse', '--profiles-dir', '.'],
    run: [
      dbt,
      ...'--quiet --log-format-file json --log-level-file debug --log-path bench-logs run'.split(
        ' ',
      ),
      ...'--profiles-dir . --threads 1'.split(' '),
    ],
    figures: ({ cwd }) => dbtFigures(cwd),
  });
}
console.log(`${machine()}, node ${process.version}, load ${load.toFixed(1)} at the start`);
const rows = sides.map((side) => {
  const cwd = join(work, side.name);
  cpSync(resolve(projectDir), cwd, { recursive: true });
  for (const folder of ['target', 'logs', '.dagbook'])
    rmSync(join(cwd, folder), { recursive: true, force: true });
  for (const file of readdirSync(cwd))
    if (/\.duckdb(?:\.wal)?$/u.test(file)) rmSync(join(cwd, file));
  measure(side.seed, { cwd });
  measure(side.parse, { cwd });
  return { ...side, cwd, all: [] };
});
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const row of rows) {
    const { cwd } = row;
    rmSync(join(cwd, 'bench-logs'), { recursive: true, force: true });
    const parse = measure(row.parse, { cwd });
    const run = measure(row.run, { cwd });
    const { nodes, elapsedMs, statementMs, statements } = row.figures({ cwd, ...run });
    row.all.push({
      nodes,
      statements,
      elapsedMs,
      statementMs,
      overheadMs: (elapsedMs - statementMs) / nodes,
      cpuMs: ((run.cpu - parse.cpu) * 1000) / nodes,
    });
  }
}

const medians = rows.map(({ name, all }) => ({
  name,
  nodes: all[0].nodes,
  ...Object.fromEntries(
    ['statements', 'elapsedMs', 'statementMs', 'overheadMs', 'cpuMs'].map((key) => [
      key,
      median(all.map((one) => one[key])),
    ]),
  ),
  spread: [
    Math.min(...all.map((one) => one.overheadMs)),
    Math.max(...all.map((one) => one.overheadMs)),
  ],
}));
for (const one of medians) {
  console.log(
    `${one.name.padEnd(9)} ${one.nodes} nodes, ${one.statements} statements: ${(one.elapsedMs / 1000).toFixed(1)} s, in statements ${(one.statementMs / 1000).toFixed(1)} s; overhead ${one.overheadMs.toFixed(2)} ms a node (${one.spread.map((ms) => ms.toFixed(2)).join('-')}); CPU of the process, statements and all, ${one.cpuMs.toFixed(2)} ms a node`,
  );
}
const [ours, theirs] = medians;
if (theirs !== undefined)
  console.log(
    `overhead: ${(theirs.overheadMs / ours.overheadMs).toFixed(1)} times less than dbt-core`,
  );
if (values.json) console.log(JSON.stringify(medians));

/** What dbt's artifacts and log say of its run. */
function dbtFigures(cwd) {
  const { results, elapsed_time: elapsed } = JSON.parse(
    readFileSync(join(cwd, 'target', 'run_results.json'), 'utf8'),
  );
  const failed = results.filter(({ status }) => status !== 'success');
  if (failed.length > 0) throw new Error(`${failed.length} nodes failed: ${failed[0].message}`);
  const folder = join(cwd, 'bench-logs');
  const seconds = readdirSync(folder)
    .filter((name) => name.startsWith('dbt.log'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.includes('"SQLQueryStatus"'))
    .map((line) => JSON.parse(line).data.elapsed);
  return {
    nodes: results.length,
    elapsedMs: elapsed * 1000,
    statements: seconds.length,
    statementMs: seconds.reduce((sum, one) => sum + one, 0) * 1000,
  };
}
