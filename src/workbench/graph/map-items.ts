/**
 * What the map shows: nodes, with fans of siblings of one shape folded into one row, and the edges between them.
 */
import type { NodeId } from '../../base/index.js';
import type { Manifest } from '../../manifest/index.js';
import { isInGraph, labelOf } from './neighbours.js';

/** One row of the map: a node, or a fold of several. */
export interface MapItem {
  readonly label: string;
  /** The nodes it stands for; one, unless folded. */
  readonly ids: readonly NodeId[];
}

/** Edges are pairs of indices into `items`, each pair once; acyclic. */
export interface MapGraph {
  readonly items: readonly MapItem[];
  readonly edges: readonly (readonly [from: number, to: number])[];
}

export interface MapOptions {
  /** The nodes to show; parents that are left out are bridged. */
  readonly ids: ReadonlySet<NodeId>;
  /** Nodes that are never folded away: the cursor, the marked ones. */
  readonly pinned: ReadonlySet<NodeId>;
  readonly isFolding: boolean;
}

// Two siblings are as easily read as their fold.
const MIN_FOLD = 3;
const MIN_PREFIX = 3;

/** Builds the map's graph from a manifest. O(V + E) but for bridges over nodes that are left out. */
export function mapGraphOf(manifest: Manifest, options: MapOptions): MapGraph {
  const shown = [...manifest.nodes.values()]
    .filter((node) => options.ids.has(node.id) && isInGraph(node))
    .map((node) => node.id);
  const parents = bridgedParents(manifest, new Set(shown));
  const groups = options.isFolding
    ? foldFans(manifest, shown, parents, options.pinned)
    : shown.map((id) => [id]);
  const items = groups.map((ids) => ({ ids, label: foldLabel(manifest, ids) }));
  const indexOf = new Map(groups.flatMap((ids, index) => ids.map((id) => [id, index] as const)));
  const edges = new Map<string, readonly [number, number]>();
  for (const id of shown) {
    const to = indexOf.get(id);
    for (const parent of parents.get(id) ?? []) {
      const from = indexOf.get(parent);
      if (from !== undefined && to !== undefined && from !== to) {
        edges.set(`${from}>${to}`, [from, to]);
      }
    }
  }
  return { items, edges: [...edges.values()] };
}

/** Parents among the shown nodes; where one is not shown, its own parents take its place. */
function bridgedParents(
  manifest: Manifest,
  shown: ReadonlySet<NodeId>,
): ReadonlyMap<NodeId, readonly NodeId[]> {
  const standIns = new Map<NodeId, readonly NodeId[]>();
  const standInsOf = (id: NodeId): readonly NodeId[] => {
    if (shown.has(id)) return [id];
    const known = standIns.get(id);
    if (known !== undefined) return known;
    const found = [...new Set((manifest.dag.parents.get(id) ?? []).flatMap(standInsOf))];
    standIns.set(id, found);
    return found;
  };
  return new Map(
    [...shown].map((id) => [
      id,
      [...new Set((manifest.dag.parents.get(id) ?? []).flatMap(standInsOf))],
    ]),
  );
}

/**
 * Groups nodes that have the same children, and parents that are the same or, where nobody else reads them, of the same shape:
 * seven staging models over seven sources, read by one model, are one fan with one fan before it.
 */
