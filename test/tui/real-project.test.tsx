/**
 * The screens on a real project: read, compiled, planned, run and looked at by the real session on the embedded warehouse.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { fileRecords } from '../../src/workbench/index.js';
import { openScreen, type OpenScreen } from '../support/open-screen.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';

let copy: ProjectCopy;
let session: ProjectSession;
let opened: OpenScreen;

beforeAll(() => {
  copy = emptyFolder();
  cpSync('test/fixtures/projects/cafe', copy.dir, { recursive: true });
  const profiles = join(copy.dir, 'profiles.yml');
  const text = readFileSync(profiles, 'utf8');
  const [, local = ''] = text.split('    local:\n');
  writeFileSync(profiles, `${text}    other:\n${local.replace('schema: main', 'schema: other')}`);
  session = openSession({ projectDir: copy.dir }, { env: {} });
  opened = openScreen(session, { records: fileRecords(session) });
});

afterAll(async () => {
  await opened.close();
  copy.remove();
});

const press: OpenScreen['press'] = (...keys) => opened.press(...keys);
const screenWith: OpenScreen['screenWith'] = (text) => opened.screenWith(text);

test('the project opens on its graph, and says that nothing is built', async () => {
  const screen = await screenWith('nothing is built yet');
  expect(screen).toContain('cafe');
  expect(screen).toContain('local · embedded');
  expect(screen).toMatch(/raw_orders ○ ─+.*stg_orders ○.*fct_drinks ○/u);
  expect(session.diagnostics).toEqual([]);
});

test('compiled SQL and the plan of a node', async () => {
  press('/', '"fct dr"', 'enter', 'enter');
  expect(await screenWith(/select \* from cafe\.main\.stg_orders/iu)).toContain('reads 1');
  press('x');
  const plan = await screenWith(/writes/u);
  expect(plan).toMatch(/create or replace\s+(?:transient )?table/iu);
  press('1');
});

test('compiled SQL is that of the file as it was read last', async () => {
  press('c');
  await screenWith(/select \* from cafe\.main\.stg_orders/iu);
  const file = join(copy.dir, 'models/fct_drinks.sql');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, `${before}\n-- saved in an editor\n`);
  session.reload();
  expect(await screenWith('saved in an editor')).toContain('fct_drinks');
  writeFileSync(file, before);
  session.reload();
  await expect
    .poll(() => opened.app.lastFrame() ?? '', { timeout: 20_000 })
    .not.toMatch('in an editor');
  press('1');
});

test('a build goes on screen: what failed with its source line, what was skipped with its culprit', async () => {
  press('B');
  const screen = await screenWith('done in');
  expect(screen).toMatch(/✗ broken/u);
  expect(screen).toMatch(/⊘ after_broken\s+skipped: broken failed/u);
  expect(screen).toMatch(/!\s+not_null_stg_orders_cups/u);
  // At its end a run puts the cursor on the first failure.
  const detail = await screenWith(/╭─ broken ✗ failed/u);
  expect(detail).toMatch(/models\/broken\.sql:3/u);
  expect(detail).toMatch(/▸\s+3 │\s+cupz as cups/u);
});

test('what is compiled is held against what was built, and each CTE has its rows', async () => {
  press('1', '/', '"stg_orders"', 'enter', 'd');
  await screenWith(/What is compiled now is what was built last/u);
  const file = join(copy.dir, 'models/stg_orders.sql');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, CHANGED_ORDERS);
  session.reload();
  const diff = await screenWith(/\+\d+ -\d+ +of what was built last, just now|of what was built/u);
  expect(diff).toMatch(/\+ +select order_id, cups from bought where cups > 0/u);
  press('w');
  const list = await screenWith(/the query itself +3 rows/u);
  expect(list).toMatch(/bought +4 rows +line 1/u);
  expect(list).toMatch(/broken +✗ fails +line 2/u);
  press('j');
  await screenWith(/no_such/iu);
  press('k', 'enter');
  const rows = await screenWith(/─ stg_orders · bought ─.* 4 rows · /u);
  expect(rows).toContain('ORDER_ID');
  writeFileSync(file, before);
  session.reload();
});

const CHANGED_ORDERS = `with bought as (select * from {{ ref('raw_orders') }}),
broken as (select no_such from bought)
select order_id, cups from bought where cups > 0`;

test('runs are kept and compared; the rows that fail a test are a key away', async () => {
  press('1', 'B');
  await screenWith(/done in/u);
  press('d');
  const compared = await screenWith(/build → build/u);
  expect(compared).toMatch(/stg_orders +│ success +│ success/u);
  press('3', 'H');
  expect(await screenWith(/╭─ runs /u)).toMatch(/ build +│ /u);
  press('3', '/', '"not_null_stg_orders_cups"', 'enter', 'p');
  expect(await screenWith(/rows that fail not_null_stg_orders_cups .* 1 row/u)).toContain('∅');
});

test('rows of a model, numbers on the right, null as itself, the count honest', async () => {
  press('/', '"stg_orders"', 'enter', 'p');
  const screen = await screenWith(/4 rows · /u);
  expect(screen).toMatch(/ORDER_ID # │ DRINK a/u);
  expect(screen).toMatch(/3 │ espresso +│ +∅ │ +2\.50 │/u);
});

test('rows are sorted and filtered by the warehouse, and all of them come back', async () => {
  press('c', '"cups"', 'enter', 's');
  expect(await screenWith(/sorted CUPS ↑/u)).toMatch(/CUPS ↑/u);
  press('s');
  await screenWith(/sorted CUPS ↓/u);
  press('|', '"drink = \'espresso\' or cups > 1"', 'enter');
  const screen = await screenWith(/where drink = 'espresso' or cups > 1 .* rows? · /u);
  expect(screen).toMatch(/CUPS ↓/u);
  press('|', 'ctrl-u', '"no_such = 1"', 'enter');
  expect(await screenWith(/failed ─╮/u)).toMatch(/no_such/iu);
  press('backspace');
  expect(await screenWith(/4 rows · /u)).not.toMatch(/where|sorted/u);
});

test('the profile of a column, and its values as a filter', async () => {
  press('c', '"cups"', 'enter', 'P');
  const profile = await screenWith(/distinct \d/u);
  expect(profile).toMatch(/4 rows · nulls 1 \(25\.0 %\)/u);
  expect(profile).toMatch(/min \d.* · p50 .* · max \d/u);
  press('h');
  await screenWith(/─ DRINK VARCHAR/u);
  expect(await screenWith(/espresso +\d/u)).toMatch(/longest \d/u);
  press('enter');
  await screenWith(/where "DRINK" = .* rows? · /u);
});

test('two results compared, and turned back to', async () => {
  press('backspace');
  await screenWith(/4 rows · /u);
  const query = "select order_id, drink, 9 as cups from {{ ref('stg_orders') }} where order_id < 4";
  press('e', `"${query}"`, 'enter');
  await screenWith(/3 rows · /u);
  press('d');
  const screen = await screenWith(/by ORDER_ID · \+0 -1 ~3 =0 · columns -PRICE -ORDERED_AT/u);
  expect(screen).toMatch(/~ changed +│ 1 .* → 9/u);
  expect(screen).toMatch(/- removed/u);
  press('s');
  expect(await screenWith('not those of a query')).toMatch(/~ changed/u);
  press('[', '[');
  await screenWith(/╭─ stg_orders .* 4 rows/u);
});

test('rows are copied as Markdown and written to files', async () => {
  press('M', 'w', 'ctrl-u', '"out/orders.csv"', 'enter');
  await screenWith('Wrote 4 rows to out/orders.csv');
  expect(opened.copied.at(-1)).toMatch(/^\| ORDER_ID \| DRINK/u);
  expect(readFileSync(join(copy.dir, 'out/orders.csv'), 'utf8')).toMatch(/^ORDER_ID,DRINK,.*\n1,/u);
  press('w', 'ctrl-u', '"out/orders.csv"', 'enter');
  await screenWith('--replace writes over it');
  press('w', 'ctrl-u', '"out/orders.parquet"', 'enter');
  await screenWith('Wrote 4 rows to out/orders.parquet');
});

test('a file for a spreadsheet: cells that begin like a formula are told, and written so that they are none', async () => {
  press('e', 'ctrl-u', "\"select '=1+1' as sum, '@a' as at, -5 as less\"", 'enter');
  await screenWith(/1 row · /u);
  press('w', 'ctrl-u', '"out/sums.csv"', 'enter');
  await screenWith('2 cells begin like a formula');
  expect(readFileSync(join(copy.dir, 'out/sums.csv'), 'utf8')).toBe('SUM,AT,LESS\n=1+1,@a,-5\n');
  press('w', 'ctrl-u', '"out/safe.csv --csv-safe"', 'enter');
  await screenWith('Wrote 1 row to out/safe.csv');
  expect(readFileSync(join(copy.dir, 'out/safe.csv'), 'utf8')).toBe("SUM,AT,LESS\n'=1+1,'@a,-5\n");
  press('[');
  await screenWith(/╭─ stg_orders .* 4 rows/u);
});

test('a node compared with itself in another target', async () => {
  press('D', '"nowhere"', 'enter');
  await screenWith(/does not have a target named|no target/iu);
  // What the session holds of the warehouse is let go a moment after its last use: the other target waits for it.
  const other = openSession({ ...session.options, target: 'other' }, { env: {} });
  await other.run(
    { command: 'build', select: ['+stg_orders'] },
    { signal: new AbortController().signal },
  );
  await other.close();
  press('esc', 'D', '"other"', 'enter');
  const screen = await screenWith(/stg_orders: other → local by/u);
  expect(screen).toContain('ORDER_ID · +0 -0 ~0 =4');
  press('[');
});

test('a query with ref()', async () => {
  press('e', '"select count(*) as n from {{ ref(\'fct_drinks\') }}"', 'enter');
  expect(await screenWith(/1 row · /u)).toMatch(/\n│ +3 │/u);
});

test('a query that is wrong says why', async () => {
  press('e', 'ctrl-u', '"select nothing from {{ ref(\'nowhere\') }}"', 'enter');
  expect(await screenWith(/failed ─╮/u)).toMatch(/nowhere/u);
});

test('the REPL: questions, verbs and their answers, the rows in the grid, the session as a notebook', async () => {
  press(
    '8',
    '"select drink, cups from {{ ref(\'stg_orders\') }}"',
    'enter',
    '" order by 1;"',
    'enter',
  );
  const screen = await screenWith(/4 rows · [\d.]+ s/u);
  expect(screen).toMatch(/❯ select drink, cups from/u);
  expect(screen).toMatch(/espresso +∅/u);
  press('":ctes stg_ord"');
  await screenWith('stg_orders');
  press('tab', 'enter');
  expect(await screenWith(/\(the query itself\) +4/u)).toMatch(/cte +rows +line/u);
  press('"select nothing_here;"', 'enter');
  await screenWith(/nothing_here/iu);
  press('":save asked"', 'enter');
  await screenWith(/Wrote .*asked\.sql/u);
  expect(readFileSync(join(copy.dir, 'asked.sql'), 'utf8')).toMatch(/^-- %% q1$/mu);
  // What is not at its end stays at the prompt, and can be searched for later.
  press('ctrl-r', '"order by"', 'enter', 'ctrl-u', 'ctrl-c');
  press('esc', 'k', 'k', 'k', 'enter');
  await screenWith(/─ select drink, cups from .* 4 rows/u);
  press('8', 'esc', '1');
});

test('the statements that were sent, exactly', async () => {
  press('@');
  expect(await screenWith(/statements sent/u)).toMatch(/-- \d\d:\d\d:\d\d query/u);
  press('esc');
});

test('states after the build, and a selector that filters', async () => {
  // Messages would stand over the selector's line.
  opened.workbench.store.update((state) => ({ ...state, toasts: [] }));
  press('1', 'esc', 's', '"+fct_drinks"', 'enter');
  const screen = await screenWith(/filter \+fct_drinks 3 nodes/u);
  expect(screen).toMatch(/raw_orders ●/u);
});
