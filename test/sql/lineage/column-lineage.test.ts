import { describe, expect, test } from 'vitest';
import { filtersOf, linesOf, traceOf } from './trace.js';

describe('kinds of transformation', () => {
  test.each([
    ['select a, b as x from t', ['a <- t.a passthrough', 'x <- t.b rename']],
    ['select t.a as "q.a" from t', ['q.a <- t.a rename']],
    [
      'select c::int as y, try_cast((b) as number(38, 0)) as z from t',
      ['y <- t.c cast', 'z <- t.b cast'],
    ],
    [
      'select a::double precision y, a + b::int z from t',
      ['y <- t.a cast', 'z <- t.a computed:+, t.b computed:+'],
    ],
    ['select sum(c) / count(*) as y from t', ['y <- t.c aggregate:sum']],
    [
      'select sum(c) over (partition by a order by b rows between 1 preceding and current row) w from t',
      ['w <- t.c window:sum, t.a window:sum, t.b window:sum'],
    ],
    [
      'select sum(c) over w as s from t window w as (partition by a)',
      ['s <- t.c window:sum, t.a window:sum'],
    ],
    [
      'select sum(sum(c)) over (order by a) as s from t',
      ['s <- t.c aggregate:sum, t.a aggregate:sum'],
    ],
    [
      "select case when a = 1 then b else 'x' end as k from t",
      ['k <- t.a computed:case, t.b computed:case'],
    ],
    ['select v:x.y[0]::varchar as z from raw.events', ['z <- raw.events.v path']],
    [
      'select 1 as one, current_date as today, null as nothing from t',
      ['one <-', 'today <-', 'nothing <-'],
    ],
    ['select a is distinct from b as q from t', ['q <- t.a computed, t.b computed']],
    [
      "select listagg(distinct a, ',') within group (order by b) as l from t",
      ['l <- t.a aggregate:listagg, t.b aggregate:listagg'],
    ],
    [
      'select date_trunc(month, a) m, extract(year from c) y from t',
      ['m <- t.a computed:date_trunc', 'y <- t.c computed:extract'],
    ],
    [
      "select dateadd(day, -1, b) d, a - interval '1' day e from t",
      ['d <- t.b computed:dateadd', 'e <- t.a computed:-'],
    ],
    ["select date '2026-01-01' d, a at time zone 'utc' z from t", ['d <-', 'z <- t.a computed']],
    ['select filter(b, x -> x > c) as l from t', ['l <- t.b computed:filter, t.c computed:filter']],
    [
      "select object_construct('k', a, 'l', b) as o, parse_json(c):a.b as p from t",
      [
        'o <- t.a computed:object_construct, t.b computed:object_construct',
        'p <- t.c computed:parse_json',
      ],
    ],
    ['select a as x, x + 1 as y from t', ['x <- t.a rename', 'y <- t.a computed:+']],
    ['select b as a, a + 1 as y from t', ['a <- t.b rename', 'y <- t.a computed:+']],
  ])('%s', (sql, expected) => {
    expect(linesOf(traceOf(sql))).toEqual(expected);
  });
});

