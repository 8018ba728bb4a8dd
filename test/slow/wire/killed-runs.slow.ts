/**
 * R2: after kill -9 nothing keeps running unseen. The program is killed with a statement in flight, at each statement of two
 * builds; `recover` then knows every statement in flight, and ends it.
 */
import { afterAll, expect, test } from 'vitest';
import { startProgram, wireSession } from '../../support/wire-project.js';
import { PATIENCE_MS, SAMPLE, Tally } from '../tally.js';
import { inWireCase, WIRE_FILES, type WireCase } from './wire-case.js';

const { signal } = new AbortController();
const tally = new Tally({
  promise: 'R2',
  what: 'kill -9 with a statement in flight, through the wire, 1 and 4 threads',
});

afterAll(() => tally.write());

async function faultOf({ server, project, isHanging }: WireCase): Promise<string | null> {
  const run = startProgram(['build'], project.dir);
  const began = await Promise.race([isHanging.then(() => true), run.ended.then(() => false)]);
  if (!began) return 'it came to its end';
  run.child.kill('SIGKILL');
  await run.ended;
  const inFlight = server.statements.filter(({ status }) => status === 'RUNNING');
  const session = wireSession(project.dir);
  try {
    const runs = await session.recover({ isLooking: false, signal });
    const problems = runs.flatMap((one) => one.problems);
    if (problems.length > 0) return problems.join('; ');
    const seen = new Map(
      runs.flatMap(({ open }) => open.map(({ requestId, fate }) => [requestId, fate])),
    );
    const unseen = inFlight.filter(({ requestId }) => !seen.has(requestId));
    if (unseen.length > 0) return `not seen: ${unseen.map(({ sql }) => sql).join('; ')}`;
    const alive = server.statements.filter(({ status }) => status === 'RUNNING');
    await Promise.allSettled(alive.map(({ outcome }) => outcome));
    return inFlight.every(({ requestId }) => seen.get(requestId) === 'cancelled')
      ? null
      : `fates: ${[...seen.values()].join(', ')}`;
  } finally {
    await session.close();
  }
}

/** A build of it sends more than thirty statements, the questions of the catalog among them. */
const FILES = {
  ...WIRE_FILES,
  ...Object.fromEntries(
    ['four', 'five', 'six', 'seven'].map((name) => [
      `models/${name}.sql`,
      "{{ config(materialized='table', post_hook='select 1') }}\nselect id, word from {{ ref('a_table') }}",
    ]),
  ),
  'models/tests.yml': JSON.stringify({
    models: ['a_table', 'a_view', 'four', 'five', 'six', 'seven'].map((name) => ({
      name,
      columns: [
        { name: 'id', data_tests: ['not_null', 'unique'] },
        { name: 'word', data_tests: ['not_null'] },
      ],
    })),
  }),
};

test.each([1, 4])(
  '%i threads, at each of the first 30 statements',
  async (threads) => {
    for (let hangs = 0; hangs < 30; hangs += SAMPLE) {
      const fault = await inWireCase({ threads, hangs, files: FILES }, faultOf);
      tally.add(`${threads} threads, statement ${hangs + 1}`, fault);
    }
    expect(tally.faults).toEqual([]);
  },
  PATIENCE_MS,
);
