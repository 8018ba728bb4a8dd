import type { NodeId } from '../../base/index.js';
import { placeKey, type Session } from '../../session/index.js';

export interface UnusedColumns {
  readonly unused: readonly string[];
  /** Readers that could not be traced. */
  readonly unknown: readonly string[];
}

/** Columns of a node that no model, snapshot or analysis takes, nor decides on rows with. */
export async function unusedColumns(
  session: Session,
  id: NodeId,
  options: { readonly signal: AbortSignal },
): Promise<UnusedColumns> {
  const { manifest } = session;
  const { columns } = await session.lineage(id, options);
  const used = new Set<string>();
  const unknown: string[] = [];
  for (const child of manifest.dag.children.get(id) ?? []) {
    const node = manifest.nodes.get(child);
    if (node === undefined || !('rawCode' in node) || node.resourceType === 'test') continue;
    const lineage = await session.lineage(child, options);
    for (const { inputs } of lineage.columns) for (const one of inputs) used.add(placeKey(one));
    for (const one of lineage.filters) used.add(placeKey(one));
    const isOpen = lineage.open.some((one) => one.nodeId === id);
    if (lineage.doubt !== null || isOpen) unknown.push(node.name);
  }
  const unused = columns
    .map(({ name }) => name)
    .filter((column) => !used.has(placeKey({ nodeId: id, relation: '', column })));
  return { unused, unknown };
}
