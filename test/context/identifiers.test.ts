/**
 * R12: relations are written as dbt-snowflake writes them, whatever they are called.
 */
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { captureTemplate, MacroRegistry } from '../../src/context/index.js';
import { Tally } from '../slow/tally.js';
import { factsOf } from './facts.js';

const tally = new Tally({
  promise: 'R12',
  what: 'names with quotes, spaces, dots, reserved words, marks and emoji under each policy of quoting, as dbt-snowflake renders them',
});

afterAll(() => tally.write());

type Case = readonly [
  names: readonly (string | null)[],
  quoted: readonly number[],
  rendered: readonly string[],
];

/** Recorded from dbt-snowflake 1.12 by `scripts/record-relations.py`. */
const CASES: readonly Case[] = readFileSync('test/fixtures/relations/snowflake.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): Case => JSON.parse(line));

const SEPARATOR = '\u0001';
const TEMPLATE = `{%- for names, quoted in var('cases') -%}
{%- set r = api.Relation.create(database=names[0], schema=names[1], identifier=names[2], quote_policy={
  'database': quoted[0] == 1, 'schema': quoted[1] == 1, 'identifier': quoted[2] == 1}) -%}
{{- [r, r.without_identifier(), r.include(database=false).quote(identifier=true),
     r.information_schema('TABLES'), adapter.quote(names[2])] | join('${SEPARATOR}') -}}
${SEPARATOR}{%- endfor -%}`;

test('2,000 names under every policy of quoting', () => {
  expect(CASES).toHaveLength(2000);
  const facts = factsOf('snowflake');
  const cases = CASES.map(([names, quoted]) => [[...names], [...quoted]]);
  const { text } = captureTemplate({
    sql: TEMPLATE,
    file: 'models/m.sql',
    packageName: 'shop',
    model: { name: 'm', database: 'db', schema: 'dev', alias: 'm', config: {} },
    registry: new MacroRegistry([], {
      rootPackage: 'shop',
      internalPackages: [],
      dispatch: [],
      adapterTypes: ['snowflake'],
    }),
    facts: { ...facts, vars: () => ({ cases }) },
  });
  const ours = text.split(SEPARATOR);
  const different = CASES.flatMap(([names, quoted, rendered], at) => {
    const found = ours.slice(at * 5, at * 5 + 5);
    const isSame = rendered.every((one, place) => one === found[place]);
    tally.add(`case ${at}`, isSame ? null : found.join(' '));
    return isSame ? [] : [{ names, quoted, rendered, found }];
  });
  expect(different.slice(0, 5)).toEqual([]);
});
