/**
 * Runs a file of Jinja cases: `node scripts/cases-jinja.mjs FILE.json`. Prints each failure, then `N passed, M failed`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [file = fileURLToPath(new URL('../test/jinja/cases.json', import.meta.url))] =
  process.argv.slice(2);

const folder = mkdtempSync(join(tmpdir(), 'cases-jinja-'));
const outfile = join(folder, 'case-runner.mjs');
await build({
  entryPoints: [fileURLToPath(new URL('../test/jinja/case-runner.ts', import.meta.url))],
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'error',
  outfile,
});
const { failureOf } = await import(outfile);
rmSync(folder, { recursive: true });

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
