import { expect, test } from 'vitest';
import { runCommandOf } from '../../src/workbench/subject.js';

test.each([
  { types: ['model'], command: 'run' },
  { types: ['snapshot'], command: 'snapshot' },
  { types: ['seed', 'seed'], command: 'seed' },
  { types: ['test'], command: 'test' },
  { types: ['unit_test'], command: 'test' },
  { types: ['model', 'seed'], command: 'run' },
  { types: [], command: 'run' },
] as const)('$types are run by dbt $command', ({ types, command }) => {
  expect(runCommandOf(types.map((resourceType) => ({ resourceType })))).toBe(command);
});
