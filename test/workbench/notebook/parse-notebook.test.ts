/** The notebook format: cells as read, what is wrong with them, and the file again byte for byte. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../../src/workbench/notebook/notebook.js';
import { printNotebook } from '../../../src/workbench/notebook/notebook.js';
import { parseNotebook } from '../../../src/workbench/notebook/parse-notebook.js';

const REVIEW = `-- Reviewed monthly.

-- %% [md]
-- # Slow incidents
--
-- Since {{ param('start') }}.
-- %% [param] start: date = 2026-11-01
-- %% slow                      limit=10000
select service, minutes
from {{ ref('incidents') }}
where opened_at >= {{ param('start') }};

-- %% [chart] p90 = bar(cell('slow'), x=service, y=p90(minutes), limit=5)
-- %% [run] build --select +incidents
-- %% [check] slow               expect rows > 0
-- expect minutes not null
`;

/** A cell without its text and place. */
function essence(cell: Cell): unknown {
  const { header: _header, body: _body, index: _index, line: _line, ...rest } = cell;
  return rest;
}

test('every kind of cell is read', () => {
  const notebook = parseNotebook(REVIEW, 'review.sql');
  expect(notebook.diagnostics).toEqual([]);
  expect(notebook.lead).toBe('-- Reviewed monthly.\n\n');
  expect(notebook.cells.map(essence)).toEqual([
    { kind: 'md', name: null, text: "# Slow incidents\n\nSince {{ param('start') }}." },
    { kind: 'param', name: 'start', type: 'date', fallback: '2026-11-01' },
    { kind: 'sql', name: 'slow', limit: 10_000 },
    {
      kind: 'chart',
      name: 'p90',
      shape: 'bar',
      of: 'slow',
      x: 'service',
      y: 'p90(minutes)',
      by: null,
      limit: 5,
      bins: null,
    },
    { kind: 'run', name: null, command: 'build --select +incidents' },
    {
      kind: 'check',
      name: null,
      of: 'slow',
      expectations: [
        { text: 'rows > 0', line: 15 },
        { text: 'minutes not null', line: 16 },
      ],
    },
  ]);
});

test('SQL before the first marker is a cell, comments are the lead', () => {
  const notebook = parseNotebook('select 1;\n-- %%\nselect 2\n', 'n.sql');
  expect(notebook.cells.map(({ line, header }) => [line, header])).toEqual([
    [1, ''],
    [2, '-- %%\n'],
  ]);
});

const LINE = fc.oneof(
  fc.constantFrom(
    '-- %%',
    '--%% a',
    '-- %% [md]',
    '-- %% [param] p: number = 1',
    "-- %% [chart] bar(cell('a'), x=1, y=2)",
    '-- %% [check] a expect rows > 0',
    '-- %% [what]',
    '-- %%% no marker',
    '-- words',
    "select '",
    '',
    '/* ',
    ';',
  ),
  fc.string(),
);

test('printing gives back the bytes that were read', () => {
  const text = fc
    .array(fc.tuple(LINE, fc.constantFrom('\n', '\r\n', '\r', '')), { maxLength: 12 })
    .map((lines) => lines.flat().join(''));
  fc.assert(
    fc.property(text, (written) => {
      expect(printNotebook(parseNotebook(written, 'n.sql'))).toBe(written);
    }),
    { numRuns: 500 },
  );
});

describe('what is wrong is told with its line', () => {
  test.each([
    { text: '-- %% [chat] x', line: 1, says: 'There are no cells of kind chat.' },
    { text: '\n-- %% a b', line: 2, says: 'A sql cell does not know b.' },
    { text: '-- %% a limit=many', line: 1, says: 'A sql cell does not know limit=many.' },
    { text: '-- %% 7up', line: 1, says: '7up is no name for a cell.' },
    { text: '-- %% [param]', line: 1, says: 'A param cell needs a name.' },
    { text: '-- %% [param] a: money = 1', line: 1, says: 'There is no type money' },
    { text: '-- %% [run]', line: 1, says: 'A run cell needs a command.' },
    { text: '-- %% [check]', line: 1, says: 'A check cell names the cell' },
    { text: '-- %% [check] a', line: 1, says: 'A check cell says what it expects.' },
    { text: "-- %% [chart] pie(cell('a'))", line: 1, says: 'A chart is one of bar, line' },
    { text: '-- %% [chart] bar(a, x=b)', line: 1, says: 'A bar needs y.' },
    { text: '-- %% [chart] bar(a, x=b, y=c, z=d)', line: 1, says: 'A bar has no z' },
    { text: '-- %% [chart] histogram(a, x=b, bins=0)', line: 1, says: 'bins is a whole number' },
    { text: '-- %% [md]\n-- a\nselect 1', line: 3, says: 'A cell of kind md holds comments only.' },
    { text: '-- %% [run] build\n\nselect 1', line: 3, says: 'A cell of kind run holds comments' },
    {
      text: '-- %% a\nselect 1\n-- %% [param] A = 1',
      line: 3,
      says: 'Two cells are called A: this one and the one on line 1.',
    },
  ])('$text', ({ text, line, says }) => {
    const { diagnostics } = parseNotebook(text, 'n.sql');
    expect(diagnostics.map(({ message }) => message).join('\n')).toContain(says);
    expect(diagnostics[0]?.position).toEqual({ file: 'n.sql', line, column: 1 });
  });
});
