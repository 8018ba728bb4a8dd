/**
 * What a command loads: the light ones must not pay for Ink or for a driver.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { runProgram, SMALL_PROJECT, writeFiles } from '../support/run-program.js';

interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>
  >;
}

let folder: ProjectCopy;

beforeAll(() => {
  folder = emptyFolder();
  writeFiles(folder.dir, SMALL_PROJECT);
  // Notes the url of every module that is loaded.
  writeFileSync(
    join(folder.dir, 'note.mjs'),
    "import { appendFileSync } from 'node:fs';\nimport { registerHooks } from 'node:module';\n" +
      "registerHooks({ load(url, context, next) { appendFileSync(process.env.NOTES, url + '\\n'); return next(url, context); } });\n",
  );
});

afterAll(() => folder.remove());

/** The source files and packages that a command loaded, told by the bundle's own record. */
async function loadedBy(
  args: readonly string[],
): Promise<{ readonly exitCode: number | null; readonly inputs: readonly string[] }> {
  const notes = join(folder.dir, `${args.join('-')}.txt`);
  writeFileSync(notes, '');
  const ended = await runProgram(args, {
    cwd: folder.dir,
    env: { NOTES: notes },
    nodeArgs: ['--import', join(folder.dir, 'note.mjs')],
  });
  const { outputs } = JSON.parse(readFileSync('dist/meta.json', 'utf8')) as Metafile;
  const inputs = readFileSync(notes, 'utf8')
    .split('\n')
    .flatMap((url) => {
      const output = Object.entries(outputs).find(([file]) => url.endsWith(`/${file}`));
      return output === undefined ? [url] : Object.keys(output[1].inputs);
    });
  return { exitCode: ended.exitCode, inputs };
}

const HEAVY =
  /node_modules\/(?:ink|react|react-reconciler|yoga-layout|snowflake-sdk|@duckdb|nunjucks|conf|fuse\.js)\//u;

test.each([
  { args: ['--version'] },
  { args: ['--help'] },
  { args: ['ls'] },
  { args: ['parse'] },
  { args: ['compile'] },
])('$args loads neither Ink nor a driver', async ({ args }) => {
  const { exitCode, inputs } = await loadedBy(args);
  expect(exitCode).toBe(0);
  expect(inputs.some((input) => input.endsWith('src/cli/main.ts'))).toBe(true);
  expect(inputs.filter((input) => HEAVY.test(input))).toEqual([]);
});

test('a run on DuckDB loads its driver, and still no Ink', async () => {
  const { exitCode, inputs } = await loadedBy(['build']);
  expect(exitCode).toBe(0);
  expect(inputs.some((input) => input.includes('@duckdb'))).toBe(true);
  expect(
    inputs.filter((input) => /node_modules\/(?:ink|react|snowflake-sdk)\//u.test(input)),
  ).toEqual([]);
});

test('the version is that of package.json', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly version: string;
  };
  expect((await runProgram(['--version'], { cwd: folder.dir })).stdout.trim()).toBe(version);
});
