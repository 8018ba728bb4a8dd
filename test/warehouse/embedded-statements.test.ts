import { describe } from 'vitest';
import { caseTable } from './case-table.js';

const ABC =
  "create or replace table t as select column1::int id, column2 name from values (1, 'a'), (2, 'b'), (3, 'c')";

describe('tables and views', () => {
  caseTable([
    [
      'describe table t',
      [
        ['ID', 'NUMBER(38,0)', 'COLUMN', 'N', null, 'N', 'N', null, null, null, null, null],
        ['NAME', 'VARCHAR(20)', 'COLUMN', 'Y', "'x'", 'N', 'N', null, null, 'the name', null, null],
        ['AMOUNT', 'NUMBER(10,2)', 'COLUMN', 'Y', null, 'N', 'N', null, null, null, null, null],
        ['AT', 'TIMESTAMP_NTZ(9)', 'COLUMN', 'Y', null, 'N', 'N', null, null, null, null, null],
        ['V', 'VARIANT', 'COLUMN', 'Y', null, 'N', 'N', null, null, null, null, null],
        ['F', 'FLOAT', 'COLUMN', 'Y', null, 'N', 'N', null, null, null, null, null],
        ['Z', 'TIMESTAMP_TZ(9)', 'COLUMN', 'Y', null, 'N', 'N', null, null, null, null, null],
        ['A', 'ARRAY', 'COLUMN', 'Y', null, 'N', 'N', null, null, null, null, null],
      ],
      [
        "create or replace transient table db.public.t (id integer not null primary key, name varchar(20) default 'x' comment 'the name', amount number(10, 2), at timestamp_ntz, v variant, f float8, z timestamp with time zone, a array, constraint u unique (id, name)) cluster by (id) comment = 'a table'",
      ],
    ],
    [
      'create or replace table t (id int, name varchar) as (select 1, 2)',
      [['Table T successfully created.']],
    ],
    [
      'select id, name from t',
      [[1, '2']],
      [
        'create or replace table t (id int not null, name varchar unique, primary key (id)) as (select 1, 2)',
      ],
    ],
    [
      'insert into t values (null)',
      '100072',
      ['create or replace table t (id int not null) as (select 1)'],
    ],
    [
      'create table t as select 1 x',
      "Object 'DB.PUBLIC.T' already exists",
      ['create or replace table t as select 1 x'],
    ],
    [
      'create table if not exists t as select 2 x',
      [['T already exists, statement succeeded.']],
      ['create or replace table t as select 1 x'],
    ],
    [
      'create or replace view v as select 1 x',
      'Existing object',
      ['create or replace table v as select 1 x'],
    ],
    ['drop view v', "Object found is of type 'TABLE' not specified type 'VIEW'"],
    ['drop view if exists nope cascade', [['Drop statement executed successfully.']]],
    ['drop table nope', "Object 'DB.PUBLIC.NOPE' does not exist or not authorized"],
    ['drop table v cascade', [['V successfully dropped.']]],
    [
      'select * from "DB"."PUBLIC"."V"',
      [[1, 2]],
      [
        'create or replace secure view db.public.v ("A" comment $$the a$$, "B" comment $$$$) copy grants as (select 1 as x, 2 as y);',
      ],
    ],
    [
      "select column_name, comment from information_schema.columns where table_name = 'V' order by ordinal_position",
      [
        ['A', 'the a'],
        ['B', null],
      ],
    ],
    [
      'select * from t2',
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ],
      [ABC, 'create or replace table t2 clone t'],
    ],
    ['select count(*) from t2', [[0]], [ABC, 'create or replace table t2 like t']],
    [
      'select * from u order by 1',
      [
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ],
      [ABC, 'drop table if exists u', 'alter table t rename to u'],
    ],
    [
      'select * from v2',
      [[1]],
      [
        'create or replace view v1 as select 1 x',
        'drop view if exists v2',
        'alter table db.public.v1 rename to db.public.v2',
      ],
    ],
    [
      'select (select count(*) from t), (select count(*) from s)',
      [[1, 3]],
      [ABC, 'create or replace table s as select 1 x', 'alter table t swap with s'],
    ],
    [
      'select id, extra, n from t where id = 1',
      [[1, null, 5]],
      [
        ABC,
        'alter  table t add column extra varchar, m int',
        'alter table t drop column m',
        'alter table t add column if not exists n int default 5',
      ],
    ],
    [
      'describe table t',
      [
        ['ID', 'NUMBER(38,0)', 'COLUMN', 'Y', null, 'N', 'N', null, null, null, null, null],
        ['LABEL', 'VARCHAR(256)', 'COLUMN', 'Y', null, 'N', 'N', null, null, 'said', null, null],
      ],
      [
        ABC,
        'alter table t rename column name to label',
        'alter  table t alter "LABEL" set data type character varying(256);',
        'alter table t alter "LABEL" comment $$said$$, "ID" COMMENT $$$$;',
        'alter table t cluster by (id)',
        'alter table t resume recluster',
      ],
    ],
    [
      'select z from t where id = 1',
      [['x']],
      [ABC, "alter table t add column z varchar(10) not null default 'x' comment 'c'"],
    ],
    ['alter table nope add column x int', 'does not exist or not authorized'],
    ['alter table if exists nope add column x int', [['Statement executed successfully.']]],
    [
      "select comment from information_schema.tables where table_name = 'T'",
      [["It's $ a table"]],
      [ABC, "comment on table t is $$It's $ a table$$"],
    ],
    ['select x from t', [[1]], ['create or replace temporary table t as select 1 x']],
    [
      'select x from db.public.t',
      [[2]],
      ['create or replace temporary view db.public.t as select 2 x'],
    ],
    [
      'drop table if exists "DB"."PUBLIC"."S__dbt_tmp" cascade',
      [['S__dbt_tmp successfully dropped.']],
      ['create or replace temporary table "DB"."PUBLIC"."S__dbt_tmp" as (select 1 x)'],
    ],
    [
      'select id, n from t order by id',
      [
        [10, 'a'],
        [15, 'b'],
      ],
      [
        'create or replace table t (id int identity (10, 5), n varchar)',
        "insert into t (n) values ('a'), ('b')",
      ],
    ],
    ['select s.nextval, s.nextval', [[5, 7]], ['create or replace sequence s start 5 increment 2']],
  ]);
});

