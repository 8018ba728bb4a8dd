/** `repl` on the built program: piped, and typed in a terminal. */
import { spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestTerminal } from '../e2e/terminal.js';
import type { ProjectCopy } from '../support/project-copy.js';
import { type Ended, runProgram } from '../support/run-program.js';
import { pondProject } from './write-project.js';

const PROGRAM = join(process.cwd(), 'dist', 'dagbook.js');
let pond: ProjectCopy;

beforeAll(async () => {
  pond = pondProject();
  await runProgram(['build', '-q'], { cwd: pond.dir });
});

afterAll(() => pond.remove());

/** Runs the REPL with lines on its stdin. */
async function pipe(input: string, ...args: readonly string[]): Promise<Ended> {
  return await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, 'repl', ...args], {
      cwd: pond.dir,
      env: { PATH: process.env['PATH'] ?? '', HOME: pond.dir },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
    child.stdin.end(input);
  });
}

const BIRDS = "select bird, weight from {{ ref('sightings') }} order by bird";

describe('piped', () => {
  test.each([
    { args: [], stdout: 'bird,weight\nduck,\nheron,1.5\n' },
    { args: ['--output', 'csv', '--limit', '1'], stdout: 'bird,weight\nduck,\n' },
    {
      args: ['--output', 'json'],
      stdout: '[{"bird":"duck","weight":null},{"bird":"heron","weight":1.5}]\n',
    },
    { args: ['--output', 'table'], stdout: 'bird   weight\nduck        ∅\nheron     1.5\n' },
  ])('$args', async ({ args, stdout }) => {
    const ended = await pipe(BIRDS, ...args);
    expect(ended.stdout).toBe(stdout);
    expect(ended.stderr).toMatch(/^(?:2 rows|first 1 row) · /u);
    expect(ended.exitCode).toBe(0);
  });

  test('the project is a table, and a build is a verb', async () => {
    const { stdout, exitCode } = await pipe(
      "select name, materialized, test_count from dbt.nodes where resource_type = 'model';\n" +
        ":run -s latest\nselect * from {{ ref('latest') }}\n\n:columns sightings\n:compile latest\n",
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('latest,view,0\nsightings,table,1\n');
    expect(stdout).toContain('PASS=1');
    expect(stdout).toContain('seen_on\n2026-01-02\n');
    expect(stdout).toMatch(/^bird +VARCHAR$/mu);
    expect(stdout).toContain('select max(seen_on) as seen_on from "pond"."main"."sightings"');
  });

  test('CTEs with their rows, the rows of one, and what changed since the last build', async () => {
    const file = join(pond.dir, 'models/latest.sql');
    const before = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      "with seen as (select seen_on from {{ ref('sightings') }})\nselect max(seen_on) as seen_on from seen",
    );
    const { stdout, stderr } = await pipe(
      ':ctes latest\n:ctes latest SEEN\n:ctes latest gone\n:diff latest\n:diff sightings\n',
    );
    const shown = await runProgram(['show', '-s', 'latest', '--cte', 'seen', '--output', 'csv'], {
      cwd: pond.dir,
    });
    writeFileSync(file, before);
    expect(stdout).toMatch(/^seen +2 +1$/mu);
    expect(stdout).toMatch(/^\(the query itself\) +1 +2$/mu);
    expect(stdout).toContain('seen_on\n2026-01-01\n2026-01-02\n');
    expect(stderr).toContain('There is no CTE named gone in it.');
    expect(stdout).toContain('- select max(seen_on) as seen_on from "pond"."main"."sightings"\n');
    expect(stdout).toContain('+ select max(seen_on) as seen_on from seen\n');
    expect(stderr).toContain('What is compiled now is what was built last.');
    expect(shown.stdout).toBe('seen_on\n2026-01-01\n2026-01-02\n');
  });

  test('an error is told with its hint, the rest is done, and the end is 1', async () => {
    const { stdout, stderr, exitCode } = await pipe(
      `drop table nowhere;\nselect {{ ref('nobody') }};\n:sing\nselect 7 as n;`,
    );
    expect(exitCode).toBe(1);
    expect(stdout).toBe('n\n7\n');
    expect(stderr).toContain('error: Catalog Error: Table with name nowhere does not exist');
    expect(stderr).toContain("a node named 'nobody' which was not found");
    expect(stderr).toContain('hint: The verbs are run,');
  });

  test('what writes is sent, one statement after the other', async () => {
    const { stdout, exitCode } = await pipe(
      'create table crows (id int);\ninsert into crows values (1), (2);\nselect count(*) as n from crows;\ndrop table crows;',
    );
    expect([exitCode, stdout]).toEqual([0, 'Count\nCount\n2\nn\n2\nSuccess\n']);
  });

  test('the rows of the last query are written to a file, all of them, and formulas are told', async () => {
    const formula = "select bird, '=1+1' as note from {{ ref('sightings') }} order by bird";
    const { stderr } = await pipe(
      `${formula};\n:export birds.csv\n:export birds.csv\n:export safe.csv --csv-safe\n:export birds.xml\n`,
      '--limit',
      '1',
    );
    expect(readFileSync(join(pond.dir, 'birds.csv'), 'utf8')).toBe(
      'bird,note\nduck,=1+1\nheron,=1+1\n',
    );
    expect(readFileSync(join(pond.dir, 'safe.csv'), 'utf8')).toBe(
      "bird,note\nduck,'=1+1\nheron,'=1+1\n",
    );
    expect(stderr).toMatch(/2 cells with the beginning of a formula/u);
    expect(stderr).toMatch(/birds\.csv is there already/u);
    expect(stderr).toMatch(/birds\.xml is to be is not known/u);
  });

  test('a session is saved as a notebook that runs', async () => {
    const first = await pipe(`${BIRDS};\n:build -s latest\n:save asked\n:save asked\n`);
    expect(first.stderr).toContain('asked.sql is there already.');
    expect(readFileSync(join(pond.dir, 'asked.sql'), 'utf8')).toBe(
      `-- %% [md]\n-- # Asked of pond\n\n-- %% q1\n${BIRDS};\n\n-- %% [run] build -s latest\n`,
    );
    const again = await runProgram(['notebook', 'run', 'asked.sql'], { cwd: pond.dir });
    expect(again.exitCode).toBe(0);
  });
});

