import { expect, test } from 'vitest';
import { type MacroDefinition, MacroRegistry } from '../../src/context/index.js';

/** `macroOf('shop.default__x')`. */
function macroOf(text: string): MacroDefinition {
  const [packageName = '', name = ''] = text.split('.');
  return {
    id: `macro.${text}`,
    name,
    packageName,
    kind: 'macro',
    adapter: null,
    sql: '',
    path: '',
    line: 1,
  };
}

function registryOf(
  dispatch: readonly { macroNamespace: string; searchOrder: readonly string[] }[],
  ...macros: readonly string[]
): MacroRegistry {
  return new MacroRegistry(macros.map(macroOf), {
    rootPackage: 'shop',
    internalPackages: ['dbt_snowflake', 'dbt'],
    dispatch,
    adapterTypes: ['snowflake'],
  });
}

const found = (
  registry: MacroRegistry,
  name: string,
  namespace: string | null,
  from = 'shop',
): string => {
  const answer = registry.dispatch(name, namespace, from);
  return 'macro' in answer ? answer.macro.id : answer.searched.join(' ');
};

test.each([
  { name: 'own package first', from: 'utils', expected: 'macro.utils.x' },
  { name: 'then the root', from: 'other', expected: 'macro.shop.x' },
])('a bare name: $name', ({ from, expected }) => {
  expect(registryOf([], 'shop.x', 'utils.x', 'dbt.x').find('x', from)?.id).toBe(expected);
});

test('a bare name of another package is not found', () => {
  expect(registryOf([], 'utils.y').find('y', 'shop')).toBeUndefined();
});

test("dbt's own packages are one namespace, the adapter's first", () => {
  const registry = registryOf(
    [],
    'dbt.create_table_as',
    'dbt_snowflake.create_table_as',
    'dbt.only',
  );
  expect(registry.findIn('dbt', 'create_table_as')?.id).toBe('macro.dbt_snowflake.create_table_as');
  expect(registry.findIn('dbt', 'only')?.id).toBe('macro.dbt.only');
});

test.each([
  {
    name: "the adapter's macro of the package",
    macros: ['utils.default__m', 'utils.snowflake__m'],
    expected: 'macro.utils.snowflake__m',
  },
  {
    name: "the root's default before the package's own",
    macros: ['shop.default__m', 'utils.snowflake__m'],
    expected: 'macro.shop.default__m',
  },
  {
    name: 'says what it looked for',
    macros: ['utils.other'],
    expected: 'shop.snowflake__m shop.default__m utils.snowflake__m utils.default__m',
  },
])('dispatch in a package: $name', ({ macros, expected }) => {
  expect(found(registryOf([], ...macros), 'm', 'utils')).toBe(expected);
});

test('dispatch follows the search order of dbt_project.yml', () => {
  const registry = registryOf(
    [{ macroNamespace: 'utils', searchOrder: ['compat', 'utils'] }],
    'shop.default__m',
    'compat.default__m',
    'utils.snowflake__m',
  );
  expect(found(registry, 'm', 'utils')).toBe('macro.compat.default__m');
});

test("a root default shadows dbt's own for the adapter", () => {
  expect(found(registryOf([], 'shop.default__m', 'dbt_snowflake.snowflake__m'), 'm', 'dbt')).toBe(
    'macro.shop.default__m',
  );
  expect(found(registryOf([], 'shop.snowflake__m', 'dbt_snowflake.snowflake__m'), 'm', 'dbt')).toBe(
    'macro.shop.snowflake__m',
  );
});

test('a test macro is looked for in every package, the last one first', () => {
  const registry = registryOf(
    [],
    'dbt.test_a',
    'one.test_a',
    'two.test_a',
    'dbt.test_b',
    'shop.test_c',
    'one.test_c',
  );
  const found = (name: string, from: string): string | undefined =>
    registry.findAnywhere(name, from)?.id;
  expect(found('test_a', 'shop')).toBe('macro.two.test_a');
  expect(found('test_a', 'one')).toBe('macro.one.test_a');
  expect(found('test_b', 'shop')).toBe('macro.dbt.test_b');
  expect(found('test_c', 'two')).toBe('macro.shop.test_c');
  expect(found('test_d', 'shop')).toBeUndefined();
});
