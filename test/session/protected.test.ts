/**
 * S7: in a protected target everything that cannot be taken back must be meant, whatever way it comes; what reads is never asked about.
 */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { writeFiles } from '../support/run-program.js';
import { Tally } from '../slow/tally.js';
import { DESTRUCTIVE } from './destructive-statements.js';

const { signal } = new AbortController();
const OUTPUT =
  '{type: snowflake, engine: embedded, path: w.duckdb, account: x, user: x, database: DB, schema: DEV, warehouse: W}';
const FILES = {
  'dbt_project.yml':
    "name: shop\nversion: '1.0'\nprofile: shop\nsnapshots: {shop: {+target_schema: dev}}\n",
  'profiles.yml': `shop:\n  target: prod\n  outputs:\n    dev: ${OUTPUT}\n    prod: ${OUTPUT}\n`,
  'models/kept.sql': "{{ config(materialized='incremental') }}\nselect 1 as id",
  'models/made.sql': "{{ config(materialized='table') }}\nselect 1 as id",
  'models/refuses.sql':
    "{{ config(materialized='incremental', full_refresh=false) }}\nselect 1 as id",
  'seeds/letters.csv': 'id\n1\n',
  'snapshots/past.sql':
    "{% snapshot past %}{{ config(unique_key='id', strategy='check', check_cols='all') }}select 1 as id{% endsnapshot %}",
  'macros/wipe.sql':
    "{% macro wipe() %}{% do run_query('delete from db.dev.kept') %}{% do run_query('drop table db.dev.made') %}{% endmacro %}\n" +
    "{% macro look() %}{{ return(run_query('select count(*) from db.dev.kept').rows[0][0]) }}{% endmacro %}",
};

const tally = new Tally({
  promise: 'S7',
  what: 'statements that write, sent to a protected target: each is asked about, none arrives; those that read are not asked about',
});

afterAll(() => tally.write());

let project: ProjectCopy;
let session: ProjectSession;

function open(
  options: { readonly target?: string; readonly isMeant?: boolean } = {},
): ProjectSession {
  return openSession({ projectDir: project.dir, ...options }, { env: {} });
}

beforeEach(async () => {
  project = emptyFolder();
  writeFiles(project.dir, FILES);
  session = open();
  await session.run({ command: 'build' }, { signal });
});

afterEach(async () => {
  await session.close();
  project.remove();
});

async function send(on: ProjectSession, sql: string): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  const pages = on.preview({ kind: 'sql', sql, isTemplate: true }, { signal, pageRows: 100 });
  for await (const page of pages) rows.push(...page.rows);
  return rows;
}

const REFUSED = { code: 'session/not-confirmed', exitCode: 2 };

test('each statement of the corpus is asked about, and none reaches the warehouse', async () => {
  const asked: string[] = [];
  session.confirmThrough((what) => {
    asked.push(what);
    return Promise.resolve('no');
  });
  for (const sql of DESTRUCTIVE) {
    await expect(send(session, sql)).rejects.toMatchObject(REFUSED);
    tally.add(sql, null);
  }
  expect(asked).toHaveLength(DESTRUCTIVE.length);
  expect(await send(session, 'select count(*) from db.dev.kept')).toEqual([[1]]);
});

describe('each way', () => {
  const WAYS: readonly (readonly [string, (on: ProjectSession) => Promise<unknown>])[] = [
    ['a statement', async (on) => await send(on, 'delete from db.dev.kept')],
    ['a macro', async (on) => await on.runOperation('wipe', {}, { signal })],
    ['a template that asks', async (on) => await send(on, '{{ wipe() }} select 1')],
    [
      'a full refresh of an incremental model',
      async (on) =>
        await on.run({ command: 'run', select: ['kept'], isFullRefresh: true }, { signal }),
    ],
    [
      'a full refresh of a seed',
      async (on) => await on.run({ command: 'seed', isFullRefresh: true }, { signal }),
    ],
    [
      'a full refresh of everything',
      async (on) => await on.run({ command: 'build', isFullRefresh: true }, { signal }),
    ],
    [
      'what the workbench asks before it drops a snapshot',
      async (on) => await on.confirm('past would be dropped.'),
    ],
  ];

  test.each(WAYS)('%s: refused, asked, said before', async (_, way) => {
    await expect(way(session)).rejects.toThrow(
      /^Target prod is protected\. .* Nothing was done\.$/u,
    );
    expect(await send(session, 'select count(*) from db.dev.kept')).toEqual([[1]]);
    const asked: string[] = [];
    session.confirmThrough((what) => {
      asked.push(what);
      return Promise.resolve('yes');
    });
    await way(session);
    expect(asked).toHaveLength(1);
    await session.close();
    const other = open({ target: 'dev' });
    const meant = open({ isMeant: true });
    try {
      await other.run({ command: 'build' }, { signal });
      await way(other);
      await other.close();
      await meant.run({ command: 'build' }, { signal });
      await way(meant);
    } finally {
      await other.close();
      await meant.close();
    }
  });

  test.each([
    { command: 'run', select: ['made'], isFullRefresh: true },
    { command: 'run', select: ['refuses'], isFullRefresh: true },
    { command: 'snapshot', isFullRefresh: true },
    { command: 'seed' },
    { command: 'build' },
  ] as const)('a run that keeps what is there is not asked about: %j', async (request) => {
    const { results } = await session.run(request, { signal });
    expect(results.filter(({ status }) => status !== 'success')).toEqual([]);
  });

  test('a macro that reads is not asked about', async () => {
    const asked = session.runOperation('look', {}, { signal });
    await expect(asked).resolves.toBeUndefined();
  });
});
