import { expect, test } from 'vitest';
import { sourceLine } from '../../src/run/index.js';

const rawCode = [
  "{{ config(materialized='table') }}",
  'with source as (',
  "    select * from {{ ref('orders') }}",
  '),',
  'final as (',
  '    select',
  '        id,',
  '        sev as severity',
  '    from source',
  ')',
  'select * from final',
].join('\n');
const compiledSql = rawCode
  .replace("{{ config(materialized='table') }}", '')
  .replace("{{ ref('orders') }}", 'db.s.orders');

test.each([
  {
    name: 'the line of the statement',
    sql: `create table t as (\n${compiledSql.trim()}\n)`,
    line: 8,
    message: 'x',
    expected: 8,
  },
  {
    name: 'a line that a template made',
    sql: `create table t as (\n${compiledSql.trim()}\n)`,
    line: 3,
    message: 'x',
    expected: 3,
  },
  {
    name: 'no line, but a name',
    sql: null,
    line: null,
    message: 'Referenced column "sev" not found',
    expected: 8,
  },
  { name: 'nothing to go by', sql: null, line: null, message: 'out of memory', expected: null },
])('$name', ({ sql, line, message, expected }) => {
  expect(sourceLine({ rawCode, compiledSql, sql, line, message })).toBe(expected);
});
