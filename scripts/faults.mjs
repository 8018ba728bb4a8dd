/**
 * Runs the exams of the promises under faults, `npm run test:faults [-- PART...]`, and writes their counts into the table of
 * docs/promises.md. PART is a part of an exam's file name; without one all are run.
 *
 * `npm test` has a sample of them; all take tens of minutes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';

const counts = join('node_modules', '.cache', 'promises.jsonl');
const page = join('docs', 'promises.md');
const parts = process.argv.slice(2);

rmSync(counts, { force: true });
/** Exams that are quick enough for the ordinary suite. */
const QUICK = [
  'test/cli/hostile-data',
  'test/context/identifiers',
  'test/session/protected',
  'test/warehouse/snowflake/cells',
  'test/warehouse/snowflake/silence',
];
const isAsked = (file) => parts.length === 0 || parts.some((part) => file.includes(part));
const vitest = (...args) =>
  spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args], {
    stdio: 'inherit',
    env: { ...process.env, DAGBOOK_TALLY: '1', DAGBOOK_SAMPLE: '1' },
  }).status ?? 1;
const quick = QUICK.filter(isAsked);
const statuses = [
  vitest('-c', 'vitest.slow.config.ts', '--passWithNoTests', ...parts),
  ...(quick.length > 0 ? [vitest(...quick)] : []),
];
if (existsSync(counts)) {
  const exams = readFileSync(counts, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  for (const { promise, cases, faults } of exams)
    console.log(`${promise.padEnd(14)} ${String(cases).padStart(6)} cases  ${faults} faults`);
  const text = readFileSync(page, 'utf8');
  writeFileSync(page, withRows(text, exams));
  const [load = 0] = loadavg();
  console.log(`${page} has the counts of ${exams.length} exams (load ${load.toFixed(1)}).`);
}
process.exitCode = Math.max(...statuses);

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
    ...[...byPromise]
      .sort(([left], [right]) => left.localeCompare(right, 'en', { numeric: true }))
      .map(([, row]) => row),
  ];
  return `${before}<!-- counts -->\n\n${table.join('\n')}\n\n<!-- end -->${after}`;
}
