/**
 * Who is hit if a column changes: nodes that take its values, nodes whose rows it decides on, and who reads those.
 */
import type { NodeId } from '../../base/index.js';
import type { Manifest, ResourceType } from '../../manifest/index.js';
import type { ColumnTrace } from './column-trace.js';

/** `values`: a column is made of it. `rows`: it decides which rows there are, here or upstream of here. `unknown`: not traced. */
export type Severity = 'values' | 'rows' | 'unknown';

export interface Hit {
  readonly nodeId: NodeId;
  readonly resourceType: ResourceType;
  readonly severity: Severity;
  /** Of a node with columns: those that are made of it. */
  readonly columns: readonly string[];
}

export interface Impact {
  /** Models, snapshots, analyses, tests of the columns, metrics and exposures, in the project's order. */
  readonly hits: readonly Hit[];
  /** Downstream of the node, and not hit. */
  readonly spared: readonly NodeId[];
}

/** Reads the impact off a downstream trace. */
export function impactOf(manifest: Manifest, trace: ColumnTrace): Impact {
  const { start } = trace;
  if (start.nodeId === null) return { hits: [], spared: [] };
  const columns = new Map<NodeId, Set<string>>([[start.nodeId, new Set([start.column])]]);
  for (const { to } of trace.edges) {
    if (to.nodeId === null) continue;
    const known = columns.get(to.nodeId) ?? new Set();
    known.add(to.column);
    columns.set(to.nodeId, known);
  }
  const rows = downstreamOf(manifest, new Set(trace.filters.map(({ to }) => to)));
  const unknown = new Set(trace.unresolved.map(({ nodeId }) => nodeId));
  const below = downstreamOf(manifest, new Set([start.nodeId]));
  const hits: Hit[] = [];
  const spared: NodeId[] = [];
  for (const node of manifest.nodes.values()) {
    const { id, resourceType } = node;
    if (!below.has(id) || id === start.nodeId || resourceType === 'unit_test') continue;
    if (resourceType === 'test') {
      const of = node.attachedNode === null ? undefined : columns.get(node.attachedNode);
      const { columnName } = node;
      if (columnName === null || of === undefined) continue;
      const isOf = [...of].some((name) => name.toLowerCase() === columnName.toLowerCase());
      if (isOf) hits.push({ nodeId: id, resourceType, severity: 'values', columns: [columnName] });
      continue;
    }
    const own = columns.get(id);
    const isReader = own === undefined && !hasColumns(resourceType);
    const read = isReader
      ? (manifest.dag.parents.get(id) ?? []).filter((parent) => columns.has(parent))
      : [];
    const severity: Severity | null =
      own !== undefined || read.length > 0
        ? 'values'
        : rows.has(id)
          ? 'rows'
          : unknown.has(id)
            ? 'unknown'
            : null;
    if (severity === null) spared.push(id);
    else hits.push({ nodeId: id, resourceType, severity, columns: [...(own ?? [])] });
  }
  return { hits, spared };
}

function hasColumns(type: ResourceType): boolean {
  return type === 'model' || type === 'snapshot' || type === 'seed' || type === 'analysis';
}

function downstreamOf(manifest: Manifest, start: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
  const seen = new Set(start);
  for (const id of seen) for (const child of manifest.dag.children.get(id) ?? []) seen.add(child);
  return seen;
}
