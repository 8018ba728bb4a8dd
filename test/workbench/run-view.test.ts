import { expect, test } from 'vitest';
import type { DagbookEvent, NodeResult } from '../../src/events/index.js';
import {
  countsOf,
  culpritOf,
  foldRun,
  type RunView,
  timelineIndex,
  timelineOf,
} from '../../src/workbench/run-view.js';
import { idOf } from './dag-of.js';

const NAMES = ['a', 'b', 'c', 'd'] as const;

const started: DagbookEvent = {
  type: 'run_started',
  runId: 'r',
  command: 'build',
  nodeIds: NAMES.map(idOf),
  threads: 2,
  atMs: 1000,
};
const begins = (name: string, atMs: number): DagbookEvent => ({
  type: 'node_started',
  nodeId: idOf(name),
  thread: 'Thread-1',
  index: 1,
  total: 4,
  atMs,
});
const ends = (name: string, result: Partial<NodeResult>): DagbookEvent => ({
  type: 'node_finished',
  index: 1,
  total: 4,
  result: resultOf(name, result),
});

function resultOf(name: string, result: Partial<NodeResult>): NodeResult {
  return {
    nodeId: idOf(name),
    status: 'success',
    message: null,
    failures: null,
    rowsAffected: null,
    startedAtMs: 1000,
    durationMs: 10,
    thread: 'Thread-1',
    relationName: null,
    compiledSql: null,
    failure: null,
    skippedBecause: null,
    queryId: null,
    ...result,
  };
}

function viewAfter(...events: readonly DagbookEvent[]): RunView {
  const view = [started, ...events].reduce<RunView | null>(foldRun, null);
  if (view === null) throw new Error('A run that was started has a view.');
  return view;
}

test.each([
  ['success', 'ok'],
  ['pass', 'ok'],
  ['no-op', 'ok'],
  ['warn', 'warn'],
  ['partial success', 'warn'],
  ['error', 'failed'],
  ['fail', 'failed'],
  ['runtime error', 'failed'],
  ['skipped', 'skipped'],
] as const)('a node that ends with %s is %s', (status, state) => {
  const view = viewAfter(begins('a', 1000), ends('a', { status }));
  expect(view.nodes.get(idOf('a'))?.state).toBe(state);
});

test('nodes wait, run, end; the timeline has those that started first on top', () => {
  const view = viewAfter(begins('c', 1100), begins('a', 1200), ends('c', {}));
  expect(countsOf(view)).toMatchObject({ ok: 1, running: 1, waiting: 2 });
  expect(timelineOf(view, false).map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd'].map(idOf));
});

test('a skip is traced to the failure at its root', () => {
  const view = viewAfter(
    ends('a', { status: 'error' }),
    ends('b', { status: 'skipped', skippedBecause: idOf('a') }),
    ends('c', { status: 'skipped', skippedBecause: idOf('b') }),
  );
  expect(culpritOf(view, idOf('c'))).toBe(idOf('a'));
  expect(culpritOf(view, idOf('d'))).toBeNull();
  expect(timelineOf(view, true)).toHaveLength(3);
});

test('the cursor follows what happens, and ends on the first failure', () => {
  const running = viewAfter(begins('a', 1100), ends('a', {}), begins('b', 1200));
  expect(timelineIndex(running, timelineOf(running, false), null)).toBe(1);
  const summary = {
    runId: 'r',
    command: 'build',
    startedAtMs: 1000,
    durationMs: 500,
    results: [resultOf('a', {}), resultOf('b', { status: 'error' })],
    isCancelled: true,
    diagnostics: [],
  } as const;
  const ended = foldRun(running, { type: 'run_finished', summary }) ?? running;
  expect(timelineIndex(ended, timelineOf(ended, false), null)).toBe(1);
  expect(timelineIndex(ended, timelineOf(ended, false), 99)).toBe(3);
  // What never ended is not waiting for ever.
  expect(countsOf(ended)).toMatchObject({ ok: 1, failed: 1, skipped: 2, running: 0, waiting: 0 });
});

test('events that belong to no run are no run', () => {
  expect(foldRun(null, begins('a', 1))).toBeNull();
  const view = viewAfter();
  expect(foldRun(view, { type: 'progress', label: 'x', done: 1, total: 2 })).toBe(view);
});
