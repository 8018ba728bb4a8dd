/** `begin` and `commit` that dbt's macros write around one statement are left out where nothing else is between them. */
import { afterEach, expect, test } from 'vitest';
import { openSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { writeFiles } from '../support/run-program.js';

let copy: ProjectCopy;
afterEach(() => copy.remove());

const { signal } = new AbortController();
const INCREMENTAL = "materialized='incremental', unique_key='id'";

test.each([
  ['one merge', 'fast', INCREMENTAL, ['merge']],
  ["one merge in dbt's style", 'dbt', INCREMENTAL, ['BEGIN', 'merge', 'COMMIT']],
  [
    'a delete and an insert belong together',
    'fast',
    `${INCREMENTAL}, incremental_strategy='delete+insert'`,
    ['BEGIN', 'delete', 'insert', 'COMMIT'],
  ],
  [
    "a merge within the transaction of the user's own",
    'fast',
    `${INCREMENTAL}, pre_hook='begin', post_hook='commit'`,
    ['BEGIN', 'BEGIN', 'merge', 'COMMIT', 'COMMIT'],
  ],
] as const)('%s', async (_, planStyle, config, expected) => {
  copy = emptyFolder();
  writeFiles(copy.dir, {
    'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\n",
    'profiles.yml':
      'shop: {target: dev, outputs: {dev: {type: snowflake, engine: embedded, path: ":memory:", database: DB, schema: DEV}}}\n',
    'models/word.sql': `{{ config(${config}) }} select 1 as id, 'a' as word`,
  });
  const session = openSession(
    { projectDir: copy.dir, profilesDir: copy.dir, planStyle },
    { env: {} },
  );
  await session.run({ command: 'run' }, { signal });
  const verbs: string[] = [];
  const { results } = await session.run(
    { command: 'run' },
    {
      signal,
      emit(event) {
        if (event.type !== 'statement_started' || event.nodeId === null) return;
        const verb = /\w+/u.exec(event.sql.replaceAll(/--.*/gu, ''))?.[0] ?? '';
        verbs.push(/^(?:begin|commit)$/iu.test(verb) ? verb.toUpperCase() : verb);
      },
    },
  );
  await session.close();
  expect(results.map(({ status }) => status)).toEqual(['success']);
  expect(verbs.filter((verb) => /^(?:BEGIN|COMMIT|merge|delete|insert)$/u.test(verb))).toEqual(
    expected,
  );
});
