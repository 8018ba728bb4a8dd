/** Terminals of all kinds, and what can happen to them. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { pondProject } from '../cli/write-project.js';
import { foreignControls } from '../support/escape-corpus.js';
import type { ProjectCopy } from '../support/project-copy.js';
import { runProgram } from '../support/run-program.js';
import { leftovers } from './leftovers.js';
import { TestTerminal } from './terminal.js';

const PROGRAM = join(process.cwd(), 'dist', 'dagbook.js');
let pond: ProjectCopy;

beforeAll(async () => {
  pond = pondProject();
  await runProgram(['build', '-q'], { cwd: pond.dir });
});

afterAll(() => pond.remove());

const opened: TestTerminal[] = [];
afterEach(() => {
  for (const terminal of opened.splice(0)) terminal.kill('SIGKILL');
});

function open(
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): TestTerminal {
  const terminal = new TestTerminal({
    command: process.execPath,
    args: [PROGRAM, ...args],
    cwd: pond.dir,
    columns: 100,
    rows: 30,
    env: { XDG_CONFIG_HOME: join(pond.dir, 'config'), ...env },
  });
  opened.push(terminal);
  return terminal;
}

/** The same numbers each time, so that a storm that fails can be had again. */
function* numbers(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

test('a storm of 200 sizes from 1x1 to 500x200, with keys in between', async () => {
  const terminal = open();
  await terminal.waitFor('enter open');
  const random = numbers(20_261_124);
  const upTo = (most: number): number => 1 + Math.floor((random.next().value ?? 0) * most);
  const keys = [
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '1',
    'm',
    '?',
    '\u001b',
    '/',
    'lat',
    '\u001b',
    '8',
    '\u001b',
    'w',
    'd',
    'T',
  ];
  for (let turn = 0; turn < 200; turn += 1) {
    const isTiny = turn % 10 === 0;
    terminal.resize(isTiny ? upTo(4) : upTo(500), isTiny ? upTo(3) : upTo(200));
    terminal.press(keys[turn % keys.length] ?? '');
    if (turn % 20 === 0) await terminal.idle();
  }
  terminal.press('\u001b');
  await terminal.idle();
  terminal.press('\u001b');
  await terminal.idle();
  terminal.press('1');
  terminal.resize(100, 30);
  await terminal.waitFor('1 Graph');
  await terminal.waitFor(/╰─.*─╯/u);
  expect(terminal.lines[0]).toContain('pond');
  terminal.press('Q');
  expect(await terminal.exited()).toBe(0);
  expect(leftovers(terminal)).toEqual([]);
}, 180_000);

test('TERM=dumb is told what to do instead, without one escape', async () => {
  const terminal = open({ TERM: 'dumb' });
  expect(await terminal.exited()).toBeGreaterThan(0);
  expect(terminal.text).toContain('cannot show the workbench');
  expect(terminal.raw).not.toContain('\u001b');
});

test('NO_COLOR leaves no colour: bold, dim and swapped cells say it', async () => {
  const terminal = open({ NO_COLOR: '1' });
  await terminal.waitFor('enter open');
  terminal.press('T2');
  await terminal.waitFor(/select |with /u);
  terminal.press('Q');
  expect(await terminal.exited()).toBe(0);
  const looks = [...terminal.raw.matchAll(/\u001b\[([\d;]*)m/gu)].flatMap(([, codes = '']) =>
    codes.split(';'),
  );
  expect(new Set(looks)).toEqual(new Set(['0', '1', '2', '7']));
});

test.each([
  ['FORCE_COLOR', { FORCE_COLOR: '3' }],
  ['CI', { CI: '1' }],
  ['LANG=C', { LANG: 'C', LC_ALL: 'C' }],
  ['sixteen colours', { TERM: 'xterm', COLORTERM: '' }],
  ['no mouse', { DAGBOOK_MOUSE: '0' }],
])('opens, is used and leaves nothing behind with %s', async (_name, env) => {
  const terminal = open(env);
  await terminal.waitFor('enter open');
  terminal.press('2');
  await terminal.waitFor(/select |with /u);
  terminal.press('Q');
  expect(await terminal.exited()).toBe(0);
  expect(leftovers(terminal)).toEqual([]);
  expect(foreignControls(terminal.raw)).toEqual([]);
});

test.each([
  ['the workbench', [], 2],
  ['start', ['ls'], 0],
] as const)('without a terminal: %s', async (_name, args, code) => {
  const { exitCode, stdout, stderr } = await runProgram(args, {
    cwd: pond.dir,
    env: { FORCE_COLOR: '', CI: '1' },
  });
  expect(exitCode === 0).toBe(code === 0);
  expect(stdout + stderr).not.toContain('\u001b');
  if (code !== 0) expect(stderr).toContain('needs a terminal');
});

test('a reader that has enough ends the program quietly', async () => {
  const child = spawn(
    '/bin/bash',
    [
      '-c',
      '"$0" "$1" show --inline "select * from range(100000)" --limit -1 --output csv | head -1; exit "${PIPESTATUS[0]}"',
      process.execPath,
      PROGRAM,
    ],
    { cwd: pond.dir, env: { PATH: process.env['PATH'] ?? '', HOME: pond.dir } },
  );
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect([code, output, errors]).toEqual([0, 'range\n', '']);
});

test('a megabyte is pasted, and the screen goes on', async () => {
  const terminal = open();
  await terminal.waitFor('enter open');
  terminal.press('8');
  await terminal.waitFor('a statement ends with');
  const line = "select 'a row of words that somebody has copied' as words\n";
  terminal.press(`\u001b[200~${line.repeat(Math.ceil(1_000_000 / line.length))}\u001b[201~`);
  await terminal.waitFor('that somebody has copied', 60_000);
  terminal.press('\u0003');
  await terminal.waitFor('or :help', 60_000);
  terminal.press('select 1 + 1 as two;\r');
  await terminal.waitFor(/\b2\b[^]*1 row/u);
  terminal.press('\u001b');
  await terminal.waitFor('i type');
  // Where nothing is typed a paste is no keys.
  terminal.press(`\u001b[200~${'Q'.repeat(1000)}\u001b[201~`);
  await terminal.waitFor('Pasted text has no place here');
  terminal.press('Q');
  expect(await terminal.exited()).toBe(0);
}, 180_000);

test('a terminal that hangs up ends the program', async () => {
  const terminal = open();
  await terminal.waitFor('enter open');
  terminal.hangUp();
  expect(await terminal.exited()).not.toBeNull();
});

test('stopped and continued from outside, the screen is whole again', async () => {
  const terminal = open();
  await terminal.waitFor('enter open');
  await terminal.idle();
  const before = terminal.text;
  terminal.kill('SIGSTOP');
  await terminal.clear();
  terminal.kill('SIGCONT');
  await terminal.waitFor('enter open');
  await terminal.idle();
  expect(terminal.text).toBe(before);
});
