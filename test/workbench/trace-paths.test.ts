import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeId } from '../../src/base/index.js';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import {
  createWorkbench,
  handleKey,
  memoryRecords,
  memorySettings,
  type Workbench,
} from '../../src/workbench/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { SMALL_PROJECT, writeFiles } from '../support/run-program.js';

let folder: ProjectCopy;
let session: ProjectSession;
let workbench: Workbench;

beforeAll(() => {
  folder = emptyFolder();
  writeFiles(folder.dir, {
    ...SMALL_PROJECT,
    'models/b.sql': "select * from {{ ref('a') }}",
    'models/c.sql': "select * from {{ ref('a') }}",
    'models/d.sql': "select * from {{ ref('b') }} cross join {{ ref('c') }}",
    'models/e.sql': "select * from {{ ref('c') }}",
  });
  session = openSession({ projectDir: folder.dir, engine: 'none' }, { env: {} });
  workbench = createWorkbench({
    session,
    settings: memorySettings(),
    records: memoryRecords(),
    size: { columns: 120, rows: 36 },
    host: {
      now: () => 0,
      copy() {},
      measure: (text) => text.length,
      openTarget: (target) => openSession({ ...session.options, target }, { env: {} }),
      edit: async () => {},
      suspend() {},
      quit() {},
    },
  });
});

afterAll(async () => {
  await workbench.close();
  await session.close();
  folder.remove();
});

const mark = (...names: readonly string[]): void =>
  workbench.store.update((state) => ({
    ...state,
    graph: {
      ...state.graph,
      filter: null,
      marks: new Set(names.map((name) => nodeId(`model.shop.${name}`))),
    },
  }));

const shown = (): readonly string[] =>
  [...(workbench.store.get().graph.filter?.ids ?? [])]
    .map((id) => id.split('.').at(-1) ?? '')
    .sort();

test.each([
  [
    ['a', 'd'],
    ['a', 'b', 'c', 'd'],
  ],
  [
    ['d', 'a'],
    ['a', 'b', 'c', 'd'],
  ],
  [
    ['c', 'e'],
    ['c', 'e'],
  ],
])('paths between %j', (marks, expected) => {
  mark(...marks);
  handleKey(workbench, 'v', null);
  expect(shown()).toEqual(expected);
  const { filter, isMapFull } = workbench.store.get().graph;
  expect(filter?.text).toMatch(/^\w+\+,\+\w+$/u);
  expect(isMapFull).toBe(true);
});

test.each([
  [['b', 'e'], /No path leads/u],
  [['b'], /Mark two nodes/u],
])('%j says why there is none', (marks, message) => {
  mark(...marks);
  handleKey(workbench, 'v', null);
  expect(workbench.store.get().toasts.at(-1)?.text).toMatch(message);
  expect(workbench.store.get().graph.filter).toBeNull();
});
