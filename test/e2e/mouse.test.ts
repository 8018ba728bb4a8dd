/** The mouse on the built program: tabs, footer, nodes, rows, the wheel. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pondProject } from '../cli/write-project.js';
import type { ProjectCopy } from '../support/project-copy.js';
import { runProgram } from '../support/run-program.js';
import { TestTerminal } from './terminal.js';

const PROGRAM = join(process.cwd(), 'dist', 'dagbook.js');
let pond: ProjectCopy;
let terminal: TestTerminal;

beforeAll(async () => {
  pond = pondProject();
  await runProgram(['build', '-q'], { cwd: pond.dir });
  terminal = new TestTerminal({
    command: process.execPath,
    args: [PROGRAM],
    cwd: pond.dir,
    columns: 120,
    rows: 36,
    env: { XDG_CONFIG_HOME: join(pond.dir, 'config') },
  });
});

afterAll(() => {
  terminal.kill('SIGKILL');
  pond.remove();
});

/** Presses and releases the left button where a text is first seen, `below` rows under that. */
function click(text: string, below = 0): void {
  const y = terminal.lines.findIndex((line) => line.includes(text));
  const x = terminal.lines[y]?.indexOf(text) ?? -1;
  if (x < 0) throw new Error(`${text} is not on the screen:\n${terminal.text}`);
  const place = `${x + 2};${y + 1 + below}`;
  terminal.press(`\u001b[<0;${place}M\u001b[<0;${place}m`);
}

const wheel = (way: 'up' | 'down'): void =>
  terminal.press(`\u001b[<${way === 'up' ? 64 : 65};40;10M`);

test('a tab', async () => {
  await terminal.waitFor('enter open');
  click('8 REPL');
  await terminal.waitFor('a statement ends with');
  // Also while something is typed: it is kept.
  terminal.press('select 1');
  await terminal.waitFor('❯ select 1');
  click('1 Graph');
  await terminal.waitFor('enter open');
  click('8 REPL');
  await terminal.waitFor('❯ select 1');
  terminal.press('\u0003');
  await terminal.waitFor('or :help');
  click('1 Graph');
  expect(await terminal.waitFor('enter open')).not.toContain('❯ select 1');
});

test('a key of the footer', async () => {
  click('? keys');
  await terminal.waitFor('type to search');
  click('enter close');
  expect(await terminal.waitFor('? keys')).not.toContain('type to search');
});

test('a node of the lists and of the map', async () => {
  click('sightings');
  await terminal.waitFor(/╭─ (?:sightings|latest|birds)/u);
  click('latest ●');
  expect(await terminal.waitFor(/\[latest ●\]/u)).toMatch(/╭─ latest/u);
});

test('a row of the grid, and the wheel over it', async () => {
  terminal.press('8');
  await terminal.waitFor('a statement ends with');
  terminal.press('select range as n from range(200);\r');
  await terminal.waitFor(/200 rows/u);
  terminal.press('\u0007');
  await terminal.waitFor(/row 1 of 200/u);
  click('   n #', 6);
  await terminal.waitFor(/row [3-6] of 200/u);
  const [before = ''] = /row \d+ of 200/u.exec(terminal.text) ?? [];
  wheel('down');
  await terminal.waitFor(/row [6-9] of 200/u);
  wheel('up');
  expect(await terminal.waitFor(before)).toContain('200 rows · ');
});

test('the wheel over the REPL scrolls what came, not what was typed before', async () => {
  terminal.press('8');
  await terminal.waitFor('a statement ends with');
  terminal.press(':help\r:help\r');
  await terminal.waitFor(/Anything else is SQL[^]*Anything else is SQL|:limit/u);
  await terminal.idle();
  const before = terminal.text;
  wheel('up');
  await terminal.idle();
  expect(terminal.text).not.toBe(before);
  expect(terminal.text).toContain('❯ ');
  wheel('down');
  await terminal.idle();
  expect(terminal.text).toBe(before);
  terminal.press('\u001b');
  await terminal.waitFor('i type');
  terminal.press('Q');
  expect(await terminal.exited()).toBe(0);
});
