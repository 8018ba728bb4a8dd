import { describe, expect, test } from 'vitest';
import { projectOnDisk } from '../project/on-disk.js';
import { type Parsed, parseProject } from './parse.js';

const parse = (files: Readonly<Record<string, string>>): Parsed =>
  parseProject(projectOnDisk(files));

/** Every fault of a project as `code file:line:column`. */
function faults({ diagnostics }: Parsed): readonly string[] {
  return diagnostics.map(({ code, position }) =>
    position === undefined ? code : `${code} ${position.file}:${position.line}:${position.column}`,
  );
}

const FINE = { 'models/fine.sql': 'select 1 as id' };

describe('each fault has its place, and only what is broken is left out', () => {
  test.each([
    {
      title: 'a template that does not parse',
      files: { 'models/bad.sql': '\n\nselect\n  {{ ref( }}' },
      expected: ['jinja/syntax models/bad.sql:4:11'],
    },
    {
      title: 'a macro that raises',
      files: {
        'models/bad.sql': 'select {{ fail() }}',
        'macros/m.sql':
          "{% macro fail() %}{{ exceptions.raise_compiler_error('no') }}{% endmacro %}",
      },
      expected: ['jinja/compilation macros/m.sql:1:53'],
    },
    {
      title: 'a ref to what is not there',
      files: { 'models/bad.sql': "select *\nfrom {{ ref('fin') }}" },
      expected: ['manifest/missing-ref models/bad.sql:2:13'],
    },
    {
      title: 'a ref to a version that is not there',
      files: { 'models/bad.sql': "select * from {{ ref('fine', v=2) }}" },
      expected: ['manifest/missing-ref models/bad.sql:1:22'],
    },
    {
      title: 'a ref to what is disabled',
      files: {
        'models/bad.sql': "select * from {{ ref('off') }}",
        'models/off.sql': '{{ config(enabled=false) }} select 1',
      },
      expected: ['manifest/disabled-ref models/bad.sql:1:22'],
    },
    {
      title: 'a source that is not there',
      files: { 'models/bad.sql': "select * from {{ source('raw', 'orders') }}" },
      expected: ['manifest/missing-ref models/bad.sql:1:32'],
    },
    {
      title: 'a circle',
      files: {
        'models/bad.sql': "select * from {{ ref('worse') }}",
        'models/worse.sql': "select * from {{ ref('bad') }}",
      },
      expected: ['manifest/cycle models/bad.sql:1:22'],
    },
    {
      title: 'two models of one name',
      files: { 'models/a/bad.sql': 'select 1', 'models/b/bad.sql': 'select 2' },
      expected: ['manifest/duplicate-name models/b/bad.sql:1:1'],
    },
    {
      title: 'two nodes of one relation',
      files: { 'models/bad.sql': "{{ config(alias='fine') }} select 1" },
      expected: ['manifest/ambiguous-relation models/fine.sql:1:1'],
    },
    {
      title: 'YAML that does not parse',
      files: { 'models/bad.yml': 'models:\n  - name: fine\n   x: 1' },
      expected: ['yaml/syntax models/bad.yml:3:4'],
    },
    {
      title: 'a key that stands twice',
      files: {
        'models/twice.yml': 'models:\n  - name: fine\n    description: a\n    description: b',
      },
      expected: ['yaml/duplicate-key models/twice.yml:4:5'],
    },
    {
      title: 'a list that is none',
      files: { 'models/bad.yml': 'version: 2\nmodels: {name: fine}' },
      expected: ['manifest/properties models/bad.yml:2:1'],
    },
    {
      title: 'an entry without a name',
      files: { 'models/bad.yml': 'models:\n  - name: fine\n  - description: who?' },
      expected: ['manifest/properties models/bad.yml:3:5'],
    },
    {
      title: 'properties of nothing',
      files: { 'models/x.yml': 'models:\n  - name: nobody' },
      expected: ['manifest/unused-properties models/x.yml:2:5'],
    },
    {
      title: 'properties under the wrong key',
      files: { 'models/x.yml': 'seeds:\n  - name: fine' },
      expected: ['manifest/unused-properties models/x.yml:2:5'],
    },
    {
      title: 'two descriptions of one model',
      files: {
        'models/x.yml': 'models:\n  - name: fine',
        'models/y.yml': 'models:\n  - name: fine',
      },
      expected: ['manifest/duplicate-properties models/y.yml:2:5'],
    },
    {
      title: 'a template in yaml that does not render',
      files: { 'models/x.yml': 'models:\n  - name: fine\n    config:\n      alias: "{{ nope( }}"' },
      expected: ['manifest/render-properties models/x.yml:4:7'],
    },
    {
      title: 'text where truth is wanted',
      files: { 'models/x.yml': 'models:\n  - name: fine\n    config: {enabled: "{{ \'yes\' }}"}' },
      expected: ['manifest/config models/fine.sql:1:1'],
    },
    {
      title: 'a test that is not there',
      files: {
        'models/x.yml':
          'models:\n  - name: fine\n    columns:\n      - name: id\n        data_tests: [unique, uniqe]',
      },
      expected: ['manifest/unknown-test models/x.yml:5:30'],
    },
    {
      title: 'a test that is badly indented',
      files: {
        'models/x.yml':
          'models:\n  - name: fine\n    data_tests:\n      - unique:\n        column_name: id',
      },
      expected: ['manifest/test models/x.yml:4:9'],
    },
    {
      title: 'a test that is written twice',
      files: {
        'models/x.yml':
          'models:\n  - name: fine\n    columns:\n      - name: id\n        data_tests: [unique, unique]',
      },
      expected: ['manifest/duplicate-name models/x.yml:5:30'],
    },
    {
      title: 'a test of what is not there',
      files: {
        'models/x.yml':
          "models:\n  - name: fine\n    columns:\n      - name: id\n        data_tests:\n          - relationships: {arguments: {to: ref('gone'), field: id}}",
      },
      expected: ['manifest/missing-ref models/x.yml:6:13'],
    },
    {
      title: 'a docs block that is not there',
      files: { 'models/x.yml': 'models:\n  - name: fine\n    description: "{{ doc(\'gone\') }}"' },
      expected: ['manifest/unknown-doc models/x.yml:2:5'],
    },
    {
      title: 'a snapshot without a key',
      files: {
        'snapshots/s.yml':
          "snapshots:\n  - name: s\n    relation: ref('fine')\n    config: {strategy: check, check_cols: all}",
      },
      expected: ['manifest/snapshot snapshots/s.yml:3:5'],
    },
    {
      title: 'a snapshot of what cannot be read',
      files: { 'snapshots/s.yml': 'snapshots:\n  - name: s\n    relation: select 1' },
      expected: ['manifest/snapshot snapshots/s.yml:3:5'],
    },
    {
      title: 'a group that is not there',
      files: {
        'models/x.yml':
          'models:\n  - name: fine\n    config: {group: finanse}\ngroups:\n  - {name: finance, owner: {name: F}}',
      },
      expected: ['manifest/group models/fine.sql:1:1'],
    },
    {
      title: 'a private model seen from outside of its group',
      files: {
        'models/bad.sql': "select * from {{ ref('fine') }}",
        'models/x.yml':
          'models:\n  - name: fine\n    config: {group: finance, access: private}\ngroups:\n  - {name: finance, owner: {name: F}}',
      },
      expected: ['manifest/access models/bad.sql:1:22'],
    },
    {
      title: 'an access that is none',
      files: { 'models/x.yml': 'models:\n  - name: fine\n    config: {access: secret}' },
      expected: ['manifest/access models/x.yml:3:14'],
    },
    {
      title: 'a latest version that is none',
      files: {
        'models/x.yml':
          'models:\n  - name: fine\n    latest_version: 3\n    versions: [{v: 1, defined_in: fine}]',
      },
      expected: ['manifest/version models/x.yml:3:5'],
    },
    {
      title: 'a unit test of nothing',
      files: {
        'models/x.yml':
          'unit_tests:\n  - name: u\n    model: nobody\n    given: []\n    expect: {rows: []}',
      },
      expected: ['manifest/unit-test models/x.yml:3:5'],
    },
    {
      title: 'a unit test with rows of no format',
      files: {
        'models/x.yml':
          'unit_tests:\n  - name: u\n    model: fine\n    given: []\n    expect: {format: csv, rows: [{a: 1}]}',
      },
      expected: ['manifest/unit-test models/x.yml:2:5'],
    },
    {
      title: 'a Python model whose ref is no literal',
      files: { 'models/bad.py': 'def model(dbt, session):\n    return dbt.ref(name)\n' },
      expected: ['manifest/python models/bad.py:2:1'],
    },
    {
      title: 'a macro file that does not parse',
      files: { 'macros/m.sql': '{% macro a() %}1' },
      expected: [expect.stringContaining('macros/m.sql:1:')],
    },
    {
      title: 'two macros of one name',
      files: {
        'macros/m.sql': '{% macro a() %}1{% endmacro %}',
        'macros/n.sql': '\n{% macro a() %}2{% endmacro %}',
      },
      expected: ['manifest/duplicate-macro macros/n.sql:1:1'],
    },
    {
      title: 'a microbatch model without a begin',
      files: {
        'models/bad.sql':
          "{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='t') }} select 1",
      },
      expected: ['manifest/microbatch models/bad.sql:1:1'],
    },
    {
      title: 'a config of a folder that is not there',
      files: {
        'dbt_project.yml':
          'name: shop\nprofile: shop\nmodels:\n  shop:\n    +tags: [a]\n    stagin:\n      +tags: [b]\n',
        'models/staging/x.sql': 'select 1',
      },
      expected: ['manifest/unused-config dbt_project.yml:6:5'],
    },
    {
      title: 'a description of no macro',
      files: { 'macros/m.yml': 'macros:\n  - name: nobody' },
      expected: ['manifest/unused-properties macros/m.yml:2:5'],
    },
    {
      title: 'a name with a space',
      files: { 'models/very bad.sql': 'select 1' },
      expected: ['manifest/name models/very bad.sql:1:1'],
    },
  ])('$title', ({ files, expected }) => {
    const parsed = parse({ ...FINE, ...files });
    expect(faults(parsed)).toEqual(expected);
  });

  test('all faults are told of at once, and the rest is read', () => {
    const parsed = parse({
      ...FINE,
      'models/a.sql': "select {{ ref('nobody') }}",
      'models/b.sql': 'select {% if %}',
      'models/c.sql': "select * from {{ ref('b') }}",
      'models/x.yml': 'models: [{name: fine, data_tests: [nope]}]',
    });
    // `c` is not blamed for the fault of `b`.
    expect(faults(parsed)).toHaveLength(3);
    expect([...parsed.manifest.nodes.keys()]).toEqual(['model.shop.c', 'model.shop.fine']);
  });
});

