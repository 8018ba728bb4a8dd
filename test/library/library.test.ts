/**
 * The library as a whole: what the bundle carries is what the .sql files say, and nothing of dbt's own is missing.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { internalPackages, libraryFiles } from '../../src/library/index.js';

const DIALECTS = ['snowflake', 'duckdb'] as const;
const BLOCK = /\{%-?\s*(?<kind>macro|materialization|test)\s+(?<name>\w+)/gu;

/** Macros of one package as dbt names them: `test_unique`, `materialization_table_default`. */
function macrosOf(dialect: (typeof DIALECTS)[number], packageName: string): readonly string[] {
  return libraryFiles(dialect)
    .filter((file) => file.packageName === packageName)
    .flatMap((file) => [...file.text.matchAll(BLOCK)].map((match) => nameOf(match, file.text)))
    .toSorted();
}

function nameOf(match: RegExpExecArray, text: string): string {
  const { kind, name = '' } = match.groups ?? {};
  if (kind === 'test') return `test_${name}`;
  if (kind === 'macro') return name;
  const rest = text.slice(match.index, text.indexOf('%}', match.index));
  const adapter = /adapter=['"](?<adapter>\w+)['"]/u.exec(rest)?.groups?.['adapter'] ?? 'default';
  return `materialization_${name}_${adapter}`;
}

const golden = (packageName: string): readonly string[] =>
  readFileSync(`test/golden/library/${packageName}.txt`, 'utf8').trim().split('\n');

test('the generated modules are fresh', () => {
  expect(() =>
    execFileSync(process.execPath, ['scripts/make-library.mjs', '--check']),
  ).not.toThrow();
});

test.each(DIALECTS)('%s: the adapter first, then dbt', (dialect) => {
  expect(internalPackages(dialect)).toEqual([`dbt_${dialect}`, 'dbt']);
  expect([...new Set(libraryFiles(dialect).map((file) => file.packageName))]).toEqual(
    internalPackages(dialect),
  );
});

test.each([
  { dialect: 'snowflake', packageName: 'dbt' },
  { dialect: 'snowflake', packageName: 'dbt_snowflake' },
  { dialect: 'duckdb', packageName: 'dbt_duckdb' },
] as const)(
  '$packageName defines each macro of dbt 1.12 once, and its own parts',
  ({ dialect, packageName }) => {
    const names = macrosOf(dialect, packageName);
    expect(names.filter((name, index) => names[index + 1] === name)).toEqual([]);
    expect(names.filter((name) => !name.startsWith('dagbook__'))).toEqual(golden(packageName));
  },
);

test.each(DIALECTS)('%s: nothing stands between the macros of a file but comments', (dialect) => {
  const stray = libraryFiles(dialect).flatMap((file) => {
    const outside = file.text
      .replaceAll(
        /\{%-?\s*(?<kind>macro|materialization|test)\s[\s\S]*?\{%-?\s*end\k<kind>\s*-?%\}/gu,
        '',
      )
      .replaceAll(/\{#[\s\S]*?#\}/gu, '');
    return outside.trim() === '' ? [] : [`${file.originalFilePath}: ${outside.trim()}`];
  });
  expect(stray).toEqual([]);
});
