/**
 * Walking the graph: what each key does to the three columns.
 */
import { assertNever, type NodeId } from '../base/index.js';
import type { Neighbour } from './graph/neighbours.js';
import type { GraphPane, GraphState } from './graph/graph-state.js';

/** The neighbour lists beside the centre, as shown. */
export interface Neighbours {
  readonly upstream: readonly Neighbour[];
  readonly downstream: readonly Neighbour[];
}

/** The node under the cursor: in a list its row, else the centre. */
export function cursorOf(graph: GraphState, lists: Neighbours): NodeId | null {
  switch (graph.pane) {
    case 'upstream':
      return (lists.upstream[graph.upstreamIndex] ?? lists.upstream.at(-1))?.id ?? graph.centre;
    case 'downstream':
      return (
        (lists.downstream[graph.downstreamIndex] ?? lists.downstream.at(-1))?.id ?? graph.centre
      );
    case 'node':
      return graph.centre;
    default:
      return assertNever(graph.pane);
  }
}

/** Makes a node the centre; the walk is remembered. */
export function walkTo(graph: GraphState, id: NodeId, pane: GraphPane = 'node'): GraphState {
  if (graph.centre === id) return { ...graph, pane: 'node' };
  const trail = graph.centre === null ? graph.trail : [...graph.trail, graph.centre].slice(-50);
  return { ...graph, centre: id, trail, pane, upstreamIndex: 0, downstreamIndex: 0, cardScroll: 0 };
}

/** Goes back along the walk. */
export function walkBack(graph: GraphState): GraphState {
  const centre = graph.trail.at(-1);
  if (centre === undefined) return graph;
  return { ...walkTo(graph, centre), trail: graph.trail.slice(0, -1) };
}

/**
 * One step left or right: from the centre into a list, and from the list's row onto that node, so that `lll` walks on downstream.
 * The step back to the centre comes first when the cursor is in the other list.
 */
export function step(graph: GraphState, lists: Neighbours, side: 'left' | 'right'): GraphState {
  const [near, far]: readonly GraphPane[] =
    side === 'left' ? ['upstream', 'downstream'] : ['downstream', 'upstream'];
  if (near === undefined || graph.pane === far) return { ...graph, pane: 'node' };
  const list = near === 'upstream' ? lists.upstream : lists.downstream;
  if (graph.pane === 'node') return list.length === 0 ? graph : { ...graph, pane: near };
  const target = cursorOf(graph, lists);
  return target === null ? graph : walkTo(graph, target, near);
}

/** Moves in the focused list by rows, clamped. */
export function moveInPane(graph: GraphState, lists: Neighbours, by: number): GraphState {
  const clamp = (index: number, count: number): number => Math.max(0, Math.min(index, count - 1));
  if (graph.pane === 'node') return graph;
  return graph.pane === 'upstream'
    ? { ...graph, upstreamIndex: clamp(graph.upstreamIndex + by, lists.upstream.length) }
    : { ...graph, downstreamIndex: clamp(graph.downstreamIndex + by, lists.downstream.length) };
}

/** After a reload: a centre that is gone falls back, marks and walk keep what is still there. */
export function afterReload(
  graph: GraphState,
  isThere: (id: NodeId) => boolean,
  fallback: NodeId | null,
): GraphState {
  const centre = graph.centre !== null && isThere(graph.centre) ? graph.centre : fallback;
  return {
    ...graph,
    centre,
    trail: graph.trail.filter(isThere),
    marks: new Set([...graph.marks].filter(isThere)),
  };
}
