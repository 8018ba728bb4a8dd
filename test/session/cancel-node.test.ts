/** One node of a run is cancelled in the engine: what waits for it is skipped, the others end as they would. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type NodeId, nodeId } from '../../src/base/index.js';
import { openSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';

let copy: ProjectCopy;
afterEach(() => copy.remove());

const FILES = {
  'dbt_project.yml': "name: slow\nversion: '1.0'\nprofile: slow\n",
  'profiles.yml':
    'slow:\n  outputs: {dev: {type: duckdb, path: slow.duckdb, schema: main, threads: 2}}\n  target: dev\n',
  // Days of work, which only a cancel that reaches the engine ends.
  'models/endless.sql':
    "{{ config(materialized='table') }}\nselect count(*) as n from range(1000000000) a, range(1000000000) b where a.range + b.range = 7",
  'models/after_endless.sql': "select * from {{ ref('endless') }}",
  'models/quick.sql': "{{ config(materialized='table') }}\nselect 1 as id",
  'models/after_quick.sql': "{{ config(materialized='table') }}\nselect * from {{ ref('quick') }}",
} as const;

test.each([1, 2])('with %i threads', async (threads) => {
  copy = emptyFolder();
  mkdirSync(join(copy.dir, 'models'));
  for (const [file, text] of Object.entries(FILES)) writeFileSync(join(copy.dir, file), text);
  const session = openSession({ projectDir: copy.dir, profilesDir: copy.dir }, { env: {} });
  const endless = nodeId('model.slow.endless');
  const cancel = new AbortController();
  const never = new AbortController();
  const summary = await session.run(
    { command: 'run', threads },
    {
      signal: never.signal,
      nodeSignal: (id: NodeId) => (id === endless ? cancel.signal : never.signal),
      emit(event) {
        if (event.type === 'statement_started' && event.nodeId === endless) {
          setTimeout(() => cancel.abort(), 50);
        }
      },
    },
  );
  await session.close();
  const ended = summary.results.map(({ nodeId: id, status, message }) => [
    id.replace('model.slow.', ''),
    status,
    message === 'Cancelled.',
  ]);
  expect(Object.fromEntries(ended.map(([name, ...rest]) => [name, rest]))).toEqual({
    quick: ['success', false],
    after_quick: ['success', false],
    endless: ['skipped', true],
    after_endless: ['skipped', false],
  });
  expect(summary.isCancelled).toBe(false);
});
