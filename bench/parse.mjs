#!/usr/bin/env node
/**
 * Cold parse of a project beside real dbt, in turn, both outputs checked.
 *
 * usage: node bench/parse.mjs PROJECT_DIR --dbt COMMAND [--rounds 5] [--any-load]
 *
 * PROJECT_DIR has an expected.json that says every model's parents, materialization and path, as known before any tool ran:
 * `{ "nodes": { "model.p.a": { "parents": [...], "materialized": "view", "path": "models/a.sql" } } }`. A fast reader that reads
 * wrongly fails here. Prints medians of CPU (user and system, children included) and wall time in seconds, and the ratios.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    dbt: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    'any-load': { type: 'boolean', default: false },
  },
});
const [projectDir] = positionals;
if (projectDir === undefined || values.dbt === undefined) {
  console.error('usage: node bench/parse.mjs PROJECT_DIR --dbt COMMAND [--rounds 5] [--any-load]');
  process.exit(2);
}
const [load = 0] = loadavg();
if (load > 1 && !values['any-load']) {
  console.error(
    `The load is ${load.toFixed(1)}: nothing is measured above 1. Wait, or say --any-load.`,
  );
  process.exit(2);
}

const program = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'dagbook.js');
const work = mkdtempSync(join(tmpdir(), 'dagbook-bench-'));
const sides = [
  { name: 'dagbook', command: [process.execPath, program, 'parse', '--quiet'], runs: [] },
  {
    name: 'dbt',
    command: [values.dbt, '--quiet', 'parse', '--no-partial-parse', '--profiles-dir', '.'],
    runs: [],
  },
];
try {
  cpSync(resolve(projectDir), work, { recursive: true });
  const expected = JSON.parse(readFileSync(join(work, 'expected.json'), 'utf8')).nodes;
  // One round to warm the page cache, which counts for nothing.
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    for (const side of sides) {
      rmSync(join(work, 'target'), { recursive: true, force: true });
      const run = measure(side.command);
      check(side.name, expected);
      if (round > 0) side.runs.push(run);
    }
  }
  report();
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Runs a command in the project. The shell's `times` says what its children took. */
function measure(command) {
  const startedMs = performance.now();
  const done = spawnSync('sh', ['-c', '"$@" 1>&2 || exit 1; times', 'sh', ...command], {
    cwd: work,
    encoding: 'utf8',
    env: { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' },
  });
  const wall = (performance.now() - startedMs) / 1000;
  if (done.status !== 0) throw new Error(`${command.join(' ')} failed:\n${done.stderr}`);
  const children = done.stdout.trim().split('\n').at(-1) ?? '';
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/gu)].reduce(
    (all, [, minutes, seconds]) => all + Number(minutes) * 60 + Number(seconds),
    0,
  );
  return { cpu, wall };
}

/** Compares a manifest with what must be in it. */
function check(name, expected) {
  const { nodes } = JSON.parse(readFileSync(join(work, 'target', 'manifest.json'), 'utf8'));
  const faults = Object.entries(expected)
    .filter(([id]) => id.startsWith('model.'))
    .filter(([id, { parents, materialized, path }]) => {
      const node = nodes[id];
      if (node === undefined) return true;
      const found = [...new Set(node.depends_on.nodes)].toSorted(byCodePoint);
      return (
        JSON.stringify(found) !== JSON.stringify([...parents].toSorted(byCodePoint)) ||
        node.config.materialized !== materialized ||
        node.original_file_path !== path
      );
    })
    .map(([id]) => id);
  if (faults.length > 0)
    throw new Error(`${name} read ${faults.length} models wrongly, ${faults[0]} first.`);
}

function report() {
  const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
  const rows = sides.map(({ name, runs }) => ({
    name,
    cpu: median(runs.map((run) => run.cpu)),
    wall: median(runs.map((run) => run.wall)),
    spread: `${Math.min(...runs.map((run) => run.cpu)).toFixed(2)}-${Math.max(...runs.map((run) => run.cpu)).toFixed(2)}`,
  }));
  console.log(
    `cold parse, ${values.rounds} rounds in turn, ${availableParallelism()} cores, load ${load.toFixed(1)} at the start`,
  );
  for (const { name, cpu, wall, spread } of rows) {
    console.log(`${name.padEnd(8)} CPU ${cpu.toFixed(2)} s (${spread})  wall ${wall.toFixed(2)} s`);
  }
  const [ours, theirs] = rows;
  console.log(
    `dbt takes ${(theirs.cpu / ours.cpu).toFixed(1)} times the CPU and ${(theirs.wall / ours.wall).toFixed(1)} times the time`,
  );
}

function byCodePoint(left, right) {
  return left < right ? -1 : Number(left > right);
}
