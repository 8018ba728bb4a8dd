/**
 * The nodes of a run: those that do work, and those that dbt counts and leaves alone.
 */
import type { RunnableNode } from '../compile/index.js';
import type { NodeResult } from '../events/index.js';
import type { CarriedNode, ExposureNode, ManifestNode } from '../manifest/index.js';

/** Exposures and saved queries: in their turn there is nothing to do. */
export type NoOpNode = ExposureNode | CarriedNode;

export type RunNode = RunnableNode | NoOpNode;

export function isNoOp(node: ManifestNode): node is NoOpNode {
  return node.resourceType === 'exposure' || node.resourceType === 'saved_query';
}

/** How a node ends for which nothing was sent. @param atMs milliseconds since the epoch. */
export function idleResult(
  node: RunNode,
  status: 'no-op' | 'reused',
  atMs: number,
  thread: string,
): NodeResult {
  return {
    nodeId: node.id,
    status,
    message: status === 'no-op' ? 'NO-OP' : 'No new changes',
    failures: status === 'no-op' || node.resourceType === 'test' ? 0 : null,
    rowsAffected: null,
    startedAtMs: atMs,
    durationMs: 0,
    thread,
    relationName: 'relationName' in node ? node.relationName : null,
    compiledSql: null,
    failure: null,
    skippedBecause: null,
    queryId: null,
  };
}
