/**
 * What counts as a statement that writes, and which targets are protected.
 */
import { expect, test } from 'vitest';
import { writeOf } from '../../src/session/destruction.js';
import { isProtected } from '../../src/session/guard.js';
import { DESTRUCTIVE, HARMLESS } from './destructive-statements.js';

test('the corpus is as large as it says', () => {
  expect(new Set(DESTRUCTIVE).size).toBeGreaterThanOrEqual(60);
});

test.each(HARMLESS)('not asked: %s', (sql) => {
  expect(writeOf(sql, 'snowflake')).toBeNull();
});

test.each([
  { sql: "select j ->> '$.a' from t", what: null },
  { sql: 'from t', what: null },
  { sql: 'pivot t on a using sum(b)', what: null },
  { sql: 'explain analyze select 1', what: null },
  {
    sql: 'explain analyze delete from t',
    what: 'This would be sent: explain analyze delete from t.',
  },
  { sql: "copy (select 1) to 'x.csv'", what: "This would be sent: copy (select 1) to 'x.csv'." },
])("DuckDB's $sql", ({ sql, what }) => {
  expect(writeOf(sql, 'duckdb')).toBe(what);
});

test.each([
  { name: 'prod', fields: {}, expected: true },
  { name: 'PROD_EU', fields: {}, expected: true },
  { name: 'dev', fields: {}, expected: false },
  { name: 'dev', fields: { protected: true }, expected: true },
  { name: 'production', fields: { protected: false }, expected: false },
])('target $name with $fields is protected: $expected', ({ name, fields, expected }) => {
  expect(isProtected({ name, fields })).toBe(expected);
});
