/**
 * What a query's rows look like to a template, against what dbt printed of the same query on DuckDB.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { SMALL_PROJECT, writeFiles } from '../support/run-program.js';

interface Golden {
  readonly query: string;
  readonly templates: readonly { readonly template: string; readonly expected: string }[];
}

const golden: Golden = JSON.parse(readFileSync('test/golden/compile/tables.json', 'utf8'));
let copy: ProjectCopy;
let session: ProjectSession;

beforeAll(() => {
  copy = emptyFolder();
  writeFiles(copy.dir, SMALL_PROJECT);
  // No table is asked for, so the warehouse that is not there can tell.
  session = openSession({ projectDir: copy.dir, engine: 'none' }, { env: {} });
});

afterAll(async () => {
  await session.close();
  copy.remove();
});

test.each(golden.templates)('$template', async ({ template, expected }) => {
  const { compiledSql, diagnostics } = await session.compileInline(
    `{% set t = run_query("${golden.query}") %}${template}`,
    { signal: new AbortController().signal },
  );
  expect(compiledSql ?? diagnostics[0]?.message).toBe(expected);
});
