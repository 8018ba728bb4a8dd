/**
 * Runs one node and says how it ended. A failed statement is a result, not a throw.
 */
import { type NodeId, textOfJson } from '../base/index.js';
import {
  batchesMessage,
  type BatchOutcome,
  type Compiler,
  drive,
  isMicrobatch,
  materializeBatches,
  type Materialized,
  materializeNode,
  PyAdapterResponse,
  type RunnableNode,
  testOutcome,
} from '../compile/index.js';
import type { NodeFailure, NodeResult, NodeStatus } from '../events/index.js';
import { toText } from '../jinja/index.js';
import { WarehouseError } from '../warehouse/index.js';
import { failureOf } from './failure.js';
import type { RunNode } from './run-node.js';
import { RunDriver, type RunDriverOptions } from './run-driver.js';
import { unitTestOutcome } from './unit-test-outcome.js';

export interface NodeRunOptions extends Omit<RunDriverOptions, 'nodeId'> {
  readonly thread: string;
  readonly signal: AbortSignal;
}

interface Outcome {
  readonly status: NodeStatus;
  readonly message: string | null;
  readonly failures: number | null;
  readonly rowsAffected: number | null;
  readonly queryId: string | null;
  readonly adapterMessage?: string;
}

/**
 * Runs a node. One whose session was lost is begun again, once, if nothing that it did would count twice: what a session
 * takes with it (temporary tables, an open transaction) cannot be had by sending the last statement again.
 *
 * @throws only the signal's reason, once the node is known to have been cancelled before it began.
 */
export async function runNode(
  compiler: Compiler,
  node: RunnableNode,
  options: NodeRunOptions,
): Promise<NodeResult> {
  const first = await runOnce(compiler, node, options);
  if (!first.mayRunAgain) return first.result;
  const message = `${node.name} is begun again: ${first.result.message ?? 'its session has ended'}`;
  options.emit({ type: 'log', level: 'warn', message, nodeId: node.id });
  return (await runOnce(compiler, node, options)).result;
}

async function runOnce(
  compiler: Compiler,
  node: RunnableNode,
  options: NodeRunOptions,
): Promise<{ readonly result: NodeResult; readonly mayRunAgain: boolean }> {
  const startedAtMs = options.now();
  const driver = new RunDriver({ ...options, nodeId: node.id });
  let compiledSql: string | null = null;
  const base = {
    nodeId: node.id,
    startedAtMs,
    thread: options.thread,
    relationName: 'relationName' in node ? node.relationName : null,
    skippedBecause: null,
  };
  try {
    const onCompiled = (sql: string): void => {
      compiledSql = sql;
    };
    const outcomes: BatchOutcome[] = [];
    const onBatch = (batch: BatchOutcome): void => {
      if (options.signal.aborted) throw batch.error;
      outcomes.push(batch);
    };
    const inBatches = isMicrobatch(node) && compiler.input.facts.flags['WHICH'] !== 'clone';
    const work = inBatches
      ? materializeBatches(compiler, node, { onCompiled, onBatch })
      : materializeNode(compiler, node, onCompiled);
    const done = await drive(work, driver, options);
    const outcome = inBatches
      ? batchesOutcome(node, outcomes, { compiledSql, sql: driver.lastSql })
      : { ...outcomeOf(node, done, driver), failure: null };
    const result = {
      ...base,
      ...outcome,
      durationMs: options.now() - startedAtMs,
      compiledSql,
      failure: outcome.status === 'fail' ? failedTest(node, outcome.message) : outcome.failure,
    };
    return { result, mayRunAgain: false };
  } catch (error) {
    const isCancelled =
      options.signal.aborted || (error instanceof WarehouseError && error.isCancelled);
    const failure = isCancelled
      ? { message: 'Cancelled.' }
      : failureOf(error, { node, compiledSql, sql: driver.lastSql });
    const result: NodeResult = {
      ...base,
      status: isCancelled ? 'skipped' : 'error',
      message: failure.message,
      failures: null,
      rowsAffected: null,
      queryId: null,
      durationMs: options.now() - startedAtMs,
      compiledSql,
      failure,
    };
    return { result, mayRunAgain: !isCancelled && isSessionLost(error) && driver.isRepeatable };
  }
}