describe('shapes of queries', () => {
  test.each([
    [
      'with s as (select * from t), r as (select *, a || b as ab from s) select ab, c from r',
      ['ab <- t.a computed:||, t.b computed:||', 'c <- t.c passthrough'],
    ],
    [
      'with s (x, y) as (select a, b from t) select y, x from s',
      ['y <- t.b rename', 'x <- t.a rename'],
    ],
    [
      'select * exclude (a) replace (b + 1 as b) rename (c as cc) from t',
      ['b <- t.b computed:+', 'cc <- t.c rename'],
    ],
    [
      'select t.*, u.d from t join u using (a)',
      [
        'a <- t.a passthrough',
        'b <- t.b passthrough',
        'c <- t.c passthrough',
        'd <- u.d passthrough',
      ],
    ],
    [
      'select * from t join u using (a)',
      [
        'a <- t.a passthrough',
        'b <- t.b passthrough',
        'c <- t.c passthrough',
        'd <- u.d passthrough',
        'e <- u.e passthrough',
      ],
    ],
    ['select a from t natural full join u', ['a <- t.a passthrough, u.a passthrough']],
    [
      'select a from t union all (select d from u) union select e from u',
      ['a <- t.a passthrough, u.d rename, u.e rename'],
    ],
    ['select a from t except select e from u', ['a <- t.a passthrough']],
    [
      'select a, b from t union all by name select d as b, a from u',
      ['a <- t.a passthrough, u.a passthrough', 'b <- t.b passthrough, u.d rename'],
    ],
    [
      `with recursive h as (
         select a, b, 1 as lvl from t union all select u.a, h.b || u.e, lvl + 1 from u join h on u.d = h.a
       ) select * from h`,
      ['a <- t.a passthrough, u.a passthrough', 'b <- t.b computed:||, u.e computed:||', 'lvl <-'],
    ],
    [
      'with orders as (select * from raw.orders) select id from orders',
      ['id <- raw.orders.id passthrough'],
    ],
    [
      'with t as (select a, b from t where c) select * from t',
      ['a <- t.a passthrough', 'b <- t.b passthrough'],
    ],
    [
      'select f.value:x::int as fx, f.index i from t, lateral flatten(input => t.c) f',
      ['fx <- t.c computed:flatten', 'i <- t.c computed:flatten'],
    ],
    [
      "select s.value from t, table(split_to_table(b, ',')) s",
      ['value <- t.b computed:split_to_table'],
    ],
    [
      "select * from t pivot(sum(c) for b in ('x', 'y' as z))",
      ['a <- t.a passthrough', "'x' <- t.c aggregate:sum", 'z <- t.c aggregate:sum'],
    ],
    [
      'select * from t unpivot(val for nm in (a, b))',
      ['c <- t.c passthrough', 'nm <-', 'val <- t.a computed:unpivot, t.b computed:unpivot'],
    ],
    ["select column1 k, column2 v from (values (1, 'a'), (2, 'b'))", ['k <-', 'v <-']],
    [
      'select (select max(d) from u where u.a = t.a) as m, a in (select e from u) as i from t',
      ['m <- u.d aggregate:max', 'i <- t.a computed, u.e computed'],
    ],
    ['select $2 as second from t', ['second <- t.b rename']],
    [
      'with __dbt__cte__eph as (select a from t) select a from __dbt__cte__eph',
      ['a <- __dbt__cte__eph.a passthrough'],
    ],
    ['((select a from (((select * from t)))))', ['a <- t.a passthrough']],
  ])('%s', (sql, expected) => {
    expect(linesOf(traceOf(sql))).toEqual(expected);
  });

  test.each([
    [
      "from t select a, b->>'$.x' as j, {'k': a, 'm': c} as s",
      ['a <- t.a passthrough', 'j <- t.b computed:->>', 's <- t.a computed, t.c computed'],
    ],
    ['from t', ['a <- t.a passthrough', 'b <- t.b passthrough', 'c <- t.c passthrough']],
    [
      'select list_transform(b, lambda x: x + c) as l from t',
      ['l <- t.b computed:list_transform, t.c computed:list_transform'],
    ],
    ['select b.field as f from t', ['f <- t.b path']],
    ['select v from t, unnest(t.c) as l(v)', ['v <- t.c computed:unnest']],
    ['select A, "B" from T', ['a <- t.a passthrough', 'b <- t.b passthrough']],
    [
      "pivot t on b in ('x') using sum(c) group by a",
      ['a <- t.a passthrough', 'x <- t.c aggregate:sum'],
    ],
    [
      'unpivot t on b, c into name n value v',
      ['a <- t.a passthrough', 'n <-', 'v <- t.b computed:unpivot, t.c computed:unpivot'],
    ],
  ])('DuckDB: %s', (sql, expected) => {
    expect(linesOf(traceOf(sql, 'duckdb'))).toEqual(expected);
  });
});

describe('filters', () => {
  test.each([
    ['select a from t where b > 1', ['t.b where']],
    ['select t.a from t left join u on u.a = t.a', ['u.a join', 't.a join']],
    [
      'select a from t qualify row_number() over (partition by b order by c) = 1',
      ['t.b qualify', 't.c qualify'],
    ],
    ['select count(*) n from t group by a having max(b) > 1', ['t.a group', 't.b having']],
    ['select a from t where exists (select 1 from u where u.d = t.b)', ['u.d where', 't.b where']],
    ['with s as (select a from t where c) select a from s where a > 1', ['t.a where', 't.c where']],
    ['with unread as (select a from t where c) select d from u', []],
    ['select a from t order by b limit 1', []],
  ])('%s', (sql, expected) => {
    expect(filtersOf(traceOf(sql))).toEqual(expected);
  });
});

describe('what is not known is not guessed', () => {
  test.each([
    ['select x from p, q', ['x <- ?x']],
    ['select x from p, t', ['x <- p.x passthrough']],
    ['select z from t', ['z <- ?z']],
    ['select z.a from t', ['a <- ?z.a']],
    ['select a from t, u', ['a <- ?a']],
    ['select p.x as y, y + 1 as z from p', ['y <- p.x rename', 'z <- ?y']],
    ['select x from p union all select * from q', ['x <- p.x passthrough, ?x']],
    ['select a from (select * from p union all select * from q)', ['a <- p.a passthrough, ?a']],
  ])('%s', (sql, expected) => {
    expect(linesOf(traceOf(sql))).toEqual(expected);
  });

  test('a star over an unknown table is told with its table', () => {
    const lineage = traceOf(
      'with s as (select * exclude (k), 1 as one from raw.p) select * from s',
    );
    expect(linesOf(lineage)).toEqual(['one <-']);
    expect(lineage.openTables).toEqual([['RAW', 'P']]);
  });

  test('says why a text is no query that it can read', () => {
    expect(traceOf('').doubt).toBe('There is no query.');
    expect(traceOf('delete from t').doubt).toBe('of a query that could not be read');
    expect(traceOf('select (a from t').doubt).toMatch(/Unbalanced/u);
  });
});
