/** What a statement may ask of its session, and sequences of numbers. */
import { type Rule, type Rules, refused } from '../rule.js';
import { type Hint, type TranslateOptions, literal } from '../scope.js';

function fact(key: 'database' | 'schema' | 'warehouse' | 'role' | 'user' | 'sessionId'): Rule {
  return (_, scope) => {
    const value: TranslateOptions[typeof key] = scope.options[key];
    return { text: value === null ? 'CAST(NULL AS VARCHAR)' : literal(value), hint: 'text' };
  };
}

function moment(text: string, hint?: Hint): Rule {
  return () => ({ text, hint });
}

/** Numbers the rows from 0. Snowflake promises no order and may leave gaps. */
const sequence: Rule = (_, scope) => ({
  text: scope.sequence.column ?? '(row_number() OVER () - 1)',
  hint: 'integer',
});

export const SESSION: Rules = {
  CURRENT_ACCOUNT: moment("'EMBEDDED'", 'text'),
  CURRENT_ACCOUNT_NAME: moment("'EMBEDDED'", 'text'),
  CURRENT_AVAILABLE_ROLES: moment("'[]'", 'text'),
  CURRENT_CLIENT: moment("'dagbook'", 'text'),
  CURRENT_DATABASE: fact('database'),
  CURRENT_DATE: moment('current_date', 'date'),
  CURRENT_IP_ADDRESS: moment("'127.0.0.1'", 'text'),
  CURRENT_ORGANIZATION_NAME: moment("'LOCAL'", 'text'),
  CURRENT_ORGANIZATION_USER: moment('CAST(NULL AS VARCHAR)', 'text'),
  CURRENT_REGION: moment("'LOCAL'", 'text'),
  CURRENT_ROLE: fact('role'),
  CURRENT_ROLE_TYPE: moment("'ROLE'", 'text'),
  CURRENT_SCHEMA: fact('schema'),
  CURRENT_SCHEMAS: (_, scope) => ({
    text: literal(JSON.stringify([`${scope.options.database}.${scope.options.schema}`])),
    hint: 'text',
  }),
  CURRENT_SECONDARY_ROLES: moment(`'{"roles":"","value":""}'`, 'text'),
  CURRENT_SESSION: fact('sessionId'),
  CURRENT_STATEMENT: (_, scope) => ({ text: literal(scope.sql), hint: 'text' }),
  CURRENT_TIME: moment('CAST(CAST(now() AS TIMESTAMP) AS TIME)', 'time'),
  CURRENT_TIMESTAMP: moment('now()', 'timestamp'),
  CURRENT_TRANSACTION: moment('CAST(NULL AS VARCHAR)', 'text'),
  CURRENT_USER: fact('user'),
  CURRENT_VERSION: moment("'9.0.0'", 'text'),
  CURRENT_WAREHOUSE: fact('warehouse'),
  GETDATE: moment('now()', 'timestamp'),
  LAST_QUERY_ID: refused('LAST_QUERY_ID'),
  LOCALTIME: moment('CAST(CAST(now() AS TIMESTAMP) AS TIME)', 'time'),
  LOCALTIMESTAMP: moment('now()', 'timestamp'),
  SEQ1: sequence,
  SEQ2: sequence,
  SEQ4: sequence,
  SEQ8: sequence,
  SYSDATE: moment("timezone('UTC', now())", 'timestamp'),
  SYSTIMESTAMP: moment('now()', 'timestamp'),
};
