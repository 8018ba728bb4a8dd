/**
 * The steps of a node's query: each CTE with its rows, and below them the text of the one under the cursor.
 */
import {
  dialectOf,
  paintSql,
  type QueryStep,
  queryStepsOf,
  type StepCount,
  type Workbench,
} from '../../workbench/index.js';
import { cutEnd, padTo } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawRow, drawRows, piece, type Row } from './rows.js';
import { countText, plural } from './words.js';

const ITSELF = 'the query itself';

/** Draws the list and the text. @returns how far the text can be scrolled. */
export function drawNodeSteps(surface: Surface, workbench: Workbench, sql: string): number {
  const { node } = workbench.store.get();
  const steps = queryStepsOf(sql, dialectOf(workbench.session));
  const at = Math.min(node.step, steps.length - 1);
  const height = Math.max(1, Math.min(steps.length, Math.ceil((surface.height - 1) / 2)));
  const top = Math.max(0, Math.min(steps.length - height, at - Math.floor(height / 2)));
  const nameWidth = Math.min(
    Math.max(...steps.map(({ name }) => (name ?? ITSELF).length)),
    Math.max(12, surface.width - 26),
  );
  for (let y = 0; y < height; y += 1) {
    const index = top + y;
    const step = steps[index];
    if (step === undefined) break;
    drawRow(surface, 0, y, stepRow(step, node.counts.get(index), nameWidth));
    if (index === at) surface.tint(0, y, surface.width, 1, 'selected');
    surface.onClick(0, y, surface.width, 1, () => select(workbench, index));
  }
  surface.fill(0, height, surface.width, 1, '─', 'border');
  const hidden = steps.length - height;
  if (hidden > 0) surface.text(2, height, ` ${plural(steps.length, 'step')} `, 'muted');
  const body = surface.part(0, height + 1, surface.width, surface.height - height - 1);
  const step = steps[at];
  if (step === undefined || body.height <= 0) return 0;
  return drawRows(body, bodyRows(step, node.counts.get(at)), node.scroll, node.left);
}

function stepRow(step: QueryStep, count: StepCount | undefined, nameWidth: number): Row {
  const name = piece(
    padTo(cutEnd(step.name ?? ITSELF, nameWidth), nameWidth + 2),
    step.name === null ? 'muted' : 'text',
  );
  return [name, countPiece(count), piece(`  line ${step.line}`, 'muted')];
}

function countPiece(count: StepCount | undefined): Row[number] {
  switch (count?.kind) {
    case 'rows':
      return piece(`${countText(count.rowCount)} rows`.padStart(14));
    case 'counting':
      return piece('⟳ counting'.padStart(14), 'running');
    case 'failed':
      return piece('✗ fails'.padStart(14), 'fail');
    default:
      return piece('#: count'.padStart(14), 'muted');
  }
}

function bodyRows(step: QueryStep, count: StepCount | undefined): readonly Row[] {
  const error: readonly Row[] =
    count?.kind === 'failed' ? count.message.split('\n').map((line) => [piece(line, 'fail')]) : [];
  return [...error, ...paintSql(step.bodySql)];
}

function select(workbench: Workbench, step: number): void {
  workbench.store.update((state) => ({ ...state, node: { ...state.node, step, scroll: 0 } }));
}
