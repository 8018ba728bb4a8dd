/**
 * Holds the statements of whole runs against what real dbt sent: `npm run -s cases:plans -- CASE_DIR`, a folder with
 * `project/`, `runs.txt`, `columns.json` and `recorded/NN.jsonl`.
 *
 * Prints for each run how many statements are equal and in order, what is missing and what is extra; `--show N` limits
 * the statements shown a run (5), `--notes` prints what the commands said. Ends with `N passed, M failed`.
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { show: { type: 'string', default: '5' }, notes: { type: 'boolean', default: false } },
});
const [caseDir] = positionals;
if (caseDir === undefined) {
  console.error('usage: npm run -s cases:plans -- CASE_DIR [--show N] [--notes]');
  process.exit(2);
}

const { runCases } = await import(
  pathToFileURL(await bundle(new URL('../test/plans/run-cases.ts', import.meta.url))).href
);

let passed = 0;
let failed = 0;
for (const [index, run] of (await runCases(caseDir)).entries()) {
  const missing = run.differences.filter(({ kind }) => kind === 'missing').length;
  const extra = run.differences.length - missing;
  passed += run.passed;
  failed += run.differences.length;
  const number = String(index + 1).padStart(2, '0');
  console.log(`${number} ${run.passed} equal, ${missing} missing, ${extra} extra | ${run.line}`);
  for (const { kind, at, sql } of run.differences.slice(0, Number(options.show)))
    console.log(`   ${kind === 'missing' ? '-' : '+'} ${at}: ${sql}`);
  if (options.notes) console.log(run.notes);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
