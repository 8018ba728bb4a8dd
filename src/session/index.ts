export type {
  Command,
  CompiledNode,
  FreshnessResult,
  NodeState,
  PreviewRequest,
  RunRequest,
  SelectionRequest,
  Session,
  SessionFacts,
  SessionOptions,
} from './api.js';
export {
  type ColumnEdge,
  type ColumnTrace,
  type FilterEdge,
  traceDownstream,
  traceUpstream,
} from './lineage/column-trace.js';
export { type Hit, type Impact, impactOf } from './lineage/impact.js';
export {
  columnNamed,
  type ColumnPlace,
  filterOnly,
  type LineageColumn,
  type NodeLineage,
  placeKey,
} from './lineage/node-lineage.js';
export type { Confirm } from './guard.js';
export { openSession, type OpenOptions } from './open-session.js';
export type { BuildVerdict } from './reuse/explain.js';
export { type ProjectSession } from './project-session.js';
export type { OpenStatement, RecoveredRun } from './recover.js';
export { isUndone, retryRequest } from './retry-request.js';
