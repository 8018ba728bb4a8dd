/**
 * docs/tour.md, pressed key by key on the built program; then every screen at three sizes.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { copyBundledProject, type ProjectCopy } from '../support/project-copy.js';
import { frameOf, pictureOf, textsOf } from './picture.js';
import { TestTerminal } from './terminal.js';

const PROGRAM = join(process.cwd(), 'dist', 'dagbook.js');
const KEYS: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\u001b',
  tab: '\t',
  up: '\u001b[A',
  down: '\u001b[B',
  end: '\u001b[F',
  backspace: '\u007f',
  'alt-enter': '\u001b\r',
};
/** The first start makes the data and builds the project. */
const FIRST_START_MS = 180_000;

interface Step {
  readonly title: string;
  /** Bytes of each key, in order. */
  readonly keys: readonly string[];
  readonly sees: readonly RegExp[];
  /** The picture of what is seen then, a path from the page's folder. */
  readonly picture: string | null;
}

/** Reads the page: a step is some keys and what is seen after them. */
function stepsOf(page: string): readonly Step[] {
  let title = '';
  const steps: (Step & { sees: RegExp[]; picture: string | null })[] = [];
  for (const line of page.split('\n')) {
    if (line.startsWith('### ')) title = line.slice(4);
    const press = /^press: (.*)$/u.exec(line)?.[1];
    const see = /^see: (.*)$/u.exec(line)?.[1];
    if (press !== undefined) steps.push({ title, keys: keysOf(press), sees: [], picture: null });
    if (see !== undefined) {
      if (steps.length === 0) steps.push({ title, keys: [], sees: [], picture: null });
      steps.at(-1)?.sees.push(new RegExp(see, 'u'));
    }
    const picture = /^!\[[^\]]*\]\((pictures\/\w+\.svg)\)$/u.exec(line)?.[1];
    const last = steps.at(-1);
    if (picture !== undefined && last !== undefined) last.picture = picture;
  }
  return steps;
}

function keysOf(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`|"([^"]*)"/gu)].flatMap(([, key, typed]) =>
    key === undefined ? Array.from(typed ?? '') : [KEYS[key] ?? key],
  );
}

const STEPS = stepsOf(readFileSync('docs/tour.md', 'utf8'));

let copy: ProjectCopy;
let settings: ProjectCopy;
let terminal: TestTerminal | null = null;

beforeAll(() => {
  copy = copyBundledProject();
  settings = copyBundledProject();
});
afterEach(() => {
  terminal?.kill('SIGKILL');
});
afterAll(() => {
  copy.remove();
  settings.remove();
});

function open(columns: number, rows: number): TestTerminal {
  terminal = new TestTerminal({
    command: process.execPath,
    args: [PROGRAM, 'start', '--project-dir', copy.dir],
    cwd: copy.dir,
    env: { XDG_CONFIG_HOME: join(settings.dir, 'config') },
    columns,
    rows,
  });
  return terminal;
}

async function press(shown: TestTerminal, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    // A lone ESC is told from a sequence by the pause after it.
    if (key === '\u001b') await shown.idle();
    shown.press(key);
    if (key.startsWith('\u001b') || key === '\t') await shown.idle();
  }
}

/** `npm run pictures` draws them anew; else the frames of the screen must be those of the picture. */
async function compareOrDraw(shown: TestTerminal, file: string, title: string): Promise<void> {
  if (process.env['DRAW_PICTURES'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, pictureOf(shown.cells, title));
  }
  const known = existsSync(file) ? frameOf(textsOf(readFileSync(file, 'utf8'))) : [];
  // What a screen asks the warehouse for comes when it comes.
  await expect
    .poll(() => frameOf(shown.lines), {
      message: `${file} is stale: npm run pictures`,
      timeout: 30_000,
    })
    .toEqual(known);
}

test('no step takes thirty keys', () => {
  expect(STEPS.length).toBeGreaterThan(15);
  expect(STEPS.filter(({ keys }) => keys.length >= 30)).toEqual([]);
});

test('the tour, step by step', async () => {
  const shown = open(120, 36);
  await shown.waitFor('map around the node', FIRST_START_MS);
  for (const { title, keys, sees, picture } of STEPS) {
    await press(shown, keys);
    for (const see of sees) {
      await shown.waitFor(see).catch((error: unknown) => {
        throw new Error(`Step ${title}`, { cause: error });
      });
    }
    if (picture !== null) {
      await shown.idle();
      await compareOrDraw(shown, join('docs', picture), title.replace(/^\d+\. /u, ''));
    }
  }
  expect(await shown.exited()).toBe(0);
  const saved = join(copy.dir, 'notebooks/severity.sql');
  expect(existsSync(saved)).toBe(true);
  expect(readFileSync(saved, 'utf8')).toBe(
    "-- %% by_severity\nselect severity\nfrom {{ ref('fct_ops__incidents') }}\n\n-- %% [chart] bar(cell('by_severity'), x=severity, y=count(*))\n",
  );
}, 300_000);

test.each([
  [80, 24],
  [120, 36],
  [200, 60],
] as const)(
  'every screen at %ix%i has a way on, and no row is too long',
  async (columns, rows) => {
    const shown = open(columns, rows);
    await shown.waitFor('? keys', FIRST_START_MS);
    for (const [key, seen] of [
      ['2', /properties|source/u],
      ['3', /\? keys/u],
      ['4', /No rows to look at yet/u],
      ['5', /No notebook is open/u],
      ['1', /╭─ /u],
    ] as const) {
      shown.press(key);
      await shown.waitFor(seen);
      await shown.idle();
      expect(shown.lines.at(-1)).toContain('? keys');
      expect(shown.lines[0]).toContain('ops_perf');
      expect(Math.max(...shown.lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
    shown.press('Q');
    expect(await shown.exited()).toBe(0);
  },
  120_000,
);
