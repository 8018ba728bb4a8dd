import { expect, test } from 'vitest';
import { injectCtes } from '../../src/sql/index.js';

const e1 = { name: '__dbt__cte__e1', sql: 'select 1 -- one' };
const e2 = { name: '__dbt__cte__e2', sql: 'select 2' };

/** What dbt 1.12 gives for the same texts. */
test.each([
  { sql: 'select * from x', ctes: [], expected: 'select * from x' },
  {
    sql: 'select * from x',
    ctes: [e1],
    expected: 'with __dbt__cte__e1 as (\nselect 1 -- one\n) select * from x',
  },
  {
    sql: '\n\n-- c\nselect 1',
    ctes: [e2],
    expected: '\n\nwith __dbt__cte__e2 as (\nselect 2\n) -- c\nselect 1',
  },
  {
    sql: 'with a as (select 1) select * from a',
    ctes: [e1, e2],
    expected:
      'with  __dbt__cte__e1 as (\nselect 1 -- one\n),  __dbt__cte__e2 as (\nselect 2\n), a as (select 1) select * from a',
  },
  {
    sql: 'with\na as (select 1) select 1',
    ctes: [e2],
    expected: 'with\n __dbt__cte__e2 as (\nselect 2\n), a as (select 1) select 1',
  },
  {
    sql: 'with recursive a as (select 1) select 1',
    ctes: [e2],
    expected: 'with recursive  __dbt__cte__e2 as (\nselect 2\n), a as (select 1) select 1',
  },
  {
    sql: "select 'with' from (with b as (select 1) select * from b)",
    ctes: [e2],
    expected:
      "with __dbt__cte__e2 as (\nselect 2\n) select 'with' from (with b as (select 1) select * from b)",
  },
])('$sql', ({ sql, ctes, expected }) => {
  expect(injectCtes(sql, ctes)).toBe(expected);
});
