import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NodeId } from '../../src/base/index.js';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { SMALL_PROJECT, writeFiles } from '../support/run-program.js';

const { signal } = new AbortController();
let folder: ProjectCopy;
let session: ProjectSession;

beforeEach(() => {
  folder = emptyFolder();
  writeFiles(folder.dir, {
    ...SMALL_PROJECT,
    'models/a.sql': "{{ config(materialized='table') }} select 1 as id",
    'models/v.sql': "select * from {{ ref('a') }}",
    'models/t.sql': "{{ config(materialized='table') }} select * from {{ ref('v') }}",
    'models/bad.sql': "select nope from {{ ref('v') }}",
  });
  session = open();
});

afterEach(async () => {
  await session.close();
  folder.remove();
});

function open(): ProjectSession {
  return openSession({ projectDir: folder.dir }, { env: {} });
}

/** `{ a: 'built', t: "stale: a was built later" }` */
function states(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...session.manifest.nodes.values()].map((node) => {
      const { state, reason } = session.stateOf(node.id);
      return [node.name, state === 'stale' ? `stale: ${reason ?? ''}` : state];
    }),
  );
}

const run = async (...select: readonly string[]): Promise<unknown> =>
  await session.run({ command: 'run', select }, { signal });

test('nothing is built in a new project', () => {
  expect(states()).toEqual({ a: 'never', v: 'never', t: 'never', bad: 'never' });
});

test('what was built is known to the next session', async () => {
  await session.run({ command: 'run' }, { signal });
  expect(states()).toEqual({ a: 'built', v: 'built', t: 'built', bad: 'failed' });
  await session.close();
  session = open();
  expect(states()).toEqual({ a: 'built', v: 'built', t: 'built', bad: 'failed' });
});

test('a table is stale once the rows behind its view have changed, but not for the view alone', async () => {
  await run('a', 'v', 't');
  await run('v');
  expect(states()).toMatchObject({ a: 'built', v: 'built', t: 'built' });
  await run('a');
  expect(states()).toMatchObject({ a: 'built', v: 'built', t: 'stale: v was built later' });
  await run('t');
  expect(states()).toMatchObject({ t: 'built' });
});

test('changed code makes a node stale', async () => {
  await run('a');
  writeFiles(folder.dir, { 'models/a.sql': "{{ config(materialized='table') }} select 2 as id" });
  session.reload();
  expect(states()).toMatchObject({ a: 'stale: its code changed' });
});

test('a history that cannot be read counts as none', async () => {
  await run('a');
  writeFiles(folder.dir, {
    '.dagbook/history-dev.json': '{"version": 1, "nodes": {"model.shop.a": 7',
  });
  await session.close();
  session = open();
  expect(session.stateOf('model.shop.a' as NodeId).state).toBe('never');
});
