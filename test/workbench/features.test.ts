/** docs/features.md names commands, keys and tests: each of them is there. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keyLabel } from '../../src/workbench/command.js';
import { allCommands } from '../../src/workbench/commands/all.js';

const ROWS = readFileSync('docs/features.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/u.test(line))
  .map((line) => {
    const [, number = '', title = '', command = '', key = '', state = ''] = line
      .split(/(?<!\\)\|/u)
      .map((cell) => cell.trim());
    return { number, title, command: command.replaceAll('`', ''), key, state };
  });

test('all forty are told, in order', () => {
  expect(ROWS.map(({ number }) => Number(number))).toEqual(
    Array.from({ length: 40 }, (_, index) => index + 1),
  );
});

test.each(ROWS)('$number $title: its command, key and test are there', (row) => {
  const { command, key, state } = row;
  expect(state).toMatch(/^(?:done: `|partly: |not yet)/u);
  const found = allCommands().find(({ id }) => id === command);
  const keys = found?.keys.map(keyLabel) ?? [''];
  expect(keys).toContain(key.replaceAll('\\', ''));
  expect(found === undefined && (command !== '' || state.startsWith('done'))).toBe(false);
  const files = [...state.matchAll(/`(test\/[^`]+)`/gu)].map(([, file = '']) => file);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});
