import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  highlightSql,
  listCtes,
  quoteIdentifier,
  splitStatements,
  tokenize,
} from '../../src/sql/index.js';

describe('tokens', () => {
  test.each([
    ['a::int', ['word a', 'operator ::', 'word int']],
    [
      'v:a.b[0]',
      [
        'word v',
        'operator :',
        'word a',
        'operator .',
        'word b',
        'operator [',
        'number 0',
        'operator ]',
      ],
    ],
    ["'it''s' 'a\\'b'", ["string 'it''s'", "string 'a\\'b'"]],
    ['$$a;b$$ $1 $x ?', ['string $$a;b$$', 'variable $1', 'variable $x', 'variable ?']],
    ['"a""b".c', ['quoted "a""b"', 'operator .', 'word c']],
    ['1.5e-3 .5 1.', ['number 1.5e-3', 'number .5', 'number 1.']],
    ['a--c\n/* x */b//d', ['word a', 'comment --c', 'comment /* x */', 'word b', 'comment //d']],
    [
      'a || b => c != d',
      ['word a', 'operator ||', 'word b', 'operator =>', 'word c', 'operator !=', 'word d'],
    ],
    ["'never closed", ["string 'never closed"]],
  ])('%s', (sql, expected) => {
    const seen = tokenize(sql).filter(({ kind }) => kind !== 'space');
    expect(seen.map(({ kind, text }) => `${kind} ${text}`)).toEqual(expected);
  });

  test('backslashes escape on Snowflake only, comments nest on DuckDB only', () => {
    expect(tokenize("'a\\'", 'duckdb').map(({ text }) => text)).toEqual(["'a\\'"]);
    expect(tokenize('/* /* */ */', 'duckdb')).toHaveLength(1);
    expect(tokenize('/* /* */ */', 'snowflake')).toHaveLength(4);
  });

  test('texts joined are the source, and spans too', () => {
    assert(
      property(
        string({ unit: constantFrom(...Array.from('ab\'"$/*-{}%#;:.()[] \n\\19?')) }),
        (sql) => {
          expect(
            tokenize(sql)
              .map(({ text }) => text)
              .join(''),
          ).toBe(sql);
          expect(
            highlightSql(sql)
              .map(({ text }) => text)
              .join(''),
          ).toBe(sql);
        },
      ),
    );
  });

  test('time grows with the length', () => {
    const started = process.threadCpuUsage();
    tokenize(`${"'".repeat(50_000)}${'$'.repeat(50_000)}${'/*'.repeat(50_000)}`);
    expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(1000);
  });
});

test.each([
  ['select 1; select 2;', ['select 1', 'select 2']],
  ["select ';'; -- only ; a comment\n", ["select ';'"]],
  ['begin; /* c */ commit', ['begin', '/* c */ commit']],
  ['select $$;$$ /* ; */', ['select $$;$$ /* ; */']],
  [' ;; \n', []],
])('%j splits', (sql, expected) => {
  expect(splitStatements(sql)).toEqual(expected);
});

describe('CTEs', () => {
  const sql =
    'with a as (select 1 as x), -- first\n"B" (y) as (select x from a where x in (1)) select * from "B"';
  test('are listed with their places and a query of each', () => {
    const ctes = listCtes(sql);
    expect(ctes.map(({ name, bodySql }) => [name, bodySql])).toEqual([
      ['A', 'select 1 as x'],
      ['B', 'select x from a where x in (1)'],
    ]);
    expect(ctes.map(({ startOffset, endOffset }) => sql.slice(startOffset, endOffset))).toEqual([
      'a as (select 1 as x)',
      '"B" (y) as (select x from a where x in (1))',
    ]);
    expect(ctes[0]?.upToSql).toBe('with a as (select 1 as x)\nselect * from a');
  });

  test.each([
    ['select 1', []],
    ['with a as (select 1', []],
    ['with recursive r as (select 1) select 1', ['R']],
    ['-- c\nwith a as (select (1)), b as not materialized (select 2), c as (', ['A', 'B']],
  ])('%j', (text, names) => {
    expect(listCtes(text).map(({ name }) => name)).toEqual(names);
  });
});

test('a template in colours', () => {
  const spans = highlightSql("select count(*) from {{ ref('a') }} -- {% x %}");
  expect(
    spans.filter(({ kind }) => kind !== 'space').map(({ kind, text }) => `${kind} ${text}`),
  ).toEqual([
    'keyword select',
    'function count',
    'operator (',
    'operator *',
    'operator )',
    'keyword from',
    'jinja {{',
    'function ref',
    'operator (',
    "string 'a'",
    'operator )',
    'jinja }}',
    'comment -- ',
    'jinja {%',
    'name x',
    'jinja %}',
  ]);
});

test('names are quoted so that they read back', () => {
  expect(quoteIdentifier('a"b')).toBe('"a""b"');
});
