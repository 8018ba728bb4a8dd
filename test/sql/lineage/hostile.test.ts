import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filtersOf, linesOf, traceOf } from './trace.js';

const WORDS = `
  select from where with as union all join on using group by pivot for in a
  t.b x * ( ) [ ] , :: int : . -> => case when end over 'text' 1 sum( lateral values exclude unpivot recursive window qualify $1 ; "Q
`
  .trim()
  .split(/\s+/u);

describe('hostile texts', () => {
  test('any sequence of words is read without failing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }), (words) => {
        for (const dialect of ['snowflake', 'duckdb'] as const) {
          const lineage = traceOf(words.join(' '), dialect);
          expect(Array.isArray(lineage.columns)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ['brackets', `select ${'('.repeat(50_000)}1${')'.repeat(50_000)}`],
    ['queries', `select * from (`.repeat(20_000) + 't' + ')'.repeat(20_000)],
    [
      'doubling stars',
      `with c0 as (select * from t)${Array.from({ length: 60 }, (_, at) => `, c${at + 1} as (select l.*, r.* from c${at} l, c${at} r)`).join('')} select * from c60`,
    ],
  ])('%s without end are refused', (_, sql) => {
    const { columns, doubt } = traceOf(sql);
    expect(columns).toEqual([]);
    expect(doubt).not.toBeNull();
  });

  test.each([
    ['casts', `select a${'::int'.repeat(20_000)} as x from t`, 'x <- t.a cast'],
    ['operators', `select a${' + a'.repeat(50_000)} as x from t`, 'x <- t.a computed:+'],
    [
      'branches',
      `select a from t${' union all select b from t'.repeat(5000)}`,
      'a <- t.a passthrough, t.b rename',
    ],
    [
      'ctes',
      `with c0 as (select a from t)${Array.from({ length: 5000 }, (_, at) => `, c${at + 1} as (select a from c${at})`).join('')} select a from c5000`,
      'a <- t.a passthrough',
    ],
    [
      'cases',
      `select ${'case when a then '.repeat(5000)}b${' end'.repeat(5000)} as x from t`,
      'x <- t.a computed:case, t.b computed:case',
    ],
    ['joins', `select t.a from t${' join u on u.d = t.b'.repeat(300)}`, 'a <- t.a passthrough'],
  ])('%s in great number are traced', (_, sql, expected) => {
    expect(linesOf(traceOf(sql))).toEqual([expected]);
  });
});

const expression = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('a', 'b', 'c', 't.a', '1', "'x'"),
    fc
      .tuple(tie('node'), fc.constantFrom('+', '||', '>'), tie('node'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie('node').map((inner) => `coalesce(${inner}, 0)`),
    tie('node').map((inner) => `(${inner})::varchar`),
    tie('node').map((inner) => `case when ${inner} then b end`),
  ),
})).node;

const query = fc
  .tuple(fc.array(expression, { minLength: 1, maxLength: 4 }), fc.option(expression))
  .map(([items, filter]) => {
    const list = items.map((item, at) => `${item} as x${at}`).join(', ');
    return `select ${list} from t${filter === null ? '' : ` where ${filter}`}`;
  });

describe('the same rows in other words have the same lineage', () => {
  const said = (sql: string): readonly (readonly string[])[] => [
    linesOf(traceOf(sql)),
    filtersOf(traceOf(sql)).toSorted(),
  ];
  test('in a CTE, in brackets, in a subquery', () => {
    fc.assert(
      fc.property(query, (sql) => {
        expect(said(`with q as (${sql}) select * from q`)).toEqual(said(sql));
        expect(said(`with q as (${sql}), r as (select q.* from q) select * from r`)).toEqual(
          said(sql),
        );
        expect(said(`select s.* from (${sql}) as s`)).toEqual(said(sql));
        expect(said(`(${sql})`)).toEqual(said(sql));
      }),
      { numRuns: 100 },
    );
  });

  test('as a union with itself, and with comments', () => {
    fc.assert(
      fc.property(query, (sql) => {
        expect(said(`${sql} union all ${sql}`)).toEqual(said(sql));
        expect(said(sql.replaceAll(' ', ' /* from x */\n-- select y\n'))).toEqual(said(sql));
      }),
      { numRuns: 100 },
    );
  });
});
