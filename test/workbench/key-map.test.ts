import { expect, test } from 'vitest';
import { allCommands } from '../../src/workbench/commands/all.js';
import { createWorkbench, handleKey, memorySettings } from '../../src/workbench/index.js';
import { readKeyMap, withKeyMap } from '../../src/workbench/key-map.js';
import { openShop } from '../tui/shop.js';

const MAP = readKeyMap({
  keys: { 'node.build': ['r'], 'node.nowhere': ['x'], broken: 7 },
  commands: [
    { key: 'ctrl-x', title: 'Build with what follows', line: 'build -s {node}+' },
    { key: 'alt-x', line: ':' },
    { title: 'no key' },
    'nonsense',
  ],
});

test('what makes no sense in the file is left out', () => {
  expect([...MAP.keys.keys()]).toEqual(['node.build', 'node.nowhere']);
  expect(MAP.commands.map(({ title }) => title)).toEqual(['Build with what follows', ':']);
  expect(readKeyMap(null).commands).toEqual([]);
});

test('a key that is given to one command is taken from the others', () => {
  const commands = withKeyMap(allCommands(), MAP);
  const keysOf = (id: string): readonly string[] | undefined =>
    commands.find((command) => command.id === id)?.keys;
  expect([keysOf('node.build'), keysOf('node.run'), keysOf('notebook.run')?.[0]]).toEqual([
    ['r'],
    [],
    'r',
  ]);
});

test('a command of one\u2019s own runs its line on the node under the cursor', async () => {
  const { workbench: plain } = openShop({ columns: 120, rows: 36 });
  const { session, host, records } = plain;
  const size = { columns: 120, rows: 36 };
  const settings = memorySettings(MAP);
  const workbench = createWorkbench({ session, host, records, size, settings });
  handleKey(workbench, 'ctrl-x', null);
  expect(workbench.store.get().run.request).toEqual({
    command: 'build',
    select: ['int_incidents_unioned+'],
  });
  await workbench.close();
});