test.each([
  { name: 'fien', hint: "Did you mean 'fine'?" },
  { name: 'something_else', hint: undefined },
])('a ref to $name hints at $hint', ({ name, hint }) => {
  const { diagnostics } = parse({ ...FINE, 'models/bad.sql': `select {{ ref('${name}') }}` });
  expect(diagnostics[0]?.hint).toBe(hint);
});

test('messages are those that dbt gives, and name the node', () => {
  const { diagnostics } = parse({
    ...FINE,
    'models/bad.sql': "select {{ ref('shop', 'gone', v=3) }}",
  });
  expect(diagnostics).toMatchObject([
    {
      severity: 'error',
      message:
        "Model 'model.shop.bad' (models/bad.sql) depends on a node named 'gone' with version '3' in package or project 'shop' which was not found.",
      nodeId: 'model.shop.bad',
    },
  ]);
});

test('a circle is named as a path', () => {
  const { diagnostics, manifest } = parse({
    'models/a.sql': "{{ ref('c') }}",
    'models/b.sql': "{{ ref('a') }}",
    'models/c.sql': "{{ ref('b') }}",
    'models/d.sql': 'select 1',
  });
  expect(diagnostics[0]?.message).toBe(
    'These nodes depend on each other in a circle: a --> b --> c --> a.',
  );
  expect([...manifest.nodes.keys()]).toEqual(['model.shop.d']);
});
