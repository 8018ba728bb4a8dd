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
export { openSession, type OpenOptions } from './open-session.js';
export { type ProjectSession } from './project-session.js';
