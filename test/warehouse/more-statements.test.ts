/** Names given as text, FLATTEN in its other forms, ASOF JOIN, sequences from any number, and what cannot be here. */
import { describe } from 'vitest';
import { caseTable } from './case-table.js';

const nested = `parse_json('{"a": 1, "b": [77, 88], "c": {"d": "X"}}')`;

describe('names as text', () => {
  caseTable([
    ["select * from identifier('n1')", [[1]], ['create or replace table n1 as select 1 as id']],
    ['select id + 1 from identifier($which)', [[2]], ["set which = 'db.public.n1'"]],
    ["select identifier('id') from n1", [[1]]],
    ['select * from table($which)', [[1]], ["set which = 'n1'"]],
    ["insert into identifier('n1') values (2)", [[1]]],
    ['create table identifier(\'"n2"\') (id int)', [['Table n2 successfully created.']]],
    ['select count(*) from "n2"', [[0]]],
    ["select * from identifier('n3')", 'N3'],
  ]);
});

describe('flatten', () => {
  caseTable([
    [
      `select key, path, index, value::varchar from table(flatten(input => ${nested}, recursive => true)) order by path`,
      [
        ['a', 'a', null, '1'],
        ['b', 'b', null, '[77,88]'],
        [null, 'b[0]', 0, '77'],
        [null, 'b[1]', 1, '88'],
        ['c', 'c', null, '{"d":"X"}'],
        ['d', 'c.d', null, 'X'],
      ],
    ],
    [
      `select f.path, f.this::varchar from (select ${nested} as v) t, lateral flatten(t.v, recursive => true) f where f.index = 1`,
      [['b[1]', '[77,88]']],
    ],
    [
      "select u['x']::int from (select 1 as one) cross join table(flatten(input => [object_construct('x', 7)])) as t(seq, key, path, index, u, this)",
      [[7]],
    ],
    [
      "select value::int from table(flatten(input => select parse_json('[1, 2]'))) order by 1",
      [[1], [2]],
    ],
    [
      'select t.seq from (select 1 as one) cross join table(flatten(input => [1])) as t(seq, key, path, index, u, this)',
      [[1]],
    ],
  ]);
});

describe('queries', () => {
  caseTable([
    [
      'select l.t, r.v from (select column1 as t from values (1), (5), (9)) l asof join (select column1 as t, column2 as v from values (2, 20), (8, 80)) r match_condition (l.t >= r.t) order by 1',
      [
        [1, null],
        [5, 20],
        [9, 80],
      ],
    ],
    [
      'select l.t, r.v from (select column1 as k, column2 as t from values (1, 5), (2, 5)) l asof join (select column1 as k, column2 as t, column3 as v from values (1, 2, 20)) r match_condition (l.t > r.t) on l.k = r.k order by l.k',
      [
        [5, 20],
        [5, null],
      ],
    ],
    [
      "select 'he%lo' like any ('he#%lo', 'x') escape '#', 'hexlo' like any ('he#%lo', 'x') escape '#', 'a' not like all ('b', 'c') escape '#'",
      [[true, false, true]],
    ],
    ['with t (select 1 as c) select c from t', [[1]]],
    ['with t (d) as (select 1 as c) select d from t', [[1]]],
    ["select {*}::varchar from (select 1 as a, 'x' as b) t", [['{"A":1,"B":"x"}']]],
    ["select {fn dayname('2022-05-13'::date)}, {fn ceiling(5.3)}", [['Fri', 6]]],
    [
      "select 1748179630::timestamp, '1748179630'::timestamp_ntz, parse_json('{\"t\": 1748179630}'):t::timestamp_ntz, to_date('12345'), '1748179630000'::timestamp",
      [
        [
          '2025-05-25 13:27:10',
          '2025-05-25 13:27:10',
          '2025-05-25 13:27:10',
          '1970-01-01',
          '2025-05-25 13:27:10',
        ],
      ],
    ],
  ]);
});

describe('definitions', () => {
  caseTable([
    [
      'select * from c order by 2',
      [
        [0, 'a'],
        [5, 'b'],
      ],
      ['create table c (i int identity(0, 5), t varchar)', "insert into c (t) values ('a'), ('b')"],
    ],
    [
      'select down.nextval, down.nextval',
      [[0, -2]],
      ['create sequence down start = 0 increment = -2'],
    ],
    [
      "create table tagged (id int with tag (k = 'v') not null, n int tag (k = 'v'))",
      [['Table TAGGED successfully created.']],
    ],
    ['create table masked (id int masking policy p)', 'A masking policy'],
    ['select * from mv', [[1]], ['create materialized view mv as select 1 as a']],
    [
      'select * from cloned.one',
      [[1]],
      [
        'create schema src',
        'create table src.one as select 1 as a',
        'create schema db.cloned clone db.src',
      ],
    ],
    [
      'select * from dbc.s.one',
      [[1]],
      [
        'create database dsrc',
        'create schema dsrc.s',
        'create table dsrc.s.one as select 1 as a',
        'create database dbc clone dsrc',
      ],
    ],
    ['create schema old clone src before (offset => -60)', 'Time travel'],
    ['create schema lost clone nowhere', "Schema 'DB.NOWHERE' does not exist"],
    ['drop tag cost_center', [['COST_CENTER successfully dropped.']]],
    ['describe select 1', 'DESCRIBE of a query at line 1, column 10'],
    [
      'select * from semantic_view(v metrics a.b)',
      'The table function SEMANTIC_VIEW at line 1, column 15',
    ],
    ['undrop table gone', 'did not exist or was purged'],
    ['call db.public.p(1)', 'does not exist or not authorized'],
    ['describe compute pool p', "compute pool 'P' does not exist or not authorized"],
    ['show tables in application a', 'does not exist or not authorized'],
    [
      "show sequences like 'do%'",
      [['DOWN', 'DB', 'PUBLIC', -4, -2, null, 'ANALYST', '', 'ROLE', 'N']],
    ],
  ]);
});
