/** CONNECT BY, PIVOT in all its forms, and table functions of the user. */
import { describe } from 'vitest';
import { caseTable } from './case-table.js';

const PARTS = [
  "create or replace table parts as select column1::int id, column2::int parent, column3 name from values (1, 0, 'bike'), (2, 1, 'wheel'), (3, 2, 'spoke'), (4, 2, 'rim'), (5, 1, 'frame'), (6, 5, 'bell')",
];

describe('CONNECT BY', () => {
  caseTable([
    [
      "select *, level, connect_by_root name as root, sys_connect_by_path(name, '/') path, prior name as holder from parts start with parent = 0 connect by parent = prior id order by id",
      [
        [1, 0, 'bike', 1, 'bike', '/bike', null],
        [2, 1, 'wheel', 2, 'bike', '/bike/wheel', 'bike'],
        [3, 2, 'spoke', 3, 'bike', '/bike/wheel/spoke', 'wheel'],
        [4, 2, 'rim', 3, 'bike', '/bike/wheel/rim', 'wheel'],
        [5, 1, 'frame', 2, 'bike', '/bike/frame', 'bike'],
        [6, 5, 'bell', 3, 'bike', '/bike/frame/bell', 'frame'],
      ],
      PARTS,
    ],
    // A filter comes after the hierarchy: what it drops still has children.
    [
      "select p.name from parts p where p.name <> 'wheel' start with p.id = 1 connect by prior p.id = p.parent and level <= 3 order by p.id",
      [['bike'], ['spoke'], ['rim'], ['frame'], ['bell']],
    ],
    // Upwards, to the second level.
    [
      "select name, level from parts start with name = 'spoke' connect by prior parent = id and level < 3 order by level",
      [
        ['spoke', 1],
        ['wheel', 2],
      ],
    ],
    // Without START WITH every row is a root.
    [
      'select level, count(*) n from parts connect by parent = prior id group by level order by level',
      [
        [1, 6],
        [2, 5],
        [3, 3],
      ],
    ],
    [
      "select connect_by_root(upper(name)) r, sys_connect_by_path(id, '>') from parts start with id = 5 connect by parent = prior id order by 2",
      [
        ['FRAME', '>5'],
        ['FRAME', '>5>6'],
      ],
    ],
    // A query in the condition has columns of its own, though they be called the same.
    [
      'select name, (select max(id) from (select 40 as id)) n from parts start with id in (select id from (select 5 as id)) connect by parent = prior id and id in (select id from (select 6 as id)) order by id',
      [
        ['frame', 40],
        ['bell', 40],
      ],
    ],
    ['select level from parts start with id = 1', 'START WITH without CONNECT BY'],
    [
      'select 1 from parts a, parts b where a.id = b.parent connect by prior a.id = a.parent',
      'CONNECT BY with WHERE over several relations',
    ],
  ]);
});

const SALES = [
  "create or replace table sales as select column1::int shop, column2::int amount, column3 quarter, column4::int year from values (1, 10, 'Q1', 9), (1, 20, 'Q2', 9), (2, 5, 'Q1', 10), (2, 7, 'Q10', 10), (2, 1, 'Q9', 9)",
];

describe('PIVOT', () => {
  caseTable([
    [
      'select * from sales pivot (sum(amount) for quarter in (any order by quarter desc)) order by shop',
      [
        [1, 9, null, 20, null, 10],
        [2, 9, 1, null, null, null],
        [2, 10, null, null, 7, 5],
      ],
      SALES,
    ],
    // Texts name their columns with quotes, numbers as they are, and sort as numbers.
    [
      'select shop, "9", "10", * exclude (shop, "9", "10") from (select shop, amount, year from sales) pivot (sum(amount) for year in (any)) order by shop',
      [
        [1, 30, null],
        [2, 1, 12],
      ],
    ],
    [
      `select "'Q1'", "'Q9'" from (select shop, amount, quarter from sales) pivot (max(amount) for quarter in (select distinct quarter from sales where quarter <> 'Q2' order by quarter)) order by shop`,
      [
        [10, null],
        [5, 1],
      ],
    ],
    [
      "select p.* from (select shop, amount, quarter from sales) pivot (sum(amount) for quarter in ('Q1', 'Q9' as nine) default on null (0)) as p (s, one, nine) order by s",
      [
        [1, 10, 0],
        [2, 5, 1],
      ],
    ],
    [
      'create or replace view v as select * from sales pivot (sum(amount) for quarter in (any))',
      'PIVOT',
    ],
    [
      'select * from sales pivot (sum(amount) for quarter in (any) default on null (0))',
      'DEFAULT ON NULL over values that are not listed',
    ],
    // The result may be pivoted again, and sampled.
    [
      "select count(*) from (select shop, amount, quarter from sales) pivot (sum(amount) for quarter in ('Q1')) p sample (100)",
      [[2]],
    ],
    [
      'select shop, k, v from (select 1 as shop, 2 as a, 3 as b) unpivot (v for k in (a, b)) u order by k',
      [
        [1, 'A', 2],
        [1, 'B', 3],
      ],
    ],
  ]);
});

describe('table functions', () => {
  caseTable([
    [
      'select * from table(multiples(10)) order by a',
      [
        [10, '1'],
        [20, '2'],
      ],
      [
        "create or replace function multiples(x int, y int default 0) returns table (a int, b varchar) as 'select column1 * x, column1 + y from values (1), (2)'",
      ],
    ],
    [
      'select t.column1, m.a from values (1), (5) t, table(db.public.multiples(t.column1, 1)) m order by 1, 2',
      [
        [1, 1],
        [1, 2],
        [5, 5],
        [5, 10],
      ],
    ],
    ['select a from table(multiples(1))', 'multiples', ['drop function multiples(int, int)']],
    [
      "create or replace function bad() returns table (a int) language python as 'x'",
      'A function that is not in SQL',
    ],
  ]);
});
