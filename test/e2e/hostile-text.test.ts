/** A project and its data whose every text tries to drive the terminal, on all screens of the built program. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ESCAPE_CORPUS, foreignControls } from '../support/escape-corpus.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { runProgram } from '../support/run-program.js';
import { TestTerminal } from './terminal.js';

const PROGRAM = join(process.cwd(), 'dist', 'dagbook.js');
const TITLE = '\u001b]0;pwned\u0007';
const CLIPBOARD = '\u001b]52;c;cHduZWQ=\u0007';
const CURSOR = '\u001b[?25h\u001b[?1049l\u001b[2J';
const EVIL = `${TITLE}${CLIPBOARD}${CURSOR}`;
const FILES: Readonly<Record<string, string>> = {
  'dbt_project.yml': "name: evil\nversion: '1.0'\nprofile: evil\n",
  'profiles.yml':
    'evil:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: evil.duckdb, schema: main, threads: 1}\n',
  'seeds/cells.csv': `number,word\n${ESCAPE_CORPUS.map((text, at) => `${at},"${text.replaceAll('"', '""')}"`).join('\n')}\n`,
  'models/rows.sql': `-- ${EVIL}\nselect number, word, '${EVIL}' as "col${EVIL}" from {{ ref('cells') }}`,
  [`models/na${CURSOR}me.sql`]: 'select 1 as id',
  'models/broken.sql': `{% if execute %}{{ exceptions.raise_compiler_error('why ${EVIL}') }}{% endif %}`,
  'models/models.yml': JSON.stringify({
    models: [
      {
        name: 'rows',
        description: `about ${EVIL}`,
        columns: [{ name: 'word', description: `word ${EVIL}`, data_tests: ['not_null'] }],
      },
    ],
  }),
  [`notebooks/note${CURSOR}.sql`]: `-- %% [md]\n-- # ${EVIL}\n`,
};

let project: ProjectCopy;

beforeAll(async () => {
  project = emptyFolder();
  for (const [path, text] of Object.entries(FILES)) {
    const file = join(project.dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  await runProgram(['build', '-q', '--exclude', 'broken'], { cwd: project.dir });
});

afterAll(() => project.remove());

/** Keys, and what of the hostile text is then seen, as text. */
const WALK: readonly (readonly [keys: string, shows: string | RegExp])[] = [
  ['/', '─ find ─'],
  ['rows\r', 'about ␛]0;pwned␇'],
  ['\r', /select number, word, '␛\]0;pwned␇/u],
  ['c', /-- ␛\]0;pwned␇/u],
  ['L', 'col␛]0;pwned␇'],
  ['p', /aa?␛\]0;pwned|␛\]0;pwned␇/u],
  ['G', /a.+z/u],
  ['?', 'keys here'],
  ['\u001b', '/ find'],
  ['1/', '─ find ─'],
  ['broken\r', /─ broken ─/u],
  ['r', 'why ␛]0;pwned␇'],
  ['\r', 'why ␛]0;pwned␇'],
  ['1/', '─ find ─'],
  ['25h me', /❯ 25h me[^]*na␛\[\?25h/u],
  ['\r', /\[na␛\[\?25h[^]*me ●\]/u],
  ['5', /note␛\[\?25h/u],
  ['8', 'a statement ends with'],
  [`select word from {{ ref('cells') }} order by number;\r`, /a␛\]0;pwned␇z/u],
  ['select nothing;\r', /nothing/u],
];

test('no text of data, files or errors moves, hides, renames or copies anything', async () => {
  const terminal = new TestTerminal({
    command: process.execPath,
    args: [PROGRAM],
    cwd: project.dir,
    columns: 120,
    rows: 36,
    env: { XDG_CONFIG_HOME: join(project.dir, 'config') },
  });
  try {
    await terminal.waitFor('enter open');
    const [before] = terminal.lines;
    for (const [keys, shows] of WALK) {
      terminal.press(keys);
      await terminal.waitFor(shows);
      expect(terminal.bufferType).toBe('alternate');
    }
    expect(terminal.lines[0]?.slice(0, 6)).toBe(before?.slice(0, 6));
    expect(terminal.titles).toEqual([]);
    expect(terminal.commands).toEqual([]);
    expect(foreignControls(terminal.raw)).toEqual([]);
    terminal.press('\u001b');
    await terminal.waitFor('i type');
    terminal.press('Q');
    expect(await terminal.exited()).toBe(0);
    expect(terminal.bufferType).toBe('normal');
    expect(terminal.titles).toEqual([]);
  } finally {
    terminal.kill('SIGKILL');
  }
}, 120_000);

test.each([
  ['show', ['show', '-s', 'rows', '--limit', '-1']],
  ['show as csv', ['show', '-s', 'rows', '--limit', '-1', '--output', 'csv']],
  ['ls', ['ls']],
  ['compile', ['compile', '-s', 'rows', 'broken']],
  ['run', ['run', '-s', 'broken', 'rows']],
])(
  'on the command line, to a terminal: %s',
  async (_name, args) => {
    const terminal = new TestTerminal({
      command: process.execPath,
      args: [PROGRAM, ...args],
      cwd: project.dir,
      columns: 120,
      rows: 36,
    });
    await terminal.exited();
    expect(terminal.raw).toMatch(/rows|word|pwned/u);
    expect(terminal.titles).toEqual([]);
    expect(terminal.commands).toEqual([]);
    expect(foreignControls(terminal.raw.replaceAll('\r\n', '\n'))).toEqual([]);
  },
  60_000,
);
