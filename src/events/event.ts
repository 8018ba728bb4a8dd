/**
 * The one stream of what happened: the screen, the command line, the log file, artifacts and tests all read it.
 */
import type { Diagnostic, NodeId, Position } from '../base/index.js';

/** dbt's words, verbatim; `reused` is Fusion's: the last build is still what would be built. */
export type NodeStatus =
  | 'success'
  | 'error'
  | 'fail'
  | 'warn'
  | 'pass'
  | 'skipped'
  | 'no-op'
  | 'reused'
  | 'partial success'
  | 'runtime error';

/** Why a node ended as it did, with a place in the user's file where there is one. */
export interface NodeFailure {
  readonly message: string;
  readonly hint?: string;
  /** In the source file, not in the compiled text. */
  readonly position?: Position;
  /** The statement that failed, as sent. */
  readonly sql?: string;
}

/** How one node ended. */
export interface NodeResult {
  readonly nodeId: NodeId;
  readonly status: NodeStatus;
  /** dbt's message: `SUCCESS 42`, `Got 3 results, configured to fail if != 0`. */
  readonly message: string | null;
  /** Failing rows of a test; null for anything else. */
  readonly failures: number | null;
  readonly rowsAffected: number | null;
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly thread: string;
  readonly relationName: string | null;
  readonly compiledSql: string | null;
  readonly failure: NodeFailure | null;
  /** The failed node that made this one skip. */
  readonly skippedBecause: NodeId | null;
  readonly queryId: string | null;
  /** What the warehouse said of a test's query, whose own message is another: `SUCCESS 1`, `OK`. */
  readonly adapterMessage?: string;
}

export interface RunSummary {
  readonly runId: string;
  readonly command: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly results: readonly NodeResult[];
  /** True if it was cancelled before it ended. */
  readonly isCancelled: boolean;
  /** Errors of hooks and of the run itself, beside those of nodes. */
  readonly diagnostics: readonly Diagnostic[];
}

export type DagbookEvent =
  | {
      readonly type: 'run_started';
      readonly runId: string;
      /** `build`, `run`, `test`... */
      readonly command: string;
      readonly nodeIds: readonly NodeId[];
      readonly threads: number;
      readonly atMs: number;
    }
  | {
      readonly type: 'node_started';
      readonly nodeId: NodeId;
      readonly thread: string;
      /** 1-based, in order of start. */
      readonly index: number;
      readonly total: number;
      readonly atMs: number;
    }
  | {
      readonly type: 'statement_started';
      readonly nodeId: NodeId | null;
      readonly sql: string;
      readonly atMs: number;
    }
  | {
      readonly type: 'statement_finished';
      readonly nodeId: NodeId | null;
      readonly sql: string;
      readonly durationMs: number;
      readonly message: string;
      readonly failed: boolean;
    }
  | {
      readonly type: 'node_finished';
      readonly result: NodeResult;
      /** 1-based, in order of end. */
      readonly index: number;
      readonly total: number;
    }
  | { readonly type: 'run_finished'; readonly summary: RunSummary }
  | {
      readonly type: 'log';
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly message: string;
      readonly nodeId: NodeId | null;
    }
  | { readonly type: 'diagnostic'; readonly diagnostic: Diagnostic }
  | {
      readonly type: 'progress';
      /** What is being done: `Reading the project`. */
      readonly label: string;
      readonly done: number;
      /** Null where the end is not known. */
      readonly total: number | null;
    };

/** Where a producer puts its events. */
export type Emit = (event: DagbookEvent) => void;
