#!/usr/bin/env node
/**
 * From the start of the process to the workbench's first frame, and to the graph that can be moved in, through a pseudo-terminal.
 *
 * usage: node bench/start.mjs PROJECT_DIR... [--rounds 7] [--any-load] [--json]
 *
 * Projects take turns, each in a copy that was opened once before. Prints medians of wall milliseconds (polled every few),
 * and CPU milliseconds and peak memory of the whole process, which is ended as soon as the graph is there.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, root } from '../scripts/bundle.mjs';
import { loadAtStart, machine, measure, median } from './measure.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    'any-load': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (positionals.length === 0) {
  console.error('usage: node bench/start.mjs PROJECT_DIR... [--rounds 7] [--any-load]');
  process.exit(2);
}
const load = loadAtStart(values['any-load']);

const work = mkdtempSync(join(tmpdir(), 'dagbook-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const entry = await bundle(new URL('start-entry.ts', import.meta.url));

const program = join(root, 'dist', 'dagbook.js');
const projects = positionals.map((dir, at) => {
  const cwd = join(work, `project-${at}`);
  cpSync(resolve(dir), cwd, {
    recursive: true,
    filter: (path) => !/[\\/](?:node_modules|\.git|\.dagbook|target)$/u.test(path),
  });
  measure([process.execPath, program, 'parse', '--quiet'], { cwd });
  return { name: basename(resolve(dir)), cwd, all: [] };
});
for (let round = 0; round <= Number(values.rounds); round += 1) {
  for (const { cwd, all } of projects) {
    const cost = join(work, 'cost');
    const { stdout } = measure(
      [process.execPath, entry, program, cwd, join(work, 'config'), cost],
      { cwd: root },
    );
    const [user = 0, system = 0, kib = 0] = readFileSync(cost, 'utf8')
      .trim()
      .split(' ')
      .map(Number);
    const times = JSON.parse(stdout.trim().split('\n').at(-1));
    if (round > 0) all.push({ ...times, cpuMs: (user + system) * 1000, rssMb: kib / 1024 });
  }
}
console.log(`${machine()}, node ${process.version}, load ${load.toFixed(1)} at the start`);
const figures = projects.map(({ name, all }) => {
  const of = (key) => median(all.map((one) => one[key]));
  return {
    name,
    firstFrameMs: of('firstFrameMs'),
    graphMs: of('graphMs'),
    cpuMs: of('cpuMs'),
    rssMb: of('rssMb'),
  };
});
for (const { name, firstFrameMs, graphMs, cpuMs, rssMb } of figures) {
  console.log(
    `${name}: first frame ${firstFrameMs.toFixed(0)} ms, graph ${graphMs.toFixed(0)} ms; CPU ${cpuMs.toFixed(0)} ms, ${rssMb.toFixed(0)} MB (medians of ${values.rounds})`,
  );
}
if (values.json) console.log(JSON.stringify(figures));
