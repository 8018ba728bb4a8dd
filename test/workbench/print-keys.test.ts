import { expect, test } from 'vitest';
import { allCommands } from '../../src/workbench/commands/all.js';
import { printKeys } from '../../src/workbench/print-keys.js';

test('docs/keys.md is what the registry says', async () => {
  await expect(printKeys(allCommands())).toMatchFileSnapshot('../../docs/keys.md');
});

test('every command is told', () => {
  const page = printKeys(allCommands());
  for (const { title } of allCommands()) expect(page).toContain(title);
});
