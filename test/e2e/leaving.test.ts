/** The terminal lent: to the user's editor and to the shell, and back. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { pondProject } from '../cli/write-project.js';
import type { ProjectCopy } from '../support/project-copy.js';
import { TestTerminal } from './terminal.js';

const PROGRAM = join(process.cwd(), 'dist', 'dagbook.js');
let pond: ProjectCopy;
let editor = '';

beforeAll(() => {
  pond = pondProject();
  editor = join(pond.dir, 'nano');
  writeFileSync(
    editor,
    '#!/bin/sh\nprintf "EDITOR GOT %s\\n" "$1"\nread -r answer\nprintf -- "\\n-- %s" "$answer" >> "$2"\nexit 3\n',
  );
  chmodSync(editor, 0o755);
});

afterAll(() => pond.remove());

const opened: TestTerminal[] = [];
afterEach(() => {
  for (const terminal of opened.splice(0)) terminal.kill('SIGKILL');
});

function open(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): TestTerminal {
  const terminal = new TestTerminal({
    command,
    args,
    cwd: pond.dir,
    columns: 100,
    rows: 30,
    env: { XDG_CONFIG_HOME: join(pond.dir, 'config'), ...env },
  });
  opened.push(terminal);
  return terminal;
}

test('e opens the editor at the line, on the terminal itself, and what was changed is there after it', async () => {
  const terminal = open(process.execPath, [PROGRAM], { EDITOR: editor, VISUAL: '' });
  await terminal.waitFor('enter open');
  terminal.press('/');
  await terminal.waitFor('─ find ─');
  terminal.press('latest\r');
  await terminal.waitFor(/─ latest ─/u);
  terminal.press('e');
  await terminal.waitFor('EDITOR GOT +1');
  expect(terminal.bufferType).toBe('normal');
  // Of the editor now: the workbench must not end by it.
  terminal.press('typed by hand\r');
  await terminal.waitFor('enter open');
  expect(terminal.bufferType).toBe('alternate');
  terminal.press('c');
  await terminal.waitFor('-- typed by hand');
  expect(readFileSync(join(pond.dir, 'models/latest.sql'), 'utf8')).toMatch(/-- typed by hand$/u);
  terminal.press('Q');
  expect(await terminal.exited()).toBe(0);
}, 60_000);

test('an editor that is not there is told, and the screen goes on', async () => {
  const terminal = open(process.execPath, [PROGRAM], { EDITOR: 'no-such-editor', VISUAL: '' });
  await terminal.waitFor('enter open');
  terminal.press('e');
  await terminal.waitFor('no-such-editor is not installed');
  expect(terminal.bufferType).toBe('alternate');
  terminal.press('?');
  await terminal.waitFor('type to search');
}, 60_000);

test('ctrl-z gives the terminal back to the shell, fg takes it again', async () => {
  const terminal = open('/bin/bash', ['--norc', '--noprofile', '-i'], { PS1: 'shell> ' });
  await terminal.waitFor('shell>');
  terminal.press(`${process.execPath} ${PROGRAM}\r`);
  await terminal.waitFor('enter open');
  terminal.press('\u001a');
  await terminal.waitFor('Stopped');
  expect(terminal.bufferType).toBe('normal');
  terminal.press('echo to the $((40 + 2)) shell\r');
  await terminal.waitFor('to the 42 shell');
  terminal.press('fg\r');
  await terminal.waitFor('enter open');
  expect(terminal.bufferType).toBe('alternate');
  terminal.press('?');
  await terminal.waitFor('type to search');
  terminal.press('\u001b');
  await terminal.waitFor('/ find');
  terminal.press('Q');
  await terminal.waitFor(/dagbook\.js\nshell>/u);
  expect(terminal.bufferType).toBe('normal');
  terminal.press('exit\r');
  await terminal.exited();
}, 60_000);

test('a program that no shell waits for is not stopped', async () => {
  const terminal = open(process.execPath, [PROGRAM]);
  await terminal.waitFor('enter open');
  terminal.press('\u001a');
  await terminal.waitFor('No shell waits for this program');
  expect(terminal.bufferType).toBe('alternate');
}, 60_000);
