/** MATCH_RECOGNIZE: rows as Snowflake's documentation describes them, over one small series of readings. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import type { Connection, Warehouse } from '../../src/warehouse/index.js';
import { openMemory } from './case-runner.js';
import { caseTable } from './case-table.js';

/** Two sensors: north 10 8 6 7 9 5 12, south 3 3 1 4. */
const READINGS = [
  'create or replace table readings as select column1 sensor, column2::int tick, column3::int level from values ' +
    [10, 8, 6, 7, 9, 5, 12].map((level, index) => `('north', ${index + 1}, ${level})`).join(', ') +
    ', ' +
    [3, 3, 1, 4].map((level, index) => `('south', ${index + 1}, ${level})`).join(', '),
] as const;
const BY = 'partition by sensor order by tick';
const MOVES = 'define up as level > lag(level), down as level < lag(level)';

describe('one row per match', () => {
  caseTable([
    [
      `select * from readings match_recognize (${BY} measures match_number() as n, match_sequence_number() as s, first(level) as top, last(level) as turn, count(*) as size, count(down.*) as downs, sum(up.level) as ups pattern (strt down+ up+) ${MOVES}) order by sensor, n`,
      [
        ['north', 1, 5, 10, 9, 5, 2, 16],
        ['south', 1, 3, 3, 4, 3, 1, 4],
      ],
      READINGS,
    ],
    // The last row of one match may begin the next.
    [
      `select sensor, n, a, z from readings match_recognize (${BY} measures match_number() as n, first(tick) as a, last(tick) as z one row per match after match skip to last up pattern (strt down+ up+) ${MOVES}) r order by sensor, n`,
      [
        ['north', 1, 1, 5],
        ['north', 2, 5, 7],
        ['south', 1, 2, 4],
      ],
    ],
    [
      `select n, a, z from readings match_recognize (${BY} measures match_number() as n, first(tick) as a, last(tick) as z after match skip to next row pattern (down up) ${MOVES}) where sensor = 'north' order by n`,
      [
        [1, 3, 4],
        [2, 6, 7],
      ],
    ],
    // Symbols with another's rows between, and of one that matched no row.
    [
      `select * from readings match_recognize (order by sensor, tick measures first(down.level) as a, last(down.level) as z, down.level as same, last(never.level) as nothing, count(never.level) as zero, min(down.level) as least pattern (strt down+ up+ never?) ${MOVES}, never as false) order by a desc limit 1`,
      [[8, 6, 6, null, 0, 6]],
    ],
    [
      'select count(*) from readings match_recognize (measures count(*) as n pattern (x) define x as level > 100)',
      [[0]],
    ],
    // An empty match is a row, with no window over it.
    [
      `select n, size, top from readings match_recognize (${BY} measures match_number() as n, count(*) as size, first(level) as top pattern (high*) define high as level > 9) where sensor = 'north' order by n`,
      [1, 2, 3, 4, 5, 6, 7].map((n) => [
        n,
        n === 1 || n === 7 ? 1 : 0,
        n === 1 ? 10 : n === 7 ? 12 : null,
      ]),
    ],
  ]);
});

describe('all rows per match', () => {
  const north = `(select tick, level from readings where sensor = 'north')`;
  caseTable([
    [
      `select * from ${north} match_recognize (order by tick measures classifier() as c, match_sequence_number() as s, count(*) as n, first(level) as a, last(level) as z, final last(level) as e, prev(level) as p, next(level) as f all rows per match pattern (strt down+ up+) ${MOVES}) order by tick`,
      [
        [1, 10, 'STRT', 1, 1, 10, 10, 9, null, 8],
        [2, 8, 'DOWN', 2, 2, 10, 8, 9, 10, 6],
        [3, 6, 'DOWN', 3, 3, 10, 6, 9, 8, 7],
        [4, 7, 'UP', 4, 4, 10, 7, 9, 6, 9],
        [5, 9, 'UP', 5, 5, 10, 9, 9, 7, null],
      ],
      READINGS,
    ],
    // What is left out is measured all the same.
    [
      `select tick, n from ${north} match_recognize (order by tick measures count(*) as n all rows per match pattern (strt {- down+ -} up+) ${MOVES}) order by tick`,
      [
        [1, 1],
        [4, 4],
        [5, 5],
      ],
    ],
    [
      `select tick, m, c from ${north} match_recognize (order by tick measures match_number() as m, classifier() as c all rows per match with unmatched rows pattern (up+) ${MOVES}) order by tick`,
      [
        [1, null, null],
        [2, null, null],
        [3, null, null],
        [4, 1, 'UP'],
        [5, 1, 'UP'],
        [6, null, null],
        [7, 2, 'UP'],
      ],
    ],
    // Empty matches count, shown or not.
    [
      `select tick, m, c from ${north} match_recognize (order by tick measures match_number() as m, classifier() as c all rows per match omit empty matches pattern (up*) ${MOVES}) order by tick`,
      [
        [4, 4, 'UP'],
        [5, 4, 'UP'],
        [7, 6, 'UP'],
      ],
    ],
    [
      `select tick, m, c, n from ${north} match_recognize (order by tick measures match_number() as m, classifier() as c, count(*) as n all rows per match show empty matches pattern (up*) ${MOVES}) where tick < 5 order by tick`,
      [
        [1, 1, null, 0],
        [2, 2, null, 0],
        [3, 3, null, 0],
        [4, 4, 'UP', 1],
      ],
    ],
    // A mean over the partition, an anchor at each end.
    [
      `select tick from ${north} match_recognize (order by tick all rows per match pattern (high) define high as level > avg(level) over (rows between unbounded preceding and unbounded following)) order by 1`,
      [[1], [5], [7]],
    ],
    [
      `select tick from ${north} match_recognize (order by tick all rows per match pattern (^ a) ) order by 1`,
      [[1]],
    ],
    [
      `select tick from ${north} match_recognize (order by tick all rows per match pattern (a $) ) order by 1`,
      [[7]],
    ],
  ]);
});

