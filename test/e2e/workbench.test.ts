/**
 * The main job by hand: the built program in a pseudo-terminal, from its first start to its end.
 */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { copyBundledProject, type ProjectCopy } from '../support/project-copy.js';
import { leftovers } from './leftovers.js';
import { TestTerminal } from './terminal.js';

const PROGRAM = join(process.cwd(), 'dist', 'dagbook.js');
let copy: ProjectCopy;
let settings: ProjectCopy;

beforeAll(() => {
  copy = copyBundledProject();
  settings = copyBundledProject();
});

afterAll(() => {
  copy.remove();
  settings.remove();
});

const opened: TestTerminal[] = [];

afterEach(() => {
  for (const terminal of opened.splice(0)) terminal.kill('SIGKILL');
});

function open(size: { readonly columns: number; readonly rows: number }): TestTerminal {
  const terminal = new TestTerminal({
    command: process.execPath,
    args: [PROGRAM, 'start', '--project-dir', copy.dir],
    cwd: copy.dir,
    env: { XDG_CONFIG_HOME: join(settings.dir, 'config') },
    ...size,
  });
  opened.push(terminal);
  return terminal;
}

test('first start, find, compiled, plan, run, preview, quit', async () => {
  const terminal = open({ columns: 120, rows: 36 });
  await terminal.waitFor('Making the sample data');
  await terminal.waitFor('map around the node', 150_000);
  expect(terminal.text).toContain('ops_performance');
  expect(terminal.text).toContain('local · embedded');
  expect(terminal.bufferType).toBe('alternate');

  terminal.press('/');
  await terminal.waitFor('─ find ─');
  terminal.press('fct inc');
  await terminal.waitFor(/❯ fct inc/u);
  await terminal.waitFor('fct_ops__incidents');
  terminal.press('\r');
  await terminal.waitFor(/╭─ fct_ops__incidents ─/u);

  terminal.press('\r');
  await terminal.waitFor('properties');
  await terminal.waitFor('ANALYTICS.dev_intermediate.int_ops');
  terminal.press('c');
  await terminal.waitFor("ref('int_ops__incidents_unioned')");
  terminal.press('c');
  await terminal.waitFor('ANALYTICS.dev_intermediate.int_ops');
  terminal.press('x');
  await terminal.waitFor(/\d statements, \d of them writing/u);
  expect(terminal.text).toContain('replaces ANALYTICS.DEV_OPS.FCT_OPS__INCIDENTS');

  terminal.press('r');
  await terminal.waitFor(/1 done|✓ ?1|1\/1/u);
  await terminal.idle();
  expect(terminal.text).toContain('fct_ops__incidents');

  terminal.press('p');
  await terminal.waitFor('INCIDENT_KEY');
  expect(terminal.text).toContain('companya');

  terminal.press('Q');
  expect(await terminal.exited()).toBe(0);
  expect(leftovers(terminal)).toEqual([]);
}, 240_000);

test('the second start, at 80x24, goes straight to the graph, and letters typed into the finder are no hotkeys', async () => {
  const terminal = open({ columns: 80, rows: 24 });
  await terminal.waitFor('enter open');
  terminal.press('/');
  await terminal.waitFor('─ find ─');
  terminal.press('qQrb');
  await terminal.waitFor(/❯ qQrb/u);
  terminal.press('\u001b');
  await terminal.waitFor('/ find');
  terminal.press('?');
  await terminal.waitFor('type to search');
  terminal.press('\u001b');
  await terminal.waitFor('/ find');
  terminal.press('q');
  await terminal.idle();
  terminal.press('Q');
  expect(await terminal.exited()).toBe(0);
  expect(leftovers(terminal)).toEqual([]);
}, 60_000);

/** Each screen by its key, and what of the real project it shows. */
const WALK: readonly (readonly [keys: string, tab: string, shows: string | RegExp])[] = [
  ['1', '1 Graph', /─ upstream · 2 levels ─/u],
  ['m', '1 Graph', /─ map /u],
  ['m', '1 Graph', /─ downstream · 2 levels ─/u],
  ['\r', '2 Node', /with \w+ as \(/u],
  ['w', '2 Node', /the query itself +[\d,]+ rows/u],
  ['d', '2 Node', /What is compiled now is what was built last|of what was built/u],
  ['t', '3 Run', /done in [\d.]+ s/u],
  ['1p', '4 Data', /INCIDENT_KEY/u],
  ['5n', '5 Notebook', /new line|run all|-- %%/u],
  ['\u001b', '5 Notebook', /enter edit/u],
  ['6', '6 Snapshots', /no overlapping validity/u],
  ['7', '7 Columns', /impact if it changes/u],
  ['8', '8 REPL', /a statement ends with/u],
  ['select 40 + 2 as answer;\r', '8 REPL', /ANSWER[^]*\b42\b[^]*1 row/u],
  ['\u001b', '8 REPL', /i type/u],
];

test.each([
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 200, rows: 60 },
])(
  'a walk over the eight screens at $columns x $rows',
  async (size) => {
    const terminal = open(size);
    await terminal.waitFor('enter open');
    terminal.press('/');
    await terminal.waitFor('─ find ─');
    terminal.press('int_ops__incidents_unioned\r');
    await terminal.waitFor(/╭─ int_ops__incidents_unioned/u);
    for (const [keys, tab, shows] of WALK) {
      terminal.press(keys);
      await terminal.waitFor(shows, 60_000);
      // What is waited for may stand there already: the keys are taken in, and the frame is whole, once nothing moves.
      await terminal.idle();
      const [header = '', ...rest] = terminal.lines;
      expect(header).toContain(tab);
      // The frames at the edges are whole, each with its beginning and its end; the last row tells a key.
      const rowsWith = (edge: RegExp): number => rest.filter((row) => edge.test(row)).length;
      expect([rowsWith(/^╭/u), rowsWith(/╮$/u)]).toEqual([rowsWith(/^╰/u), rowsWith(/╯$/u)]);
      expect(terminal.lines.at(-1)).toMatch(/^ \S+ \S/u);
    }
    terminal.press('Q');
    expect(await terminal.exited()).toBe(0);
    expect(leftovers(terminal)).toEqual([]);
  },
  240_000,
);

test.each(['SIGTERM', 'SIGHUP'])(
  '%s gives the terminal back',
  async (signal) => {
    const terminal = open({ columns: 100, rows: 30 });
    await terminal.waitFor('enter open');
    terminal.kill(signal);
    await terminal.exited();
    expect(leftovers(terminal)).toEqual([]);
  },
  60_000,
);
