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
