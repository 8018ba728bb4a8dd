/**
 * A protected target by hand: its name is typed before what cannot be taken back is done, on the command line, in the REPL and on screen.
 */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { TestTerminal } from '../e2e/terminal.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { runProgram, writeFiles } from '../support/run-program.js';

const PROGRAM = join(process.cwd(), 'dist', 'dagbook.js');
const FILES = {
  'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\n",
  'profiles.yml':
    'shop:\n  target: prod\n  outputs:\n    prod: {type: snowflake, engine: embedded, path: w.duckdb, account: x, user: x, database: DB, schema: DEV, warehouse: W}\n',
  'models/kept.sql': "{{ config(materialized='incremental') }}\nselect 1 as id",
  'macros/wipe.sql':
    "{% macro wipe() %}{% do run_query('delete from db.dev.kept') %}{% do run_query('insert into db.dev.kept values (7)') %}{% endmacro %}",
  'wipe.sql': '-- # Wipe\n-- %% wiped\ndelete from db.dev.kept\n',
};
let project: ProjectCopy;
const opened: TestTerminal[] = [];

beforeAll(async () => {
  project = emptyFolder();
  writeFiles(project.dir, FILES);
  await runProgram(['build'], { cwd: project.dir });
});

afterEach(() => {
  for (const terminal of opened.splice(0)) terminal.kill('SIGKILL');
});

afterAll(() => project.remove());

function open(...args: readonly string[]): TestTerminal {
  const terminal = new TestTerminal({
    command: process.execPath,
    args: [PROGRAM, ...args],
    cwd: project.dir,
    columns: 80,
    rows: 24,
    env: { HOME: project.dir, XDG_CONFIG_HOME: join(project.dir, 'config') },
  });
  opened.push(terminal);
  return terminal;
}

async function keptRows(): Promise<string> {
  const { stdout } = await runProgram(
    ['show', '--inline', 'select id from db.dev.kept order by id', '--output', 'csv'],
    { cwd: project.dir },
  );
  return stdout;
}

test.each([
  { args: ['show', '--inline', 'delete from db.dev.kept'] },
  { args: ['compile', '--inline', '{{ wipe() }}'] },
  { args: ['run-operation', 'wipe'] },
  { args: ['notebook', 'run', 'wipe.sql'] },
  { args: ['run', '--full-refresh'] },
])('without a terminal $args needs --yes', async ({ args }) => {
  const { stdout, stderr } = await runProgram(args, { cwd: project.dir });
  const said = (stdout + stderr).replaceAll(/\s+/gu, ' ');
  expect(said).toContain('Target prod is protected.');
  expect(said).toContain('Say --yes if that is meant.');
  expect(await keptRows()).toBe('ID\n1\n');
});

test('on a terminal the name is typed, and nothing else will do', async () => {
  const refused = open('run-operation', 'wipe');
  await refused.waitFor('Type prod to go on:');
  expect(refused.text).toContain('This would be sent: delete from db.dev.kept.');
  refused.press('yes\r');
  expect(await refused.exited()).toBe(2);
  expect(refused.text).toContain('It was not confirmed.');
  const meant = open('run-operation', 'wipe');
  await meant.waitFor('Type prod to go on:');
  meant.press('prod\r');
  expect(await meant.exited()).toBe(0);
  expect(await keptRows()).toBe('ID\n7\n');
});

test('the REPL asks for each statement, and says so in its help', async () => {
  const repl = open('repl');
  await repl.waitFor('dagbook>');
  repl.press(':help\r');
  await repl.waitFor('once the name of the target is typed');
  repl.press('insert into db.dev.kept values (8);\r');
  await repl.waitFor('Type prod to go on:');
  repl.press('no\r');
  await repl.waitFor('It was not confirmed.');
  repl.press('insert into db.dev.kept values (9);\r');
  await repl.waitFor(/Type prod to go on: *$/mu);
  repl.press('prod\r');
  await repl.waitFor('number of rows inserted');
  repl.press(':quit\r');
  expect(await repl.exited()).toBe(0);
  expect(await keptRows()).toBe('ID\n7\n9\n');
});

test('the screen asks before a full refresh', async () => {
  const screen = open();
  await screen.waitFor('kept');
  const ask = async (): Promise<void> => {
    screen.press(':');
    await screen.idle();
    screen.press('run -s kept --full-refresh\r');
    await screen.waitFor('relation replaced');
    screen.press('\r');
    await screen.waitFor('--full-refresh replaces 1 table: kept.');
  };
  await ask();
  screen.press('\u001b');
  await screen.waitFor('It was not confirmed.');
  screen.press('\r');
  await screen.idle();
  await ask();
  screen.press('prod\r');
  await screen.waitFor(/1 done|1 ok|PASS|success/u);
  await screen.idle();
  screen.press('Q');
  await screen.exited();
  expect(await keptRows()).toBe('ID\n1\n');
});
