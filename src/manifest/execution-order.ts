/**
 * In which order selected nodes may run: what each must wait for.
 */
import type { NodeId } from '../base/index.js';
import type { Manifest } from './manifest.js';
import type { ManifestNode } from './node.js';
import { reachWithin } from './reach.js';

/**
 * Says for each selected node which selected nodes must be done before it.
 *
 * Dependencies through nodes that are not selected count. In a build a test must pass before the nodes start that depend
 * on all of the test's parents. Nodes without code are left out.
 *
 * @param command `build` and its likes; only a build makes tests gate what follows their parents.
 * @returns an entry for each node, in an order in which they could run one by one.
 */
export function executionOrder(
  manifest: Manifest,
  ids: readonly NodeId[],
  command: string,
): ReadonlyMap<NodeId, readonly NodeId[]> {
  const selected = new Set(ids.filter((id) => hasWork(manifest.nodes.get(id))));
  const waits = new Map<NodeId, Set<NodeId>>();
  const parents = command === 'build' ? withTestGates(manifest) : manifest.dag.parents;
  const nearest = nearestSelected(parents, selected);
  for (const id of selected) waits.set(id, new Set(nearest(id)));
  if (command === 'build') {
    for (const id of selected) {
      const test = manifest.nodes.get(id);
      if (test?.resourceType === 'unit_test') gateModel(test.testedNode, id, waits);
    }
  }
  return ordered(waits);
}

function hasWork(node: ManifestNode | undefined): boolean {
  if (node === undefined) return false;
  return !('rawCode' in node) || node.rawCode.trim() !== '';
}

/** For each node the selected nodes above it that are reached without crossing another selected one. */
function nearestSelected(
  parents: Manifest['dag']['parents'],
  selected: ReadonlySet<NodeId>,
): (id: NodeId) => ReadonlySet<NodeId> {
  const known = new Map<NodeId, ReadonlySet<NodeId>>();
  const of = (id: NodeId): ReadonlySet<NodeId> => known.get(id) ?? new Set();
  // Parents first, so that chains longer than the call stack are no trouble.
  for (const id of topological(parents)) {
    const above = new Set<NodeId>();
    for (const parent of parents.get(id) ?? []) {
      if (selected.has(parent)) above.add(parent);
      else for (const further of of(parent)) above.add(further);
    }
    known.set(id, above);
  }
  return of;
}

function topological(parents: Manifest['dag']['parents']): readonly NodeId[] {
  const children = new Map<NodeId, NodeId[]>();
  for (const [id, above] of parents) {
    for (const parent of above) {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [id]);
      else known.push(id);
    }
  }
  const open = new Map([...parents].map(([id, above]) => [id, above.length]));
  const order: NodeId[] = [...parents.keys()].filter((id) => open.get(id) === 0);
  for (let at = 0; at < order.length; at += 1) {
    const id = order[at];
    for (const child of id === undefined ? [] : (children.get(id) ?? [])) {
      const left = (open.get(child) ?? 0) - 1;
      open.set(child, left);
      if (left === 0) order.push(child);
    }
  }
  return order;
}

/**
 * The graph in which a test stands above the children of its parents that depend, near or far, on all of its parents.
 * Tests and children that are not selected count too: what is selected below them waits all the same.
 */
function withTestGates(manifest: Manifest): Manifest['dag']['parents'] {
  const gates = new Map<NodeId, NodeId[]>();
  const ancestors = new Map<NodeId, ReadonlySet<NodeId>>();
  const above = (id: NodeId): ReadonlySet<NodeId> => {
    let all = ancestors.get(id);
    if (all === undefined) ancestors.set(id, (all = reachWithin(manifest.dag, [id], 'upstream')));
    return all;
  };
  for (const [testId, test] of manifest.nodes) {
    if (test.resourceType !== 'test') continue;
    const parents = test.dependsOn;
    const followers = new Set(parents.flatMap((parent) => manifest.dag.children.get(parent) ?? []));
    for (const follower of followers) {
      // What makes nothing, as an exposure, waits for no test.
      if (!isGated(manifest.nodes.get(follower))) continue;
      // A child of the only parent needs no walk.
      if (parents.length > 1 && !parents.every((parent) => above(follower).has(parent))) continue;
      const known = gates.get(follower);
      if (known === undefined) gates.set(follower, [testId]);
      else known.push(testId);
    }
  }
  return new Map(
    [...manifest.dag.parents].map(([id, parents]) => [id, [...parents, ...(gates.get(id) ?? [])]]),
  );
}

/** A unit test runs before its model, not after it. */
function gateModel(model: NodeId, testId: NodeId, waits: Map<NodeId, Set<NodeId>>): void {
  const before = waits.get(model);
  if (before === undefined) return;
  const own = waits.get(testId);
  own?.delete(model);
  // It reads the columns of the model's inputs, so it waits for what the model waits for.
  for (const id of before) if (id !== testId) own?.add(id);
  before.add(testId);
}

const GATED: ReadonlySet<string | undefined> = new Set([
  'model',
  'seed',
  'snapshot',
  'analysis',
  'operation',
]);

function isGated(node: ManifestNode | undefined): boolean {
  return GATED.has(node?.resourceType);
}

/** The same map with its entries in an order in which each comes after what it waits for. */
function ordered(
  waits: ReadonlyMap<NodeId, ReadonlySet<NodeId>>,
): ReadonlyMap<NodeId, readonly NodeId[]> {
  const followers = new Map<NodeId, NodeId[]>();
  const open = new Map<NodeId, number>();
  for (const [id, above] of waits) {
    open.set(id, above.size);
    for (const one of above) {
      const known = followers.get(one);
      if (known === undefined) followers.set(one, [id]);
      else known.push(id);
    }
  }
  const order = [...waits.keys()].filter((id) => open.get(id) === 0);
  for (let at = 0; at < order.length; at += 1) {
    const id = order[at];
    for (const follower of id === undefined ? [] : (followers.get(id) ?? [])) {
      const left = (open.get(follower) ?? 0) - 1;
      open.set(follower, left);
      if (left === 0) order.push(follower);
    }
  }
  return new Map(order.map((id) => [id, [...(waits.get(id) ?? [])]]));
}
