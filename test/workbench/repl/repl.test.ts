/** The REPL without a terminal: lines to entries, verbs, completion, a session as a notebook. */
import { describe, expect, test } from 'vitest';
import { parseNotebook } from '../../../src/workbench/notebook/parse-notebook.js';
import { complete } from '../../../src/workbench/repl/complete.js';
import { type Entry, readLine, statementsOf } from '../../../src/workbench/repl/entry-reader.js';
import { sessionNotebook } from '../../../src/workbench/repl/session-notebook.js';
import { allCommands } from '../../../src/workbench/commands/all.js';
import { readVerb, type Verb, verbsOf } from '../../../src/workbench/repl/verb.js';
import { idOf, manifestOf } from '../dag-of.js';

/** What lines come to; what is left at the end is the last entry. */
function entriesOf(text: string): readonly string[] {
  const entries: Entry[] = [];
  let pending = '';
  for (const line of text.split('\n')) {
    const reading = readLine(pending, line);
    ({ pending } = reading);
    entries.push(...reading.entries);
  }
  return [...entries, ...statementsOf(pending)].map((entry) =>
    entry.kind === 'sql' ? entry.sql : `:${entry.line}`,
  );
}

describe('lines become entries', () => {
  test.each([
    { text: 'select 1;', entries: ['select 1'] },
    { text: 'select\n  1\n;\nselect 2', entries: ['select\n  1', 'select 2'] },
    { text: 'select 1\n\nselect 2\n\n\n', entries: ['select 1', 'select 2'] },
    { text: 'select 1; select 2;', entries: ['select 1', 'select 2'] },
    { text: 'select 1; -- the end\nselect 2;', entries: ['select 1', 'select 2'] },
    { text: "select ';'\n, 2;", entries: ["select ';'\n, 2"] },
    { text: "select 'a;\nb';", entries: ["select 'a;\nb'"] },
    { text: 'select 1 -- ;\n+ 1;', entries: ['select 1 -- ;\n+ 1'] },
    { text: '  :run -s a', entries: [':run -s a'] },
    { text: 'select 1\n:run', entries: ['select 1\n:run'] },
    { text: 'quit', entries: [':quit'] },
    { text: 'EXIT;', entries: [':quit'] },
    { text: ';\n-- nothing\n\n', entries: [] },
  ])('$text', ({ text, entries }) => {
    expect(entriesOf(text)).toEqual(entries);
  });
});

const read = (line: string): Verb => readVerb(allCommands(), line, 'shell');

describe('verbs', () => {
  test.each([
    {
      line: 'run -s a b --full-refresh',
      verb: {
        kind: 'run',
        request: { command: 'run', select: ['a', 'b'], isFullRefresh: true },
        command: 'run -s a b --full-refresh',
      },
    },
    { line: 'plan -s a+', verb: { kind: 'plan', request: { command: 'build', select: ['a+'] } } },
    { line: 'ls tag:x +a', verb: { kind: 'ls', select: ['tag:x', '+a'] } },
    { line: 'compile', verb: { kind: 'compile', name: null } },
    { line: 'columns a', verb: { kind: 'columns', name: 'a' } },
    { line: 'limit 5', verb: { kind: 'limit', rows: 5 } },
    { line: 'output json', verb: { kind: 'output', form: 'json' } },
    { line: 'w "my file"', verb: { kind: 'save', path: 'my file' } },
    { line: 'q', verb: { kind: 'quit' } },
    { line: '?', verb: { kind: 'help' } },
  ])(':$line', ({ line, verb }) => {
    expect(read(line)).toEqual(verb);
  });

  test.each([
    { line: 'sing', says: 'There is no verb :sing.' },
    { line: 'columns', says: ':columns is written :columns MODEL' },
    { line: 'limit -3', says: ':limit is written' },
    { line: 'output xml', says: ':output is written' },
    { line: 'run --nonsense', says: 'does not know --nonsense' },
  ])(':$line is refused', ({ line, says }) => {
    expect(() => read(line)).toThrow(says);
  });
});

test('each verb belongs to one command, and no name is taken twice', () => {
  for (const place of ['shell', 'screen'] as const) {
    const names = verbsOf(allCommands(), place).flatMap(({ name, aliases = [] }) => [
      name,
      ...aliases,
    ]);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('export');
  }
  const { length } = allCommands().filter(({ verb }) => verb !== undefined);
  expect(length).toBeGreaterThan(15);
});

