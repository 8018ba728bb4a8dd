/**
 * A run as the screen shows it: the fold of its events.
 */
import type { Diagnostic, NodeId } from '../base/index.js';
import type { DagbookEvent, NodeResult, NodeStatus, RunSummary } from '../events/index.js';

export type RunState = 'waiting' | 'running' | 'ok' | 'warn' | 'failed' | 'skipped';

export interface RunNode {
  readonly id: NodeId;
  readonly state: RunState;
  /** Milliseconds since the epoch; null while it waits. */
  readonly startedAtMs: number | null;
  readonly durationMs: number | null;
  readonly thread: string | null;
  readonly result: NodeResult | null;
  /** The statement that is being run now. */
  readonly sql: string | null;
}

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly nodeId: NodeId | null;
}

export interface RunView {
  readonly runId: string;
  readonly command: string;
  readonly threads: number;
  readonly startedAtMs: number;
  /** Null while it runs. */
  readonly summary: RunSummary | null;
  readonly isCancelling: boolean;
  /** In the order of the run, those that started first. */
  readonly nodes: ReadonlyMap<NodeId, RunNode>;
  readonly log: readonly LogLine[];
  readonly diagnostics: readonly Diagnostic[];
}

// Enough to scroll back through; the log file has all of it.
const MAX_LOG = 2000;

/** Folds one event; events that belong to no run leave the view as it is. */
export function foldRun(view: RunView | null, event: DagbookEvent): RunView | null {
  if (event.type === 'run_started') {
    return {
      runId: event.runId,
      command: event.command,
      threads: event.threads,
      startedAtMs: event.atMs,
      summary: null,
      isCancelling: false,
      nodes: new Map(event.nodeIds.map((id) => [id, waitingNode(id)])),
      log: [],
      diagnostics: [],
    };
  }
  if (view === null) return null;
  switch (event.type) {
    case 'node_started':
      return withNode(view, {
        ...(view.nodes.get(event.nodeId) ?? waitingNode(event.nodeId)),
        state: 'running',
        startedAtMs: event.atMs,
        thread: event.thread,
      });
    case 'statement_started': {
      const node = event.nodeId === null ? undefined : view.nodes.get(event.nodeId);
      return node === undefined ? view : withNode(view, { ...node, sql: event.sql });
    }
    case 'node_finished': {
      const { result } = event;
      const node = view.nodes.get(result.nodeId) ?? waitingNode(result.nodeId);
      return withNode(view, {
        ...node,
        state: runStateOf(result.status),
        startedAtMs: node.startedAtMs ?? result.startedAtMs,
        durationMs: result.durationMs,
        thread: node.thread ?? result.thread,
        sql: null,
        result,
      });
    }
    case 'log': {
      const { level, message, nodeId } = event;
      return { ...view, log: [...view.log, { level, message, nodeId }].slice(-MAX_LOG) };
    }
    case 'diagnostic':
      return { ...view, diagnostics: [...view.diagnostics, event.diagnostic] };
    case 'run_finished':
      return {
        ...view,
        summary: event.summary,
        isCancelling: false,
        nodes: settled(view, event.summary),
        diagnostics: [...view.diagnostics, ...event.summary.diagnostics],
      };
    default:
      return view;
  }
}

/** How a node's status looks. */
export function runStateOf(status: NodeStatus): RunState {
  switch (status) {
    case 'success':
    case 'pass':
    case 'no-op':
    case 'reused':
      return 'ok';
    case 'warn':
    case 'partial success':
      return 'warn';
    case 'skipped':
      return 'skipped';
    default:
      return 'failed';
  }
}

/** How many nodes are in each state. */
export function countsOf(view: RunView): Readonly<Record<RunState, number>> {
  const counts = { waiting: 0, running: 0, ok: 0, warn: 0, failed: 0, skipped: 0 };
  for (const node of view.nodes.values()) counts[node.state] += 1;
  return counts;
}

/** Nodes in the order of the timeline: started first, then those that wait, in the order of the run. */
export function timelineOf(view: RunView, showsFailedOnly: boolean): readonly RunNode[] {
  const nodes = [...view.nodes.values()].filter(
    (node) =>
      !showsFailedOnly ||
      node.state === 'failed' ||
      node.state === 'skipped' ||
      node.state === 'warn',
  );
  const startOf = (node: RunNode): number =>
    node.state === 'skipped' || node.startedAtMs === null
      ? Number.POSITIVE_INFINITY
      : node.startedAtMs;
  return nodes.sort((left, right) => {
    const [a, b] = [startOf(left), startOf(right)];
    return a === b ? 0 : a - b;
  });
}

/** The row that the cursor is on, while it follows or where it was put; -1 if there is none. */
export function timelineIndex(
  view: RunView,
  nodes: readonly RunNode[],
  index: number | null,
): number {
  if (index !== null) return Math.min(index, nodes.length - 1);
  if (view.summary !== null) {
    const failed = nodes.findIndex(({ state }) => state === 'failed');
    return failed === -1 ? Math.min(0, nodes.length - 1) : failed;
  }
  const started = nodes.findLastIndex(({ state }) => state !== 'waiting' && state !== 'skipped');
  return Math.max(started, Math.min(0, nodes.length - 1));
}

/** The failed node at the root of a skip, following one skip to the next. */
export function culpritOf(view: RunView, id: NodeId): NodeId | null {
  const seen = new Set<NodeId>();
  let current = view.nodes.get(id)?.result?.skippedBecause ?? null;
  while (current !== null && !seen.has(current)) {
    seen.add(current);
    const next = view.nodes.get(current)?.result?.skippedBecause ?? null;
    if (next === null) return current;
    current = next;
  }
  return current;
}

function waitingNode(id: NodeId): RunNode {
  return {
    id,
    state: 'waiting',
    startedAtMs: null,
    durationMs: null,
    thread: null,
    result: null,
    sql: null,
  };
}

function withNode(view: RunView, node: RunNode): RunView {
  const nodes = new Map(view.nodes);
  nodes.set(node.id, node);
  return { ...view, nodes };
}

/** After a cancel, nodes that never ended are skipped, not waiting for ever. */
function settled(view: RunView, summary: RunSummary): ReadonlyMap<NodeId, RunNode> {
  const nodes = new Map(view.nodes);
  for (const result of summary.results) {
    const node = nodes.get(result.nodeId) ?? waitingNode(result.nodeId);
    if (node.result !== null) continue;
    nodes.set(result.nodeId, {
      ...node,
      state: runStateOf(result.status),
      startedAtMs: node.startedAtMs ?? result.startedAtMs,
      durationMs: result.durationMs,
      result,
    });
  }
  for (const [id, node] of nodes) {
    if (node.state === 'waiting' || node.state === 'running') {
      nodes.set(id, { ...node, state: 'skipped' });
    }
  }
  return nodes;
}
