#!/usr/bin/env node
/**
 * What a run costs beside its statements, how soon rows of a large table come, and what threads are worth.
 *
 * usage: node bench/run.mjs PROJECT_DIR [--rounds 3] [--any-load]
 *
 * PROJECT_DIR is a project of many models on DuckDB. Prints:
 * - CPU milliseconds a model of `run` without a warehouse (every statement is answered with no rows), less those of `parse`;
 * - milliseconds to the first page of a table of a million rows on the embedded warehouse, and how much memory grows;
 * - wall seconds of a run through the wire with 20 ms a statement, with one thread and with four.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle, root } from '../scripts/bundle.mjs';
import { loadAtStart } from './measure.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    'any-load': { type: 'boolean', default: false },
  },
});
const [projectDir] = positionals;
if (projectDir === undefined) {
  console.error('usage: node bench/run.mjs PROJECT_DIR [--rounds 3] [--any-load]');
  process.exit(2);
}
const load = loadAtStart(values['any-load']);
console.log(`load at the start: ${load.toFixed(1)}`);

const work = mkdtempSync(join(tmpdir(), 'dagbook-bench-'));
cpSync(resolve(projectDir), work, { recursive: true });
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** CPU seconds of a command, its user's and its system's, and what it wrote. */
function measured(args) {
  const done = spawnSync(
    process.execPath,
    [
      '--import',
      pathToFileURL(join(root, 'bench', 'print-cpu.mjs')).href,
      join(root, 'dist', 'main.js'),
      ...args,
    ],
    { cwd: work, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' }, maxBuffer: 1e9 },
  );
  if (done.status !== 0) throw new Error(`${args.join(' ')} failed: ${done.stderr.slice(-500)}`);
  const cpuMs = Number(/cpu-ms (\d+)/.exec(done.stderr)?.[1]);
  return { cpuMs, nodes: Number(/TOTAL=(\d+)/.exec(done.stdout)?.[1] ?? 0) };
}

const rounds = Number(values.rounds);
const parses = [];
const runs = [];
let nodes = 0;
for (let round = 0; round < rounds; round += 1) {
  parses.push(measured(['parse']).cpuMs);
  const run = measured(['run', '--engine', 'none']);
  runs.push(run.cpuMs);
  nodes = run.nodes;
}
const perNode = (median(runs) - median(parses)) / nodes;
console.log(
  `run without a warehouse: ${perNode.toFixed(2)} ms CPU a model (${nodes} models; run ${median(runs)} ms, parse ${median(parses)} ms, medians of ${rounds})`,
);

const { firstPage, threads } = await import(
  pathToFileURL(await bundle(new URL('in-process.ts', import.meta.url))).href
);
console.log(await firstPage());
console.log(await threads());
