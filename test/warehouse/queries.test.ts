import { describe } from 'vitest';
import { caseTable } from './case-table.js';

describe('queries', () => {
  caseTable([
    ['with a as (select 1 x), b (y) as (select x + 1 from a) select * from a, b', [[1, 2]]],
    [
      'with recursive r as (select 1 n union all select n + 1 from r where n < 3) select * from r order by 1',
      [[1], [2], [3]],
    ],
    [
      'with r (n) as (select 1 union all select n + 1 from r where n < 3) select sum(n) from r',
      [[6]],
    ],
    ['select 1 union select 1 union all select 2 order by 1', [[1], [2]]],
    ['select 1 minus select 2', [[1]]],
    ['select 1 intersect select 1', [[1]]],
    ['(select 2 as a) union all (select 1) order by a limit 1', [[1]]],
    ['select * from (select 1 a) x join (select 1 a, 2 b) y using (a)', [[1, 2]]],
    ['select x.a, y.b from (select 1 a) x left join (select 2 a, 3 b) y on x.a = y.a', [[1, null]]],
    ['select count(*) from (select 1 a) x join (select 2 b) y', [[1]]],
    ['select count(*) from (select 1 a) x full outer join (select 2 a) y on x.a = y.a', [[2]]],
    ['select * exclude (b) from (select 1 a, 2 b)', [[1]]],
    ['select * exclude b, 3 c from (select 1 a, 2 b)', [[1, 3]]],
    ['select t.* exclude (a) rename (b as z) from (select 1 a, 2 b) t', [[2]]],
    ['select * rename (a as z) from (select 1 a, 2 b)', [[1, 2]]],
    ['select * replace (a + 1 as a) from (select 1 a, 2 b)', [[2, 2]]],
    ["select * ilike 'a%' from (select 1 ab, 2 b)", [[1]]],
    [
      'select column1, column2 from values (1, 2), (3, 4) order by 1',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['select $1, $2 from values (1, 2)', [[1, 2]]],
    ['select v.x from (values (1), (2)) v (x) order by 1 desc', [[2], [1]]],
    ['values (1, 2)', [[1, 2]]],
    ['select a + 1 as b, b * 2 as c from (select 1 a)', [[2, 4]]],
    ['select x from values (1), (2), (3) v(x) order by x limit 1 offset 1', [[2]]],
    ['select x from values (1), (2), (3) v(x) order by x fetch first 2 rows only', [[1], [2]]],
    ['select x from values (1), (2), (3) v(x) order by x limit null', [[1], [2], [3]]],
    [
      'select count(*) from t sample (100)',
      [[3]],
      ['create or replace table t as select column1 x from values (1), (2), (3)'],
    ],
    [
      'select count(*) from t tablesample bernoulli (100) seed (1)',
      [[3]],
      ['create or replace table t as select column1 x from values (1), (2), (3)'],
    ],
    [
      'select count(*) from t as s sample (2 rows)',
      [[2]],
      ['create or replace table t as select column1 x from values (1), (2), (3)'],
    ],
    [
      "select * from t pivot (sum(v) for m in ('jan', 'feb')) order by id",
      [[1, 10, 20]],
      [
        "create or replace table t as select column1 id, column2 m, column3 v from values (1, 'jan', 10), (1, 'feb', 20)",
      ],
    ],
    [
      "select id, \"'jan'\" from t pivot (max(v) for m in ('jan', 'feb')) as p order by id",
      [[1, 10]],
      [
        "create or replace table t as select column1 id, column2 m, column3 v from values (1, 'jan', 10), (1, 'feb', 20)",
      ],
    ],
    [
      "select id, j from t pivot (max(v) for m in ('jan' as j))",
      [[1, 10]],
      [
        "create or replace table t as select column1 id, column2 m, column3 v from values (1, 'jan', 10)",
      ],
    ],
    [
      'select * from t unpivot (v for m in (a, b)) order by m',
      [
        [1, 'A', 10],
        [1, 'B', 20],
      ],
      ['create or replace table t as select 1 id, 10 a, 20 b'],
    ],
    [
      'select seq4(), row_number() over (order by seq4()) from table(generator(rowcount => 2)) order by 1',
      [
        [0, 1],
        [1, 2],
      ],
    ],
    [
      "select dateadd(day, seq4(), '2024-01-01'::date) d from table(generator(rowcount => 3)) order by 1",
      [['2024-01-01'], ['2024-01-02'], ['2024-01-03']],
    ],
    [
      'select count(*) from table(generator(rowcount => 10)) a cross join table(generator(rowcount => 2)) b',
      [[20]],
    ],
    [
      'select (select max(x) from values (1), (2) v(x)), exists (select 1), 1 in (select 1), 2 = any (select 2)',
      [[2, true, true, true]],
    ],
    ['select a from (select 1 as a where 1 = 1) where a is not distinct from 1', [[1]]],
    [
      'select t.a from db.public.t where db.public.t.a = 1',
      [[1]],
      ['create or replace table db.public.t as select 1 a'],
    ],
    [
      'select t.a from public.t t, lateral (select t.a + 1 as b) l where l.b = 2',
      [[1]],
      ['create or replace table db.public.t as select 1 a'],
    ],
    ['select "a", A from (select 1 as "a")', [[1, 1]]],
    ['select 1 as "select", 2 as order_, 3 as "from"', [[1, 2, 3]]],
    ["select distinct x from values ('a'), ('a') v(x)", [['a']]],
    [
      'select x from t at (offset => -60)',
      'Time travel',
      ['create or replace table t as select 1 x'],
    ],
    ['select 1; select 2', 'A second statement'],
    ['select (1', 'Unbalanced'],
    ['select unknown_function(1)', 'The function UNKNOWN_FUNCTION at line 1, column 8'],
    ['select\n  1,\n  nope\nfrom (select 1 a)', "invalid identifier 'NOPE'"],
    ['select * from nope', "Object 'DB.PUBLIC.NOPE' does not exist or not authorized"],
    ['select * from other.nope', "Object 'DB.OTHER.NOPE' does not exist or not authorized"],
    ['select 1 -- comment ; here\n/* and ; here */ // and here\n, 2', [[1, 2]]],
    ['select a from (select 1 a,)', [[1]]],
    [
      'select current_warehouse(), current_database(), current_schema(), current_role(), current_user() is not null',
      [['WH', 'DB', 'PUBLIC', 'ANALYST', true]],
    ],
  ]);
});
