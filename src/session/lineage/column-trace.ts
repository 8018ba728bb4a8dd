/**
 * Walks column lineage over the project: what a column is made of, down to sources, and what it reaches, up to exposures.
 */
import type { NodeId } from '../../base/index.js';
import type { Manifest } from '../../manifest/index.js';
import {
  columnNamed,
  type ColumnPlace,
  filterOnly,
  type LineageFilter,
  type LineageInput,
  type NodeLineage,
  placeKey,
} from './node-lineage.js';

/** What a walk asks of a session. */
export interface LineageSource {
  readonly manifest: Manifest;
  lineage(id: NodeId): Promise<NodeLineage>;
}

export interface ColumnEdge extends Pick<LineageInput, 'kind' | 'label'> {
  readonly from: ColumnPlace;
  readonly to: ColumnPlace;
}

/** A column that decides on the rows of a node, and gives it no value. */
export interface FilterEdge {
  readonly from: ColumnPlace;
  readonly to: NodeId;
  readonly clause: LineageFilter['clause'];
}

export interface UnresolvedPart {
  /** Null if the whole node is not known. */
  readonly column: string | null;
  readonly nodeId: NodeId;
  readonly text: string;
  readonly reason: string;
}

export interface ColumnTrace {
  readonly start: ColumnPlace;
  readonly direction: 'upstream' | 'downstream';
  /** Nearest to the start first; `from` is always upstream of `to`. */
  readonly edges: readonly ColumnEdge[];
  readonly filters: readonly FilterEdge[];
  readonly unresolved: readonly UnresolvedPart[];
}

/** Columns a walk follows before it stops: a screen full a thousand times over. */
const MAX_EDGES = 20_000;

/** What a column is made of. */
export async function traceUpstream(
  source: LineageSource,
  start: ColumnPlace,
): Promise<ColumnTrace> {
  const edges: ColumnEdge[] = [];
  const filters = new Map<string, FilterEdge>();
  const unresolved: UnresolvedPart[] = [];
  const seen = new Set([placeKey(start)]);
  const passed = new Set<NodeId>();
  const waiting: ColumnPlace[] = [start];
  for (const place of waiting) {
    if (place.nodeId === null || edges.length > MAX_EDGES) continue;
    // A source is where columns begin, whether yaml declares them or not.
    if (source.manifest.nodes.get(place.nodeId)?.resourceType === 'source') continue;
    const lineage = await source.lineage(place.nodeId);
    if (!passed.has(place.nodeId)) {
      passed.add(place.nodeId);
      for (const use of filterOnly(lineage)) addFilter(filters, use, place.nodeId);
    }
    const { inputs, missing } = inputsOf(lineage, place.column);
    unresolved.push(...missing);
    for (const { kind, label, ...from } of inputs) {
      // An incremental model that reads itself adds nothing that is not there already.
      if (placeKey(from) === placeKey(place)) continue;
      edges.push({ from, to: place, kind, label });
      if (seen.has(placeKey(from))) continue;
      seen.add(placeKey(from));
      waiting.push(from);
    }
  }
  return { start, direction: 'upstream', edges, filters: [...filters.values()], unresolved };
}

interface Traced {
  readonly inputs: readonly LineageInput[];
  readonly missing: readonly UnresolvedPart[];
}

function inputsOf(lineage: NodeLineage, name: string): Traced {
  const { nodeId } = lineage;
  const column = columnNamed(lineage, name);
  if (column !== null) {
    const missing = column.unresolved.map((part) => ({ nodeId, column: name, ...part }));
    return { inputs: column.inputs, missing };
  }
  const [open, other] = lineage.open;
  // A star over one relation whose columns are not known passes every name on.
  if (open !== undefined && other === undefined && lineage.doubt === null)
    return {
      inputs: [{ ...open, column: name, kind: 'passthrough', label: null }],
      missing: [],
    };
  const reason = lineage.doubt ?? missingReason(lineage);
  return { inputs: [], missing: [{ nodeId, column: name, text: name, reason }] };
}

function missingReason({ open, columns }: NodeLineage): string {
  if (open.length > 0)
    return `could be a column of ${open.map(({ relation }) => relation).join(' or ')}`;
  return columns.length === 0 ? 'nothing is known of its columns' : 'it has no such column';
}

/** What a column reaches: the columns made of it, and the nodes whose rows it decides on. */
export async function traceDownstream(
  source: LineageSource,
  start: ColumnPlace & { readonly nodeId: NodeId },
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<ColumnTrace> {
  const { manifest } = source;
  const edges: ColumnEdge[] = [];
  const filters = new Map<string, FilterEdge>();
  const unresolved: UnresolvedPart[] = [];
  const reached = new Set([placeKey(start)]);
  const touched = new Set<NodeId>([start.nodeId]);
  const order = readersInOrder(manifest, start.nodeId);
  for (const [at, id] of order.entries()) {
    onProgress(at, order.length);
    const reads = (manifest.dag.parents.get(id) ?? []).some((parent) => touched.has(parent));
    if (!reads || edges.length > MAX_EDGES) continue;
    const lineage = await source.lineage(id);
    for (const column of lineage.columns) {
      for (const { kind, label, ...from } of column.inputs) {
        if (!reached.has(placeKey(from)) || from.nodeId === id) continue;
        const to = { nodeId: id, relation: '', column: column.name };
        edges.push({ from, to, kind, label });
        reached.add(placeKey(to));
        touched.add(id);
      }
    }
    for (const use of lineage.filters) {
      if (reached.has(placeKey(use)) && use.nodeId !== id) addFilter(filters, use, id);
    }
    unresolved.push(...unknownPartsOf(lineage));
  }
  return { start, direction: 'downstream', edges, filters: [...filters.values()], unresolved };
}

/** Columns of a reader that may be made of what was traced, but are not known. */
function unknownPartsOf(lineage: NodeLineage): readonly UnresolvedPart[] {
  const { nodeId } = lineage;
  if (lineage.doubt !== null) return [{ nodeId, column: null, text: '*', reason: lineage.doubt }];
  return lineage.columns.flatMap(({ name, unresolved }) =>
    unresolved.map((part) => ({ nodeId, column: name, ...part })),
  );
}

function addFilter(
  filters: Map<string, FilterEdge>,
  { clause, nodeId, relation, column }: LineageFilter,
  to: NodeId,
): void {
  const from = { nodeId, relation, column };
  const key = `${placeKey(from)}\0${to}`;
  if (!filters.has(key)) filters.set(key, { from, to, clause });
}

/** Models, snapshots and analyses downstream of a node, each after all it reads. */
function readersInOrder(manifest: Manifest, start: NodeId): readonly NodeId[] {
  const { children } = manifest.dag;
  const order: NodeId[] = [];
  const seen = new Set<NodeId>();
  const stack: { readonly id: NodeId; readonly isDone: boolean }[] = [{ id: start, isDone: false }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.isDone) {
      order.push(next.id);
      continue;
    }
    if (seen.has(next.id)) continue;
    seen.add(next.id);
    stack.push({ id: next.id, isDone: true });
    for (const child of children.get(next.id) ?? []) stack.push({ id: child, isDone: false });
  }
  return order.toReversed().filter((id) => {
    const type = manifest.nodes.get(id)?.resourceType;
    return id !== start && (type === 'model' || type === 'snapshot' || type === 'analysis');
  });
}
