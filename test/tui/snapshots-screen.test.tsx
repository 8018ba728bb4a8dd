/**
 * The snapshots screen on a project whose snapshot has seen two loads, then was harmed by hand.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { memoryRecords } from '../../src/workbench/index.js';
import { GOLDEN_SIZES, openScreen, type OpenScreen } from '../support/open-screen.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { writeFiles } from '../support/run-program.js';

const { signal } = new AbortController();
let folder: ProjectCopy;
let session: ProjectSession;
let opened: OpenScreen;

const PROJECT = {
  'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\n",
  'profiles.yml': 'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb}\n',
  'seeds/items.csv': 'id,price,label\n1,10,shelf\n2,20,lamp\n3,30,bowl\n',
  'snapshots/snp_items.yml': `
snapshots:
  - name: snp_items
    relation: ref('items')
    config: {unique_key: id, strategy: check, check_cols: all}
`,
} as const;

const ask = async (sql: string): Promise<readonly (readonly unknown[])[]> => {
  const rows: (readonly unknown[])[] = [];
  const request = { kind: 'sql', sql, isTemplate: true } as const;
  for await (const page of session.preview(request, { signal, pageRows: 100 }))
    rows.push(...page.rows);
  return rows;
};

const run = async (command: 'seed' | 'snapshot'): Promise<void> => {
  const { results } = await session.run({ command, isFullRefresh: command === 'seed' }, { signal });
  expect(results.map(({ status }) => status)).toEqual(['success']);
};

beforeAll(async () => {
  folder = emptyFolder();
  writeFiles(folder.dir, PROJECT);
  session = openSession({ projectDir: folder.dir }, { env: {} });
  await run('seed');
  await run('snapshot');
  writeFiles(folder.dir, {
    'seeds/items.csv': 'id,price,label\n1,12,shelf\n2,20,lamp\n4,40,kettle\n',
  });
  session.reload();
  await run('seed');
  opened = openScreen(session, { records: memoryRecords() });
});

afterAll(async () => {
  await opened.close();
  folder.remove();
});

const press: OpenScreen['press'] = (...keys) => opened.press(...keys);
const screenWith: OpenScreen['screenWith'] = (text) => opened.screenWith(text);

test.each(GOLDEN_SIZES)('the screen at $columns x $rows', async ({ columns, rows }) => {
  press('6');
  opened.workbench.store.update((state) => ({ ...state, size: { columns, rows }, toasts: [] }));
  await screenWith(/a run now: \+1 new/u);
  await screenWith(/history of \d/u);
  const screen = (await screenWith('6 Snapshots')).replaceAll(
    /\d\d(?=[-: ]\d\d)|(?<=[-:])\d\d/gu,
    '00',
  );
  await expect(`${screen}\n`).toMatchFileSnapshot(
    `../golden/screens/snapshots-real-${columns}x${rows}.txt`,
  );
  opened.workbench.store.update((state) => ({ ...state, size: { columns: 120, rows: 36 } }));
});

test('health, and what a run would change now', async () => {
  press('6');
  const screen = await screenWith(/a run now: \+1 new {2}~1 changed {2}-0 gone/u);
  expect(screen).toMatch(/3 rows, 3 keys, 3 open/u);
  expect(screen).toMatch(/✓ no overlapping validity[^]*✓ one open row per key/u);
  expect(screen).toMatch(/! gone but open: 1 key \(hard_deletes ignore\)/u);
});

test('run it from here: the history of a key, with what changed', async () => {
  press('r');
  await screenWith(/snp_items[^]*✓/u);
  await expect.poll(() => opened.workbench.store.get().run.view?.summary?.results.length).toBe(1);
  press('6');
  await screenWith(/a run now: nothing would change/u);
  const screen = await screenWith(/history of 1[^]*price 10 → 12/u);
  expect(screen).toMatch(/first seen/u);
  expect(screen).toMatch(/├─+├─+▶ now/u);
  expect(screen).toMatch(/columns that move most: price \(100 %\)/u);
});

test('two versions compared', async () => {
  press('tab', 'tab', '=');
  expect(await screenWith(/version 1 against version 2/u)).toMatch(/price: 10 → 12/u);
  press('esc');
});

test('a key is found by a part of it', async () => {
  press('f', '"4"', 'enter');
  expect(await screenWith(/history of 4/u)).toMatch(/keys with 4/u);
});

test('the rows as of a moment', async () => {
  press('a');
  for (let at = 0; at < 10; at += 1) press('backspace');
  press('"2001-01-01"', 'enter');
  await screenWith(/snp_items as of 2001-01-01/u);
  await expect.poll(() => opened.workbench.store.get().data.status).toBe('done');
  expect(opened.workbench.store.get().data.grid.rows).toEqual([]);
  press('6');
  await screenWith(/history of 4/u);
});

test('a slider over the days with changes counts the rows that held then', async () => {
  expect(await screenWith(/as of now/u)).toMatch(/─●/u);
  press('<');
  await screenWith(/as of \d{4}-\d\d-\d\d .*\d rows held/u);
  press('a');
  expect(await screenWith(/\d\d-\d\d 23:59:59/u)).toMatch(/as of/u);
  press('esc', '>');
  await screenWith(/as of now/u);
});

test('a heat map says which columns changed on which day', async () => {
  press('H');
  const screen = await screenWith(/changes by day and column[^]*price/u);
  expect(screen).toMatch(/\d{4}-\d\d-\d\d +█+ +1/u);
  expect(screen).not.toMatch(/ label /u);
  press('H');
  await screenWith(/columns that move most/u);
});

test('a snapshot that was harmed is told', async () => {
  await ask(
    `insert into {{ ref('snp_items') }} select * replace (dbt_valid_from + interval 1 second as dbt_valid_from) from {{ ref('snp_items') }} where id = 2`,
  );
  press('v');
  const screen = await screenWith(/✗ one open row per key: 1 do not/u);
  expect(screen).toMatch(/✗ no overlapping validity: 1 do not/u);
  expect(screen).toMatch(/✗ version ids are unique: 1 do not/u);
});

test('begun anew only for its name, with all rows kept in a backup', async () => {
  press('X', '"snp"', 'enter');
  await screenWith(/Nothing was done/u);
  const [[before] = []] = await ask("select count(*) from {{ ref('snp_items') }}");
  press('X', '"snp_items"', 'enter');
  await screenWith(/rows are kept in/u);
  await expect
    .poll(async () => (await ask("select count(*) from {{ ref('snp_items') }}"))[0]?.[0], {
      timeout: 30_000,
    })
    .toBe(3);
  const [[name] = []] = await ask(
    "select table_name from information_schema.tables where table_name like 'snp_items__backup_%'",
  );
  expect(await ask(`select count(*) from "${String(name)}"`)).toEqual([[before]]);
});
