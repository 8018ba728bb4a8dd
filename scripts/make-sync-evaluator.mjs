/**
 * Derives the synchronous evaluator from the one with effects: `node scripts/make-sync-evaluator.mjs [--check]`.
 *
 * Generators become functions and `yield*` goes; what the evaluator with effects calls here is exported. What differs beyond that is in the two `twin.ts`, written by hand.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../src/jinja/evaluate/', import.meta.url);
const formatter = fileURLToPath(new URL('../node_modules/oxfmt/bin/oxfmt', import.meta.url));
const FILES = ['expressions.ts', 'statements.ts'];

const HEADER = `/* Made from ../effects/NAME by scripts/make-sync-evaluator.mjs: change that file, then run the script. */\n`;

function derive(source) {
  return source
    .replaceAll(/^import [^;]*? from '\.\.\/sync\/[^']*';\n/gmu, '')
    .replaceAll(/\btype Evaluation, /gu, '')
    .replaceAll(/function\* /gu, 'function ')
    .replaceAll(/yield\* /gu, '')
    .replaceAll(/Evaluation<((?:[^<>]|<[^<>]*>)+)>/gu, '$1')
    .replaceAll(/\b(evaluate|evaluateArguments|renderBlock)Sync\b/gu, '$1')
    .replaceAll(/^(?=function (?:runMacro|runLoop|renderBlock|evaluateArguments)\()/gmu, 'export ')
    .replace('isEffectGenerator(result) ? result : result', 'result')
    .replace(
      'import { type CallArguments, isEffectGenerator, type Value }',
      'import type { CallArguments, Value }',
    )
    .replace('export function makeMacroObject', 'function makeMacroObject')
    .replaceAll(/[\w.]*isPure\s*\?\s*(evaluate\w*\([^()]*\))\s*:\s*\1/gu, '$1')
    .replace(', with effects', ', at once');
}

function format(text, name) {
  return execFileSync(process.execPath, [formatter, `--stdin-filepath=${name}`], {
    input: text,
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
}

const isCheck = process.argv.includes('--check');
let isStale = false;
for (const name of FILES) {
  const target = new URL(`sync/${name}`, folder);
  const source = readFileSync(new URL(`effects/${name}`, folder), 'utf8');
  const text = format(HEADER.replace('NAME', name) + derive(source), name);
  if (!isCheck) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    isStale = true;
    console.error(`${fileURLToPath(target)} is stale: run scripts/make-sync-evaluator.mjs`);
  }
}
process.exitCode = isStale ? 1 : 0;
