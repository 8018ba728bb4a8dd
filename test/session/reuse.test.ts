/**
 * What is built again after a change, and what is left as it is: a small project on DuckDB, built, changed, built again.
 */
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { reasonText } from '../../src/run/index.js';
import { openSession, type ProjectSession, type RunRequest } from '../../src/session/index.js';
import { emptyFolder } from '../support/project-copy.js';

const { signal } = new AbortController();

const FILES: Readonly<Record<string, string>> = {
  'dbt_project.yml': `name: shop
profile: shop
vars: {rate: 2, unused: 1}
models: {shop: {hooked: {+post-hook: "select {{ var('rate') }}"}}}
`,
  'profiles.yml': `shop:
  target: dev
  outputs:
    dev: {type: duckdb, path: shop.duckdb, schema: main}
    other: {type: duckdb, path: other.duckdb, schema: main}
`,
  'seeds/people.csv': 'id,name\n1,Ann\n2,Bo\n',
  'macros/doubled.sql': '{% macro doubled(x) %}{{ twice(x) }}{% endmacro %}',
  'macros/twice.sql': '{% macro twice(x) %}{{ x }} * 2{% endmacro %}',
  'macros/free.sql': '{% macro free() %}free{% endmacro %}',
  'models/a.sql': "select id, name from {{ ref('people') }}",
  'models/b.sql':
    "{{ config(materialized='table') }} select {{ doubled('id') }} as id from {{ ref('a') }}",
  'models/e.sql': "{{ config(materialized='ephemeral') }} select id from {{ ref('a') }}",
  'models/c.sql':
    "{{ config(materialized='table') }} select id, {{ var('rate') }} as rate from {{ ref('e') }}",
  'models/i.sql':
    "{{ config(materialized='incremental') }} select id from {{ ref('b') }} {% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}",
  'models/hooked/h.sql': 'select 1 as id',
  'models/raw.sql':
    "{{ config(materialized='table') }} select id from {{ source('raw', 'orders') }}",
  'models/taken.sql':
    "{{ config(materialized='incremental') }} select id from {{ source('raw', 'orders') }}",
  'models/schema.yml': `version: 2
sources: [{name: raw, schema: main, tables: [{name: orders}]}]
models: [{name: b, columns: [{name: id, data_tests: [unique, {accepted_values: {values: [7], config: {severity: warn}}}]}]}]
`,
};

/** All that a build of everything ends, in the order of the alphabet. */
const ALL = ['a', 'b', 'c', 'h', 'i', 'people', 'raw', 'taken', 'unique_b_id'];
/** Incremental on a source: only its rows could tell. A warning is to be seen again. */
const ALWAYS = ['accepted_values_b_id__7', 'taken'];

interface Shop {
  readonly dir: string;
  readonly write: (file: string, text: string) => void;
  /** A session that is opened anew, so that what it knows is what was written. */
  readonly with: <Result>(
    body: (session: ProjectSession) => Promise<Result>,
    options?: { readonly target?: string; readonly vars?: Record<string, number> },
  ) => Promise<Result>;
  /** Names of what was built; the others were reused. */
  readonly build: (
    request?: Partial<RunRequest>,
    options?: { readonly target?: string; readonly vars?: Record<string, number> },
  ) => Promise<readonly string[]>;
  readonly sql: (statement: string) => Promise<void>;
}

async function inShop(body: (shop: Shop) => Promise<void>): Promise<void> {
  const folder = emptyFolder();
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder.dir, file)), { recursive: true });
    writeFileSync(join(folder.dir, file), text);
  };
  for (const [file, text] of Object.entries(FILES)) write(file, text);
  const withSession: Shop['with'] = async (ask, options = {}) => {
    const session = openSession({ projectDir: folder.dir, ...options }, { env: {} });
    try {
      expect(session.diagnostics).toEqual([]);
      return await ask(session);
    } finally {
      await session.close();
    }
  };
  const shop: Shop = {
    dir: folder.dir,
    write,
    with: withSession,
    build: async (request = {}, options = {}) =>
      await withSession(async (session) => {
        const { results } = await session.run(
          { command: 'build', isReusing: true, ...request },
          { signal },
        );
        return results
          .filter(({ status }) => status !== 'reused')
          .map(
            ({ nodeId }) =>
              nodeId
                .replace(/\.[0-9a-f]{10}$/u, '')
                .split('.')
                .at(-1) ?? '',
          )
          .toSorted();
      }, options),
    sql: async (statement) => {
      await withSession(async (session) => {
        const rows = session.preview(
          { kind: 'sql', sql: statement, isTemplate: false },
          { signal, pageRows: 1 },
        );
        for await (const _ of rows);
      });
    },
  };
  try {
    await shop.sql('create table main.orders as select 1 as id');
    await body(shop);
  } finally {
    folder.remove();
  }
}

