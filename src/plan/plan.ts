/**
 * What a run would do, as data: the statements of each node in order, with the reason for each.
 */
import type { Diagnostic, NodeId } from '../base/index.js';

/** How sure the plan is that a run will send this very statement. */
export type Certainty = 'exact' | 'unless-schema-changes' | 'decided-at-run-time';

export interface PlanStep {
  /** As it would be sent, in the project's dialect. */
  readonly sql: string;
  readonly isWrite: boolean;
  /** One phrase: `creates the view`, `asks for the columns of the target`. */
  readonly purpose: string;
  readonly certainty: Certainty;
}

/** The plan of one node. */
export interface NodePlan {
  readonly nodeId: NodeId;
  /** What happens, in dbt's words: `view`, `table`, `incremental · merge`, `snapshot · check`, `test`. */
  readonly action: string;
  /** Why this way: `first run: the relation does not exist`, `full refresh asked for`. */
  readonly reason: string;
  readonly relationName: string | null;
  /** Warehouse that the statements run on, where the dialect has such. */
  readonly warehouse: string | null;
  /** Relations that are replaced or dropped, as written. */
  readonly replaces: readonly string[];
  readonly steps: readonly PlanStep[];
  /** Set if the plan of this node could not be made. */
  readonly error: Diagnostic | null;
}

export interface Plan {
  readonly command: string;
  readonly isFullRefresh: boolean;
  /** In the order of a run with one thread. */
  readonly nodes: readonly NodePlan[];
}
