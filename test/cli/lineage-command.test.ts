/**
 * `lineage` of the built program.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { type Ended, runProgram, SMALL_PROJECT, writeFiles } from '../support/run-program.js';

let folder: ProjectCopy;

beforeAll(() => {
  folder = emptyFolder();
  writeFiles(folder.dir, SMALL_PROJECT);
  writeFiles(folder.dir, {
    'models/b.sql': "select id as b_id, id * 2 as twice from {{ ref('a') }} where id > 0",
    'models/c.sql': "select max(twice) as most from {{ ref('b') }}",
  });
});

afterAll(() => folder.remove());

const lineage = async (...args: readonly string[]): Promise<Ended> =>
  await runProgram(['lineage', ...args], { cwd: folder.dir });

test('a model: each of its columns, and what was done', async () => {
  const { exitCode, stdout } = await lineage('b');
  expect(exitCode).toBe(0);
  expect(stdout.split('\n').map((line) => line.trim().split(/\s{2,}/u))).toEqual([
    ['column', 'from', 'how'],
    ['b_id', 'a.id', 'rename'],
    ['twice', 'a.id', 'computed: *'],
    [''],
  ]);
});

test('a column, up to what it is made of', async () => {
  const { stdout } = await lineage('c.MOST');
  expect(stdout).toBe('c.most\n  ← b.twice  aggregate: max\n    ← a.id  computed: *\n');
});

test('a column, down to what it reaches; as JSON for programs', async () => {
  const { stdout } = await lineage('a.id', '--downstream', '--output', 'json');
  expect(JSON.parse(stdout)).toMatchObject({
    direction: 'downstream',
    edges: [
      { from: { column: 'id' }, to: { nodeId: 'model.shop.b', column: 'b_id' }, kind: 'rename' },
      { to: { column: 'twice' }, kind: 'computed', label: '*' },
      { to: { nodeId: 'model.shop.c', column: 'most' }, kind: 'aggregate', label: 'max' },
    ],
    unresolved: [],
    hits: [
      { nodeId: 'model.shop.b', severity: 'values', columns: ['b_id', 'twice'] },
      { nodeId: 'model.shop.c', severity: 'values', columns: ['most'] },
    ],
  });
});

test.each([
  ['nothing.here', /No node of this project is called nothing\.here/u],
  ['b.nothing', /there is no column nothing/u],
])('%s is refused with what there is', async (target, message) => {
  const { exitCode, stderr, stdout } = await lineage(target);
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr).toContain('hint:');
});
