import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { baseEntries } from '../../src/context/index.js';
import { createEnvironment, parseTemplate, render } from '../../src/jinja/index.js';
import { factsOf } from './facts.js';

/** What dbt-core 1.12.6 made of templates in the context that every node has; errors are the exception's words. */
interface Case {
  readonly template: string;
  readonly expected?: string;
  readonly error?: string;
}

const cases: readonly Case[] = JSON.parse(
  readFileSync('test/golden/context/base-entries.json', 'utf8'),
);
const environment = createEnvironment({ undefinedMode: 'text' });
const entries = baseEntries(factsOf());

test.each(cases)('$template', ({ template, expected, error }) => {
  const run = (): string =>
    render(parseTemplate(template, {}), { lookup: (name) => entries.get(name) }, environment);
  if (error === undefined) expect(run()).toBe(expected);
  else expect(run).toThrow(error);
});
