import { expect, test } from 'vitest';
import { availableCommands } from '../../src/workbench/command.js';
import { parseRun } from '../../src/workbench/repl/run-flags.js';
import { handleKey, handlePaste } from '../../src/workbench/index.js';
import { openShop, type OpenShop } from '../tui/shop.js';
import { idOf } from './dag-of.js';

const SIZE = { columns: 120, rows: 36 };

async function press(shop: OpenShop, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    if (key.startsWith('"')) {
      for (const letter of key.slice(1, -1)) {
        handleKey(shop.workbench, letter === ' ' ? 'space' : letter, letter);
      }
    } else handleKey(shop.workbench, key, key.length === 1 ? key : null);
    await shop.settle();
  }
}

async function after(...keys: readonly string[]): Promise<OpenShop> {
  const shop = openShop(SIZE);
  await press(shop, ...keys);
  return shop;
}

const stateOf = (shop: OpenShop): ReturnType<OpenShop['workbench']['store']['get']> =>
  shop.workbench.store.get();

test.each([
  { keys: ['l'], centre: 'int_incidents_unioned', pane: 'downstream' },
  { keys: ['l', 'l'], centre: 'fct_incidents', pane: 'downstream' },
  { keys: ['l', 'j', 'l'], centre: 'bridge_incident_service', pane: 'downstream' },
  { keys: ['l', 'h'], centre: 'int_incidents_unioned', pane: 'node' },
  { keys: ['h', 'h'], centre: 'stg_companyc__incidents', pane: 'upstream' },
  { keys: ['l', 'l', 'backspace'], centre: 'int_incidents_unioned', pane: 'node' },
  { keys: ['h', 'G', 'esc'], centre: 'int_incidents_unioned', pane: 'node' },
])('walking with $keys', async ({ keys, centre, pane }) => {
  const { graph } = stateOf(await after(...keys));
  expect([graph.centre, graph.pane]).toEqual([idOf(centre), pane]);
});

test('letters are never commands while something is typed', async () => {
  const shop = await after('/', '"qrbQB1"');
  const { overlay, run } = stateOf(shop);
  expect(overlay?.kind === 'finder' ? overlay.field.text : null).toBe('qrbQB1');
  expect(run.view).toBeNull();
  expect(shop.quits.count).toBe(0);
});

test.each([
  ['esc closes the finder', ['/', '"x"', 'esc'], null],
  ['ctrl-p opens the finder on commands', ['ctrl-p'], 'finder'],
  ['? opens the keys', ['?'], 'help'],
  [': opens the command line', [':'], 'command-line'],
  ['R shows the plan first', ['R'], 'plan'],
])('%s', async (_name, keys, kind) => {
  expect(stateOf(await after(...keys)).overlay?.kind ?? null).toBe(kind);
});

test('the finder goes to what it finds', async () => {
  const shop = await after('/', '"bridge"', 'enter');
  expect(stateOf(shop).graph.centre).toBe(idOf('bridge_incident_service'));
  expect(stateOf(shop).overlay).toBeNull();
});

test('the finder runs commands, and says why it cannot', async () => {
  const shop = await after('/', '">mark every"', 'enter');
  expect(stateOf(shop).toasts.at(-1)?.text).toContain('There is no filter');
});

test('a selector filters as it is typed, keeps what it had while it cannot be read, and can be taken back', async () => {
  const shop = await after('s', '"+fct_incidents"');
  expect(stateOf(shop).graph.filter?.ids.size).toBe(8);
  await press(shop, '"!"');
  expect(stateOf(shop).graph.filter).toMatchObject({ error: 'Cannot read fct_incidents!.' });
  expect(stateOf(shop).graph.filter?.ids.size).toBe(8);
  await press(shop, 'esc');
  expect(stateOf(shop).graph.filter).toBeNull();
});

test('a run takes what the selector line says: the node, with +, or the marks', async () => {
  expect(stateOf(await after('r')).run.request?.select).toEqual(['int_incidents_unioned']);
  expect(stateOf(await after('<', '>', 'b')).run.request).toEqual({
    command: 'build',
    select: ['+int_incidents_unioned+'],
  });
  const marked = await after('h', 'space', 'space', '>', 't');
  expect(stateOf(marked).run.request).toEqual({
    command: 'test',
    select: ['stg_companyc__incidents+', 'stg_companya__incidents+'],
  });
});

test('a run opens its screen, shows culprits, and can be retried', async () => {
  const shop = await after('B');
  const { screen, run } = stateOf(shop);
  expect(screen).toBe('run');
  expect(run.view?.summary?.results).toHaveLength(12);
  await press(shop, 'F');
  expect(stateOf(shop).run.request).toEqual({
    command: 'build',
    select: ['stg_companyc__incidents int_incidents_unioned fct_incidents'],
    indirectSelection: 'empty',
  });
});

