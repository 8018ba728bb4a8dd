/**
 * What the node screen remembers: its node, the tab that is looked at, and what was fetched for it.
 */
import type { NodeId } from '../base/index.js';
import type { NodePlan } from '../plan/index.js';
import type { CompiledNode } from '../session/index.js';
import { IDLE, type Loadable } from './loadable.js';

export type NodeTab = 'source' | 'compiled' | 'plan' | 'columns' | 'tests';
export const NODE_TABS: readonly NodeTab[] = ['source', 'compiled', 'plan', 'columns', 'tests'];

/** A column of the relation as built. */
export interface BuiltColumn {
  readonly name: string;
  readonly typeName: string;
}

export interface NodeScreenState {
  readonly id: NodeId | null;
  readonly tab: NodeTab;
  /** First line shown of the tab. */
  readonly scroll: number;
  /** First cell of each line that is shown. */
  readonly left: number;
  readonly source: string | null;
  readonly compiled: Loadable<CompiledNode>;
  readonly plan: Loadable<NodePlan>;
  readonly columns: Loadable<readonly BuiltColumn[]>;
}

/** The node screen before anything of the node was loaded. */
export function emptyNodeScreen(id: NodeId | null, tab: NodeTab): NodeScreenState {
  return { id, tab, scroll: 0, left: 0, source: null, compiled: IDLE, plan: IDLE, columns: IDLE };
}
