/**
 * The library in our Jinja: every macro parses, and what projects call in their models comes out as dbt wrote it.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/base/index.js';
import {
  callNameMacro,
  captureTemplate,
  MacroRegistry,
  readMacroFile,
} from '../../src/context/index.js';
import { parseTemplate } from '../../src/jinja/index.js';
import { internalPackages, libraryFiles } from '../../src/library/index.js';
import { factsOf } from '../context/facts.js';

const DIALECTS = ['snowflake', 'duckdb'] as const;
type Dialect = (typeof DIALECTS)[number];

const macrosOf = (dialect: Dialect) =>
  libraryFiles(dialect).flatMap((file) => readMacroFile(file).macros);

function registryOf(dialect: Dialect): MacroRegistry {
  return new MacroRegistry(macrosOf(dialect), {
    rootPackage: 'shop',
    internalPackages: internalPackages(dialect),
    dispatch: [],
    adapterTypes: [dialect],
  });
}

function renderOf(dialect: Dialect, sql: string, config: JsonObject = {}): string {
  return captureTemplate({
    sql,
    file: 'models/m.sql',
    packageName: 'shop',
    model: { name: 'm', database: 'db', schema: 'dev', alias: 'm', config },
    registry: registryOf(dialect),
    facts: factsOf(dialect),
  }).text;
}

test.each(DIALECTS)('%s: every macro parses', (dialect) => {
  const faults = libraryFiles(dialect).flatMap((file) => readMacroFile(file).diagnostics);
  expect(faults).toEqual([]);
  for (const macro of macrosOf(dialect)) {
    expect(() => parseTemplate(macro.sql, { name: macro.path })).not.toThrow();
  }
});

test.each(DIALECTS)(
  '%s: cross-database macros render as in dbt-core 1.12.6, to the byte',
  (dialect) => {
    const source = readFileSync('test/fixtures/library/cross-database.sql', 'utf8');
    const printed = readFileSync(`test/golden/library/cross-database.${dialect}.sql`, 'utf8');
    expect(renderOf(dialect, source.trimEnd())).toBe(printed.trimEnd());
  },
);

test.each([
  { macro: 'generate_schema_name', custom: null, expected: 'dev' },
  { macro: 'generate_schema_name', custom: ' marts ', expected: 'dev_marts' },
  { macro: 'generate_database_name', custom: null, expected: 'db' },
  { macro: 'generate_database_name', custom: 'other', expected: 'other' },
  { macro: 'generate_alias_name', custom: null, expected: 'm' },
  { macro: 'generate_alias_name', custom: ' a ', expected: 'a' },
] as const)('$macro of $custom is $expected', ({ macro, custom, expected }) => {
  for (const dialect of DIALECTS) {
    const scope = { registry: registryOf(dialect), facts: factsOf(dialect), packageName: 'shop' };
    expect(callNameMacro(macro, scope, custom, { name: 'm', database: 'db' })).toBe(expected);
  }
});

test('a versioned model is named by its version', () => {
  const scope = {
    registry: registryOf('snowflake'),
    facts: factsOf('snowflake'),
    packageName: 'shop',
  };
  expect(callNameMacro('generate_alias_name', scope, null, { name: 'm', version: 1.5 })).toBe(
    'm_v1_5',
  );
});

test.each([
  {
    call: "test_not_null('t', 'id')",
    expected: 'select id from t where id is null',
  },
  {
    call: "test_unique('t', 'id')",
    expected:
      'select id as unique_field, count(*) as n_records from t where id is not null group by id having count(*) > 1',
  },
  {
    call: "test_accepted_values('t', 'c', ['a', 'b'])",
    expected:
      "with all_values as ( select c as value_field, count(*) as n_records from t group by c ) select * from all_values where value_field not in ( 'a','b' )",
  },
  {
    call: "test_accepted_values('t', 'c', [1, 2], quote=false)",
    expected:
      'with all_values as ( select c as value_field, count(*) as n_records from t group by c ) select * from all_values where value_field not in ( 1,2 )',
  },
])('$call', ({ call, expected }) => {
  expect(renderOf('snowflake', `{{ ${call} }}`).split(/\s+/u).join(' ').trim()).toBe(expected);
});