describe('changes of rows', () => {
  caseTable([
    ["insert into t (id, name) values (4, 'd'), (5, default)", [[2]], [ABC]],
    ['insert into t select id + 10, name from t', [[3]], [ABC]],
    ['insert into t (id, name) (select id + 10, name from t)', [[3]], [ABC]],
    ['select * from t', [[9, 'z']], [ABC, "insert overwrite into t (id, name) values (9, 'z')"]],
    [
      'select count(*), min(id) from t',
      [[2, 2]],
      [ABC, 'insert overwrite into t select * from t where id > 1'],
    ],
    ["update t set name = 'z', t.id = t.id + 1 where id > 1", [[2, 0]], [ABC]],
    [
      "update t set t.name = s.n from (select 1 as i, 'q' as n) s where t.id = s.i",
      [[1, 0]],
      [ABC],
    ],
    ['update t as x set name = null', [[3, 0]], [ABC]],
    ['delete from t where id = 1', [[1]], [ABC]],
    [
      'delete from t as DBT_INTERNAL_DEST where (id) in (select distinct id from s as DBT_INTERNAL_SOURCE) and id > 1',
      [[1]],
      [ABC, 'create or replace table s as select 1 id union all select 2'],
    ],
    ['delete from t as d where (id, name) in (select distinct id, name from t as s)', [[3]], [ABC]],
    [
      'delete from t using s where t.id = s.id',
      [[1]],
      [ABC, 'create or replace table s as select 1 id'],
    ],
    ['truncate table t', [['Statement executed successfully.']], [ABC]],
    ['truncate table if exists nope', [['Statement executed successfully.']]],
    [
      "merge into t using (select 1 id, 'x' name union all select 9, 'y') s on t.id = s.id when matched then update set t.name = s.name when not matched then insert (id, name) values (s.id, s.name)",
      [[1, 1]],
      [ABC],
    ],
    [
      "merge into t using (select 1 id, true gone union all select 2, false) s on t.id = s.id when matched and s.gone then delete when matched then update set name = 'kept' when not matched then insert values (s.id, 'new')",
      [[0, 1, 1]],
      [ABC],
    ],
    [
      'merge into t as d using (select 7 id) as s on (d.id = s.id) when not matched then insert (id) values (id)',
      [[1]],
      [ABC],
    ],
    [
      "merge into t using (select 1 id, 'x' name union all select 1, 'y') s on t.id = s.id when matched then update set name = s.name",
      'Duplicate row detected during DML action',
      [ABC],
    ],
    ['select name from t where id = 1', [['a']]],
    [
      "merge into t using (select 1 id, 'x' name union all select 1, 'y') s on t.id = s.id when not matched then insert values (s.id, s.name)",
      [[0]],
      [ABC],
    ],
    [
      "merge into t using (select 1 id, 'x' name union all select 1, 'y') s on t.id = s.id when matched and s.name = 'x' then update set name = s.name",
      [[1]],
      [ABC],
    ],
    ['insert into t values (1)', 'has 2 columns but 1 values', [ABC]],
    [
      "insert into t values ('not a number', 'x')",
      "Could not convert string 'not a number'",
      [ABC],
    ],
    ['insert into nope values (1)', "Object 'DB.PUBLIC.NOPE' does not exist"],
  ]);
});