function foldFans(
  manifest: Manifest,
  shown: readonly NodeId[],
  parents: ReadonlyMap<NodeId, readonly NodeId[]>,
  pinned: ReadonlySet<NodeId>,
): readonly NodeId[][] {
  const children = new Map<NodeId, NodeId[]>(shown.map((id) => [id, []]));
  for (const id of shown)
    for (const parent of parents.get(id) ?? []) children.get(parent)?.push(id);

  const shapes = new Map<NodeId, string>();
  const shapeOf = (id: NodeId): string => {
    const known = shapes.get(id);
    if (known !== undefined) return known;
    const kind = manifest.nodes.get(id)?.resourceType ?? '';
    const above = (parents.get(id) ?? []).map((parent) => {
      const isPrivate = (children.get(parent)?.length ?? 0) === 1 && !pinned.has(parent);
      return isPrivate ? shapeOf(parent) : parent;
    });
    const shape = `${kind}(${above.sort().join()})`;
    shapes.set(id, shape);
    return shape;
  };

  // A group that turns out not to fold must not make its parents look alike: such nodes stand alone in the next round.
  const order = childrenFirst(shown, parents, children);
  const alone = new Set<NodeId>(pinned);
  for (;;) {
    const groups = groupAlike(order, children, shapeOf, alone);
    const broken = groups.filter(
      (ids) => ids.length > 1 && !(ids.length >= MIN_FOLD && hasCommonPrefix(manifest, ids)),
    );
    if (broken.length === 0) {
      const groupOf = new Map(groups.flatMap((ids) => ids.map((id) => [id, ids] as const)));
      return [...new Set(shown.map((id) => groupOf.get(id) ?? [id]))];
    }
    for (const id of broken.flat()) alone.add(id);
  }
}

function groupAlike(
  order: readonly NodeId[],
  children: ReadonlyMap<NodeId, readonly NodeId[]>,
  shapeOf: (id: NodeId) => string,
  alone: ReadonlySet<NodeId>,
): readonly NodeId[][] {
  const groupOf = new Map<NodeId, string>();
  const members = new Map<string, NodeId[]>();
  for (const id of order) {
    const below = [
      ...new Set((children.get(id) ?? []).map((child) => groupOf.get(child) ?? child)),
    ];
    const group = alone.has(id) ? id : `${below.sort().join()}|${shapeOf(id)}`;
    groupOf.set(id, group);
    const list = members.get(group);
    if (list === undefined) members.set(group, [id]);
    else list.push(id);
  }
  return [...members.values()];
}

function childrenFirst(
  shown: readonly NodeId[],
  parents: ReadonlyMap<NodeId, readonly NodeId[]>,
  children: ReadonlyMap<NodeId, readonly NodeId[]>,
): readonly NodeId[] {
  const open = new Map(shown.map((id) => [id, children.get(id)?.length ?? 0]));
  const order = shown.filter((id) => open.get(id) === 0);
  for (let at = 0; at < order.length; at += 1) {
    const id = order[at];
    if (id === undefined) continue;
    for (const parent of parents.get(id) ?? []) {
      const left = (open.get(parent) ?? 0) - 1;
      open.set(parent, left);
      if (left === 0) order.push(parent);
    }
  }
  return order;
}

function foldLabel(manifest: Manifest, ids: readonly NodeId[]): string {
  const labels = labelsOf(manifest, ids);
  if (ids.length === 1) return labels[0] ?? '';
  const suffix = commonSuffix(
    labels.map((label) => label.slice(commonPrefix(manifest, ids).length)),
  );
  return `${commonPrefix(manifest, ids)}*${suffix} (${ids.length})`;
}

function labelsOf(manifest: Manifest, ids: readonly NodeId[]): readonly string[] {
  return ids.map((id) => {
    const node = manifest.nodes.get(id);
    return node === undefined ? id : labelOf(node);
  });
}

function hasCommonPrefix(manifest: Manifest, ids: readonly NodeId[]): boolean {
  return commonPrefix(manifest, ids).length >= MIN_PREFIX;
}

/** What all labels start with, cut at a word: `stg_ai_telemetry__`. */
function commonPrefix(manifest: Manifest, ids: readonly NodeId[]): string {
  const [first = '', ...others] = labelsOf(manifest, ids);
  let length = first.length;
  for (const label of others) {
    while (!label.startsWith(first.slice(0, length))) length -= 1;
  }
  return /^.*[_.]/u.exec(first.slice(0, length))?.[0] ?? '';
}

function commonSuffix(labels: readonly string[]): string {
  const [first = '', ...others] = labels;
  let length = first.length;
  for (const label of others) {
    while (!label.endsWith(first.slice(first.length - length))) length -= 1;
  }
  return /[_.].*$/u.exec(first.slice(first.length - length))?.[0] ?? '';
}