test.each([
  ['notebook notebooks/a.sql', { kind: 'notebook', file: 'notebooks/a.sql' }],
  ['compare prod', { kind: 'compare', target: 'prod' }],
  ['export a.csv --csv-safe', { kind: 'export', words: ['a.csv', '--csv-safe'] }],
  ['filter tag:x', { kind: 'ls', select: ['tag:x'] }],
] as const)('on the screen :%s', (line, verb) => {
  expect(readVerb(allCommands(), line, 'screen')).toEqual(verb);
});

test('what only prints is no verb of the screen', () => {
  expect(() => readVerb(allCommands(), 'output csv', 'screen')).toThrow('no verb :output');
});

describe('completion', () => {
  const facts = {
    manifest: manifestOf('raw.orders>stg_orders', 'raw.people>stg_people', 'stg_orders>fct_orders'),
    macros: ['cents', 'shop_tools.cents'],
    verbs: verbsOf(allCommands(), 'shell').map(({ name }) => name),
    cells: ['by_day'],
    parameters: ['start'],
    columnsOf: (id: string): Promise<readonly string[]> =>
      Promise.resolve(id === idOf('stg_orders') ? ['order_id', 'ordered_at'] : ['person_id']),
  };
  test.each([
    { before: ':co', matches: ['columns', 'compile'], word: 'co' },
    { before: ':run -s +stg_', matches: ['stg_orders', 'stg_people'], word: 'stg_' },
    { before: "select * from {{ ref('f", matches: ['fct_orders'], word: 'f' },
    { before: "{{ source('r", matches: ['raw'], word: 'r' },
    { before: "{{ source('raw', 'p", matches: ['people'], word: 'p' },
    { before: 'select {{ ce', matches: ['cell', 'cents'], word: 'ce' },
    { before: 'select {{ shop_tools.', matches: ['shop_tools.cents'], word: 'shop_tools.' },
    { before: 'select * from fct', matches: ["{{ ref('fct_orders') }}"], word: 'fct' },
    { before: 'select * from dbt.n', matches: ['nodes'], word: 'n' },
    { before: 'SEL', matches: ['SELECT'], word: 'SEL' },
    {
      before: "select * from {{ ref('stg_orders') }} as o where o.order",
      matches: ['order_id', 'ordered_at'],
      word: 'order',
    },
    {
      before: 'select p.',
      whole: "select p. from {{ ref('stg_orders') }}, {{ ref('stg_people') }} p",
      matches: ['person_id'],
      word: '',
    },
    {
      before: "select * from {{ ref('stg_orders') }} where stg_orders.ordere",
      matches: ['ordered_at'],
      word: 'ordere',
    },
    {
      before: "select * from {{ ref('stg_orders') }}\nwhere order",
      matches: ['order', 'order_id', 'ordered_at'],
      word: 'order',
    },
    { before: 'select nobody.', matches: [], word: '' },
    {
      before: 'select f.',
      whole:
        "with o as (select * from {{ ref('stg_orders') }}), f as (select order_id as id, count(*) n, o.* from o) select f. from f",
      matches: ['id', 'n', 'order_id', 'ordered_at'],
      word: '',
    },
    {
      before: 'select x.i',
      whole: 'with f as (select 1 as id, sum(a, b) as total from t) select x.i from f as x',
      matches: ['id'],
      word: 'i',
    },
    { before: "select {{ cell('", matches: ['by_day'], word: '' },
    { before: "select {{ param('st", matches: ['start'], word: 'st' },
    { before: 'select dateadd', matches: ['dateadd'], word: 'dateadd' },
  ])('$before', async ({ before, whole = before, matches, word }) => {
    expect(await complete(before, whole, facts)).toEqual({ matches, word });
  });
});

test('a session is a notebook that can be read', () => {
  const text = sessionNotebook(
    [
      { kind: 'sql', sql: 'select 1\n-- %% no marker\n' },
      { kind: 'run', command: 'build -s a' },
      { kind: 'sql', sql: 'select 2' },
    ],
    'Asked of\nshop',
  );
  const { cells, diagnostics } = parseNotebook(text, 'n.sql');
  expect(diagnostics).toEqual([]);
  expect(cells.map(({ kind, name }) => [kind, name])).toEqual([
    ['md', null],
    ['sql', 'q1'],
    ['run', null],
    ['sql', 'q2'],
  ]);
});
