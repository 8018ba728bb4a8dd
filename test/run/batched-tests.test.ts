/**
 * Tests that are asked together find what they find alone: the same status, failures and message, of every kind of test.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NodeResult } from '../../src/events/index.js';
import { combineTests } from '../../src/run/combine-tests.js';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';

const { signal } = new AbortController();

const FILES: Readonly<Record<string, string>> = {
  'dbt_project.yml': 'name: shop\nprofile: shop\ntest-paths: [singular]\n',
  'profiles.yml':
    'shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 4}}}\n',
  'models/orders.sql': `select * from (values
    (1, 'new', 1, null), (1, 'old', 2, 'x'), (2, null, 3, null), (3, 'lost', 9, 'y'), (null, 'new', 9, 'z')
  ) as t (id, status, person, "odd name")`,
  'models/people.sql': 'select unnest([1, 2, 3]) as person',
  'singular/orders_are_few.sql': "select * from {{ ref('orders') }} where id > 1",
  'singular/both.sql':
    "select o.id from {{ ref('orders') }} o join {{ ref('people') }} p on o.person = p.person",
  'models/schema.yml': `version: 2
models:
  - name: orders
    columns:
      - name: id
        data_tests:
          - unique
          - not_null
          - not_null: {name: warns, config: {severity: warn}}
          - not_null: {name: between, config: {warn_if: '> 0', error_if: 'between 5 and 9'}}
          - not_null: {name: within, config: {where: "status = 'new'"}}
          - not_null: {name: calculated, config: {fail_calc: 'count(*) * 10'}}
          - not_null: {name: kept, config: {store_failures: true}}
          - accepted_values: {name: numbers, arguments: {values: [1, 2], quote: false}}
      - name: status
        data_tests:
          - accepted_values: {arguments: {values: [new, old]}}
          - accepted_values: {name: all_fine, arguments: {values: [new, old, lost]}}
          - accepted_values: {name: cut, arguments: {values: [none]}, config: {limit: 1}}
      - name: person
        data_tests:
          - relationships: {arguments: {to: "ref('people')", field: person}}
      - name: '"odd name"'
        data_tests: [not_null]
  - name: people
    columns: [{name: person, data_tests: [unique, not_null]}]
`,
};

const BROKEN = `version: 2
models: [{name: people, columns: [{name: person, data_tests: [unique, not_null]}, {name: nobody, data_tests: [not_null]}]}]
`;

let folder: ProjectCopy;

beforeAll(async () => {
  folder = emptyFolder();
  for (const [file, text] of Object.entries(FILES)) write(file, text);
  await inSession((session) => session.run({ command: 'run' }, { signal }));
});

afterAll(() => folder.remove());

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder.dir, file)), { recursive: true });
  writeFileSync(join(folder.dir, file), text);
}

async function inSession<Result>(
  body: (session: ProjectSession) => Promise<Result>,
): Promise<Result> {
  const session = openSession({ projectDir: folder.dir }, { env: {} });
  try {
    expect(session.diagnostics).toEqual([]);
    return await body(session);
  } finally {
    await session.close();
  }
}

/** What each test found, and how many statements it took to ask all of them. */
async function asked(
  command: 'test' | 'build',
  isBatchingTests: boolean,
): Promise<{ readonly found: readonly unknown[]; readonly statements: number }> {
  let statements = 0;
  return await inSession(async (session) => {
    const { results } = await session.run(
      { command, isBatchingTests },
      {
        signal,
        emit: ({ type }) => {
          if (type === 'statement_started') statements += 1;
        },
      },
    );
    return { found: results.map(told).toSorted(), statements };
  });
}

function told({ nodeId, status, failures, message, adapterMessage }: NodeResult): string {
  return JSON.stringify([nodeId, status, failures, message, adapterMessage ?? null]);
}

test.each(['test', 'build'] as const)('of a %s', async (command) => {
  const alone = await asked(command, false);
  const together = await asked(command, true);
  expect(together.found).toEqual(alone.found);
  const statuses = new Set(alone.found.map((one) => String(one).split('"')[3]));
  for (const status of ['pass', 'warn', 'fail']) expect(statuses).toContain(status);
  // All of orders, all of people, what reads both, and one that makes a table of what it finds.
  expect(together.statements).toBeLessThan(alone.statements - 8);
});

test('one that cannot be asked spoils no other', async () => {
  const before = FILES['models/schema.yml'] ?? '';
  write('models/schema.yml', BROKEN);
  try {
    const alone = await asked('test', false);
    expect(alone.found.join()).toContain('error');
    expect((await asked('test', true)).found).toEqual(alone.found);
  } finally {
    write('models/schema.yml', before);
  }
});

const counting = (rows: string, warnIf = '!= 0'): string => `
    select
      count(*) as failures,
      count(*) ${warnIf} as should_warn,
      count(*) != 0 as should_error
    from (
      ${rows}
    ) dbt_internal_test`;

test('what counts rows of one relation is one scan of it, the rest stands beside', () => {
  const odd = 'select 1 as failures, true as should_warn, false as should_error';
  expect(
    combineTests([
      counting('select id\nfrom db.t\nwhere id is null'),
      odd,
      counting(
        "with all_values as (\n  select\n    a as value_field,\n    count(*) as n_records\n  from db.t\n  group by a\n)\nselect *\nfrom all_values\nwhere value_field not in (\n  'x','y'\n)",
        '> 3',
      ),
    ]),
  ).toBe(`with dagbook_scan_0 as (
select count(case when id is null then 1 end) as failures_0,
count(distinct case when a not in (
  'x','y'
) then a end) as failures_2
from db.t
)
select 1 as dagbook_test, failures, should_warn, should_error from (
${odd}
) dagbook_test_1
union all
select 0 as dagbook_test, failures_0 as failures, failures_0 != 0 as should_warn, failures_0 != 0 as should_error from dagbook_scan_0
union all
select 2 as dagbook_test, failures_2 as failures, failures_2 > 3 as should_warn, failures_2 != 0 as should_error from dagbook_scan_0`);
});

test.each([
  'select id, name\nfrom t\nwhere id is null',
  'select id\nfrom t\nwhere name is null',
  'select id -- why\nfrom t\nwhere id is null',
])('nothing else is taken for a count: %s', (rows) => {
  expect(combineTests([counting(rows)])).not.toContain('dagbook_scan');
});
