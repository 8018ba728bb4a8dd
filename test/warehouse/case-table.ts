import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Warehouse } from '../../src/warehouse/index.js';
import { type SqlCase, failureOf, openMemory } from './case-runner.js';

/** A case as a pair: the statement and its rows, or the words of its error. */
export type Pair = readonly [
  sql: string,
  outcome: readonly (readonly unknown[])[] | string,
  setup?: readonly string[],
];

/** Declares one test a pair, all on one warehouse: called inside of `describe`. */
export function caseTable(pairs: readonly Pair[]): void {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openMemory();
  });
  afterAll(async () => {
    await warehouse.close();
  });
  test.each(pairs.map((pair) => ({ name: pair[0], one: toCase(pair) })))(
    '$name',
    async ({ one }) => {
      expect(await failureOf(one, warehouse)).toBeUndefined();
    },
  );
}

function toCase([sql, outcome, setup]: Pair): SqlCase {
  const base = { sql, ...(setup === undefined ? {} : { setup }) };
  return typeof outcome === 'string' ? { ...base, error: outcome } : { ...base, rows: outcome };
}
