/**
 * R4: no statement has its effect twice, none is lost without a word. A thousand random schedules of faults over fifty
 * statements on four sessions.
 */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { WarehouseError } from '../../../src/warehouse/index.js';
import { openSnowflake } from '../../../src/warehouse/snowflake/index.js';
import { targetFields } from '../../../src/warehouse/target-fields.js';
import { connectionOptions } from '../../../src/warehouse/snowflake/index.js';
import type { Fault } from '../../support/snowflake-server/faults.js';
import { startServer } from '../../support/snowflake-server/server.js';
import { embeddedInMemory } from '../../warehouse/snowflake/on-server.js';
import { PATIENCE_MS, SAMPLE, Tally } from '../tally.js';

const { signal } = new AbortController();
const RUNS = Math.ceil(1000 / SAMPLE);
const STATEMENTS = 50;
const MAX_RETRIES = 3;
const tally = new Tally({
  promise: 'R4',
  what: `random faults at ${STATEMENTS} statements on 4 sessions (drops, 5xx, 429, half answers, garbage, expired tokens)`,
});

afterAll(() => tally.write());

const FAULTS: readonly Fault[] = [
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'after' },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
  { kind: 'half' },
  { kind: 'body', text: '{"x', contentType: 'application/json' },
  { kind: 'expire' },
];

/** For each statement, the faults of its first attempts. */
const schedules = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(fc.constantFrom(...FAULTS), { maxLength: MAX_RETRIES + 2 }) },
  ),
  { minLength: STATEMENTS, maxLength: STATEMENTS },
);

test(
  `${RUNS} schedules`,
  async () => {
    const behind = await embeddedInMemory();
    const one = { name: 'N', type: 'fixed', nullable: true, precision: 38, scale: 0, length: null };
    const server = await startServer({
      warehouse: behind,
      answers: () => ({ rowtype: [one], rowset: [['1']] }),
    });
    const fields = targetFields({
      type: 'snowflake',
      name: 'd',
      projectRoot: '/',
      fields: server.fields,
    });
    const warehouse = await openSnowflake({
      connection: connectionOptions(fields, {}),
      notify: () => undefined,
      policy: {
        signInMs: 60_000,
        answerMs: 60_000,
        cancelMs: 1000,
        maxRetries: MAX_RETRIES,
        firstPauseMs: 1,
        longestPauseMs: 4,
        breakMs: 0,
        breakAfter: 1_000_000,
      },
    });
    const connections = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (name) => await warehouse.connect({ name, signal })),
    );
    let run = 0;
    try {
      await fc.assert(
        fc.asyncProperty(schedules, async (schedule) => {
          run += 1;
          const requestOf = (index: number): string => `${run}-${index}`;
          const byRequest = new Map(schedule.map((faults, index) => [requestOf(index), faults]));
          server.order(({ kind, requestId, attempt }) =>
            kind === 'query' ? byRequest.get(requestId ?? '')?.[attempt - 1] : undefined,
          );
          const before = server.requests.length;
          const outcomes = await Promise.all(
            connections.map(async (connection, lane) => {
              const told: (readonly [number, 'done' | 'unknown' | 'refused'])[] = [];
              for (let index = lane; index < STATEMENTS; index += connections.length) {
                const requestId = requestOf(index);
                const sql = `insert into t values (${run}, ${index})`;
                try {
                  await connection.execute(sql, { signal, requestId });
                  told.push([index, 'done']);
                } catch (error) {
                  const isUnknown = error instanceof WarehouseError && error.isOutcomeUnknown;
                  told.push([index, isUnknown ? 'unknown' : 'refused']);
                }
              }
              return told;
            }),
          );
          tally.add(`schedule ${run}`, faultOf(run, outcomes.flat(), server.statements));
          const attempts = new Map<string, number>();
          for (const { kind, requestId } of server.requests.slice(before))
            if (kind === 'query' && requestId !== null)
              attempts.set(requestId, (attempts.get(requestId) ?? 0) + 1);
          // An expired token costs one more, each time.
          const most = Math.max(...attempts.values());
          return tally.faults.length === 0 && most <= 2 * (MAX_RETRIES + 2);
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    } finally {
      await warehouse.close();
      await server.close();
      await behind.close();
    }
    expect(tally.faults).toEqual([]);
  },
  PATIENCE_MS,
);

/** Effects by statement: each text has at most one, and one exactly where it was said to be done. */
function faultOf(
  run: number,
  outcomes: readonly (readonly [number, 'done' | 'unknown' | 'refused'])[],
  statements: readonly { readonly sql: string }[],
): string | null {
  const prefix = `insert into t values (${run}, `;
  const effects = new Map<string, number>();
  for (const { sql } of statements.slice(-2 * STATEMENTS))
    if (sql.startsWith(prefix)) effects.set(sql, (effects.get(sql) ?? 0) + 1);
  for (const [index, outcome] of outcomes) {
    const count = effects.get(`${prefix}${index})`) ?? 0;
    if (count > 1) return `statement ${index} had its effect ${count} times`;
    if (outcome === 'done' && count !== 1) return `statement ${index} was said to be done`;
    if (outcome === 'refused' && count !== 0) return `statement ${index} was said to be refused`;
  }
  return null;
}
