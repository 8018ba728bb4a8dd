/**
 * The node screen's main pane: one tab of source, compiled SQL, its diff and its steps, plan, columns, tests.
 */
import {
  labelOf,
  NODE_TABS,
  paintSql,
  type Piece,
  type Workbench,
  type WorkbenchState,
} from '../../workbench/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { diffRows } from './node-diff.js';
import { drawNodeSteps } from './node-steps.js';
import { columnRows, testRows } from './node-tables.js';
import { errorRows, loadedRows } from './loaded-rows.js';
import { planRows } from './plan-rows.js';
import { drawRows, piece, type Row, row, scrollLabel } from './rows.js';

type NodeState = WorkbenchState['node'];

export function drawNodeText(surface: Surface, workbench: Workbench): void {
  const state = workbench.store.get();
  const { id, tab, scroll, left } = state.node;
  const node = id === null ? undefined : workbench.session.manifest.nodes.get(id);
  if (node === undefined) {
    const inner = drawFrame(surface, { title: 'node', isFocused: true });
    inner.text(0, 0, 'No node is open. / finds one, 1 shows the graph.', 'muted');
    return;
  }
  const steps = stepsSql(workbench, node);
  const rows = steps === null ? tabRows(workbench, node, surface.width - 4) : [];
  const height = surface.height - 2;
  const inner = drawFrame(surface, {
    title: labelOf(node),
    extras: [piece('  '), ...tabs(tab)],
    bottom: scrollLabel(scroll, height, rows.length),
    isFocused: state.overlay === null,
  });
  const limit =
    steps === null ? drawRows(inner, rows, scroll, left) : drawNodeSteps(inner, workbench, steps);
  workbench.limits.set('node', limit);
}

/** The source beside the tab, scrolled with it as far as both are as long. */
export function drawNodeSource(surface: Surface, workbench: Workbench): void {
  const { id, source, scroll, left, tab } = workbench.store.get().node;
  const node = id === null ? undefined : workbench.session.manifest.nodes.get(id);
  const rows = source === null ? [] : numbered(source);
  const top = tab === 'ctes' ? 0 : scroll;
  const inner = drawFrame(surface, {
    title: node?.originalFilePath ?? 'source',
    bottom: scrollLabel(Math.min(top, rows.length), surface.height - 2, rows.length),
    isFocused: false,
  });
  drawRows(inner, rows, top, left);
}

/** The text whose steps are shown, once it is there; null on the other tabs. */
function stepsSql(workbench: Workbench, node: ManifestNode): string | null {
  const { tab, compiled } = workbench.store.get().node;
  if (tab !== 'ctes' || compiled.kind !== 'ready' || !('rawCode' in node)) return null;
  return compiled.value.compiledSql;
}

function tabs(active: NodeState['tab']): readonly Piece[] {
  return NODE_TABS.flatMap((tab) => [
    piece(` ${tab === 'ctes' ? 'CTEs' : tab} `, tab === active ? 'tabActive' : 'tab'),
  ]);
}

function tabRows(workbench: Workbench, node: ManifestNode, width: number): readonly Row[] {
  const { tab, source, compiled, plan } = workbench.store.get().node;
  switch (tab) {
    case 'source':
      return source === null
        ? [row('There is no file to show for this node.', 'muted')]
        : numbered(source);
    case 'compiled':
    case 'diff':
    case 'ctes':
      if (!('rawCode' in node)) return [row('This node has no SQL to compile.', 'muted')];
      return loadedRows(workbench, compiled, width, 'Compiling', ({ compiledSql, diagnostics }) => {
        if (compiledSql === null) return diagnostics.flatMap((error) => errorRows(error, width));
        return tab === 'diff'
          ? diffRows(workbench, node, compiledSql, width)
          : numbered(compiledSql);
      });
    case 'plan':
      return loadedRows(workbench, plan, width, 'Planning', (value) => planRows(value, width));
    case 'columns':
      return columnRows(workbench, node, width);
    default:
      return testRows(workbench, node, width);
  }
}

const painted = new Map<string, readonly Row[]>();
const MAX_PAINTED = 8;

/** SQL with line numbers; painted once, as long as it is looked at. */
export function numbered(sql: string): readonly Row[] {
  const known = painted.get(sql);
  if (known !== undefined) return known;
  const lines = paintSql(sql);
  const digits = String(lines.length).length;
  const rows = lines.map((pieces, index): Row => [
    piece(`${String(index + 1).padStart(digits)}  `, 'muted'),
    ...pieces,
  ]);
  if (painted.size >= MAX_PAINTED) painted.clear();
  painted.set(sql, rows);
  return rows;
}
