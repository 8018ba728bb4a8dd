/**
 * `depends_on.macros` of manifest.json: what parsing finds, and after `compile` what the node called then, as in dbt 1.12.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { nodeId } from '../../src/base/index.js';
import { openSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';

const FILES = {
  'dbt_project.yml': 'name: late\nversion: 1.0\nprofile: late\n',
  'profiles.yml':
    "late:\n  outputs: {dev: {type: duckdb, path: ':memory:', schema: main}}\n  target: dev\n",
  'macros/m.sql':
    '{% macro early() %}1{% endmacro %}{% macro late() %}{{ early() }}{% endmacro %}{% macro hook() %}{% endmacro %}',
  'models/a.sql':
    'select {{ early() }} as id {% if execute %}, {{ late() }} as n {% do adapter.get_columns_in_relation(this) %}{% endif %}',
  'models/a.yml':
    'models:\n  - name: a\n    columns:\n      - name: id\n        data_tests: [not_null]\n',
  'seeds/s.csv': 'id\n1\n',
  'seeds/s.yml': 'seeds:\n  - name: s\n    config: {post-hook: "{{ hook() }}"}\n',
} as const;

let copy: ProjectCopy;

afterEach(() => copy.remove());

test('macros that only compiling calls are added once it has', async () => {
  copy = emptyFolder();
  for (const [file, text] of Object.entries(FILES)) {
    const path = join(copy.dir, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const session = openSession(
    { projectDir: copy.dir, profilesDir: copy.dir, engine: 'none' },
    { env: {} },
  );
  const macros = (): Record<string, readonly string[]> => {
    session.writeManifest(new Map());
    const { nodes } = JSON.parse(readFileSync(join(copy.dir, 'target/manifest.json'), 'utf8'));
    return Object.fromEntries(
      [
        'model.late.a',
        'seed.late.s',
        [...session.manifest.nodes.keys()].find((id) => id.startsWith('test.')) ?? '',
      ].map((id) => [id.split('.')[0] ?? '', nodes[id].depends_on.macros]),
    );
  };
  expect(macros()).toEqual({
    model: ['macro.late.early'],
    seed: ['macro.late.hook'],
    test: ['macro.dbt.test_not_null'],
  });
  const { signal } = new AbortController();
  for (const id of session.manifest.nodes.keys()) await session.compile(nodeId(id), { signal });
  expect(macros()).toEqual({
    model: ['macro.late.early', 'macro.late.late'],
    seed: ['macro.late.hook'],
    test: ['macro.dbt.test_not_null', 'macro.dbt.get_where_subquery'],
  });
  await session.close();
});
