/**
 * Runs the exams of the promises under faults, `npm run test:faults [-- PART...]`, and writes their counts into the table of
 * docs/promises.md. PART is a part of an exam's file name; without one all are run.
 *
 * Not a part of `npm test`: it takes tens of minutes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';

const counts = join('node_modules', '.cache', 'promises.jsonl');
const page = join('docs', 'promises.md');
const parts = process.argv.slice(2);

rmSync(counts, { force: true });
const run = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '-c', 'vitest.slow.config.ts', ...parts],
  { stdio: 'inherit' },
);
if (existsSync(counts)) {
  const exams = readFileSync(counts, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const text = readFileSync(page, 'utf8');
  writeFileSync(page, withRows(text, exams));
  const [load = 0] = loadavg();
  console.log(`${page} has the counts of ${exams.length} exams (load ${load.toFixed(1)}).`);
}
process.exitCode = run.status ?? 1;

/** The page with these exams' rows; those of exams that were not run stay. */
function withRows(text, exams) {
  const [before = '', rest = ''] = text.split('<!-- counts -->\n');
  const [rows = '', after = ''] = rest.split('<!-- end -->');
  const byPromise = new Map(
    rows
      .split('\n')
      .filter((row) => /^\| [RS]\d/.test(row))
      .map((row) => [row.split('|')[1].trim(), row]),
  );
  for (const { promise, what, cases, faults } of exams)
    byPromise.set(promise, `| ${promise} | ${what} | ${cases} | ${faults} |`);
  const table = [
    '| promise | what was done | cases | faults |',
    '|---|---|---|---|',
    ...[...byPromise].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row),
  ];
  return `${before}<!-- counts -->\n\n${table.join('\n')}\n\n<!-- end -->${after}`;
}
