/**
 * What real Jinja2 3.1.6 on Python 3.11, in dbt's environment, makes of templates of ours: operators, str and list
 * methods, every filter and test, statements and their errors, dates and patterns. `golden/jinja/python-cases.json`.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { failureOf, type JinjaCase } from './case-runner.js';

interface Golden {
  readonly context: Readonly<Record<string, unknown>>;
  /** What stands before the templates of the environment `modules`. */
  readonly modules: string;
  readonly cases: readonly (Omit<JinjaCase, 'env' | 'context'> & {
    readonly env: JinjaCase['env'] | 'modules';
  })[];
}

const golden = JSON.parse(
  readFileSync(new URL('../golden/jinja/python-cases.json', import.meta.url), 'utf8'),
) as Golden;

const cases: readonly JinjaCase[] = golden.cases.map((one) =>
  one.env === 'modules'
    ? { ...one, env: 'text', template: golden.modules + one.template, context: golden.context }
    : { ...one, env: one.env, context: golden.context },
);

describe.each(['sync', 'effects'] as const)('%s', (entrance) => {
  test.each([...new Set(cases.map((one) => one.group))])('%s', (group) => {
    const failures = cases
      .filter((one) => one.group === group)
      .map((one) => ({ id: one.id, template: one.template, failure: failureOf(one, entrance) }))
      .filter(({ failure }) => failure !== undefined);
    expect(failures).toEqual([]);
  });
});
