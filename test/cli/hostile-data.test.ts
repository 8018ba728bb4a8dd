/**
 * S1: what a warehouse says does not drive the terminal: in cells, names of columns, errors and the text of statements, in every form of
 * output; and forms for programs have it to the byte.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Warehouse } from '../../src/warehouse/index.js';
import { TestTerminal } from '../e2e/terminal.js';
import { Tally } from '../slow/tally.js';
import { ESCAPE_SEQUENCES, MARK } from '../support/escape-sequences.js';
import { HOSTILE_CELLS } from '../support/hostile-cells.js';
import type { ProjectCopy } from '../support/project-copy.js';
import { runProgram } from '../support/run-program.js';
import { type SnowflakeServer, startServer } from '../support/snowflake-server/server.js';
import type { WireType } from '../support/snowflake-server/wire-text.js';
import { wireProject } from '../support/wire-project.js';
import { embeddedInMemory } from '../warehouse/snowflake/on-server.js';

const PROGRAM = join(process.cwd(), 'dist', 'dagbook.js');
const tally = new Tally({
  promise: 'S1',
  what: `${ESCAPE_SEQUENCES.length} escape sequences in cells, column names, errors and statements, in text, table, csv, json, on a terminal and on the screen`,
});
const payloads = new Tally({
  promise: 'S1 (payloads)',
  what: 'expressions of JavaScript in VARIANT, OBJECT, ARRAY and text, through the program',
});
const ROWS = ESCAPE_SEQUENCES.map((text, index) => [String(index), text]);
let behind: Warehouse;
let server: SnowflakeServer;
let project: ProjectCopy;

const type = (name: string, kind: string): WireType => ({
  name,
  type: kind,
  scale: 0,
  precision: 38,
  length: 16_777_216,
  nullable: true,
});

beforeAll(async () => {
  behind = await embeddedInMemory();
  server = await startServer({
    warehouse: behind,
    answers: (sql) => {
      if (sql.includes('hostile_names'))
        return {
          rowtype: ESCAPE_SEQUENCES.map((name) => type(name, 'text')),
          rowset: [ESCAPE_SEQUENCES.map(() => 'x')],
        };
      if (sql.includes('hostile_error')) throw new Error(`it says ${ESCAPE_SEQUENCES.join('|')}`);
      if (sql.includes('hostile_payloads'))
        return {
          rowtype: ['variant', 'object', 'array', 'text'].map((kind) => type(kind, kind)),
          rowset: HOSTILE_CELLS.map((text) => [text, text, text, text]),
        };
      if (sql.includes('hostile_cells'))
        return { rowtype: [type('N', 'text'), type('TEXT', 'text')], rowset: ROWS };
      return undefined;
    },
  });
  project = wireProject({
    server,
    files: {
      'models/hostile_cells.sql': "select 'hostile_cells' as word",
      'models/hostile_error.sql': `select '${ESCAPE_SEQUENCES.join(' ').replaceAll("'", "''").replaceAll('{', '(')}' as hostile_error`,
    },
  });
});

afterAll(async () => {
  tally.write();
  payloads.write();
  project.remove();
  await server.close();
  await behind.close();
});

/** What is left of a text that a terminal may be shown, once our own colours are taken out: null if nothing is wrong with it. */
function wrongIn(text: string): string | null {
  const found =
    // oxlint-disable-next-line no-control-regex -- that is what is looked for
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u.exec(
      text,
    );
  if (found === null) return null;
  return JSON.stringify(text.slice(Math.max(0, found.index - 20), found.index + 20));
}

function countAll(place: string, fault: string | null): void {
  for (const [index] of ESCAPE_SEQUENCES.entries()) tally.add(`${place} ${index}`, fault);
}

const show = (name: string, output: string): readonly string[] => [
  'show',
  '--inline',
  `select * from ${name}`,
  '--limit',
  '-1',
  '--output',
  output,
];

