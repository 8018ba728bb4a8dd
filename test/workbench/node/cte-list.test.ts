import { expect, test } from 'vitest';
import { cteNamed, countSql, queryStepsOf } from '../../../src/workbench/node/cte-list.js';

const SQL = `
with source as (

    select * from raw.orders
    -- only )( in a comment
),

"Odd Name" as (
    select 1 as n
)

select * from source
`;

test('each CTE is a step, and the query itself is the last', () => {
  const steps = queryStepsOf(SQL, 'snowflake');
  expect(steps.map(({ name, line }) => [name, line])).toEqual([
    ['source', 2],
    ['"Odd Name"', 8],
    [null, 12],
  ]);
  expect(steps[0]?.bodySql).toBe('select * from raw.orders\n-- only )( in a comment');
  expect(steps[1]?.sql).toMatch(/^with source as \([\s\S]*\)\nselect \* from "Odd Name"$/u);
  expect(steps[2]?.sql).toBe(SQL);
});

test('a query without CTEs is one step', () => {
  expect(queryStepsOf('select 1', 'duckdb')).toEqual([
    { name: null, bodySql: 'select 1', sql: 'select 1', line: 1 },
  ]);
});

test('counting survives a comment at the end', () => {
  const [step] = queryStepsOf('select 1 -- one', 'duckdb');
  expect(step === undefined ? '' : countSql(step)).toBe(
    'select count(*) as row_count from (\nselect 1 -- one\n) as counted_rows',
  );
});

test.each(['SOURCE', 'source', 'Odd Name', '"odd name"'])('%s is found', (name) => {
  expect(cteNamed(SQL, 'snowflake', name).name).not.toBeNull();
});

test('an unknown name is told with those there are', () => {
  expect(() => cteNamed(SQL, 'snowflake', 'final')).toThrow(
    expect.objectContaining({
      code: 'cte/unknown',
      hint: 'Its CTEs are source, "Odd Name".',
    }),
  );
});
