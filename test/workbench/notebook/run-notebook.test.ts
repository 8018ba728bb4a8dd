/** Notebooks run on a real project, on DuckDB: order, parameters, charts, checks, failures. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession, type ProjectSession } from '../../../src/session/index.js';
import {
  type CellOutcome,
  isAllWell,
  type NotebookOutcome,
} from '../../../src/workbench/notebook/cell-outcome.js';
import { parseNotebook } from '../../../src/workbench/notebook/parse-notebook.js';
import { runNotebook } from '../../../src/workbench/notebook/run-notebook.js';
import { staleCells } from '../../../src/workbench/notebook/staleness.js';
import { writeProject } from '../../cli/write-project.js';
import type { ProjectCopy } from '../../support/project-copy.js';

const { signal } = new AbortController();
let copy: ProjectCopy;
let session: ProjectSession;

beforeAll(async () => {
  copy = writeProject({
    'dbt_project.yml': "name: pond\nversion: '1.0'\nprofile: pond\n",
    'profiles.yml':
      'pond:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: pond.duckdb, schema: main, threads: 2}\n',
    'seeds/birds.csv':
      'bird,seen_on,weight\nheron,2026-01-01,1.5\nheron,2026-01-03,2.5\nduck,2026-01-02,\nswan,2026-01-04,9\n',
    'models/sightings.sql':
      "{{ config(materialized='table') }}\nselect bird, seen_on::date as seen_on, weight::double as weight from {{ ref('birds') }}",
    'models/broken.sql': "select no_such_column from {{ ref('birds') }}",
    'models/models.yml':
      'models:\n  - name: sightings\n    columns:\n      - {name: bird, description: Its kind., data_tests: [not_null]}\n',
  });
  session = openSession({ projectDir: copy.dir }, { env: {} });
  await session.run({ command: 'build', select: ['birds', 'sightings'] }, { signal });
});

afterAll(async () => {
  await session.close();
  copy.remove();
});

async function runText(
  text: string,
  given: Readonly<Record<string, string>> = {},
  onCell: (outcome: CellOutcome) => void = () => {},
): Promise<NotebookOutcome> {
  return await runNotebook(parseNotebook(text, 'n.sql'), {
    session,
    given: new Map(Object.entries(given)),
    signal,
    now: () => 0,
    onCell,
  });
}

/** Rows of a cell, or what went wrong. */
function rowsOf(outcome: NotebookOutcome, index: number): unknown {
  const { result, error } = outcome.cells[index] ?? {};
  return result?.kind === 'rows' ? result.answer.rows : (error?.message ?? result);
}

test('cells read cells, parameters and nodes', async () => {
  const outcome = await runText(
    `-- %% heavy
select * from {{ cell('all_birds') }} where weight > {{ param('least') }};
-- %% [param] least: number = 2
-- %% all_birds limit=2
with s as (select * from {{ ref('sightings') }})
select * from s order by seen_on -- all of them
-- %% names
select string_agg(bird, '+' order by bird) as names
from {{ cell('heavy') }} join {{ cell('all_birds') }} using (bird, seen_on, weight)
{% if params.least > 2 %}where false{% endif %}
`,
  );
  expect(isAllWell(outcome)).toBe(true);
  expect(rowsOf(outcome, 0)).toEqual([
    ['heron', '2026-01-03', 2.5],
    ['swan', '2026-01-04', 9],
  ]);
  expect(rowsOf(outcome, 2)).toHaveLength(2);
  expect(outcome.cells[2]?.result).toMatchObject({ answer: { isCut: true } });
  expect(rowsOf(outcome, 3)).toEqual([['heron+swan']]);
});

test.each([
  {
    type: 'text',
    value: String.raw`O'Hara \n {{ 1 }} %} #}`,
    seen: String.raw`O'Hara \n {{ 1 }} %} #}`,
  },
  { type: 'number', value: '0.1', seen: '0.1' },
  { type: 'date', value: '2026-02-28', seen: '2026-02-28' },
  { type: 'timestamp', value: '2026-02-28 10:30', seen: '2026-02-28 10:30:00' },
  { type: 'boolean', value: 'TRUE', seen: true },
])('a parameter of type $type is a literal', async ({ type, value, seen }) => {
  const text = `-- %% [param] p: ${type}\n-- %%\nselect {{ param('p') }} as p`;
  expect(rowsOf(await runText(text, { P: value }), 1)).toEqual([[seen]]);
});

