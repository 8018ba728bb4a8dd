/**
 * The columns of the node that is traced, each with what makes it.
 */
import { isPinned, labelOf, stepOf, type Workbench } from '../../workbench/index.js';
import type { LineageColumn } from '../../session/index.js';
import { cutEnd, padTo } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { loadedRows } from './loaded-rows.js';
import { drawRow, drawRows, piece, row, scrollLabel } from './rows.js';

export function drawColumnsList(surface: Surface, workbench: Workbench): void {
  const { columns, overlay } = workbench.store.get();
  const { id, lineage, index, focus } = columns;
  const node = id === null ? undefined : workbench.session.manifest.nodes.get(id);
  const isFocused = focus === 'list' && overlay === null;
  const all = lineage.kind === 'ready' ? lineage.value.columns : [];
  const height = surface.height - 2;
  const top = Math.max(0, Math.min(all.length - height, index - Math.floor(height / 2)));
  const inner = drawFrame(surface, {
    title: node === undefined ? 'columns' : labelOf(node),
    bottom:
      columns.pins.length === 0
        ? scrollLabel(top, height, all.length)
        : `${columns.pins.length} pinned · n next`,
    isFocused,
  });
  if (lineage.kind !== 'ready') {
    drawRows(
      inner,
      id === null ? [] : loadedRows(workbench, lineage, inner.width, 'Compiling', () => []),
      0,
    );
    return;
  }
  if (all.length === 0) {
    drawRows(inner, [row('No columns are known.', 'muted')], 0);
    return;
  }
  for (let y = 0; y < inner.height; y += 1) {
    const column = all[top + y];
    if (column === undefined) break;
    const step = stepText(column);
    const isPin = isPinned(columns, { nodeId: id, relation: '', column: column.name });
    const mark = columns.pins.length === 0 ? '' : isPin ? '▌' : ' ';
    const room = inner.width - step.length - 1 - mark.length;
    drawRow(inner, 0, y, [
      piece(mark, 'mark'),
      piece(
        padTo(cutEnd(column.name, room), room + 1),
        column.unresolved.length > 0 ? 'warn' : 'text',
      ),
      piece(step, 'muted'),
    ]);
    if (top + y === index)
      inner.tint(0, y, inner.width, 1, isFocused ? 'selected' : 'selectedIdle');
    inner.onClick(0, y, inner.width, 1, () => workbench.tracer.select(top + y));
  }
}

/** What makes a column, in one word. */
function stepText({ inputs, unresolved }: LineageColumn): string {
  if (unresolved.length > 0) return '?';
  if (inputs.length === 0) return '—';
  const steps = new Set(inputs.flatMap((input) => stepOf(input) ?? []));
  const [first = ''] = steps;
  return first.length > 12 ? `${first.slice(0, 11)}…` : first;
}
