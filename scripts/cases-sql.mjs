/**
 * Runs cases of Snowflake SQL on the embedded warehouse: `npm run -s cases:sql -- FILE.jsonl`, one JSON object a line,
 * `{"setup": ["..."], "sql": "...", "rows": [[...]]}`; `error` instead of `rows` asks for a failure with that text.
 *
 * Prints each failure, a table of categories if the cases name theirs, and last `N passed, M failed`.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Usage: node scripts/cases-sql.mjs FILE.jsonl');

const { failureOf } = await import(
  pathToFileURL(await bundle(new URL('../test/warehouse/case-runner.ts', import.meta.url))).href
);

const cases = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line));
/** By category: how many ran, passed, and stated their rows. */
const categories = new Map();
let failed = 0;
for (const [index, one] of cases.entries()) {
  const failure = await failureOf(one);
  const { category = '' } = one;
  const count = categories.get(category) ?? { passed: 0, all: 0, stated: 0 };
  categories.set(category, {
    passed: count.passed + (failure === undefined ? 1 : 0),
    all: count.all + 1,
    stated: count.stated + (one.rows === undefined && one.error === undefined ? 0 : 1),
  });
  if (failure === undefined) continue;
  failed += 1;
  console.log(`${index + 1}: ${one.sql}\n  ${failure}`);
}
if (categories.size > 1) {
  console.log('\n| category | cases | passed | | outcome stated |\n|---|---|---|---|---|');
  for (const [category, { passed, all, stated }] of [...categories].sort(([left], [right]) =>
    left.localeCompare(right),
  ))
    console.log(
      `| ${category} | ${all} | ${passed} | ${((100 * passed) / all).toFixed(1)} % | ${stated} |`,
    );
}
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
