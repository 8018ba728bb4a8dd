/**
 * What on-run-end sees of a build, and what a build counts without doing: as dbt-core 1.12.6 on the same files.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';

const FILES = {
  'dbt_project.yml':
    "name: ends\nversion: '1.0'\nprofile: ends\non-run-end: ['{{ tell(results) }}']\n",
  'profiles.yml':
    'ends:\n  outputs: {dev: {type: duckdb, path: ends.duckdb, schema: main, threads: 1}}\n  target: dev\n',
  'macros/tell.sql': `{% macro tell(results) %}{% for one in results %}
    {% do print([one.node.unique_id.split('.')[1:3]|join('.'), one.status|string, one.status == 'success', one.status == 'error' or one.message, one.failures,
      one.node.name, one.node.config.materialized|default(''), one.node.relation_name|default(''),
      (one.node.compiled_code or '')|trim|length, one.node.depends_on.nodes, one.node.depends_on_nodes|length,
      one.node.resource_type|string, one.node.is_ephemeral_model, one.unique_id is defined,
      one.timing|map(attribute='name')|list, one.execution_time is number, one.to_dict().node.name,
      'batch_results' in one.to_dict(), 'batch_results' in one.to_dict(omit_none=true),
      one.node.to_dict().fqn, one.adapter_response]|tojson) %}
  {% endfor %}{% do print(schemas ~ database_schemas) %}{% endmacro %}`,
  'models/a.sql': 'select 1 as id',
  'models/b.sql': "select * from {{ ref('a') }} where nope",
  'models/c.sql': "select * from {{ ref('b') }}",
  'models/models.yml':
    "models: [{name: a, columns: [{name: id, data_tests: [unique]}]}]\nexposures: [{name: e, type: dashboard, owner: {name: q, email: q@q.q}, depends_on: [ref('a')]}, {name: late, type: dashboard, owner: {email: q@q.q}, depends_on: [ref('c')]}]\n",
} as const;

/** A row a result, as dbt printed them. */
const TOLD = [
  '["ends.a", "success", true, "OK", null, "a", "view", "\\"ends\\".\\"main\\".\\"a\\"", 14, [], 0, "model", false, false, ["compile", "execute"], true, "a", true, false, ["ends", "a"], {"_message": "OK"}]',
  '["ends.e", "no-op", false, "NO-OP", 0, "e", null, "", 0, ["model.ends.a"], 1, "exposure", false, false, ["compile", "execute"], true, "e", true, false, ["ends", "e"], {}]',
  '["ends.unique_a_id", "pass", false, null, 0, "unique_a_id", "test", null, 133, ["model.ends.a"], 1, "test", false, false, ["compile", "execute"], true, "unique_a_id", true, false, ["ends", "unique_a_id"], {"_message": "OK"}]',
  '["ends.b", "error", false, true, null, "b", "view", "\\"ends\\".\\"main\\".\\"b\\"", 42, ["model.ends.a"], 1, "model", false, false, ["compile", "execute"], true, "b", true, false, ["ends", "b"], {}]',
  '["ends.c", "skipped", false, null, null, "c", "view", "\\"ends\\".\\"main\\".\\"c\\"", 0, ["model.ends.b"], 1, "model", false, false, [], true, "c", true, false, ["ends", "c"], {}]',
  '["ends.late", "skipped", false, null, null, "late", null, "", 0, ["model.ends.c"], 1, "exposure", false, false, [], true, "late", true, false, ["ends", "late"], {}]',
];

let copy: ProjectCopy;

afterEach(() => copy.remove());

test('results, schemas and exposures', async () => {
  copy = emptyFolder();
  for (const [file, text] of Object.entries(FILES)) {
    const path = join(copy.dir, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const session = openSession({ projectDir: copy.dir, profilesDir: copy.dir }, { env: {} });
  const told: string[] = [];
  const { results } = await session.run(
    { command: 'build' },
    {
      signal: new AbortController().signal,
      emit: (event) => {
        if (event.type === 'log' && event.message.trim() !== '') told.push(event.message);
      },
    },
  );
  await session.close();
  const rows = told.filter((line) => line.startsWith('["'));
  expect(rows.toSorted()).toEqual(TOLD.toSorted());
  expect(told.some((line) => line.trim() === "['main'][('ends', 'main')]")).toBe(true);
  expect(results.filter(({ status }) => status === 'no-op').map(({ nodeId }) => nodeId)).toEqual([
    'exposure.ends.e',
  ]);
});
