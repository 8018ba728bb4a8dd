/**
 * A node's place in the graph, as rows.
 */
import type { ManifestNode } from '../../manifest/index.js';
import { labelOf, neighbourLists, type Workbench } from '../../workbench/index.js';
import { nodeRow } from './node-row.js';
import { BLANK, piece, type Row, row } from './rows.js';

/** What a node reads and what reads it. */
export function linkRows(workbench: Workbench, node: ManifestNode, width: number): readonly Row[] {
  const state = workbench.store.get();
  const { upstream, downstream } = neighbourLists(
    workbench.session.manifest,
    { ...state, graph: { ...state.graph, centre: node.id, depth: 1 } },
    workbench.states,
  );
  const list = (title: string, ids: typeof upstream): readonly Row[] =>
    ids.length === 0
      ? []
      : [
          BLANK,
          row(`${title} ${ids.length}`, 'heading'),
          ...ids.map(({ id }) => nodeRow(workbench, id, width)),
        ];
  return [...list('reads', upstream), ...list('is read by', downstream)];
}

/** The node's place in the graph on one row, for narrow screens. */
export function breadcrumb(workbench: Workbench): Row {
  const { trail, centre } = workbench.store.get().graph;
  const names = [...trail.slice(-3), ...(centre === null ? [] : [centre])].map((id) => {
    const node = workbench.session.manifest.nodes.get(id);
    return node === undefined ? id : labelOf(node);
  });
  return names.flatMap((name, index) =>
    index === names.length - 1
      ? [piece(name, 'strong')]
      : [piece(name, 'muted'), piece(' › ', 'border')],
  );
}