describe('no control character is shown', () => {
  test.each([
    { place: 'cells, text', args: show('hostile_cells', 'text') },
    { place: 'names, text', args: show('hostile_names', 'text') },
    { place: 'an error', args: ['show', '--inline', 'select hostile_error'] },
    { place: 'a failed run', args: ['run', '--select', 'hostile_error'] },
    { place: 'a plan', args: ['plan', '--select', 'hostile_error'] },
    { place: 'compiled SQL', args: ['compile', '--select', 'hostile_error'] },
  ])('$place', async ({ place, args }) => {
    const { stdout, stderr } = await runProgram(args, { cwd: project.dir });
    expect(stdout.length + stderr.length).toBeGreaterThan(20);
    const fault = wrongIn(stdout) ?? wrongIn(stderr);
    countAll(place, fault);
    expect(fault).toBeNull();
  });
});

test('json has every cell and name as it is', async () => {
  const cells = await runProgram(show('hostile_cells', 'json'), { cwd: project.dir });
  const { show: rows }: { readonly show: readonly { readonly TEXT: string }[] } = JSON.parse(
    cells.stdout,
  );
  expect(rows.map(({ TEXT }) => TEXT)).toEqual(ESCAPE_SEQUENCES);
  const names = await runProgram(show('hostile_names', 'json'), { cwd: project.dir });
  const { show: named }: { readonly show: readonly Readonly<Record<string, string>>[] } =
    JSON.parse(names.stdout);
  expect(Object.keys(named[0] ?? {})).toEqual([...new Set(ESCAPE_SEQUENCES)]);
  countAll('json', null);
});

test('csv has every cell to the byte', async () => {
  const { stdout } = await runProgram(show('hostile_cells', 'csv'), { cwd: project.dir });
  const cell = (text: string): string =>
    /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const expected = ['N,TEXT', ...ROWS.map((row) => row.map((text) => cell(text ?? '')).join(','))];
  expect(stdout).toBe(`${expected.join('\n')}\n`);
  countAll('csv', null);
});

test('payloads are text, and nothing of them is run', async () => {
  const { stdout, exitCode } = await runProgram(show('hostile_payloads', 'json'), {
    cwd: project.dir,
  });
  expect(exitCode).toBe(0);
  const { show: rows }: { readonly show: readonly Readonly<Record<string, string>>[] } =
    JSON.parse(stdout);
  for (const [index, text] of HOSTILE_CELLS.entries()) {
    const isSame = Object.values(rows[index] ?? {}).every((one) => one === text);
    payloads.add(`${index}`, isSame ? null : JSON.stringify(rows[index]));
  }
  expect(payloads.faults).toEqual([]);
});

test.each(['csv', 'json', 'text'])('on a terminal %s is made harmless, too', async (output) => {
  const terminal = new TestTerminal({
    command: process.execPath,
    args: [PROGRAM, ...show('hostile_cells', output)],
    cwd: project.dir,
    columns: 120,
    rows: 36,
    env: { HOME: project.dir, NO_COLOR: '1' },
  });
  expect(await terminal.exited()).toBe(0);
  const fault = wrongIn(terminal.raw.replaceAll('\r\n', '\n'));
  countAll(`terminal ${output}`, fault);
  expect(fault).toBeNull();
});

test('on the screen they are shown as what they are', async () => {
  const screen = new TestTerminal({
    command: process.execPath,
    args: [PROGRAM],
    cwd: project.dir,
    columns: 120,
    rows: 36,
    env: { HOME: project.dir, XDG_CONFIG_HOME: join(project.dir, 'config') },
  });
  try {
    await screen.waitFor('hostile_cells');
    screen.press('p');
    await screen.waitFor(/\bTEXT\b/u);
    await screen.idle();
    screen.press('G');
    await screen.idle();
    const hasMark = [`;${MARK}\u0007`, `;${MARK}\u001b`, `;${MARK}\u009c`].some((text) =>
      screen.raw.includes(text),
    );
    countAll('screen', hasMark ? 'a sequence reached the terminal' : null);
    expect(hasMark).toBe(false);
    expect(screen.bufferType).toBe('alternate');
  } finally {
    screen.kill('SIGKILL');
  }
});
