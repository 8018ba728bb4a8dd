/** What exists is asked anew by each run of a session: others make and drop relations between them. */
import { afterEach, expect, test } from 'vitest';
import { openSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { writeFiles } from '../support/run-program.js';

let copy: ProjectCopy;
afterEach(() => copy.remove());

const { signal } = new AbortController();

test.each([
  [
    'a seed that its own hook drops',
    {
      'seeds/word.csv': 'id\n1\n',
      'seeds/properties.yml':
        'seeds: [{name: word, config: {post_hook: "{% do adapter.drop_relation(this.incorporate(type=\'table\')) %}"}}]',
    },
  ],
  [
    'a table that an operation drops between two runs',
    {
      'models/word.sql': "{{ config(materialized='incremental') }} select 1 as id",
      'macros/drop_word.sql':
        "{% macro drop_word() %}{% do run_query('drop table main.word') %}{% endmacro %}",
    },
  ],
])('%s', async (_, files) => {
  copy = emptyFolder();
  writeFiles(copy.dir, {
    'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\n",
    'profiles.yml':
      'shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb, schema: main}}}\n',
    ...files,
  });
  const session = openSession({ projectDir: copy.dir, profilesDir: copy.dir }, { env: {} });
  const messages: (string | null)[] = [];
  for (const _run of [1, 2]) {
    const { results } = await session.run({ command: 'build' }, { signal });
    messages.push(...results.map(({ message, failure }) => failure?.message ?? message));
    if ('macros/drop_word.sql' in files) await session.runOperation('drop_word', {}, { signal });
  }
  await session.close();
  expect(messages[1]).toBe(messages[0]);
});

test("transient tables are replaced by a second run in dbt's style", async () => {
  copy = emptyFolder();
  writeFiles(copy.dir, {
    'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\n",
    'profiles.yml':
      'shop: {target: dev, outputs: {dev: {type: snowflake, engine: embedded, path: ":memory:", database: DB, schema: DEV}}}\n',
    'models/word.sql': "{{ config(materialized='table') }} select * from {{ ref('letter') }}",
    'models/incremental_word.sql':
      "{{ config(materialized='incremental') }} select * from {{ ref('letter') }}",
    'seeds/letter.csv': 'id\n1\n',
  });
  const session = openSession(
    { projectDir: copy.dir, profilesDir: copy.dir, planStyle: 'dbt' },
    { env: {} },
  );
  for (const _run of [1, 2]) {
    const { results } = await session.run({ command: 'build' }, { signal });
    expect(results.map(({ failure }) => failure)).toEqual([null, null, null]);
  }
  await session.close();
});
