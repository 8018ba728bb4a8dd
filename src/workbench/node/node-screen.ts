/**
 * What the node screen remembers: its node, the tab that is looked at, and what was fetched for it.
 */
import type { NodeId } from '../../base/index.js';
import type { NodePlan } from '../../plan/index.js';
import type { CompiledNode } from '../../session/index.js';
import { IDLE, type Loadable } from '../loadable.js';

export type NodeTab = 'source' | 'compiled' | 'diff' | 'ctes' | 'plan' | 'columns' | 'tests';
export const NODE_TABS: readonly NodeTab[] = [
  'source',
  'compiled',
  'diff',
  'ctes',
  'plan',
  'columns',
  'tests',
];

/** Tabs that show what is compiled. */
export const COMPILED_TABS: ReadonlySet<NodeTab> = new Set<NodeTab>(['compiled', 'diff', 'ctes']);

/** A column of the relation as built. */
export interface BuiltColumn {
  readonly name: string;
  readonly typeName: string;
}

export type StepCount =
  | { readonly kind: 'counting' }
  | { readonly kind: 'rows'; readonly rowCount: number }
  | { readonly kind: 'failed'; readonly message: string };

export interface NodeScreenState {
  readonly id: NodeId | null;
  readonly tab: NodeTab;
  /** First line shown of the tab. */
  readonly scroll: number;
  /** First cell of each line that is shown. */
  readonly left: number;
  readonly source: string | null;
  readonly compiled: Loadable<CompiledNode>;
  /** What the relation was last built from; null if that is not known. */
  readonly builtSql: string | null;
  /** The step of the query that is looked at: a CTE, or the query itself. */
  readonly step: number;
  /** How many rows the steps have, by their places, as far as they are counted. */
  readonly counts: ReadonlyMap<number, StepCount>;
  readonly plan: Loadable<NodePlan>;
  readonly columns: Loadable<readonly BuiltColumn[]>;
}

/** The node screen before anything of the node was loaded. */
export function emptyNodeScreen(id: NodeId | null, tab: NodeTab): NodeScreenState {
  return {
    id,
    tab,
    scroll: 0,
    left: 0,
    source: null,
    compiled: IDLE,
    builtSql: null,
    step: 0,
    counts: new Map(),
    plan: IDLE,
    columns: IDLE,
  };
}
