/**
 * The columns screen on the bundled project, which need not be built for it.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { cellWidth } from '../../src/tui/cells/width.js';
import { memoryRecords } from '../../src/workbench/index.js';
import { GOLDEN_SIZES, openScreen, type OpenScreen } from '../support/open-screen.js';
import { copyBundledProject, type ProjectCopy } from '../support/project-copy.js';

let copy: ProjectCopy;
let session: ProjectSession;
let opened: OpenScreen;

beforeAll(() => {
  copy = copyBundledProject();
  session = openSession({ projectDir: copy.dir, target: 'local' }, { env: {} });
  opened = openScreen(session, { records: memoryRecords() });
});

afterAll(async () => {
  await opened.close();
  copy.remove();
});

const press: OpenScreen['press'] = (...keys) => opened.press(...keys);
const screenWith: OpenScreen['screenWith'] = (text) => opened.screenWith(text);

test('L on a node: its columns, each with what makes it', async () => {
  press('/', '"fct_ops__incidents"', 'enter', 'L');
  const screen = await screenWith(/made of 3 columns, over 5 nodes/u);
  expect(screen).toMatch(/│ incident_name +iff │/u);
  expect(screen).toMatch(/how incident_key is made/u);
});

test('a column is traced to its sources, with what decides on rows only, and who is hit', async () => {
  for (let at = 0; at < 15; at += 1) press('j');
  const screen = await screenWith(/fct_ops__incidents\.minutes_to_detect[^]*made of 6 columns/u);
  expect(screen).toMatch(/impact_start .*▶ .*cast─/u);
  expect(screen).toMatch(/decide on rows only: .*join/u);
  await screenWith(/▷ exposure incident_review {2}takes its values/u);
  await screenWith(/tests . within_range/u);
});

test('the cursor walks the trace; each column says how it is made, and where', async () => {
  press('tab', 'h');
  await screenWith(/how minutes_to_detect is made[^]*datediff/u);
  press('h');
  const screen = await screenWith(/models\/staging\/incident_io\/.*\.sql:\d+/u);
  expect(screen).toMatch(/::timestamp_ntz|cast/u);
});

test('enter traces the column under the cursor, esc goes back', async () => {
  press('enter');
  await screenWith(/stg_incident_io__company.__incidents\.(?:detected|impact_started)_at/u);
  press('esc');
  expect(await screenWith(/─ fct_ops__incidents\.minutes_to_detect/u)).toContain('iff');
});

test('t leaves out what is only passed on; pinned columns are come back to', async () => {
  press('t');
  const screen = await screenWith(/changes only · t shows all/u);
  expect(screen).toMatch(/impact_start/u);
  press('t', 'tab', 'space');
  expect(await screenWith(/1 pinned · n next/u)).toMatch(/▌minutes_to_detect/u);
  press('j');
  await screenWith(/─ fct_ops__incidents\.(?!minutes_to_detect)/u);
  press('n');
  await screenWith(/─ fct_ops__incidents\.minutes_to_detect/u);
  press('space', 'tab');
  await screenWith(/made of 6 columns/u);
});

test('the impact as a list, and as Markdown for a pull request', async () => {
  await screenWith(/1 test/u);
  press('i');
  await screenWith(/If minutes_to_detect changes[^]*not hit:/u);
  press('esc', 'y');
  expect(opened.copied.at(-1)).toMatch(
    /^### If `fct_ops__incidents\.minutes_to_detect` changes\n\n- exposure /u,
  );
});

test('the notebook that reads a column is hit, by its cell', async () => {
  press('tab', 'j');
  expect(await screenWith(/notebooks\/incident_review\.sql/u)).toContain('  incidents');
});

test('columns that nothing reads are listed', async () => {
  press('u');
  const screen = await screenWith(/Columns that nothing in the project reads/u);
  expect(screen).toMatch(/communications_lead_engineer_key/u);
  press('esc');
});

test('on 80x24 the trace takes the whole width while it has the focus', async () => {
  opened.workbench.store.update((state) => ({ ...state, size: { columns: 80, rows: 24 } }));
  press('tab');
  const screen = await screenWith(/made of/u);
  for (const line of screen.split('\n')) expect(cellWidth(line)).toBeLessThanOrEqual(80);
  expect(screen).not.toMatch(/impact if it changes/u);
});

test.each(GOLDEN_SIZES)('the screen at $columns x $rows', async ({ columns, rows }) => {
  opened.workbench.store.update((state) => ({ ...state, size: { columns, rows }, toasts: [] }));
  const screen = await screenWith(/made of \d columns, over \d nodes[^]*tests [○●]/u);
  await expect(`${screen}\n`).toMatchFileSnapshot(
    `../golden/screens/columns-real-${columns}x${rows}.txt`,
  );
});