describe('what cannot run says why', () => {
  test.each([
    { text: "-- %% [param] p\n-- %%\nselect {{ param('p') }}", given: {}, says: 'p has no value' },
    { text: '-- %%\nselect 1', given: { q: '1' }, says: 'has no parameter q' },
    { text: '-- %% [param] p: date', given: { p: '2026-02-30' }, says: 'p is a date, and this is' },
    { text: '-- %% [param] p: number', given: { p: '1; drop' }, says: 'p is a number, and this' },
    { text: "-- %% a\nselect {{ cell('b') }}", given: {}, says: 'There is no query called b.' },
    { text: '-- %%\nselect {{ cell(x) }}', given: {}, says: 'cell() takes a name in quotes.' },
    { text: '-- %% [chat]', given: {}, says: 'There are no cells of kind chat.' },
    {
      text: "-- %% a\nselect * from {{ cell('b') }}\n-- %% b\nselect * from {{ cell('a') }}",
      given: {},
      says: 'Cells need each other: a → b → a.',
    },
    { text: "-- %% a\nselect * from {{ cell('A') }}", given: {}, says: 'a → a' },
  ])('$says', async ({ text, given, says }) => {
    await expect(runText(text, given)).rejects.toThrow(says);
  });
});

test('a cycle is told where it is entered', async () => {
  const text =
    "-- %% a\n\nselect * from\n  {{ cell('b') }}\n-- %% b\nselect * from {{ cell('a') }}";
  await expect(runText(text)).rejects.toMatchObject({
    code: 'notebook/cycle',
    position: { file: 'n.sql', line: 4, column: 6 },
  });
});

describe('a cell that fails', () => {
  test.each([
    { body: 'select nonsense', line: 3, says: 'nonsense' },
    { body: "select 1,\n{{ ref('nobody') }}", line: 4, says: 'nobody' },
    { body: '{{ no_macro() }}', line: 3, says: "'no_macro' is undefined" },
    { body: 'select 1; select 2', line: 3, says: 'A cell holds one query.' },
    { body: 'drop table nowhere', line: 3, says: 'Table with name nowhere does not exist' },
  ])('$says', async ({ body, line, says }) => {
    const outcome = await runText(
      `-- one\n-- %% bad\n${body}\n-- %% next\nselect * from {{ cell('bad') }}\n-- %%\nselect 7`,
    );
    expect(outcome.cells.map(({ status }) => status)).toEqual(['failed', 'skipped', 'ok']);
    expect(outcome.cells[0]?.error?.message).toContain(says);
    expect(outcome.cells[0]?.error?.position).toMatchObject({ file: 'n.sql', line });
    expect(outcome.cells[1]?.error?.message).toBe('because bad failed');
  });
});

describe('charts', () => {
  const all = "-- %% s\nselect * from {{ ref('sightings') }}\n";
  test.each([
    {
      chart: 'bar(s, x=bird, y=sum(weight))',
      points: [
        ['swan', 9],
        ['heron', 4],
        ['duck', null],
      ],
    },
    {
      chart: 'bar(s, x=bird, y=p50(weight), limit=2)',
      points: [
        ['swan', 9],
        ['heron', 2],
      ],
    },
    {
      chart: "bar(s, x=date_trunc('day', seen_on)::date, y=count(*))",
      points: [
        ['2026-01-01', 1],
        ['2026-01-02', 1],
        ['2026-01-03', 1],
        ['2026-01-04', 1],
      ],
    },
    {
      chart: 'line(s, x=seen_on, y=weight)',
      points: [
        ['2026-01-01', 1.5],
        ['2026-01-02', null],
        ['2026-01-03', 2.5],
        ['2026-01-04', 9],
      ],
    },
    {
      chart: 'histogram(s, x=weight, bins=3)',
      points: [
        ['1.5 – 4', 2],
        ['4 – 6.5', 0],
        ['6.5 – 9', 1],
      ],
    },
    {
      chart: 'sparkline(s, x=seen_on, y=count(*), by=bird)',
      points: [
        ['2026-01-02', 1],
        ['2026-01-01', 1],
        ['2026-01-03', 1],
        ['2026-01-04', 1],
      ],
    },
  ])('$chart', async ({ chart, points }) => {
    const outcome = await runText(`${all}-- %% [chart] ${chart}\n`);
    const { result, error } = outcome.cells[1] ?? {};
    expect(error?.message).toBeUndefined();
    const drawn = result?.kind === 'chart' ? result.chart.points : [];
    expect(drawn.map(({ label, value }) => [label, value])).toEqual(points);
  });
});

