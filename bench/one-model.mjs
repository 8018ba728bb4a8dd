#!/usr/bin/env node
/**
 * One selected model after a warm start, and how fast all others are compiled after it, in one process.
 *
 * usage: node bench/one-model.mjs PROJECT_DIR [--rounds 5] [--any-load]
 *
 * Prints medians of CPU milliseconds of the start, of the first compile, and the rate of the rest.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../scripts/bundle.mjs';
import { loadAtStart, machine, measure, median } from './measure.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    'any-load': { type: 'boolean', default: false },
  },
});
const [projectDir] = positionals;
if (projectDir === undefined) {
  console.error('usage: node bench/one-model.mjs PROJECT_DIR [--rounds 5] [--any-load]');
  process.exit(2);
}
const load = loadAtStart(values['any-load']);
const work = mkdtempSync(join(tmpdir(), 'dagbook-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
cpSync(resolve(projectDir), work, { recursive: true });
const entry = await bundle(new URL('one-model-entry.ts', import.meta.url));
const all = [];
for (let round = 0; round <= Number(values.rounds); round += 1) {
  const { stdout } = measure([process.execPath, entry, work], { cwd: work });
  if (round > 0) all.push(JSON.parse(stdout.trim().split('\n').at(-1)));
}
const of = (key) => median(all.map((one) => one[key]));
console.log(`${machine()}, node ${process.version}, load ${load.toFixed(1)} at the start`);
console.log(
  `warm start ${of('startMs').toFixed(0)} ms CPU, one model after it ${of('oneMs').toFixed(1)} ms CPU; all others at ${of('modelsASecond')} models a second (medians of ${values.rounds})`,
);
