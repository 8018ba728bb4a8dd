/**
 * Whole runs against the statements that real dbt 1.12.6 with dbt-snowflake 1.12.3 sent for the same project.
 */
import { expect, test } from 'vitest';
import { runCases } from './run-cases.js';

/** Statements that dbt sent in each run, in the order of `runs.txt`. */
const SENT = [15, 12, 16, 57, 137, 57, 15, 20, 18, 53, 14, 21, 9, 5, 5, 4, 198] as const;

test('every run sends exactly what dbt sends, in its order', async () => {
  const outcomes = await runCases('test/fixtures/plans');
  expect(
    outcomes.flatMap(({ line, differences }) => differences.map((one) => ({ line, ...one }))),
  ).toEqual([]);
  expect(outcomes.map(({ passed }) => passed)).toEqual(SENT);
});
