/**
 * Streams of statements side by side.
 */
import { expect, test } from 'vitest';
import { alignStatements } from './align.js';

const streams = (
  recorded: readonly string[],
  sent: readonly string[],
): ReturnType<typeof alignStatements> =>
  alignStatements(
    recorded.map((sql) => ({ sql })),
    sent.map((sql) => ({ sql })),
  );

test.each([
  { what: 'white space is folded', recorded: ['select\n  1'], sent: ['select 1'], passed: 1 },
  { what: 'order counts', recorded: ['a', 'b'], sent: ['b', 'a'], passed: 1 },
  { what: 'what is missing', recorded: ['a', 'b', 'c'], sent: ['a', 'c'], passed: 2 },
  {
    what: 'schemas are listed in any order',
    recorded: ['show objects in A', 'show user functions in A', 'show objects in B'],
    sent: ['show objects in B', 'show objects in A', 'show user functions in A'],
    passed: 3,
  },
])('$what', ({ recorded, sent, passed }) => {
  const { passed: equal, differences } = streams(recorded, sent);
  expect(equal).toBe(passed);
  expect(differences).toHaveLength(recorded.length + sent.length - 2 * passed);
});

test('the catalog is asked for relations in any order', () => {
  const term = (name: string): string =>
    `("table_schema" ilike 's' and upper("table_schema") = upper('s') and "table_name" ilike '${name}' and upper("table_name") = upper('${name}'))`;
  const query = (...names: readonly string[]): string =>
    `select * from tables where (${names.map(term).join(' or ')})`;
  expect(streams([query('a', 'b')], [query('b', 'a')]).passed).toBe(1);
  expect(streams([query('a', 'b')], [query('b', 'c')]).passed).toBe(0);
});
