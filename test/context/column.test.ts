import { expect, test } from 'vitest';
import { columnFromDescription } from '../../src/context/index.js';

test.each([
  {
    dialect: 'snowflake',
    type: 'VARCHAR(16777216)',
    dataType: 'character varying(16777216)',
    isString: true,
    isNumeric: false,
  },
  {
    dialect: 'snowflake',
    type: 'NUMBER(38,0)',
    dataType: 'NUMBER(38,0)',
    isString: false,
    isNumeric: true,
  },
  {
    dialect: 'snowflake',
    type: 'TIMESTAMP_NTZ(9)',
    dataType: 'TIMESTAMP_NTZ',
    isString: false,
    isNumeric: false,
  },
  { dialect: 'snowflake', type: 'FLOAT', dataType: 'FLOAT', isString: false, isNumeric: false },
  {
    dialect: 'duckdb',
    type: 'VARCHAR',
    dataType: 'character varying(256)',
    isString: true,
    isNumeric: false,
  },
  {
    dialect: 'duckdb',
    type: 'DECIMAL(10,2)',
    dataType: 'DECIMAL(10,2)',
    isString: false,
    isNumeric: true,
  },
  { dialect: 'duckdb', type: 'BIGINT', dataType: 'BIGINT', isString: false, isNumeric: false },
] as const)('$dialect $type', ({ dialect, type, dataType, isString, isNumeric }) => {
  const column = columnFromDescription(dialect, 'C', type);
  expect({
    dataType: column.dataType,
    isString: column.isString,
    isNumeric: column.isNumeric,
  }).toEqual({
    dataType,
    isString,
    isNumeric,
  });
});

test('a column that is added has its type under both of dbt’s names', () => {
  const column = columnFromDescription('snowflake', 'EXTRA', 'NUMBER(38,0)');
  const member = (name: string): unknown => column.getAttribute(name);
  expect(member('expanded_data_type')).toBe(member('data_type'));
});
