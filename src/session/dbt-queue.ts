/**
 * The order in which dbt's queue gives nodes to a single thread.
 */
import type { NodeId } from '../base/index.js';

/**
 * dbt ranks a node by how many selected nodes stand above it in a row, then by its unique_id. All that is ready is handed
 * out at once, so what becomes ready later comes after it, whatever its rank. Unit tests are not in the queue: each runs
 * right before its model where that is selected, and as any other node where it is not.
 *
 * @param waitsFor for each node what must end before it; acyclic.
 */
export function dbtQueueOrder(waitsFor: ReadonlyMap<NodeId, readonly NodeId[]>): readonly NodeId[] {
  const attached = unitTestsBefore(waitsFor);
  const queued = [...waitsFor.keys()].filter((id) => ![...attached.values()].flat().includes(id));
  const left = new Map(
    queued.map((id) => [id, (waitsFor.get(id) ?? []).filter((one) => queued.includes(one))]),
  );
  const levels = levelsOf(left);
  const compare = (a: NodeId, b: NodeId): number =>
    (levels.get(a) ?? 0) - (levels.get(b) ?? 0) || (a < b ? -1 : 1);

  const order: NodeId[] = [];
  let ready = queued.filter((id) => left.get(id)?.length === 0).sort(compare);
  const given = new Set(ready);
  const done = new Set<NodeId>();
  while (ready.length > 0) {
    const [id, ...rest] = ready;
    if (id === undefined) break;
    order.push(...(attached.get(id) ?? []), id);
    done.add(id);
    const released = queued.filter(
      (one) => !given.has(one) && left.get(one)?.every((parent) => done.has(parent)) === true,
    );
    for (const one of released) given.add(one);
    ready = [...rest, ...released.sort(compare)];
  }
  return order;
}

/** For each selected model its selected unit tests, by unique_id. */
function unitTestsBefore(
  waitsFor: ReadonlyMap<NodeId, readonly NodeId[]>,
): ReadonlyMap<NodeId, readonly NodeId[]> {
  const attached = new Map<NodeId, NodeId[]>();
  for (const [id, before] of waitsFor) {
    const tests = before.filter((one) => one.startsWith('unit_test.'));
    if (tests.length > 0 && id.startsWith('model.')) attached.set(id, tests.sort());
  }
  return attached;
}

/** How many nodes stand above each in its longest row. */
function levelsOf(parents: ReadonlyMap<NodeId, readonly NodeId[]>): ReadonlyMap<NodeId, number> {
  const levels = new Map<NodeId, number>();
  let open = [...parents.keys()];
  while (open.length > 0) {
    const known = open.filter((id) => (parents.get(id) ?? []).every((one) => levels.has(one)));
    if (known.length === 0) throw new Error('the order of a run has a cycle');
    for (const id of known) {
      const above = (parents.get(id) ?? []).map((one) => levels.get(one) ?? 0);
      levels.set(id, above.length === 0 ? 0 : Math.max(...above) + 1);
    }
    open = open.filter((id) => !levels.has(id));
  }
  return levels;
}
