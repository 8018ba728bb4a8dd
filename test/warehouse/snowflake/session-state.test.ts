/**
 * What statements leave in their session, and what another needs to go on in its place.
 */
import { expect, test } from 'vitest';
import {
  canMove,
  FRESH,
  isFresh,
  stateAfter,
} from '../../../src/warehouse/snowflake/session-state.js';
import { onServer, signal } from './on-server.js';

const after = (...statements: readonly string[]) => statements.reduce(stateAfter, FRESH);

test.each([
  { left: 'nothing', statements: ['select 1', 'create table t (id int)', 'drop table t'] },
  { left: 'nothing', statements: ['begin', 'delete from t', 'commit'] },
  {
    left: 'nothing',
    statements: ['create temporary table a.b.t (id int)', 'drop table if exists T'],
  },
  { left: 'nothing', statements: ['create or replace temp view "v" as select 1', 'drop view v'] },
  { left: 'settings', statements: ['use warehouse big'] },
  { left: 'settings', statements: ["-- for a model\nalter session set query_tag = 'x'"] },
  { left: 'settings', statements: ['set day = 1'] },
  { left: 'more', statements: ['begin transaction', 'delete from t'] },
  { left: 'more', statements: ['/* note */ create or replace temporary table t as (select 1)'] },
  { left: 'more', statements: ['create temporary table if not exists t (id int)', 'drop table u'] },
  { left: 'more', statements: ['create temporary file format f type = csv'] },
  { left: 'more', statements: ['call p()'] },
  { left: 'more', statements: ['begin x := 1; return x; end'] },
  { left: 'more', statements: ['create temp table t (i int)', 'use role r', 'commit'] },
] as const)('$statements leave $left', ({ left, statements }) => {
  const state = after(...statements);
  expect([isFresh(state), canMove(state)]).toEqual([left === 'nothing', left !== 'more']);
});

test('what is set twice is set again once, in the order of the last', () => {
  const state = after(
    'use role a',
    'use warehouse w',
    "alter session set query_tag = 'one'",
    'use role b',
    'alter session unset query_tag',
  );
  expect([...state.settings.values()]).toEqual([
    'use warehouse w',
    'use role b',
    'alter session unset query_tag',
  ]);
});

test('a session in place of one that was lost has its settings', async () => {
  await onServer({}, async (server, warehouse) => {
    const connection = await warehouse.connect({ name: 'x', signal });
    await connection.execute("alter session set query_tag = 'mine'", { signal });
    const before = connection.sessionId;
    server.order(({ sql, attempt }) =>
      sql === 'select 2' && attempt === 1 ? { kind: 'end-session', code: '390111' } : undefined,
    );
    const { rows } = await connection.execute('select 2', {
      signal,
      requestId: 'b1f0a2a8-0000-4000-8000-000000000002',
    });
    expect([rows, connection.sessionId === before]).toEqual([[[2]], false]);
    expect(
      server.statements.map(({ sql }) => sql).filter((sql) => sql.startsWith('alter')),
    ).toEqual(["alter session set query_tag = 'mine'", "alter session set query_tag = 'mine'"]);
  });
});
