/**
 * What real Jinja2 3.1.6, in dbt's environment, makes of templates: both entrances must give the same.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { failureOf, type JinjaCase } from './case-runner.js';

const cases = JSON.parse(
  readFileSync(new URL('cases.json', import.meta.url), 'utf8'),
) as readonly JinjaCase[];

describe.each(['sync', 'effects'] as const)('%s', (entrance) => {
  test.each([...new Set(cases.map((one) => one.group))])('%s', (group) => {
    const failures = cases
      .filter((one) => one.group === group)
      .map((one) => ({ id: one.id, template: one.template, failure: failureOf(one, entrance) }))
      .filter(({ failure }) => failure !== undefined);
    expect(failures).toEqual([]);
  });
});
