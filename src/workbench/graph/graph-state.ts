/**
 * What the graph screen remembers: the node in the middle, the walk, the marks, the filter.
 */
import type { NodeId } from '../../base/index.js';

export type GraphPane = 'upstream' | 'node' | 'downstream';

export interface GraphState {
  /** Null only in a project without nodes. */
  readonly centre: NodeId | null;
  /** Centres walked through before this one, oldest first. */
  readonly trail: readonly NodeId[];
  readonly pane: GraphPane;
  readonly upstreamIndex: number;
  readonly downstreamIndex: number;
  /** First row of the node card that is shown. */
  readonly cardScroll: number;
  /** Levels of neighbours, >= 1. */
  readonly depth: number;
  readonly marks: ReadonlySet<NodeId>;
  /** Whether an action also takes what is above and below. */
  readonly reach: { readonly upstream: boolean; readonly downstream: boolean };
  readonly filter: GraphFilter | null;
  readonly isMapFull: boolean;
  readonly isFolding: boolean;
}

export interface GraphFilter {
  /** A selector, as typed. */
  readonly text: string;
  readonly ids: ReadonlySet<NodeId>;
  /** Why the selector cannot be read; the ids are then those of the last one that could. */
  readonly error: string | null;
}

/** The graph as it is first shown. */
export function graphAt(centre: NodeId | null): GraphState {
  return {
    centre,
    trail: [],
    pane: 'node',
    upstreamIndex: 0,
    downstreamIndex: 0,
    cardScroll: 0,
    depth: 2,
    marks: new Set(),
    reach: { upstream: false, downstream: false },
    filter: null,
    isMapFull: false,
    isFolding: true,
  };
}
