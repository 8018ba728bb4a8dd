/**
 * `retry` and `deps` of the built program.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { type Ended, runProgram, SMALL_PROJECT, writeFiles } from '../support/run-program.js';

let folder: ProjectCopy;

beforeEach(() => {
  folder = emptyFolder();
  writeFiles(folder.dir, SMALL_PROJECT);
});

afterEach(() => folder.remove());

const dagbook = async (...args: readonly string[]): Promise<Ended> =>
  await runProgram(args, { cwd: folder.dir });

test('retry does what is left, in the target and with the variables of then', async () => {
  writeFiles(folder.dir, {
    'models/b.sql': "select * from {{ ref('a') }} where nope",
    'models/c.sql': "select '{{ target.name }}{{ var('x') }}' as c from {{ ref('b') }}",
  });
  expect((await dagbook('run', '--target', 'ci', '--vars', '{x: 7}')).exitCode).toBe(1);
  writeFiles(folder.dir, { 'models/b.sql': "select * from {{ ref('a') }}" });

  const { exitCode, stdout, stderr } = await dagbook('retry');
  expect(exitCode).toBe(0);
  expect(stdout + stderr).toContain('PASS=2');
  const shown = await dagbook(
    'show',
    '--relation',
    '-s',
    'c',
    '--target',
    'ci',
    '--output',
    'json',
  );
  expect(shown.stdout).toContain('ci7');

  const again = await dagbook('retry');
  expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('nothing to retry')]);
});

test('retry without a run says so', async () => {
  const { exitCode, stderr } = await dagbook('retry');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('there is nothing to retry');
});

test('deps installs, and says of a missing package what to do', async () => {
  writeFiles(folder.dir, {
    'packages.yml': 'packages: [{local: near}]',
    'near/dbt_project.yml': 'name: near',
    'near/models/m.sql': 'select 1 as x',
  });
  expect((await dagbook('ls')).stderr).toContain('Run `dagbook deps`');
  expect((await dagbook('deps')).stdout).toBe('installed near (local)\n');
  const { stdout, stderr } = await dagbook('ls');
  expect(stdout.split('\n')).toContain('near.m');
  expect(stderr).not.toContain('dagbook deps');
});
