/** Short forms of the semantic layer's yaml, written out as dbt writes them into manifest.json. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compiledPath, semanticManifestJson } from '../../src/artifacts/index.js';
import { type JsonObject, nodeId } from '../../src/base/index.js';
import { nodeDict } from '../../src/compile/index.js';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { SMALL_PROJECT, writeFiles } from '../support/run-program.js';

const YAML = `
models:
  - name: a
    columns:
      - {name: id, data_tests: [unique, not_null]}
    unit_tests: []
  - name: days
    time_spine: {standard_granularity_column: d}
    columns: [{name: d, granularity: day}]
semantic_models:
  - name: items
    model: ref('a')
    defaults: {agg_time_dimension: at}
    entities: [{name: item, type: primary, expr: id}]
    dimensions: [{name: at, type: time, type_params: {time_granularity: day}}]
    measures: [{name: total, agg: sum, expr: 1}]
metrics:
  - {name: sum_of, label: Sum, type: simple, type_params: {measure: total}, filter: "x > 1"}
  - {name: share, label: Share, type: ratio, type_params: {numerator: sum_of, denominator: {name: sum_of, alias: all}}}
  - {name: monthly, label: Monthly, type: cumulative, type_params: {measure: total, cumulative_type_params: {window: 30 days}}}
unit_tests:
  - {name: ones, model: a, given: [], expect: {rows: [{id: 1}]}}
`;

let copy: ProjectCopy;
let session: ProjectSession;

beforeAll(() => {
  copy = emptyFolder();
  writeFiles(copy.dir, {
    ...SMALL_PROJECT,
    'models/days.sql': 'select 1 as d',
    'models/schema.yml': YAML,
  });
  session = openSession({ projectDir: copy.dir, engine: 'none' }, { env: {} });
});

afterAll(async () => {
  await session.close();
  copy.remove();
});

function dictOf(id: string): JsonObject {
  const { manifest, facts } = session.parsed;
  const node = manifest.nodes.get(nodeId(id));
  if (node === undefined) throw new Error(`no ${id}`);
  return nodeDict(node, { target: facts.target, manifest });
}

const TOTAL = {
  name: 'total',
  filter: null,
  alias: null,
  join_to_timespine: false,
  fill_nulls_with: null,
};
const SUM_OF = {
  name: 'sum_of',
  filter: null,
  alias: null,
  offset_window: null,
  offset_to_grain: null,
};

test.each([
  ['metric.shop.sum_of', { measure: TOTAL, input_measures: [TOTAL] }],
  [
    'metric.shop.share',
    { numerator: SUM_OF, denominator: { ...SUM_OF, alias: 'all' }, input_measures: [TOTAL] },
  ],
  [
    'metric.shop.monthly',
    {
      cumulative_type_params: {
        window: { count: 30, granularity: 'day' },
        grain_to_date: null,
        period_agg: 'first',
        metric: null,
      },
    },
  ],
])('%s', (id, params) => {
  expect(dictOf(id)['type_params']).toMatchObject(params);
});

test('a filter is a list of templates', () => {
  expect(dictOf('metric.shop.sum_of')['filter']).toEqual({
    where_filters: [{ where_sql_template: 'x > 1' }],
  });
});

test('a semantic model names its relation, and expressions are texts', () => {
  expect(dictOf('semantic_model.shop.items')).toMatchObject({
    node_relation: { alias: 'a', schema_name: 'main', relation_name: '"shop"."main"."a"' },
    measures: [{ name: 'total', agg: 'sum', expr: '1' }],
    entities: [{ name: 'item', type: 'primary', expr: 'id' }],
  });
});

test('a model says what identifies its rows, and whether it is a time spine', () => {
  expect(dictOf('model.shop.a')).toMatchObject({ primary_key: ['id'], time_spine: null });
  const nodes = { 'model.shop.days': dictOf('model.shop.days') };
  expect(semanticManifestJson({ nodes })['project_configuration']).toMatchObject({
    time_spines: [{ primary_column: { name: 'd', time_granularity: 'day' } }],
  });
});

test.each([
  ['model.shop.a', 'compiled/shop/models/a.sql'],
  ['unit_test.shop.a.ones', 'compiled/shop/models/schema.yml/models/ones.sql'],
])('compiled SQL of %s goes to %s', (id, path) => {
  const node = session.manifest.nodes.get(nodeId(id));
  expect(node === undefined ? null : compiledPath(node)).toBe(path);
});
