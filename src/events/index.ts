export type {
  DagbookEvent,
  Emit,
  NodeFailure,
  NodeResult,
  NodeStatus,
  RunSummary,
} from './event.js';
