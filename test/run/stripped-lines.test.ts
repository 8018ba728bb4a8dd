/** dbt strips the text of a file before it keeps it; what is wrong is told by the line of the file all the same. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { SMALL_PROJECT, writeFiles } from '../support/run-program.js';

const { signal } = new AbortController();
let folder: ProjectCopy;
let session: ProjectSession;

beforeAll(() => {
  folder = emptyFolder();
  writeFiles(folder.dir, {
    ...SMALL_PROJECT,
    'models/of_warehouse.sql': '\n\n\nselect\n  1 as id,\n  nothing_here as x\n',
    'models/of_template.sql': '\n\n\n\n\nselect {{ nothing.here }} as id',
    'models/of_first_line.sql': 'select {{ nothing.here }} as id',
    'models/of_later_line.sql': ' \t\n\nselect 1 as a,\n  {{ nothing.here }} as id\n\n',
    'snapshots/of_block.sql':
      "\n\n{% snapshot of_block %}\n{{ config(unique_key='id', strategy='check', check_cols='all', target_schema='main') }}\nselect 1 as id, nothing_here as x\n{% endsnapshot %}\n",
  });
  session = openSession({ projectDir: folder.dir }, { env: {} });
});

afterAll(async () => {
  await session.close();
  folder.remove();
});

test.each([
  ['of_warehouse', 'models/of_warehouse.sql', 6],
  ['of_template', 'models/of_template.sql', 6],
  ['of_first_line', 'models/of_first_line.sql', 1],
  ['of_later_line', 'models/of_later_line.sql', 4],
  ['of_block', 'snapshots/of_block.sql', 5],
])('%s', async (name, file, line) => {
  const summary = await session.run({ command: 'build', select: [name] }, { signal });
  expect(summary.results[0]?.failure?.position).toMatchObject({ file, line });
});

test.each([
  ['of_template', 6],
  ['of_later_line', 4],
])('compiling %s', async (name, line) => {
  const node = [...session.manifest.nodes.values()].find((one) => one.name === name);
  expect(node).toBeDefined();
  if (node === undefined) return;
  const { diagnostics } = await session.compile(node.id, { signal });
  expect(diagnostics[0]?.position?.line).toBe(line);
});
