/**
 * What an action would act on: the node under the cursor of the screen that is shown, or what is marked, as a selector.
 */
import { assertNever, type NodeId } from '../base/index.js';
import type { Manifest, ManifestNode } from '../manifest/index.js';
import type { Session } from '../session/index.js';
import { neighboursOf } from './graph/neighbours.js';
import { cursorOf, type Neighbours } from './graph-moves.js';
import { columnUnderCursor } from './lineage/columns-state.js';
import { urgencyOf } from './node-look.js';
import { timelineIndex, timelineOf } from './run-view.js';
import type { StateCache } from './state-cache.js';
import type { WorkbenchState } from './state.js';

/** The two lists beside the centre, at the depth that is set. */
export function neighbourLists(
  manifest: Manifest,
  state: WorkbenchState,
  states: StateCache,
): Neighbours {
  const { centre, depth } = state.graph;
  if (centre === null) return { upstream: [], downstream: [] };
  const known = listed.get(state);
  if (known?.manifest === manifest) return known.lists;
  const rankOf = (id: NodeId): number => urgencyOf(states.stateOf(id).state);
  const lists = {
    upstream: neighboursOf(manifest, centre, 'upstream', depth, rankOf),
    downstream: neighboursOf(manifest, centre, 'downstream', depth, rankOf),
  };
  listed.set(state, { manifest, lists });
  return lists;
}

/** One frame asks for the same lists a dozen times; a hub has a thousand neighbours. */
const listed = new WeakMap<
  WorkbenchState,
  { readonly manifest: Manifest; readonly lists: Neighbours }
>();

/** The node that a key acts on, or null if the screen shows none. */
export function subjectOf(
  manifest: Manifest,
  state: WorkbenchState,
  states: StateCache,
): ManifestNode | null {
  const id = subjectId(manifest, state, states);
  return id === null ? null : (manifest.nodes.get(id) ?? null);
}

function subjectId(manifest: Manifest, state: WorkbenchState, states: StateCache): NodeId | null {
  switch (state.screen) {
    case 'graph':
      return cursorOf(state.graph, neighbourLists(manifest, state, states));
    case 'node':
      return state.node.id;
    case 'run': {
      const { view, index, showsFailedOnly } = state.run;
      if (view === null) return null;
      const nodes = timelineOf(view, showsFailedOnly);
      return nodes[timelineIndex(view, nodes, index)]?.id ?? null;
    }
    case 'data':
      return state.data.request?.kind === 'node' ? state.data.request.nodeId : null;
    case 'notebook':
    case 'repl':
      return null;
    case 'snapshots':
      return state.snapshots.id;
    case 'columns':
      return columnUnderCursor(state.columns)?.nodeId ?? state.columns.id;
    default:
      return assertNever(state.screen);
  }
}

/** The selector of what an action takes: the marked nodes, or the subject, with `+` where the reach says so. */
export function selectorOf(
  session: Session,
  state: WorkbenchState,
  states: StateCache,
): string | null {
  const marks = state.screen === 'graph' ? [...state.graph.marks] : [];
  const subject = subjectOf(session.manifest, state, states);
  const ids = marks.length > 0 ? marks : subject === null ? [] : [subject.id];
  if (ids.length === 0) return null;
  const reach = state.screen === 'graph' ? state.graph.reach : NO_REACH;
  if (!reach.upstream && !reach.downstream) return session.selectorOf(ids);
  // A `+` belongs to one name each: the short form of several might be one that cannot carry it.
  return ids.map((id) => withReach(session.selectorOf([id]), reach)).join(' ');
}

/** The nodes that an action takes: the marked ones, or the subject. */
export function takenNodes(
  manifest: Manifest,
  state: WorkbenchState,
  states: StateCache,
): readonly ManifestNode[] {
  const marks = state.screen === 'graph' ? [...state.graph.marks] : [];
  const subject = subjectOf(manifest, state, states);
  if (marks.length === 0) return subject === null ? [] : [subject];
  return marks.flatMap((id) => manifest.nodes.get(id) ?? []);
}

/** The command that runs these nodes: `dbt run` knows models alone, so seeds, snapshots and tests take their own. */
export function runCommandOf(
  nodes: readonly Pick<ManifestNode, 'resourceType'>[],
): 'run' | 'seed' | 'snapshot' | 'test' {
  const types = new Set(nodes.map((node) => node.resourceType));
  const [only] = types;
  if (types.size !== 1) return 'run';
  if (only === 'seed' || only === 'snapshot' || only === 'test') return only;
  return only === 'unit_test' ? 'test' : 'run';
}

const NO_REACH = { upstream: false, downstream: false };

function withReach(selector: string, reach: WorkbenchState['graph']['reach']): string {
  return `${reach.upstream ? '+' : ''}${selector}${reach.downstream ? '+' : ''}`;
}

/** Where a project is first opened: a model that reads much and is read much. */
export function startNode(manifest: Manifest, recent: readonly string[]): NodeId | null {
  const known = recent.map((id) => [...manifest.nodes.keys()].find((one) => one === id));
  const remembered = known.find((id) => id !== undefined);
  if (remembered !== undefined) return remembered;
  let best: NodeId | null = null;
  let most = -1;
  for (const node of manifest.nodes.values()) {
    if (node.resourceType !== 'model' || node.packageName !== manifest.projectName) continue;
    const parents = manifest.dag.parents.get(node.id)?.length ?? 0;
    const children = (manifest.dag.children.get(node.id) ?? []).filter(
      (id) => manifest.nodes.get(id)?.resourceType !== 'test',
    ).length;
    const weight =
      Math.min(parents, 4) * Math.min(children, 4) + Math.min(parents + children, 9) / 10;
    if (weight > most) {
      most = weight;
      best = node.id;
    }
  }
  return best ?? manifest.nodes.keys().next().value ?? null;
}