describe('checks', () => {
  test.each([
    { text: 'rows > 0', isMet: true, found: '4 rows' },
    { text: 'rows between 1 and 3', isMet: false, found: '4 rows' },
    { text: 'no rows', isMet: false, found: '4 rows' },
    { text: 'bird not null', isMet: true, found: 'all of 4 rows' },
    { text: 'weight is not null', isMet: false, found: 'not so in 1 of 4 rows' },
    { text: 'seen_on unique', isMet: true, found: 'no value twice' },
    { text: 'bird unique', isMet: false, found: '1 value more than once, as heron' },
    { text: 'max(weight) < 10', isMet: true, found: 'it is 9' },
    { text: 'p50(weight) = 2', isMet: false, found: 'it is 2.5' },
    { text: "bird in ('heron', 'duck', 'swan')", isMet: true, found: 'all of 4 rows' },
    { text: 'weight > 2', isMet: false, found: 'not so in 2 of 4 rows' },
    { text: "seen_on >= {{ param('start') }}", isMet: true, found: 'all of 4 rows' },
  ])('$text', async ({ text, isMet, found }) => {
    const outcome = await runText(
      `-- %% [param] start: date = 2026-01-01\n-- %% s\nselect * from {{ ref('sightings') }}\n-- %% [check] s\n-- expect ${text}\n`,
    );
    const { result, error, status } = outcome.cells[2] ?? {};
    expect(error?.message).toBeUndefined();
    expect(status).toBe(isMet ? 'ok' : 'failed');
    expect(result).toMatchObject({ expectations: [{ text, line: 5, isMet, found }] });
  });
});

test('what a run cell builds is there for the cells below it, and a failed one skips them', async () => {
  const order: number[] = [];
  const outcome = await runText(
    `-- %% early
select * from {{ cell('late') }}
-- %% [param] what = sightings
-- %% [run] build --select {{ param('what') }}
-- %% late
select count(*) as n from {{ ref('sightings') }}
-- %% [run] run --select broken
-- %%
select * from {{ ref('broken') }}
-- %% [run] build --select nothing_at_all
-- %% [run] clean
`,
    {},
    ({ cell }) => order.push(cell.index),
  );
  expect(order).toEqual([1, 2, 3, 0, 4, 5, 6, 7]);
  expect(outcome.cells.map(({ status }) => status)).toEqual([
    'ok',
    'ok',
    'ok',
    'ok',
    'failed',
    'skipped',
    'failed',
    'failed',
  ]);
  expect(outcome.cells[6]?.error?.message).toBe('build --select nothing_at_all selects nothing.');
  expect(outcome.cells[7]?.error?.message).toBe('A run cell does not know clean.');
});

test('metadata is a table', async () => {
  const outcome = await runText(
    `-- %% m
select name, materialized from dbt.nodes where resource_type = 'model'
-- %%
select count(*) from {{ cell('m') }} join dbt.columns on node_name = name
-- %%
select * from dbt.nonsense
-- %%
select * from dbt.nodes, {{ ref('sightings') }}
-- %%
select (select count(*) from dbt.edges), (select count(*) from dbt.tests), (select count(*) from dbt.sources)
`,
  );
  expect(outcome.cells[3]?.error?.hint).toContain('cannot be joined with the warehouse');
  expect(rowsOf(outcome, 4)).toEqual([[3, 1, 0]]);
  expect(rowsOf(outcome, 0)).toEqual([
    ['broken', 'view'],
    ['sightings', 'table'],
  ]);
  expect(rowsOf(outcome, 1)).toEqual([[1]]);
  expect(rowsOf(outcome, 2)).toBe('There is no table dbt.nonsense.');
});

test('a hash changes with the text, a parameter, a cell that is read, and a node built again', async () => {
  const text = (where: string): string =>
    `-- %% [param] p: number = 1\n-- %% a\nselect ${where} as x\n-- %% b\nselect {{ param('p') }} + x from {{ cell('a') }}\n-- %% c\nselect * from {{ ref('sightings') }}\n`;
  const hashesOf = async (where: string, p: string): Promise<readonly (string | null)[]> =>
    (await runText(text(where), { p })).cells.map(({ hash }) => hash);
  const first = await hashesOf('1', '1');
  const last = new Map(first.map((hash, index) => [index, hash ?? '']));
  const changed = (hashes: readonly (string | null)[]): readonly number[] =>
    staleCells(
      hashes.map((hash) => hash ?? 'none'),
      last,
    );
  expect(changed(await hashesOf('1', '1'))).toEqual([]);
  expect(changed(await hashesOf('2', '1'))).toEqual([1, 2]);
  expect(changed(await hashesOf('1', '2'))).toEqual([0, 2]);
  await session.run({ command: 'run', select: ['sightings'] }, { signal });
  expect(changed(await hashesOf('1', '1'))).toEqual([3]);
});
