/**
 * The screens on a real project: read, compiled, planned, run and looked at by the real session on the embedded warehouse.
 */
import { cpSync } from 'node:fs';
import { render } from 'ink-testing-library';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { App } from '../../src/tui/app/App.js';
import { cellWidth } from '../../src/tui/cells/width.js';
import {
  createWorkbench,
  handleKey,
  memorySettings,
  type Workbench,
} from '../../src/workbench/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';

let copy: ProjectCopy;
let session: ProjectSession;
let workbench: Workbench;
let app: ReturnType<typeof render>;

beforeAll(() => {
  copy = emptyFolder();
  cpSync('test/fixtures/projects/cafe', copy.dir, { recursive: true });
  session = openSession({ projectDir: copy.dir }, { env: {} });
  workbench = createWorkbench({
    session,
    settings: memorySettings(),
    size: { columns: 120, rows: 36 },
    host: { now: () => Date.now(), copy() {}, measure: cellWidth, quit() {} },
  });
  app = render(<App workbench={workbench} compositor={null} depth={null} />);
});

afterAll(async () => {
  app.unmount();
  await workbench.close();
  await session.close();
  copy.remove();
});

/** Presses keys; a key in quotes is typed letter by letter. */
function press(...keys: readonly string[]): void {
  for (const key of keys) {
    if (!key.startsWith('"')) handleKey(workbench, key, null);
    else {
      for (const letter of key.slice(1, -1)) {
        handleKey(workbench, letter === ' ' ? 'space' : letter, letter);
      }
    }
  }
}

/** The screen, once it shows a text. */
async function screenWith(text: string | RegExp): Promise<string> {
  await expect.poll(() => app.lastFrame() ?? '', { timeout: 20_000, interval: 30 }).toMatch(text);
  return app.lastFrame() ?? '';
}

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

test('rows of a model, numbers on the right, null as itself, the count honest', async () => {
  press('/', '"stg_orders"', 'enter', 'p');
  const screen = await screenWith(/4 rows · /u);
  expect(screen).toMatch(/ORDER_ID # │ DRINK a/u);
  expect(screen).toMatch(/3 │ espresso +│ +∅ │ +2\.50 │/u);
});

test('a query with ref()', async () => {
  press('e', '"select count(*) as n from {{ ref(\'fct_drinks\') }}"', 'enter');
  expect(await screenWith(/1 row · /u)).toMatch(/\n│ +3 │/u);
});

test('a query that is wrong says why', async () => {
  press('e', 'ctrl-u', '"select nothing from {{ ref(\'nowhere\') }}"', 'enter');
  expect(await screenWith(/failed ─╮/u)).toMatch(/nowhere/u);
});

test('states after the build, and a selector that filters', async () => {
  press('1', 'esc', 's', '"+fct_drinks"', 'enter');
  const screen = await screenWith(/filter \+fct_drinks 3 nodes/u);
  expect(screen).toMatch(/raw_orders ●/u);
});
