/**
 * What yaml says reaches a template as Python would have it. Expectations: dbt-core 1.12.6 on the same files.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExactNumber, nodeId } from '../../src/base/index.js';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';

const PROJECT = `
name: exact
version: 1.0
profile: exact
vars:
  by_key: {10: a, 2: b, true: c, null: d, 1.5: e, '3': f}
  rate: 1.0
  huge: 12345678901234567890123
  bits: 0x1F
  list: [1.0, {a: 2.0}]
models:
  exact:
    +share: 2.0
`;
const PROFILE = `
exact:
  target: dev
  outputs: {dev: {type: duckdb, path: ':memory:', schema: main}}
`;

const CASES = [
  {
    template: "{{ var('by_key') }}",
    expected: "{10: 'a', 2: 'b', True: 'c', None: 'd', 1.5: 'e', '3': 'f'}",
  },
  { template: "{{ var('by_key')[10] }}{{ var('by_key')['3'] }}", expected: 'af' },
  { template: "{{ var('by_key')['10'] is defined }}", expected: 'False' },
  { template: "{{ var('rate') }} {{ var('rate') * 3 }}", expected: '1.0 3.0' },
  { template: "{{ var('huge') }} {{ var('huge') + 1 }}", expected: `${huge()} ${huge(1)}` },
  { template: "{{ var('bits') }}", expected: '31' },
  { template: "{{ var('list') }}", expected: "[1.0, {'a': 2.0}]" },
  { template: "{{ var('given') }}", expected: '3.0' },
  {
    template: "{{ config(own=4.0) }}{{ config.get('own') }}",
    expected: '4.0',
  },
  { template: "{{ config.get('share') }}", expected: '2.0' },
  { template: "{{ config(meta={'m': 5.0}) }}{{ model.config.meta.m }}", expected: '5.0' },
];

function huge(more: number = 0): string {
  return String(12_345_678_901_234_567_890_123n + BigInt(more));
}

const { signal } = new AbortController();
let copy: ProjectCopy;
let session: ProjectSession;

beforeAll(() => {
  copy = emptyFolder();
  mkdirSync(join(copy.dir, 'models'));
  writeFileSync(join(copy.dir, 'dbt_project.yml'), PROJECT);
  writeFileSync(join(copy.dir, 'profiles.yml'), PROFILE);
  for (const [index, { template }] of CASES.entries())
    writeFileSync(join(copy.dir, 'models', `m${index}.sql`), template);
  session = openSession(
    {
      projectDir: copy.dir,
      profilesDir: copy.dir,
      engine: 'none',
      vars: { given: ExactNumber.float(3) },
    },
    { env: {} },
  );
});

afterAll(async () => {
  await session.close();
  copy.remove();
});

test.each(CASES.map((one, index) => ({ ...one, index })))(
  '$template',
  async ({ index, expected }) => {
    const { compiledSql, diagnostics } = await session.compile(nodeId(`model.exact.m${index}`), {
      signal,
    });
    expect(compiledSql?.trim() ?? diagnostics[0]?.message).toBe(expected);
  },
);
