#!/usr/bin/env node
/**
 * Parsing and listing beside dbt-core and Fusion: cold, warm, and after one file has changed.
 *
 * usage: node bench/parse.mjs PROJECT_DIR... [--dbt COMMAND] [--fusion COMMAND] [--rounds 5] [--tasks 'ls,cold parse']
 *                             [--any-load] [--json]
 *
 * Every PROJECT_DIR has an expected.json that says each model's parents, materialization and path, as known before any tool
 * ran: `{ "nodes": { "model.p.a": { "parents": [...], "materialized": "view", "path": "models/a.sql" } } }`. What every run
 * wrote or printed is held against it, so that a fast reader that reads wrongly fails here. The sides take turns, each in a
 * copy of its own; one round before the first counts for nothing. Prints medians of CPU (user and system, children
 * included) and wall seconds and of the peak of memory in MB, and how many times ours the others take.
 */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkList, checkManifest } from './check.mjs';
import { loadAtStart, machine, measure, median } from './measure.mjs';
import { sidesOf, TASKS } from './sides.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    dbt: { type: 'string' },
    fusion: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    tasks: { type: 'string' },
    'any-load': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (positionals.length === 0) {
  console.error('usage: node bench/parse.mjs PROJECT_DIR... [--dbt COMMAND] [--fusion COMMAND]');
  process.exit(2);
}
const load = loadAtStart(values['any-load']);
const tasks = values.tasks === undefined ? TASKS : values.tasks.split(',');
const sides = sidesOf({ node: process.execPath, dbt: values.dbt, fusion: values.fusion });
console.log(
  `${machine()}, ${availableParallelism()} cores, node ${process.version}, load ${load.toFixed(1)} at the start, ${values.rounds} rounds in turn`,
);
const results = positionals.map(benchProject);
if (values.json) console.log(JSON.stringify(results));

function benchProject(projectDir) {
  const work = mkdtempSync(join(tmpdir(), 'dagbook-bench-'));
  try {
    const expected = JSON.parse(readFileSync(join(projectDir, 'expected.json'), 'utf8'));
    for (const side of sides) {
      cpSync(resolve(projectDir), join(work, side.name), { recursive: true });
      for (const folder of ['target', 'logs', '.dagbook'])
        rmSync(join(work, side.name, folder), { recursive: true, force: true });
    }
    const rows = tasks.map((task) => [task, benchTask(task, work, expected)]);
    console.log(`\n${basename(resolve(projectDir))}: ${expected.counts?.models ?? '?'} models`);
    for (const [task, runs] of rows) report(task, runs);
    return { project: basename(resolve(projectDir)), rows };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Each side's runs of one task, one after the other in turn. */
function benchTask(task, work, expected) {
  const runs = sides.map(({ name }) => ({ name, all: [] }));
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    for (const [at, side] of sides.entries()) {
      const { command, isCold, touches, isList } = side.tasks[task];
      const cwd = join(work, side.name);
      if (isCold === true) {
        for (const folder of ['target', '.dagbook'])
          rmSync(join(cwd, folder), { recursive: true, force: true });
      }
      if (touches === true) touch(cwd);
      const { stdout, ...cost } = measure(command, { cwd });
      if (isList === true) checkList(side.name, stdout, expected);
      if (command.includes('parse')) checkManifest(side.name, cwd, expected);
      if (round > 0) runs[at].all.push(cost);
    }
  }
  return runs.map(({ name, all }) => ({
    name,
    cpu: median(all.map((run) => run.cpu)),
    spread: [Math.min(...all.map((run) => run.cpu)), Math.max(...all.map((run) => run.cpu))],
    wall: median(all.map((run) => run.wall)),
    rss: median(all.map((run) => run.rss)),
  }));
}

/** Adds a comment to a model in the middle of the graph. */
function touch(project) {
  const folder = join(project, 'models', 'intermediate');
  const files = readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith('.sql'))
    .toSorted((a, b) => (a < b ? -1 : 1));
  const file = files[Math.floor(files.length / 2)];
  appendFileSync(join(folder, file), `-- touched ${performance.now()}\n`);
}

function report(task, runs) {
  const [ours] = runs;
  for (const { name, cpu, spread, wall, rss } of runs) {
    const times =
      name === ours.name
        ? ''
        : `  ${(cpu / ours.cpu).toFixed(1)}x CPU, ${(wall / ours.wall).toFixed(1)}x wall`;
    console.log(
      `${task.padEnd(24)} ${name.padEnd(9)} CPU ${cpu.toFixed(2).padStart(6)} s (${spread.map((one) => one.toFixed(2)).join('-')})  wall ${wall.toFixed(2).padStart(6)} s  ${rss.toFixed(0).padStart(5)} MB${times}`,
    );
  }
}
