import { expect, test } from 'vitest';
import {
  DagbookError,
  formatDiagnostic,
  positionAt,
  Secret,
  toDiagnostic,
} from '../../src/base/index.js';

test.each([
  { offset: 0, line: 1, column: 1 },
  { offset: 2, line: 1, column: 3 },
  { offset: 3, line: 2, column: 1 },
  { offset: 6, line: 3, column: 2 },
  { offset: 99, line: 3, column: 3 },
])('offset $offset is $line:$column', ({ offset, line, column }) => {
  expect(positionAt('m.sql', 'ab\nc\nde', offset)).toEqual({ file: 'm.sql', line, column });
});

test('a diagnostic prints what, where and what next', () => {
  const error = new DagbookError('graph/cycle', 'a -> b -> a', {
    hint: 'Remove a ref.',
    position: { file: 'models/a.sql', line: 3, column: 7 },
  });
  expect(formatDiagnostic(toDiagnostic(error, 'other/code'))).toBe(
    'error: a -> b -> a\n  at models/a.sql:3:7\n  hint: Remove a ref.',
  );
});

test('a secret prints as stars wherever it goes', () => {
  const secret = new Secret('hunter2');
  expect(`${String(secret)} ${JSON.stringify({ secret })}`).toBe('***** {"secret":"*****"}');
  expect(secret.reveal()).toBe('hunter2');
});
