import { expect, test } from 'vitest';
import { createRelation, PyRelation } from '../../src/context/index.js';
import { PyFunction, type Value } from '../../src/jinja/index.js';

const snowflake = createRelation({
  dialect: 'snowflake',
  database: 'raw',
  schema: 'shop',
  identifier: 'orders',
  type: 'table',
});
const duckdb = createRelation({
  dialect: 'duckdb',
  database: 'dev',
  schema: 'main',
  identifier: 'Orders',
  quote: { database: true, schema: true, identifier: true },
});

/** Calls a method as a template would. */
function call(
  relation: PyRelation,
  name: string,
  args: readonly Value[],
  kwargs: Readonly<Record<string, Value>> = {},
): string {
  const method = relation.getAttribute(name);
  if (!(method instanceof PyFunction)) throw new Error(`${name} is no method`);
  const answer = method.call({ args, kwargs: new Map(Object.entries(kwargs)) });
  if (!(answer instanceof PyRelation)) throw new Error(`${name} gave no relation`);
  return answer.render();
}

test('renders as its dialect quotes', () => {
  expect(snowflake.render()).toBe('raw.shop.orders');
  expect(duckdb.render()).toBe('"dev"."main"."Orders"');
});

test.each([
  { method: 'include', kwargs: { database: false }, expected: 'shop.orders' },
  { method: 'quote', kwargs: { identifier: true }, expected: 'raw.shop."orders"' },
  { method: 'without_identifier', kwargs: {}, expected: 'raw.shop' },
  {
    method: 'information_schema',
    kwargs: { view_name: 'columns' },
    expected: 'raw.INFORMATION_SCHEMA.columns',
  },
] as const)('$method', ({ method, kwargs, expected }) => {
  expect(call(snowflake, method, [], kwargs)).toBe(expected);
});

test('names match as the warehouse stores them', () => {
  const stored = createRelation({
    dialect: 'snowflake',
    database: 'RAW',
    schema: 'SHOP',
    identifier: 'ORDERS',
    quote: { database: true, schema: true, identifier: true },
  });
  expect(snowflake.matches(stored)).toBe(true);
  expect(snowflake.matches(stored.with({ identifier: 'orders' }))).toBe(false);
  expect(duckdb.matches(duckdb.with({ identifier: 'ORDERS' }))).toBe(true);
});

test('--empty reads no rows', () => {
  expect(snowflake.with({ limit: 0 }).render()).toBe(
    '(select * from raw.shop.orders where false limit 0)',
  );
});

test('a CTE renders its name alone', () => {
  expect(snowflake.with({ type: 'cte', identifier: '__dbt__cte__e' }).render()).toBe(
    '__dbt__cte__e',
  );
});
