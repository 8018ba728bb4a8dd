/**
 * The node screen's side pane: what the node is, whatever tab is shown.
 */
import type { Workbench } from '../../workbench/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { cardRows } from './node-card.js';
import { textOf } from './node-facts.js';
import { linkRows } from './node-links.js';
import { BLANK, drawRows, piece, type Row } from './rows.js';

const CONFIGS: readonly string[] = [
  'on_schema_change',
  'cluster_by',
  'partition_by',
  'snowflake_warehouse',
  'persist_docs',
  'contract',
  'full_refresh',
  'grants',
];

export function drawNodeSide(surface: Surface, workbench: Workbench): void {
  const { id } = workbench.store.get().node;
  const node = id === null ? undefined : workbench.session.manifest.nodes.get(id);
  const inner = drawFrame(surface, { title: 'properties', isFocused: false });
  if (node === undefined) return;
  drawRows(
    inner,
    [
      ...cardRows(workbench, node, inner.width),
      ...configRows(node),
      ...linkRows(workbench, node, inner.width),
    ],
    0,
  );
}

function configRows(node: ManifestNode): readonly Row[] {
  const rows = CONFIGS.flatMap((name): Row[] => {
    const text = textOf(node.config[name]);
    return text === '' || text === '{}' || text === 'false' || text === '{"enforced":false}'
      ? []
      : [[piece(`${name} `, 'muted'), piece(text)]];
  });
  return rows.length === 0 ? [] : [BLANK, ...rows];
}