test('typed: lines continue, tab completes, ctrl-c drops a line and cancels a query, history is kept', async () => {
  const open = (): TestTerminal =>
    new TestTerminal({
      command: process.execPath,
      args: [PROGRAM, 'repl'],
      cwd: pond.dir,
      columns: 90,
      rows: 30,
      env: { HOME: pond.dir, XDG_STATE_HOME: join(pond.dir, 'state') },
    });
  const terminal = open();
  try {
    await terminal.waitFor('dagbook>');
    terminal.press('select bir');
    await terminal.waitFor('select bir');
    terminal.press('\u0003');
    await terminal.waitFor('^C');
    terminal.press("select bird from {{ ref('sig");
    await terminal.idle();
    terminal.press('\t');
    await terminal.waitFor("{{ ref('sightings");
    terminal.press("') }} s where s.wei");
    await terminal.idle();
    terminal.press('\t');
    await terminal.waitFor('s.weight');
    terminal.press(' > 1\r');
    await terminal.waitFor('      ->');
    terminal.press(';\r');
    await terminal.waitFor('heron');
    expect(terminal.lines.join('\n')).toContain(
      "select bird from {{ ref('sightings') }} s where s.weight > 1",
    );
    await terminal.waitFor('1 row');
    terminal.press('select count(*) from range(100000000000) t1, range(1000) t2;\r');
    await terminal.waitFor('t2;');
    await terminal.idle();
    terminal.press('\u0003');
    await terminal.waitFor('Cancelled.');
    terminal.press('select 41 + 1 as answer;\r');
    await terminal.waitFor('42');
    terminal.press('\u0004');
    expect(await terminal.exited()).toBe(0);
  } finally {
    terminal.kill('SIGKILL');
  }
  const file = join(pond.dir, 'state', 'dagbook', 'repl-history');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toContain('select 41 + 1 as answer;\n');
  const second = open();
  try {
    await second.waitFor('dagbook>');
    second.press('\u001b[A');
    await second.waitFor('dagbook> select 41 + 1 as answer;');
    second.press('\r');
    await second.waitFor('42');
    second.press(':quit\r');
    expect(await second.exited()).toBe(0);
  } finally {
    second.kill('SIGKILL');
  }
});
