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

/** How such a node ends. @param atMs milliseconds since the epoch. */
export function noOpResult(node: NoOpNode, atMs: number, thread: string): NodeResult {
  return {
    nodeId: node.id,
    status: 'no-op',
    message: 'NO-OP',
    failures: 0,
    rowsAffected: null,
    startedAtMs: atMs,
    durationMs: 0,
    thread,
    relationName: null,
    compiledSql: null,
    failure: null,
    skippedBecause: null,
    queryId: null,
  };
}
