import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { captureTemplate } from '../../src/context/index.js';
import { staticCaptures } from '../../src/manifest/static-template.js';
import { parseProject } from './parse.js';

const { registry, facts } = parseProject('test/fixtures/projects/rules');

type Said = Omit<NonNullable<ReturnType<typeof staticCaptures>>, 'isPlain'>;

/** What was read, without how dbt reads it. */
function read(sql: string): Said | undefined {
  const found = staticCaptures(sql);
  if (found === undefined) return undefined;
  const { refs, sources, configs } = found;
  return { refs, sources, configs };
}

/** What rendering gives. */
function rendered(sql: string): Said {
  const { refs, sources, configs } = captureTemplate({
    sql,
    file: 'a.sql',
    packageName: 'rules',
    model: { name: 'a', database: 'd', schema: 's' },
    registry,
    facts,
  });
  return { refs, sources, configs };
}

describe('what is read is what rendering gives', () => {
  test.each([
    "select * from {{ ref('a') }} join {{ref(\"p\", 'b')}}",
    "{{ ref('a', v=2) }} {{ ref('a', version='3') }} {{- ref('p', 'a', v=1) -}}",
    "{{ source('s', 't') }} {# ref('no') #} {#- {{ ref('no') }} -#}",
    "{{ config(materialized='table', tags=['a', \"b\"], meta={'x': 1, 'y': [true, None, -2.5]}) }}",
    "{{ config(enabled=false, post_hook=[\"select 1\", \"select 2\"], cluster_by=('a', 'b'), alias=('x')) }}",
    "{{ config(\n  unique_key = 'id' ,\n  full_refresh=none,\n) }}",
    "{{ config(a='x' 'y', b={}, c=[], d=1_000, e=()) }} {{ config(a='z', tags='t') }}",
    'select 1 -- {# unclosed in sql is still a comment #}',
  ])('%s', (sql) => {
    const found = read(sql);
    expect(found).toBeDefined();
    expect(found).toEqual(rendered(sql));
  });

  // Every model that this repository has.
  const files = ['models', 'test/fixtures/projects/rules'].flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .map((file) => join(folder, String(file)))
      .filter(
        (file) => file.endsWith('.sql') && !/macros|snapshots|scratch|draft|generic/u.test(file),
      ),
  );

  test('in the models of this repository', () => {
    const static_ = files.flatMap((file) => {
      const sql = readFileSync(file, 'utf8').trim();
      const found = read(sql);
      return found === undefined ? [] : [{ file, found, rendered: rendered(sql) }];
    });
    expect(static_.length).toBeGreaterThan(10);
    expect(static_.map((one) => one.found)).toEqual(static_.map((one) => one.rendered));
  });
});

test.each([
  "{% if x %}{{ ref('a') }}{% endif %}",
  '{{ ref(name) }}',
  "{{ ref('a' ~ 'b') }}",
  "{{ ref('a') | upper }}",
  "{{ ref('a').render() }}",
  "{{ ref('it\\'s') }}",
  '{{ var("x") }}',
  '{{ config(get_config()) }}',
  "{{ config({'materialized': 'table'}) }}",
  '{{ config() }}',
  "{{ ref('a', 'b', 'c') }}",
  "{{ source('a') }}",
  "{{ ref('a', x=1) }}",
  '{# never closed',
  '{{ this }}',
])('%s is left to the template engine', (sql) => {
  expect(staticCaptures(sql)).toBeUndefined();
});

// What dbt-extractor 0.6 takes and what it leaves to the template engine.
test.each([
  ['{{ config(enabled=True) }}', true],
  ["{{ config(a=['x'], b={'k': ['1']}, c={}) }}", true],
  ["{{ config(materialized='table',) }}{{ ref('a', v=1) }}", true],
  ['{{ config(enabled=true) }}', false],
  ['{{ config(a=1) }}', false],
  ['{{ config(a=none) }}', false],
  ["{{ config(a=('b', 'c')) }}", false],
  ["{{ config(pre_hook='select 1') }}", false],
  ["{{- config(a='b') -}}", false],
])('%s is read by dbt without rendering: %s', (sql, isPlain) => {
  expect(staticCaptures(sql)?.isPlain).toBe(isPlain);
});
