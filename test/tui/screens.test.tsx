import { render } from 'ink-testing-library';
import { afterEach, expect, test } from 'vitest';
// Loaded before the first screen, so that guesses come as fast as in a session that has made some.
import '../../src/workbench/finder/typo-search.js';
import { App } from '../../src/tui/app/App.js';
import type { ColorDepth } from '../../src/tui/cells/style-table.js';
import { handleKey, type ThemeName } from '../../src/workbench/index.js';
import { openShop, type OpenShop } from './shop.js';

const mounted: { unmount(): void }[] = [];
afterEach(() => {
  for (const one of mounted.splice(0)) one.unmount();
});

/** Opens the shop, presses keys, and reads the screen as text. */
async function screenAfter(
  shop: OpenShop,
  keys: readonly string[],
  depth: ColorDepth | null = null,
): Promise<string> {
  const app = render(<App workbench={shop.workbench} compositor={null} depth={depth} />);
  mounted.push(app);
  await shop.settle();
  for (const key of keys) {
    if (key.startsWith('"'))
      for (const letter of key.slice(1, -1))
        handleKey(shop.workbench, letter === ' ' ? 'space' : letter, letter);
    else handleKey(shop.workbench, key, null);
    await shop.settle();
  }
  return `${app.lastFrame() ?? ''}\n`;
}

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
] as const;

const COMPILED = `with source as (
    select * from db.main.raw_incidents
),

measured as (
    select
        incident_id,
        datediff(minute, opened_at, resolved_at) as minutes
    from source
)

select * from measured`;

/** The shop, whose nodes were built from a text that has changed since. */
const openChanged = (size: Parameters<typeof openShop>[0]): OpenShop =>
  openShop(size, {
    compiledSql: COMPILED,
    builtSql: COMPILED.replace('minute, ', 'hour, ').replace('as minutes', 'as hours'),
  });

const SCREENS: readonly (readonly [name: string, keys: readonly string[]])[] = [
  ['graph', []],
  ['graph-upstream', ['h', 'j']],
  ['graph-marked', ['space', 'h', 'space', '>']],
  ['graph-selector', ['s', '"+fct_incidents"']],
  ['map', ['m']],
  ['node-compiled', ['enter']],
  ['node-plan', ['x']],
  ['node-columns', ['enter', 'L']],
  ['node-diff', ['d']],
  ['node-ctes', ['w', 'j']],
  ['node-tests', ['enter', 'shift-tab', 'shift-tab']],
  ['run-done', ['B']],
  ['run-failed-only', ['B', 'f', 'j']],
  ['plan-full-refresh', ['R']],
  ['data', ['p']],
  ['data-moved', ['p', 'j', 'j', 'l', 'l', 'l', 'l']],
  ['data-record', ['p', 'enter']],
  ['data-shaped', ['p', 's', 's', 'l', '!', 'l', 'l', '-', '|', '"severity > 1"', 'enter']],
  ['data-filter', ['p', '|', '"severity >"']],
  ['data-write', ['p', 'w']],
  ['data-empty', ['4']],
  ['notebook', ['5']],
  ['snapshots', ['6']],
  ['columns', ['7']],
  ['repl', ['8']],
  [
    'repl-asked',
    ['8', '"select * from orders"', 'enter', 'enter', '":ls"', 'enter', '":nonsense"', 'enter'],
  ],
  ['repl-left', ['8', '"select 1;"', 'enter', '"select 2"', 'esc', 'k']],
  ['repl-history', ['8', '"select 1;"', 'enter', '"select 22;"', 'enter', 'ctrl-r', '"2"']],
  ['query', ['4', 'e', '"select 1"']],
  ['finder', ['/', '"inc un"']],
  ['finder-typo', ['/', '"incidnets unioend"']],
  ['palette', ['ctrl-p', '"rebuild"']],
  ['help', ['?']],
  ['command-line-error', [':', '"run -z"', 'enter']],
];

for (const size of SIZES) {
  test.each(SCREENS)(`%s at ${size.columns}x${size.rows}`, async (name, keys) => {
    const screen = await screenAfter(openChanged(size), keys);
    await expect(screen).toMatchFileSnapshot(
      `../golden/screens/${name}-${size.columns}x${size.rows}.txt`,
    );
  });
}

/** The eight screens where there is room for all of them. */
const WIDE: readonly (readonly [name: string, keys: readonly string[]])[] = [
  ['graph', []],
  ['map', ['m']],
  ['node-compiled', ['enter']],
  ['run-done', ['B']],
  ['data', ['p']],
  ['notebook', ['5']],
  ['snapshots', ['6']],
  ['columns', ['7']],
  ['repl-left', ['8', '"select 1;"', 'enter', '"select 2"', 'esc', 'k']],
];

test.each(WIDE)('%s at 200x60', async (name, keys) => {
  const screen = await screenAfter(openChanged({ columns: 200, rows: 60 }), keys);
  await expect(screen).toMatchFileSnapshot(`../golden/screens/${name}-200x60.txt`);
});

test('a project of which nothing is built says what to do next', async () => {
  const screen = await screenAfter(openShop(SIZES[1], { states: new Map() }), []);
  expect(screen).toContain('nothing is built yet: B builds everything');
});

test('every row has the width of the screen or less, whatever is shown', async () => {
  for (const [, keys] of SCREENS) {
    const screen = await screenAfter(openShop({ columns: 60, rows: 20 }), keys);
    const rows = screen.trimEnd().split('\n');
    expect(rows.length).toBeLessThanOrEqual(20);
  }
});

const LOOKS: readonly (readonly [theme: ThemeName, depth: ColorDepth])[] = [
  ['dark', '256'],
  ['light', '256'],
  ['colour-blind', '256'],
  // What NO_COLOR leaves: bold, dim and swapped, whatever the theme.
  ['dark', 'none'],
];

test.each(LOOKS)('looks of the cells: %s with %s colours', async (theme, depth) => {
  const shop = openShop({ columns: 80, rows: 24 });
  shop.workbench.store.update((state) => ({ ...state, theme }));
  const screen = await screenAfter(shop, ['B', 'j'], depth);
  // A look is written before the cells that have it: `«1;31»` for bold red.
  const marked = screen.replaceAll(/\u001b\[([\d;]*)m/gu, '«$1»');
  await expect(marked).toMatchFileSnapshot(`../golden/screens/looks-${theme}-${depth}.txt`);
});
