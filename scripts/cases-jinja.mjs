/**
 * Runs a file of Jinja cases: `node scripts/cases-jinja.mjs FILE.json`. Prints each failure, then `N passed, M failed`.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

const [file = fileURLToPath(new URL('../test/jinja/cases.json', import.meta.url))] =
  process.argv.slice(2);

const { failureOf } = await import(
  pathToFileURL(await bundle(new URL('../test/jinja/case-runner.ts', import.meta.url))).href
);

const cases = JSON.parse(readFileSync(file, 'utf8'));
let failed = 0;
for (const one of cases) {
  for (const entrance of ['sync', 'effects']) {
    let failure;
    try {
      failure = failureOf(one, entrance);
    } catch (error) {
      failure = `crashed: ${error.stack}`;
    }
    if (failure === undefined) continue;
    failed += 1;
    console.log(
      `${one.id} ${one.group} (${entrance}) ${JSON.stringify(one.template)}\n    ${failure}`,
    );
    break;
  }
}
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
