/**
 * Whole runs against the statements that real dbt 1.12.6 with dbt-snowflake 1.12.3 sent for the same projects.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCases } from './run-cases.js';

test.each([
  { what: 'every materialization and strategy', dir: 'test/fixtures/plans', runs: 17 },
  {
    what: 'databases, hooks, comments, --vars, --empty, operations, clones',
    dir: 'test/fixtures/plans-wide',
    runs: 21,
  },
])('$what: exactly what dbt sends, in its order', async ({ dir, runs }) => {
  const outcomes = await runCases(dir);
  const differences = outcomes.flatMap((run) =>
    run.differences.map((one) => ({ line: run.line, ...one })),
  );
  expect(differences).toEqual([]);
  expect(outcomes.map(({ passed }) => passed)).toEqual(
    outcomes.map((_, index) => sentIn(dir, index + 1)),
  );
  expect(outcomes).toHaveLength(runs);
});

function sentIn(dir: string, run: number): number {
  const file = join(dir, 'recorded', `${String(run).padStart(2, '0')}.jsonl`);
  return readFileSync(file, 'utf8').trim().split('\n').length;
}