const cases: readonly {
  readonly change: string;
  readonly make: (shop: Shop) => Promise<void> | void;
  readonly request?: Partial<RunRequest>;
  readonly options?: { readonly target?: string; readonly vars?: Record<string, number> };
  readonly built: readonly string[];
}[] = [
  { change: 'nothing', make: () => {}, built: [] },
  {
    change: 'the SQL of a table',
    make: ({ write }) => write('models/c.sql', `${FILES['models/c.sql'] ?? ''} where id > 0`),
    built: ['c'],
  },
  {
    change: 'the SQL of a view, whose readers follow',
    make: ({ write }) => write('models/a.sql', `${FILES['models/a.sql'] ?? ''} where id > 0`),
    built: ['a', 'b', 'c', 'i', 'unique_b_id'],
  },
  {
    change: 'a comment that Jinja takes away',
    make: ({ write }) => write('models/c.sql', `{# why #}${FILES['models/c.sql'] ?? ''}`),
    built: [],
  },
  {
    change: 'the SQL of an ephemeral model',
    make: ({ write }) => write('models/e.sql', `${FILES['models/e.sql'] ?? ''} where id > 0`),
    built: ['c'],
  },
  {
    change: 'a config',
    make: ({ write }) =>
      write(
        'models/c.sql',
        (FILES['models/c.sql'] ?? '').replace("'table'", "'table', tags=['x']"),
      ),
    built: ['c'],
  },
  {
    change: 'a macro behind a macro, though the text stays',
    make: ({ write }) =>
      write('macros/twice.sql', '{% macro twice(x) %}{# again #}{{ x }} * 2{% endmacro %}'),
    built: ['b', 'i', 'unique_b_id'],
  },
  {
    change: 'a macro that nobody calls',
    make: ({ write }) => write('macros/free.sql', '{% macro free() %}freed{% endmacro %}'),
    built: [],
  },
  {
    change: "a macro in the place of dbt's",
    make: ({ write }) =>
      write(
        'macros/view.sql',
        '{% macro create_view_as(relation, sql) %}{{ return(dbt.create_view_as(relation, sql)) }}{% endmacro %}',
      ),
    built: ALL,
  },
  {
    change: 'a seed',
    make: ({ dir }) => appendFileSync(join(dir, 'seeds/people.csv'), '3,Cy\n'),
    built: ['a', 'b', 'c', 'i', 'people', 'unique_b_id'],
  },
  {
    change: 'an upstream that was built meanwhile',
    make: async ({ build }) =>
      void (await build({ select: ['b'], isReusing: false, indirectSelection: 'empty' })),
    built: ['i', 'unique_b_id'],
  },
  {
    change: 'a variable that texts and hooks read',
    make: () => {},
    options: { vars: { rate: 3 } },
    built: ['c', 'h'],
  },
  {
    change: 'a variable that nobody reads',
    make: () => {},
    options: { vars: { other: 3 } },
    built: ['h'],
  },
  {
    change: 'a relation that is gone',
    make: async ({ sql }) => await sql('drop table main.c'),
    built: ['c'],
  },
  {
    change: 'another target',
    make: () => {},
    options: { target: 'other' },
    request: { exclude: ['source:*+'] },
    built: ALL.filter((name) => name !== 'raw'),
  },
  { change: 'a full refresh', make: () => {}, request: { isFullRefresh: true }, built: ALL },
  { change: 'another flag', make: () => {}, request: { isEmpty: true }, built: ALL },
  {
    change: 'a failure since',
    make: async ({ write, build }) => {
      write(
        'models/c.sql',
        "{{ config(materialized='table') }} select nothing from {{ ref('e') }}",
      );
      expect(await build()).toContain('c');
      write('models/c.sql', FILES['models/c.sql'] ?? '');
    },
    built: ['c'],
  },
  {
    change: 'a run that was cut off',
    make: ({ dir }) =>
      writeFileSync(join(dir, '.dagbook/building-dev.json'), JSON.stringify(['model.shop.b'])),
    built: ['b', 'i', 'unique_b_id'],
  },
  {
    change: 'rows of a source that freshness saw',
    make: ({ write }) =>
      write(
        'target/sources.json',
        JSON.stringify({
          results: [{ unique_id: 'source.shop.raw.orders', max_loaded_at: '2026-01-01T00:00:00Z' }],
        }),
      ),
    built: ['raw'],
  },
  {
    change: 'rows of a source that nobody looked at',
    make: async ({ sql }) => await sql('insert into main.orders values (2)'),
    built: [],
  },
  {
    change: 'a history that cannot be read',
    make: ({ write }) => write('.dagbook/history-dev.json', '{'),
    built: ALL,
  },
];

test.each(cases)('after $change', async ({ make, request, options, built }) => {
  await inShop(async (shop) => {
    const first = [...ALL, ...ALWAYS].toSorted();
    expect(await shop.build()).toEqual([...new Set(first)]);
    await make(shop);
    const always = options?.target === 'other' ? ['accepted_values_b_id__7'] : ALWAYS;
    const wanted = [...new Set([...built, ...always])]
      .filter((name) => options?.target !== 'other' || name !== 'taken')
      .toSorted();
    expect(await shop.build(request, options)).toEqual(wanted);
  });
});

test('what another process has built meanwhile counts for a session that was open before', async () => {
  await inShop(async (shop) => {
    await shop.with(async (session) => {
      const all: RunRequest = { command: 'build', isReusing: true };
      await session.run(all, { signal });
      expect(
        await shop.build({ select: ['b'], isReusing: false, indirectSelection: 'empty' }),
      ).toEqual(['b']);
      const { results } = await session.run({ ...all, select: ['i'] }, { signal });
      expect(results.map(({ nodeId, status }) => [nodeId, status])).toEqual([
        ['model.shop.i', 'success'],
      ]);
    });
  });
});

test('why says what would be built, and what after it', async () => {
  await inShop(async (shop) => {
    await shop.build();
    shop.write('macros/twice.sql', '{% macro twice(x) %}2 * {{ x }}{% endmacro %}');
    rmSync(join(shop.dir, 'target'), { recursive: true });
    await shop.with(async (session) => {
      const request: RunRequest = {
        command: 'build',
        select: ['a', 'b', 'i'],
        indirectSelection: 'empty',
      };
      const verdicts = await session.explain(request, { signal });
      expect(
        verdicts.map(({ nodeId, reasons }) => [
          nodeId,
          reasons.map((reason) => reasonText(reason)),
        ]),
      ).toEqual([
        ['model.shop.a', []],
        ['model.shop.b', ['its SQL changed', 'macro twice changed']],
        ['model.shop.i', ['upstream b would be built before it']],
      ]);
    });
  });
});