/** True if the session ended, and what was asked last was refused unread. */
function isSessionLost(error: unknown): boolean {
  return (
    error instanceof WarehouseError &&
    error.code === 'warehouse/session-lost' &&
    !error.isOutcomeUnknown
  );
}

/** How a model ended whose batches ended so. */
function batchesOutcome(
  node: RunnableNode,
  outcomes: readonly BatchOutcome[],
  sent: { readonly compiledSql: string | null; readonly sql: string | null },
): Outcome & { readonly failure: NodeFailure | null } {
  const { status, message } = batchesMessage(outcomes);
  const failed = outcomes.find(({ error }) => error !== undefined && error !== null);
  return {
    status,
    message,
    failures: null,
    rowsAffected: null,
    queryId: null,
    failure: failed === undefined ? null : failureOf(failed.error, { node, ...sent }),
  };
}

/** Where a failed test was written, and how to see the rows that fail it. */
function failedTest(node: RunnableNode, message: string | null): NodeFailure {
  const hint =
    node.resourceType === 'test'
      ? { hint: `\`dagbook show --select ${node.name}\` prints the rows that fail.` }
      : {};
  const position =
    'position' in node ? node.position : { file: node.originalFilePath, line: 1, column: 1 };
  return { message: message ?? 'failed', position, ...hint };
}

function outcomeOf(node: RunnableNode, done: Materialized, driver: RunDriver): Outcome {
  switch (node.resourceType) {
    case 'test':
      return dataTestOutcome(node, done);
    case 'unit_test': {
      const { failures, message } = unitTestOutcome(done.main?.table ?? null);
      return {
        status: failures === 0 ? 'pass' : 'fail',
        message: failures === 0 ? null : message,
        failures,
        rowsAffected: null,
        queryId: null,
      };
    }
    case 'model':
    case 'seed':
    case 'snapshot': {
      const response = done.main?.response;
      const main = response instanceof PyAdapterResponse ? response : null;
      const message = main?.message ?? (response === undefined ? 'OK' : toText(response));
      const hasRows = node.resourceType !== 'model' || node.materialized !== 'view';
      return {
        status: 'success',
        message: message === '' ? 'OK' : message,
        failures: null,
        rowsAffected: main === null || !hasRows ? null : (changedRows(driver) ?? main.rowsAffected),
        queryId: main?.queryId ?? null,
      };
    }
  }
}

/** What DML says it changed, where the last statement that tells was one. */
function changedRows(driver: RunDriver): number | null {
  const changes = driver.lastResult?.changes;
  return changes === undefined ? null : changes.inserted + changes.updated + changes.deleted;
}

function dataTestOutcome(
  node: Extract<RunnableNode, { resourceType: 'test' }>,
  done: Materialized,
): Outcome {
  if (done.main === null) throw new Error(`${node.id} ran no statement named main`);
  const severity = textOfJson(node.config['severity']) ?? 'ERROR';
  const { status, failures } = testOutcome(done.main.table, severity);
  const condition = textOfJson(node.config[status === 'fail' ? 'error_if' : 'warn_if']) ?? '!= 0';
  const results = failures === 1 ? '1 result' : `${failures} results`;
  const word = status === 'fail' ? 'fail' : 'warn';
  return {
    status,
    failures,
    message: status === 'pass' ? null : `Got ${results}, configured to ${word} if ${condition}`,
    rowsAffected: null,
    queryId: done.main.response instanceof PyAdapterResponse ? done.main.response.queryId : null,
    adapterMessage: toText(done.main.response),
  };
}

/** The result of a node that was not run because another failed. */
export function skippedResult(
  node: RunNode,
  because: NodeId | null,
  atMs: number,
  message: string | null,
): NodeResult {
  return {
    nodeId: node.id,
    status: 'skipped',
    message,
    failures: null,
    rowsAffected: null,
    startedAtMs: atMs,
    durationMs: 0,
    thread: '',
    relationName: 'relationName' in node ? node.relationName : null,
    compiledSql: null,
    failure: null,
    skippedBecause: because,
    queryId: null,
  };
}
