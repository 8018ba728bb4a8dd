/**
 * R3: Ctrl-C and the other signals end what runs in the account before the program leaves, with dbt's exit code 2.
 */
import { afterAll, expect, test } from 'vitest';
import { startProgram } from '../../support/wire-project.js';
import { Tally } from '../tally.js';
import { inWireCase, WIRE_FILES, type WireCaseOptions } from './wire-case.js';

const tally = new Tally({
  promise: 'R3',
  what: 'SIGINT, SIGTERM, SIGHUP in six states of a run, 1 and 8 threads',
});

afterAll(() => tally.write());

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const STATES: readonly (readonly [string, Partial<WireCaseOptions>])[] = [
  ['submitted, its query id not yet told', { hangs: 'table DB.DEV.other', holdMs: 45_000 }],
  ['running', { hangs: 'table DB.DEV.other', holdMs: 50 }],
  ['in a transaction', { hangs: 'merge into', holdMs: 50 }],
  ['making the schema', { hangs: 'create schema', holdMs: 50 }],
  ['asking the catalog', { hangs: 'show ', holdMs: 50 }],
  ['in a test', { hangs: 'dbt_internal_test', holdMs: 50 }],
];

const FILES = {
  ...WIRE_FILES,
  'models/merged.sql':
    "{{ config(materialized='incremental', unique_key='id', incremental_strategy='merge', pre_hook='merge into db.dev.log using (select 1 as id) s on log.id = s.id when not matched then insert (id) values (1)') }}\nselect 1 as id",
  'models/m.yml':
    'models:\n  - name: other\n    columns:\n      - name: id\n        data_tests: [not_null]\n',
};

test.each(SIGNALS)('%s', async (signal) => {
  for (const threads of [1, 8]) {
    for (const [state, options] of STATES) {
      const name = `${signal}, ${state}, ${threads} threads`;
      const fault = await inWireCase(
        { threads, hangs: null, files: FILES, ...options },
        async ({ server, project, isHanging }) => {
          const run = startProgram(['build'], project.dir);
          if (!(await Promise.race([isHanging.then(() => true), run.ended.then(() => false)])))
            return `it came to its end: ${(await run.ended).stderr}`;
          run.child.kill(signal);
          const { exitCode, stderr } = await run.ended;
          if (exitCode !== 2) return `exit code ${exitCode}: ${stderr}`;
          if (!stderr.includes('Cancelling what is running')) return 'it did not say so';
          const left = server.statements.filter(({ status }) => status === 'RUNNING');
          return left.length === 0 ? null : `left running: ${left[0]?.sql ?? ''}`;
        },
      );
      tally.add(name, fault);
    }
  }
  expect(tally.faults).toEqual([]);
});
