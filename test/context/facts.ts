import type { ProjectFacts } from '../../src/context/index.js';
import type { Dialect } from '../../src/warehouse/index.js';

/** What a context knows of a small project. */
export function factsOf(dialect: Dialect = 'duckdb'): ProjectFacts {
  return {
    projectName: 'shop',
    packageNames: ['shop'],
    profileName: 'p',
    target: { name: 'dev', schema: 'dev', database: 'db', type: dialect },
    dialect,
    quoting: { database: false, schema: false, identifier: false },
    dispatch: [],
    vars: () => ({}),
    cliVars: {},
    envVar: () => undefined,
    runStartedAt: new Date(0),
    invocationId: 'i',
    flags: {},
    invocationArgs: {},
    now: () => 0,
    dbtVersion: '1.12.6',
    log: () => undefined,
    settings: {},
    dependencies: {},
  };
}
