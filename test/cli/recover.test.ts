/**
 * Runs that are cut off, cancelled, or would replace what they must not: on the real driver, by the built program.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Warehouse } from '../../src/warehouse/index.js';
import { embeddedInMemory } from '../warehouse/snowflake/on-server.js';
import type { ProjectCopy } from '../support/project-copy.js';
import { runProgram } from '../support/run-program.js';
import { type SnowflakeServer, startServer } from '../support/snowflake-server/server.js';
import { startProgram, wireProject, wireSession } from '../support/wire-project.js';

let behind: Warehouse;
let server: SnowflakeServer;
let project: ProjectCopy;
/** What is done while `models/meanwhile.sql` is made. */
let meanwhile = async (): Promise<void> => {};

beforeAll(async () => {
  behind = await embeddedInMemory();
  server = await startServer({
    warehouse: behind,
    holdMs: 50,
    answers: async (sql, { signal }) => {
      if (sql.includes("'meanwhile'")) await meanwhile();
      if (!sql.includes('forever')) return undefined;
      await once(signal, 'abort');
      throw new Error('ended');
    },
  });
  project = wireProject({
    server,
    files: {
      'models/quick.sql': 'select 1 as id',
      'models/slow.sql':
        "{{ config(materialized='table') }}\nselect id, 'forever' as word from {{ ref('quick') }}",
      'models/after.sql': "select * from {{ ref('slow') }}",
      'models/history.sql':
        "{{ config(materialized='incremental', unique_key='id', tags=['kept']) }}\n-- depends_on: {{ ref('meanwhile') }}\nselect 1 as id",
      'models/meanwhile.sql': "select 'meanwhile' as word",
      'models/plain.sql': 'select 2 as id',
    },
  });
});

afterAll(async () => {
  project.remove();
  await server.close();
  await behind.close();
});

const slowStatements = (): SnowflakeServer['statements'] =>
  server.statements.filter(({ sql }) => sql.includes('forever'));

describe('a run that is killed', () => {
  test('is told by its journal: the statement is ended, the results say how far it came', async () => {
    const run = startProgram(['run', '--select', '+slow+'], project.dir);
    await expect.poll(() => slowStatements().length, { timeout: 30_000 }).toBe(1);
    run.child.kill('SIGKILL');
    await run.ended;
    expect(slowStatements()[0]?.status).toBe('RUNNING');

    const looked = await runProgram(['recover', '--list'], { cwd: project.dir });
    expect(looked.stdout).toContain('create of model.shop.slow: still running');
    expect(slowStatements()[0]?.status).toBe('RUNNING');

    const recovered = await runProgram(['recover'], { cwd: project.dir });
    expect(recovered).toMatchObject({ exitCode: 0 });
    expect(recovered.stdout).toContain('create of model.shop.slow: was still running: cancelled');
    expect(recovered.stdout).toContain('1 nodes done, 1 failed or cut off, 1 not begun');
    await expect.poll(() => slowStatements()[0]?.status).toBe('FAILED_WITH_ERROR');
    const { results }: { readonly results: readonly { unique_id: string; status: string }[] } =
      JSON.parse(readFileSync(join(project.dir, 'target', 'run_results.json'), 'utf8'));
    expect(results.map(({ unique_id: id, status }) => `${id} ${status}`).sort()).toEqual([
      'model.shop.after skipped',
      'model.shop.quick success',
      'model.shop.slow error',
    ]);
    const again = await runProgram(['recover'], { cwd: project.dir });
    expect(again.stdout).toContain('there is nothing to recover');
  });
});

describe('a run that is cancelled', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends what runs, and says so',
    async (signal) => {
      const before = slowStatements().length;
      const run = startProgram(['run', '--select', 'slow'], project.dir);
      await expect.poll(() => slowStatements().length, { timeout: 30_000 }).toBe(before + 1);
      run.child.kill(signal);
      const { exitCode, stdout, stderr } = await run.ended;
      expect(exitCode).toBe(2);
      expect(stderr).toContain('Cancelling what is running');
      expect(stdout).toContain('Cancelled before the end.');
      expect(slowStatements().at(-1)?.status).toBe('FAILED_WITH_ERROR');
    },
  );
});

describe('what would be replaced', () => {
  test('an incremental model that another run has made is not made from nothing', async () => {
    const { signal } = new AbortController();
    const first = wireSession(project.dir);
    const second = wireSession(project.dir);
    const history = { command: 'run', select: ['history'] } as const;
    meanwhile = async () => {
      const { results } = await second.run(history, { signal });
      expect(results).toMatchObject([{ status: 'success' }]);
    };
    try {
      const { results } = await first.run(
        { command: 'run', select: ['meanwhile', 'history'] },
        { signal },
      );
      expect(results).toMatchObject([
        { status: 'success' },
        {
          status: 'error',
          message: expect.stringContaining('is there, though it was not listed'),
          failure: { hint: expect.stringContaining('--full-refresh') },
        },
      ]);
      const refreshed = await first.run({ ...history, isFullRefresh: true }, { signal });
      expect(refreshed.results).toMatchObject([{ status: 'success' }]);
    } finally {
      await first.close();
      await second.close();
    }
  });

  test('in a protected target a full refresh must be meant', async () => {
    const args = ['run', '--select', 'tag:kept', '--full-refresh', '--target', 'prod'];
    const refused = await runProgram(args, { cwd: project.dir });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain(
      'Target prod is protected. --full-refresh replaces 1 table: history. Nothing was done.',
    );
    expect(await runProgram([...args, '--yes'], { cwd: project.dir })).toMatchObject({
      exitCode: 0,
    });
    const view = ['run', '--select', 'plain', '--full-refresh', '--target', 'prod'];
    expect(await runProgram(view, { cwd: project.dir })).toMatchObject({ exitCode: 0 });
  });
});