test('a retry is done as the run was: its flags, not its selection', async () => {
  const shop = await after(
    ':',
    '"build -s +fct_incidents --exclude raw --full-refresh"',
    'enter',
    'enter',
  );
  await press(shop, 'F');
  const { overlay } = stateOf(shop);
  expect(overlay?.kind === 'plan' ? overlay.request : null).toEqual({
    command: 'build',
    select: ['stg_companyc__incidents int_incidents_unioned fct_incidents'],
    indirectSelection: 'empty',
    isFullRefresh: true,
  });
});

test('a full refresh runs only after enter on its plan', async () => {
  const shop = await after('R');
  expect(stateOf(shop).run.request).toBeNull();
  await press(shop, 'esc');
  expect(stateOf(shop).run.request).toBeNull();
  await press(shop, 'R', 'enter');
  expect(stateOf(shop).run.request).toMatchObject({ command: 'build', isFullRefresh: true });
});

test('where statements cost money, every run shows its plan first', async () => {
  const shop = openShop(SIZE, { isMetered: true });
  await press(shop, 'r');
  expect(stateOf(shop).overlay?.kind).toBe('plan');
});

test('ctrl-c twice within a second quits, later it does not', async () => {
  const shop = await after('ctrl-c');
  shop.wait(2000);
  await press(shop, 'ctrl-c');
  expect(shop.quits.count).toBe(0);
  shop.wait(300);
  await press(shop, 'ctrl-c');
  expect(shop.quits.count).toBe(1);
});

test('q goes back screen by screen and never quits; Q does', async () => {
  const shop = await after('enter', '4', 'q', 'q', 'q');
  expect(stateOf(shop).screen).toBe('graph');
  expect(shop.quits.count).toBe(0);
  await press(shop, 'Q');
  expect(shop.quits.count).toBe(1);
});

test('rows come in pages, the cursor stays inside, and null is copied as nothing', async () => {
  const shop = await after('p', 'j', 'l', 'l', 'l', 'l', 'y');
  const { grid, status } = stateOf(shop).data;
  expect([grid.rowCount, status, grid.cursorRow, grid.cursorColumn]).toEqual([4, 'done', 1, 4]);
  expect(shop.copied).toEqual(['']);
  await press(shop, 'k', 'k', 'k', 'y');
  expect(shop.copied.at(-1)).toBe('Card auth latency');
});

test('a column is found by some letters of its name', async () => {
  const shop = await after('p', 'c', '"opn"', 'enter');
  expect(stateOf(shop).data.grid.cursorColumn).toBe(3);
});

test('pasted text goes into the field, and nowhere else', async () => {
  const shop = await after();
  handlePaste(shop.workbench, 'Q\nQ');
  expect(shop.quits.count).toBe(0);
  await press(shop, '4', 'e');
  handlePaste(shop.workbench, 'select 1,\n  2');
  const { overlay } = stateOf(shop);
  expect(overlay?.kind === 'query' ? overlay.field.text : null).toBe('select 1,\n  2');
});

test('after a reload the screens keep their place', async () => {
  const shop = await after('l', 'enter');
  shop.workbench.session.reload();
  await shop.settle();
  expect(stateOf(shop).node.id).toBe(idOf('fct_incidents'));
  expect(stateOf(shop).node.compiled.kind).toBe('ready');
});

test.each([
  ['-s tag:daily +orders --exclude x', { select: ['tag:daily', '+orders'], exclude: ['x'] }],
  ['--select=a -f -x', { select: ['a'], isFullRefresh: true, isFailFast: true }],
  ['--threads 8 --selector nightly', { threads: 8, selector: 'nightly' }],
])('flags of a run: %s', (words, expected) => {
  expect(parseRun('build', words.split(' '))).toEqual({ command: 'build', ...expected });
});

test.each(['x', '--nope', '--threads zero'])('a flag that is not known is refused: %s', (words) => {
  expect(() => parseRun('run', words.split(' '))).toThrow(/./u);
});

test('no two commands of one context share a key, and each says what it does', async () => {
  const { commands, store } = (await after()).workbench;
  const places = commands.flatMap(({ when, keys }) =>
    when.flatMap((context) => keys.map((key) => `${context} ${key}`)),
  );
  expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
  expect(commands.filter(({ title, label }) => title.endsWith('.') || label === '')).toEqual([]);
  expect(availableCommands(commands, store.get()).length).toBeGreaterThan(20);
});

test('e opens the file of the node at the line that failed', async () => {
  const shop = await after('e');
  expect(shop.edited).toEqual(['/shop/models/int_incidents_unioned.sql:1']);
  await press(shop, 'B', 'e');
  expect(shop.edited.at(-1)).toBe('/shop/models/stg_companyc__incidents.sql:1');
});

test('a command of another screen, found in the palette, is done there', async () => {
  const shop = await after('p', '1', 'ctrl-p', '"go to a column"', 'enter');
  const { screen, overlay } = stateOf(shop);
  expect([screen, overlay?.kind]).toEqual(['data', 'go-to-column']);
});
