/** VARCHAR(n): its length is told, and held in every way of writing. */
import { describe } from 'vitest';
import { caseTable } from './case-table.js';

const TABLE = [
  "create or replace table t (id int, name varchar(3) not null default 'x' comment 'the name', note varchar)",
];
const TOO_LONG = "String 'four' is too long and would be truncated";
const types = (table: string): string =>
  `select column_name, character_maximum_length, character_octet_length from db.information_schema.columns where table_name = '${table}' and character_maximum_length is not null order by 1`;

describe('the length of a text', () => {
  caseTable([
    [
      types('T'),
      [
        ['NAME', 3, 12],
        ['NOTE', 16777216, 16777216],
      ],
      TABLE,
    ],
    ["insert into t (id, name) values (1, 'abc'), (2, 'äöü')", [[2]]],
    ["insert into t (id, name) values (3, 'four')", `100078 (22000): ${TOO_LONG}`],
    ["insert into t (id, name) select 3, 'four'", TOO_LONG],
    ["update t set name = 'four' where id = 1", TOO_LONG],
    [
      "merge into t using (select 9 as id) s on t.id = s.id when not matched then insert (id, name) values (s.id, 'four')",
      TOO_LONG,
    ],
    [
      'select id, name from t order by id',
      [
        [1, 'abc'],
        [2, 'äöü'],
      ],
    ],
    // It goes with the column, whatever it is called.
    [
      "insert into t (id, label) values (3, 'four')",
      TOO_LONG,
      ['alter table t rename column name to label'],
    ],
    [
      types('T'),
      [
        ['LABEL', 3, 12],
        ['NOTE', 16777216, 16777216],
      ],
    ],
    [
      "insert into t (id, label, note) values (3, 'four', 'some')",
      [[1]],
      ['alter table t alter column label set data type varchar(4), column note type varchar(4)'],
    ],
    ["insert into t (id, note) values (4, 'fiver')", "String 'fiver' is too long"],
    [
      types('T'),
      [
        ['LABEL', 4, 16],
        ['NOTE', 4, 16],
      ],
    ],
    ['alter table t alter column label set data type varchar(2)', 'is too long'],
    [
      'select id, label, note from t order by id',
      [
        [1, 'abc', null],
        [2, 'äöü', null],
        [3, 'four', 'some'],
      ],
    ],
    [
      "select column_name, column_default, is_nullable, comment from db.information_schema.columns where table_name = 'T' order by ordinal_position",
      [
        ['ID', null, 'YES', null],
        ['LABEL', "'x'", 'NO', 'the name'],
        ['NOTE', null, 'YES', null],
      ],
    ],
    [
      "insert into t (id, more) values (5, 'four')",
      TOO_LONG,
      ['alter table t add column more varchar(3)'],
    ],
    [
      'select max(id) from t',
      [[3]],
      ['alter table t drop column more', 'alter table t rename to u', 'alter table u rename to t'],
    ],
    [
      "insert into t (id, label) values (6, 'much longer')",
      [[1]],
      ['alter table t alter column label type varchar'],
    ],
  ]);
});

describe('a table from a query', () => {
  caseTable([
    ["create or replace table c (a varchar(3), b int) as select 'four', 1", TOO_LONG],
    [
      'select a, b from c',
      [['abc', 1]],
      [
        "create or replace table c (a varchar(3), b int) as select 'abc', '1'",
        'create or replace table c (a varchar(5), b int) as select * from c',
      ],
    ],
    [types('C'), [['A', 5, 20]]],
    ["create table c (a varchar(3)) as select 'x'", 'already exists'],
    [
      "insert into d values ('four')",
      TOO_LONG,
      ["create or replace temporary table d (a varchar(3)) as select 'x'"],
    ],
    // A cast cuts, as it is asked for.
    ["select 'four'::varchar(3), cast('four' as char(2))", [['fou', 'fo']]],
  ]);
});

describe('a table like another', () => {
  caseTable([
    [
      "select column_name, data_type, character_maximum_length, column_default, is_nullable, comment from db.information_schema.columns where table_name in ('L', 'K') order by table_name, ordinal_position",
      [
        ['ID', 'NUMBER', null, null, 'YES', null],
        ['NAME', 'TEXT', 3, "'x'", 'NO', 'the name'],
        ['NOTE', 'TEXT', 16777216, null, 'YES', null],
        ['ID', 'NUMBER', null, null, 'YES', null],
        ['NAME', 'TEXT', 3, "'x'", 'NO', 'the name'],
        ['NOTE', 'TEXT', 16777216, null, 'YES', null],
      ],
      [
        ...TABLE,
        "insert into t (id, name) values (1, 'abc')",
        'create or replace table l like t',
        'create table k clone t',
        'create or replace table k clone t',
      ],
    ],
    ['select (select count(*) from l), (select count(*) from k)', [[0, 1]]],
    ["insert into k (name) values ('four')", TOO_LONG],
    ['create table k clone t', 'already exists'],
    [
      'select id, name from db.other.t',
      [[1, 'abc']],
      ['create schema db.other clone db.public', 'use schema db.public'],
    ],
    ["insert into db.other.t (name) values ('four')", TOO_LONG],
  ]);
});
