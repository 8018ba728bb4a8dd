/**
 * Reads ten thousand broken inputs: `npm run fuzz -- [COUNT] [SEED]`. Prints each finding, then `N passed, M failed`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

const [count = '10000', seed = '1'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'dagbook-fuzz-'));
const { findingOf, inputOf, layOut, randomOf } = await import(
  pathToFileURL(await bundle(new URL('../test/fuzz/mutated-inputs.ts', import.meta.url))).href
);

const random = randomOf(Number(seed));
let failed = 0;
for (let at = 0; at < Number(count); at += 1) {
  const kind = ['yaml', 'jinja', 'yaml', 'jinja', 'project'][at % 5];
  if (kind === 'project') layOut(join(folder, 'project'));
  const finding = findingOf(kind, inputOf(kind, random), join(folder, 'project'));
  if (finding === undefined) continue;
  failed += 1;
  console.log(`${kind}: ${finding.problem}\n${JSON.stringify(finding.text.slice(0, 2000))}\n`);
}
rmSync(folder, { recursive: true });
console.log(`${Number(count) - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
