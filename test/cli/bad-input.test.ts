/**
 * What the program says of bad input: one clear message, where, what next, and dbt's exit code. Run on the built program.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { runProgram, SMALL_PROJECT, writeFiles } from '../support/run-program.js';

let folder: ProjectCopy;

beforeEach(() => {
  folder = emptyFolder();
});

afterEach(() => folder.remove());

interface BadInput {
  readonly name: string;
  readonly args: readonly string[];
  /** Files beside those of the small project; an empty text leaves one out. */
  readonly files: Readonly<Record<string, string>>;
  readonly exitCode: number;
  /** Parts of what is printed on either stream. */
  readonly says: readonly string[];
}

const CASES: readonly BadInput[] = [
  {
    name: 'unknown target',
    args: ['ls', '--target', 'nope'],
    files: {},
    exitCode: 2,
    says: ["does not have a target named 'nope'", 'profiles.yml:3:3', 'dev, ci'],
  },
  {
    name: 'yaml error in properties',
    args: ['parse'],
    files: { 'models/s.yml': 'models:\n  - name: a\n    columns:\n     - name: id\n   bad\n' },
    exitCode: 1,
    says: ['not valid YAML', 'models/s.yml:5:4'],
  },
  {
    name: 'yaml error in profiles.yml',
    args: ['ls'],
    files: { 'profiles.yml': 'shop:\n  target: dev\n  outputs: [\n' },
    exitCode: 2,
    says: ['not valid YAML', 'profiles.yml:3:13'],
  },
  {
    name: 'yaml error in dbt_project.yml',
    args: ['ls'],
    files: { 'dbt_project.yml': 'name: [shop\nversion: 1\n' },
    exitCode: 2,
    says: ['not valid YAML', 'dbt_project.yml:'],
  },
  {
    name: 'jinja error',
    args: ['build'],
    files: { 'models/b.sql': 'select 1\n{% if x %}\nselect 2\n' },
    exitCode: 1,
    says: ["needs to be closed is 'if'", 'models/b.sql:2:'],
  },
  {
    name: 'a macro that raises',
    args: ['parse'],
    files: {
      'models/b.sql': '\n{{ no_more() }}',
      'macros/m.sql':
        "{% macro no_more() %}\n{{ exceptions.raise_compiler_error('no more of this') }}\n{% endmacro %}",
    },
    exitCode: 1,
    says: ['no more of this', 'macros/m.sql:2:'],
  },
  {
    name: 'missing ref',
    args: ['build'],
    files: { 'models/b.sql': "select *\nfrom {{ ref('aa') }}" },
    exitCode: 1,
    says: ["a node named 'aa' which was not found", 'models/b.sql:2:', "Did you mean 'a'?"],
  },
  {
    name: 'cycle',
    args: ['parse'],
    files: {
      'models/b.sql': "select * from {{ ref('c') }}",
      'models/c.sql': "select * from {{ ref('b') }}",
    },
    exitCode: 1,
    says: ['b --> c --> b', 'models/b.sql:1:'],
  },
  {
    name: 'duplicate name',
    args: ['parse'],
    files: { 'models/x/a.sql': 'select 2' },
    exitCode: 1,
    says: ["Two models are named 'a'", 'models/a.sql', 'models/x/a.sql'],
  },
  {
    name: 'bad sql',
    args: ['build'],
    files: { 'models/b.sql': "select\n  nope\nfrom {{ ref('a') }}" },
    exitCode: 1,
    says: [
      'Database Error in model b',
      'models/b.sql:2',
      '"nope" not found',
      'PASS=1 WARN=0 ERROR=1 SKIP=0',
    ],
  },
  {
    name: 'unknown selection method',
    args: ['ls', '--select', 'foo:bar'],
    files: {},
    exitCode: 2,
    says: ["'foo' in 'foo:bar' is not a selection method"],
  },
  {
    name: 'a selection of nothing',
    args: ['ls', '--select', 'zzz'],
    files: {},
    exitCode: 0,
    says: ["'zzz' does not match any enabled nodes"],
  },
  {
    name: 'no such selector',
    args: ['ls', '--selector', 'nightly'],
    files: {},
    exitCode: 2,
    says: ['nightly'],
  },
  {
    name: 'no such command',
    args: ['biuld'],
    files: {},
    exitCode: 2,
    says: ["no command 'biuld'"],
  },
  {
    name: 'no such option',
    args: ['build', '--selct', 'a'],
    files: {},
    exitCode: 2,
    says: ["unknown option '--selct'", '--select'],
  },
  {
    name: 'bad --vars',
    args: ['build', '--vars', '[1'],
    files: {},
    exitCode: 2,
    says: ['--vars must be a YAML mapping'],
  },
  {
    name: 'no such macro',
    args: ['run-operation', 'nope'],
    files: {},
    exitCode: 1,
    says: ['could not find a macro with the name "nope"'],
  },
  {
    name: 'bad inline sql',
    args: ['show', '--inline', 'select frm'],
    files: {},
    exitCode: 1,
    says: ['"frm"'],
  },
];

test.each(CASES)('$name', async ({ args, files, exitCode, says }) => {
  writeFiles(folder.dir, { ...SMALL_PROJECT, ...files });
  const ended = await runProgram(args, { cwd: folder.dir });
  const said = `${ended.stdout}${ended.stderr}`;
  for (const part of says) expect(said).toContain(part);
  expect(ended.exitCode).toBe(exitCode);
  expect(said).not.toContain('bug in dagbook');
});

test('no project here', async () => {
  const ended = await runProgram(['build'], { cwd: folder.dir });
  expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ended.stderr).toContain('There is no dbt project in');
  expect(ended.stderr).toContain('dagbook demo');
});

test('no profile: it runs on the embedded warehouse, and says so', async () => {
  const { 'profiles.yml': _, ...rest } = SMALL_PROJECT;
  writeFiles(folder.dir, rest);
  const ended = await runProgram(['build'], { cwd: folder.dir });
  expect(ended.stderr).toContain('Without a profile it runs on the embedded warehouse');
  expect(ended.stdout).toContain('PASS=1');
  expect(ended.exitCode).toBe(0);
});

test('a locked warehouse file: who holds it, and what to do', async () => {
  writeFiles(folder.dir, SMALL_PROJECT);
  const holder = runProgram(
    ['show', '--inline', 'select sum(hash(range)) from range(900000000000)'],
    {
      cwd: folder.dir,
      env: { HOLD: '1' },
    },
  );
  // The holder has the file once it exists.
  const { existsSync } = await import('node:fs');
  while (!existsSync(`${folder.dir}/shop.duckdb`))
    await new Promise((resolve) => setTimeout(resolve, 20));
  const ended = await runProgram(['build'], { cwd: folder.dir });
  const said = `${ended.stdout}${ended.stderr}`;
  expect(said).toMatch(/shop\.duckdb is in use by process \d+/u);
  expect(said).toContain('one owner at a time');
  expect(ended.exitCode).toBe(1);
  const pid = /in use by process (?<pid>\d+)/u.exec(said)?.groups?.['pid'];
  process.kill(Number(pid), 'SIGTERM');
  expect((await holder).exitCode).not.toBe(0);
});

test('a screen is refused without a terminal', async () => {
  writeFiles(folder.dir, SMALL_PROJECT);
  const ended = await runProgram([], { cwd: folder.dir });
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toContain('needs a terminal');
});