describe('what Snowflake does not do either, or not here', () => {
  const over = (clauses: string): string => `select * from readings match_recognize (${clauses})`;
  caseTable([
    [over(`${BY} pattern (x) define x as prev(level) > 1`), 'PREV in DEFINE at line 1', READINGS],
    [over('pattern (x) define x as true'), 'ONE ROW PER MATCH without PARTITION BY and MEASURES'],
    [over(`${BY} after match skip pattern (x)`), 'AFTER MATCH SKIP without a place'],
    [over(`${BY} all rows per match with unmatched rows pattern ({- x -})`), 'exclusions'],
    [over(`${BY} measures x.level as l all rows per match pattern (x)`), 'write FINAL before it'],
    [over(`${BY} measures sum(x.level + level) as l pattern (x)`), 'with and without a symbol'],
    [over(`${BY} measures sum(x.level + y.level) as l pattern (x y)`), 'of several symbols'],
    [over(`${BY} pattern (x) define x as sum(level) > 1`), 'SUM without a frame in DEFINE'],
    [over(`${BY} after match skip to first x pattern (x y)`), 'does not go past the first row'],
    [over(`${BY} after match skip to z pattern (x y)`), 'no row of the match is mapped'],
    [over(`${BY} pattern (x | )`), 'This PATTERN at line 1'],
  ]);
});

/** A pattern in both spellings: symbols A to C, and the letters of a text. */
interface Both {
  readonly rows: string;
  readonly text: string;
  readonly isNullable: boolean;
}

function repeat({ rows, text }: Both, times: string): Both {
  return {
    rows: `${rows}${times}`,
    text: `${text}${times}`,
    isNullable: /^(?:[*?]|\{0)/u.test(times),
  };
}

const { pattern } = fc.letrec<{ readonly pattern: Both; readonly atom: Both }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('a', 'b', 'c').map((letter) => ({
      rows: letter,
      text: letter,
      isNullable: false,
    })),
    tie('pattern').map(({ rows, text, isNullable }) => ({
      rows: `(${rows})`,
      text: `(?:${text})`,
      isNullable,
    })),
  ),
  pattern: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('atom'),
    fc
      .tuple(
        tie('atom'),
        fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{2,}', '*?', '+?', '??', '{0,2}?'),
      )
      // Languages differ in how often nothing may repeat.
      .map(([one, times]) => (one.isNullable ? one : repeat(one, times))),
    fc.tuple(tie('atom'), tie('atom')).map(([a, b]) => ({
      rows: `${a.rows} ${b.rows}`,
      text: `${a.text}${b.text}`,
      isNullable: a.isNullable && b.isNullable,
    })),
    fc
      .tuple(tie('atom'), tie('atom'), tie('atom'))
      // In a PATTERN `a b | c` is `a (b | c)`.
      .map(([a, b, c]) => ({
        rows: `${a.rows} ${b.rows} | ${c.rows}`,
        text: `${a.text}(?:${b.text}|${c.text})`,
        isNullable: a.isNullable && (b.isNullable || c.isNullable),
      })),
  ),
}));

describe('matches are those of a regular expression', () => {
  let warehouse: Warehouse;
  let connection: Connection;
  const { signal } = new AbortController();
  beforeAll(async () => {
    warehouse = await openMemory();
    connection = await warehouse.connect({ name: 'patterns', signal });
  });
  afterAll(async () => {
    await connection.close();
    await warehouse.close();
  });

  test('over texts of three letters', async () => {
    await fc.assert(
      fc.asyncProperty(
        pattern,
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 9 }),
        async (both, text) => {
          const rows = text
            .split('')
            .map((letter, index) => `(${index}, '${letter}')`)
            .join(', ');
          const sql = `select a, n from (select column1 i, column2 c from values ${rows}) match_recognize (order by i measures match_number() as m, i - count(*) + 1 as a, count(*) as n pattern (${both.rows}) define a as c = 'a', b as c = 'b', c as c = 'c') order by m`;
          const { rows: found } = await connection.execute(sql, { signal });
          const expected = [...text.matchAll(new RegExp(both.text, 'gu'))]
            .filter((match) => match[0] !== '')
            .map((match) => [match.index, match[0].length]);
          expect(found.filter(([, size]) => size !== 0)).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });
});
