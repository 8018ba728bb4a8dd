/**
 * The notebook on a real project: typed, completed, run, stale and run again, saved, made a model.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { handlePaste, memoryRecords } from '../../src/workbench/index.js';
import { GOLDEN_SIZES, openScreen, type OpenScreen } from '../support/open-screen.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';

const NOTEBOOK = `-- %% [md]
-- # Drinks
-- A paragraph of
-- two lines.

-- %% [param] least: number = 1

-- %% drinks
select drink, cups from {{ ref('stg_orders') }} where cups >= {{ param('least') }}

-- %% [chart] bar(cell('drinks'), x=drink, y=sum(cups))

-- %% [check] drinks expect rows > 0
`;

let copy: ProjectCopy;
let session: ProjectSession;
let opened: OpenScreen;

beforeAll(async () => {
  copy = emptyFolder();
  cpSync('test/fixtures/projects/cafe', copy.dir, { recursive: true });
  mkdirSync(join(copy.dir, 'notebooks'));
  writeFileSync(join(copy.dir, 'notebooks/drinks.sql'), NOTEBOOK);
  session = openSession({ projectDir: copy.dir }, { env: {} });
  await session.run(
    { command: 'build', select: ['+stg_orders'] },
    { signal: new AbortController().signal },
  );
  opened = openScreen(session, { records: memoryRecords(), rows: 60 });
});

afterAll(async () => {
  await opened.close();
  copy.remove();
});

const press: OpenScreen['press'] = (...keys) => opened.press(...keys);
const screenWith: OpenScreen['screenWith'] = (text) => opened.screenWith(text);

test('an empty screen says how to go on, and the finder opens a notebook', async () => {
  press('5');
  const empty = await screenWith('No notebook is open');
  expect(empty).toContain('notebooks/drinks.sql');
  press('o', '"drinks"', 'enter');
  const screen = await screenWith(/check of drinks ✓/u);
  expect(screen).toMatch(/A paragraph of two lines\./u);
  expect(screen).toMatch(/sql drinks ✓ .* rows/u);
  expect(screen).toMatch(/chart bar of drinks ✓/u);
  expect(screen).toMatch(/espresso +█/u);
});

test.each(GOLDEN_SIZES)('the screen at $columns x $rows', async ({ columns, rows }) => {
  opened.workbench.store.update((state) => ({ ...state, size: { columns, rows }, toasts: [] }));
  press('j', 'j');
  const screen = await screenWith(/sql drinks ✓ .* rows/u);
  // How long a cell took is another thing each time.
  const settled = screen.replaceAll(/✓ [\d.]+ s/gu, '✓ …').replaceAll(/─{3,}/gu, '───');
  await expect(`${settled}\n`).toMatchFileSnapshot(
    `../golden/screens/notebook-real-${columns}x${rows}.txt`,
  );
  press('g');
  opened.workbench.store.update((state) => ({ ...state, size: { columns: 120, rows: 60 } }));
});

test('another value of a parameter runs again what reads it, and nothing of the file changes', async () => {
  press('j', 'enter', 'ctrl-u', '"3"', 'enter');
  const screen = await screenWith(/value 3 {2}in the file: 1/u);
  expect(screen).toContain('saved');
  await screenWith(/sql drinks ✓ .* 1 row /u);
});

test('a value that is none is told, and does not stop the rest', async () => {
  press('enter', 'ctrl-u', '"many"', 'enter');
  await screenWith(/least is a number, and this is none/u);
  press('enter', 'ctrl-u', 'enter');
  expect(await screenWith(/value 1 /u)).not.toContain('this is none');
});

test('a cell that is typed is completed: nodes, columns, cells', async () => {
  press('G', 'a', '"select d."', 'enter', '"from {{ ref(\'stg_"');
  await screenWith(/stg_orders +tab takes|stg_orders/u);
  press('tab', '"\') }} as d"', 'up', 'end');
  press('"dri"');
  await screenWith(/ drink +/u);
  press('tab');
  const { overlay } = opened.workbench.store.get();
  expect(overlay?.kind === 'cell' ? overlay.field.text : '').toBe(
    "-- %%\nselect d.drink\nfrom {{ ref('stg_orders') }} as d",
  );
  press('alt-enter');
  await screenWith(/\[6\] sql ✓ .* 4 rows/u);
});

test('what is typed is taken back word by word, and pasted lines stay lines', async () => {
  press('e');
  handlePaste(opened.workbench, '\nwhere true\n  and 1 = 1');
  press('ctrl-z');
  const { overlay } = opened.workbench.store.get();
  expect(overlay?.kind === 'cell' ? overlay.field.text : '').toMatch(/as d$/u);
  press('ctrl-y', 'esc');
  await screenWith('and 1 = 1');
});

test('an error stands in its cell, with its line', async () => {
  press('e', '" and nothing_here = 2"', 'esc');
  const screen = await screenWith(/\[6\] sql ✗ failed/u);
  expect(screen).toMatch(/nothing_here/iu);
  press('u');
  await screenWith(/\[6\] sql ✓/u);
});

test('cells are moved, deleted, taken back; the file is written only by saving', async () => {
  press('K', 'd');
  await screenWith('Deleted the cell');
  press('u', 'U', 'u');
  expect(readFileSync(join(copy.dir, 'notebooks/drinks.sql'), 'utf8')).toBe(NOTEBOOK);
  press('w');
  await screenWith('Saved notebooks/drinks.sql');
  const text = readFileSync(join(copy.dir, 'notebooks/drinks.sql'), 'utf8');
  expect(text).toContain('select d.drink');
  expect(text.indexOf('select d.drink')).toBeLessThan(text.indexOf('[check]'));
});

test('a file that somebody else changed is not written over', async () => {
  writeFileSync(join(copy.dir, 'notebooks/drinks.sql'), '-- mine\n');
  press('b', '"select 1"', 'esc', 'w');
  await screenWith('changed by somebody else');
  press('esc', 'u');
  expect(readFileSync(join(copy.dir, 'notebooks/drinks.sql'), 'utf8')).toBe('-- mine\n');
});

test('a cell becomes a model with its properties, and the model is in the project', async () => {
  press('g', 'j', 'j', 'M', 'ctrl-u', '"models/strong_drinks.sql"', 'enter');
  await screenWith('Wrote models/strong_drinks.sql');
  expect(readFileSync(join(copy.dir, 'models/strong_drinks.sql'), 'utf8')).toContain('cups >= 1');
  expect(readFileSync(join(copy.dir, 'models/strong_drinks.yml'), 'utf8')).toContain(
    '- name: cups',
  );
  expect([...session.manifest.nodes.keys()].some((id) => id.endsWith('.strong_drinks'))).toBe(true);
  press('M', 'ctrl-u', '"models/strong_drinks.sql"', 'enter');
  await screenWith('is there already');
  press('esc');
});

test('a model opens as cells that run', async () => {
  press('1', '/', '"stg_orders"', 'enter', 'C');
  await screenWith('has changes that are not saved');
  opened.workbench.store.update((state) => ({
    ...state,
    notebook: { ...state.notebook, open: null },
  }));
  press('C');
  const screen = await screenWith(/notebooks\/stg_orders_cells\.sql ● not saved/u);
  expect(screen).toMatch(/sql result ✓ .* 4 rows|sql result/u);
  expect(existsSync(join(copy.dir, 'notebooks/stg_orders_cells.sql'))).toBe(false);
});

test('history brings back what was typed in cells before', async () => {
  press('e', 'ctrl-r', 'enter');
  const { overlay } = opened.workbench.store.get();
  expect(overlay?.kind === 'cell' ? overlay.field.text : '').toContain('select 1');
  press('ctrl-z', 'esc');
  await screenWith('result');
});
