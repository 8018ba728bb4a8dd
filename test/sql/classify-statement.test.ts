import { expect, test } from 'vitest';
import { classifyStatement, selectOfCreate } from '../../src/sql/index.js';

test.each([
  { sql: 'select 1', kind: 'query', verb: 'select', isRead: true },
  { sql: '/* c */ (select 1)', kind: 'query', verb: 'select', isRead: true },
  { sql: 'with a as (select 1) select * from a', kind: 'query', verb: 'select', isRead: true },
  {
    sql: 'with a as (select 1) insert into t select * from a',
    kind: 'dml',
    verb: 'select',
    isRead: false,
  },
  { sql: 'describe table "A"."B"."C"', kind: 'metadata', verb: 'describe', isRead: true },
  { sql: 'show objects in a.b limit 10', kind: 'metadata', verb: 'show', isRead: true },
  { sql: 'use warehouse big', kind: 'session', verb: 'use', isRead: false },
  { sql: 'BEGIN', kind: 'transaction', verb: 'begin', isRead: false },
  { sql: "alter session set query_tag = 'x'", kind: 'session', verb: 'alter', isRead: false },
  {
    sql: 'merge into a.b.c as t using s on true when matched then delete',
    kind: 'dml',
    verb: 'merge',
    isRead: false,
  },
] as const)('$sql is $kind', ({ sql, kind, verb, isRead }) => {
  expect(classifyStatement(sql)).toMatchObject({ kind, verb, isRead });
});

test.each([
  {
    sql: 'create or replace transient table db.s.t as ( select 1 as a ) ;',
    effect: {
      type: 'create',
      kind: 'table',
      name: ['DB', 'S', 'T'],
      isTemporary: false,
    },
  },
  {
    sql: 'create or replace  temporary view "DB"."s".t__dbt_tmp as ( select 1 );',
    effect: {
      type: 'create',
      kind: 'view',
      name: ['DB', 's', 'T__DBT_TMP'],
      isTemporary: true,
    },
  },
  {
    sql: 'create view v (a comment $$as$$) as (select 1) union (select 2)',
    effect: {
      type: 'create',
      kind: 'view',
      name: ['V'],
      isTemporary: false,
    },
  },
  {
    sql: 'drop view if exists a.b.c cascade',
    effect: { type: 'drop', kind: 'view', name: ['A', 'B', 'C'], isTemporary: false },
  },
  {
    sql: 'alter table a.b.c rename to a.b.d',
    effect: {
      type: 'rename',
      kind: 'table',
      name: ['A', 'B', 'C'],
      to: ['A', 'B', 'D'],
      isTemporary: false,
    },
  },
  {
    sql: 'alter  table a.b.c add column x int',
    effect: { type: 'alter', kind: 'table', name: ['A', 'B', 'C'], isTemporary: false },
  },
  {
    sql: 'create schema if not exists a.b',
    effect: { type: 'create', kind: 'schema', name: ['A', 'B'], isTemporary: false },
  },
] as const)('$sql', ({ sql, effect }) => {
  expect(classifyStatement(sql).effect).toEqual(effect);
});

test('DuckDB renames within the schema', () => {
  expect(
    classifyStatement('alter table "dev"."main"."a" rename to "b"', 'duckdb').effect,
  ).toMatchObject({
    name: ['dev', 'main', 'a'],
    to: ['dev', 'main', 'b'],
  });
});

test.each([
  {
    sql: 'create or replace transient table db.s.t as ( select 1 as a ) ;',
    select: ' select 1 as a ',
  },
  {
    sql: 'create or replace  temporary view "DB"."s".t__dbt_tmp as ( select 1 );',
    select: ' select 1 ',
  },
  {
    sql: 'create view v (a comment $$as$$) as (select 1) union (select 2)',
    select: '(select 1) union (select 2)',
  },
  { sql: 'create table t (a int)', select: undefined },
  { sql: 'create schema if not exists a.b', select: undefined },
  { sql: 'drop view as_of', select: undefined },
] as const)('the select of $sql', ({ sql, select }) => {
  expect(selectOfCreate(sql)).toBe(select);
});
