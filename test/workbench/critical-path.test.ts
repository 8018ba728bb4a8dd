import { expect, test } from 'vitest';
import type { NodeId } from '../../src/base/index.js';
import { criticalPath } from '../../src/workbench/critical-path.js';
import type { RunNode, RunState, RunView } from '../../src/workbench/run-view.js';
import { idOf } from './dag-of.js';

/** `a:500` ran for half a second, `b!` was skipped. */
function viewOf(...nodes: readonly string[]): RunView {
  const entries = nodes.map((text): readonly [NodeId, RunNode] => {
    const [name = '', durationMs] = text.replace('!', '').split(':');
    const state: RunState = text.endsWith('!') ? 'skipped' : 'ok';
    const id = idOf(name);
    const times = { startedAtMs: 0, durationMs: Number(durationMs ?? 0) };
    return [id, { id, state, ...times, thread: null, result: null, sql: null }];
  });
  return {
    runId: 'r',
    command: 'run',
    threads: 1,
    startedAtMs: 0,
    summary: null,
    isCancelling: false,
    nodes: new Map(entries),
    log: [],
    diagnostics: [],
  };
}

const PARENTS = new Map(
  Object.entries({ c: ['a', 'b'], d: ['c'], e: ['a', 'outside'] }).map(([name, parents]) => [
    idOf(name),
    parents.map(idOf),
  ]),
);

test.each([
  { nodes: ['a:100', 'b:300', 'c:50', 'd:10', 'e:200'], path: ['b', 'c', 'd'], durationMs: 360 },
  { nodes: ['a:400', 'b:300', 'c:50', 'e:200'], path: ['a', 'e'], durationMs: 600 },
  { nodes: ['a:100', 'b:300', 'c!', 'd!'], path: ['b'], durationMs: 300 },
  { nodes: ['a:0'], path: [], durationMs: 0 },
])('of $nodes', ({ nodes, path, durationMs }) => {
  expect(criticalPath(viewOf(...nodes), PARENTS)).toEqual({ ids: path.map(idOf), durationMs });
});
