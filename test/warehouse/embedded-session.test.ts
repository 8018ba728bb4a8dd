/** What a session of the embedded warehouse is asked and told: its place, the catalog, functions of the user, transactions. */
import { describe } from 'vitest';
import { caseTable } from './case-table.js';

const ABC =
  "create or replace table t as select column1::int id, column2 name from values (1, 'a'), (2, 'b'), (3, 'c')";

describe('session and catalog', () => {
  caseTable([
    ['select $x + 1, $y', [[42, 'b']], ['set x = 41', "set (y, z) = ('b', 1)"]],
    ['select $nope', 'The session variable $NOPE, which is not set'],
    [
      'select current_warehouse(), current_role(), current_schema()',
      [['BIG', 'BOSS', 'S2']],
      ['use warehouse big', 'use role boss', 'create schema if not exists s2', 'use schema s2'],
    ],
    [
      'select current_database(), current_schema()',
      [['D2', 'PUBLIC']],
      ['create database if not exists d2', 'use database d2'],
    ],
    ['use schema nope', '002043'],
    ['use database nope', '002043'],
    [
      "show parameters like 'query_tag' in session",
      [['QUERY_TAG', 'mine', '', 'SESSION', '', 'STRING']],
      ["alter session set query_tag = 'mine'"],
    ],
    [
      "show parameters like 'query_tag' in session",
      [['QUERY_TAG', '', '', '', '', 'STRING']],
      ["alter session set query_tag = 'mine'", 'alter session unset query_tag'],
    ],
    [
      "select to_char(to_timestamp_ltz(0), 'HH24')",
      [['19']],
      ["alter session set timezone = 'America/New_York'"],
    ],
    [
      'show terse schemas in database d3\n    limit 10000',
      [
        [null, 'PUBLIC', null, 'D3', null],
        [null, 'S', null, 'D3', null],
        [null, 'INFORMATION_SCHEMA', null, 'D3', null],
      ],
      ['create database if not exists d3', 'create schema if not exists d3.s'],
    ],
    ['show terse schemas in database nope', '002043 (02000)'],
    ['show objects in d3.nope limit 10000 ;', '002043 (02000)'],
    ['show user functions in d3.public', []],
    ['show warehouses', [['WH', 'STARTED', 'STANDARD', 'X-Small', 'Y']]],
    [
      'show grants on d3.s.g',
      [
        [null, 'OWNERSHIP', 'TABLE', 'D3.S.G', 'ROLE', 'ANALYST', 'true', 'ANALYST'],
        [null, 'SELECT', 'TABLE', 'D3.S.G', 'ROLE', 'READER', 'false', 'ANALYST'],
      ],
      [
        'create schema if not exists d3.s',
        'create or replace table d3.s.g as select 1 x',
        'grant select on d3.s.g to reader',
        'grant select on table d3.s.g to role "OLD"',
        'revoke SELECT on d3.s.g from "OLD"',
      ],
    ],
    [
      "select table_catalog, table_schema, table_name, table_type, is_transient, clustering_key, is_dynamic, row_count from d4.information_schema.tables where table_schema ilike 's' and upper(table_name) = upper('a')",
      [['D4', 'S', 'A', 'BASE TABLE', 'YES', 'x', 'NO', 1]],
      [
        'create database if not exists d4',
        'create schema if not exists d4.s',
        'create or replace transient table d4.s.a cluster by (x) as select 1 x',
      ],
    ],
    [
      'select schema_name from d4.information_schema.schemata order by 1',
      [['INFORMATION_SCHEMA'], ['PUBLIC'], ['S']],
    ],
    [
      'select count(*) from d4.information_schema.tables where last_altered > dateadd(minute, -1, current_timestamp())',
      [[1]],
    ],
    [
      "select data_type, numeric_scale, is_nullable from d4.information_schema.columns where column_name = 'X'",
      [['NUMBER', 0, 'YES']],
    ],
    ['select * from d4.information_schema.applicable_roles', 'is not supported'],
    ['drop schema d4.s cascade', [['S successfully dropped.']]],
    ['select 1 from d4.s.a', 'does not exist'],
    ['create schema nope.s', "Database 'NOPE' does not exist"],
    ['drop database d4', [['D4 successfully dropped.']]],
    [
      'copy into t from @s',
      "Stage 'DB.PUBLIC.S' does not exist",
      ['create table if not exists t (id int)'],
    ],
    [
      'create warehouse w',
      [['warehouse is accepted and has no effect on the embedded warehouse.']],
    ],
  ]);
});

describe('functions of the user', () => {
  caseTable([
    [
      "select add_one(2), db.public.add_one(3), public.label('a')",
      [[3, 4, 'a!']],
      [
        "create or replace function add_one(x int) returns int language sql immutable as 'x + 1'",
        "create or replace function db.public.label(t varchar, mark varchar default '!') returns varchar as $$ t || mark $$",
      ],
    ],
    [
      'select id, best(id) from (select 1 id)',
      [[1, 5]],
      [
        'create or replace function best(x int) returns int as $$ select max(v) from (select 5 v union all select x) $$',
      ],
    ],
    ['drop function best(int)', [['BEST successfully dropped.']]],
    ['select best(1)', 'The function BEST'],
    ['drop function if exists best(int)', [['Drop statement executed successfully.']]],
    ['create function f() returns int language python as $$ 1 $$', 'A function that is not in SQL'],
  ]);
});

describe('transactions', () => {
  caseTable([
    ['select count(*) from t', [[3]], [ABC, 'begin', 'delete from t', 'rollback']],
    ['select count(*) from t', [[0]], [ABC, 'begin transaction;', 'delete from t', 'COMMIT']],
    ['commit', [['Statement executed successfully.']]],
    [
      'select count(*) from t',
      [[0]],
      [ABC, 'begin', 'delete from t', 'create or replace table other as select 1 x', 'rollback'],
    ],
    [
      'select (select count(*) from d5.public.x), (select count(*) from t)',
      [[0, 0]],
      [
        ABC,
        'create database if not exists d5',
        'create or replace table d5.public.x as select 1 x',
        'use schema db.public',
        'begin',
        'delete from d5.public.x',
        'delete from t',
        'commit',
      ],
    ],
  ]);
});
