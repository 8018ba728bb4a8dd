/**
 * A seed that is made anew is filled beside its place, in our own style: nobody sees it empty or half full.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSession, type SessionOptions } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { writeFiles } from '../support/run-program.js';

const { signal } = new AbortController();
const FILES = {
  'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\n",
  'profiles.yml':
    'shop:\n  target: dev\n  outputs:\n    dev: {type: snowflake, engine: embedded, path: w.duckdb, account: x, user: x, database: DB, schema: DEV, warehouse: W}\n',
  'seeds/letters.csv': 'id,word\n1,a\n2,b\n3,c\n',
  'macros/batches.sql': '{% macro snowflake__get_batch_size() %}{{ return(2) }}{% endmacro %}',
};
const OVERRIDE = {
  'macros/load.sql':
    "{% macro load_csv_rows(model, agate_table) %}{% do run_query('insert into ' ~ this ~ \" values (7, 'g')\") %}{{ return('own') }}{% endmacro %}",
};

let project: ProjectCopy;

beforeEach(() => {
  project = emptyFolder();
  writeFiles(project.dir, FILES);
});

afterEach(() => project.remove());

/** What a seed sends, told by its first words; the rows that it ends with. */
async function seed(
  isFullRefresh: boolean,
  options: Partial<SessionOptions> = {},
): Promise<{ readonly sent: readonly string[]; readonly rows: readonly unknown[] }> {
  const session = openSession({ projectDir: project.dir, ...options }, { env: {} });
  const sent: string[] = [];
  try {
    const { results } = await session.run(
      { command: 'seed', isFullRefresh },
      {
        signal,
        emit: (event) => {
          if (event.type === 'statement_started' && event.nodeId !== null)
            sent.push(event.sql.replaceAll(/\s+/gu, ' ').replace(/\(.*$/u, '').trim());
        },
      },
    );
    expect(results).toMatchObject([{ status: 'success', message: /^(?:CREATE|INSERT) 3$/u }]);
    const rows: unknown[] = [];
    const sql = 'select id, word from db.dev.letters order by id';
    for await (const page of session.preview(
      { kind: 'sql', sql, isTemplate: false },
      { signal, pageRows: 10 },
    ))
      rows.push(...page.rows);
    return { sent, rows };
  } finally {
    await session.close();
  }
}

const ROWS = [
  [1, 'a'],
  [2, 'b'],
  [3, 'c'],
];

test('the first load is renamed into its place, a full refresh swapped, a later load one transaction', async () => {
  const first = await seed(false);
  expect(first).toEqual({
    sent: [
      'create or replace transient table DB.DEV.letters__dbt_tmp',
      'insert into DB.DEV.letters__dbt_tmp',
      'insert into DB.DEV.letters__dbt_tmp',
      'alter table DB.DEV.letters__dbt_tmp rename to DB.DEV.letters',
    ],
    rows: ROWS,
  });
  const again = await seed(true);
  expect(again).toEqual({
    sent: [
      'create or replace transient table DB.DEV.letters__dbt_tmp',
      'insert into DB.DEV.letters__dbt_tmp',
      'insert into DB.DEV.letters__dbt_tmp',
      'alter table DB.DEV.letters swap with DB.DEV.letters__dbt_tmp',
      'drop table if exists DB.DEV.letters__dbt_tmp cascade',
    ],
    rows: ROWS,
  });
  expect((await seed(false)).sent).toEqual([
    'BEGIN',
    'insert overwrite into DB.DEV.letters',
    'insert into DB.DEV.letters',
    'COMMIT',
  ]);
});

test("in dbt's style it is made before it is filled, as dbt does", async () => {
  const { sent, rows } = await seed(false, { planStyle: 'dbt' });
  expect(sent.slice(0, 2)).toEqual(['create transient table DB.DEV.letters', 'BEGIN']);
  expect(rows).toEqual(ROWS);
});

test('a project that loads seeds in its own way is left its way', async () => {
  writeFiles(project.dir, OVERRIDE);
  const { sent, rows } = await seed(false);
  expect(sent).toEqual([
    'create transient table DB.DEV.letters',
    'insert into DB.DEV.letters values',
  ]);
  expect(rows).toEqual([[7, 'g']]);
});
