/**
 * The line under the graph: the selector that a run would take, and the filter, also while it is typed.
 */
import { messageOf } from '../../base/index.js';
import { isInGraph, selectorOf, type Workbench } from '../../workbench/index.js';
import { cutMiddle } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { cellWidth } from '../cells/width.js';
import { drawRow, piece, type Row } from './rows.js';
import { drawField } from './text-field.js';
import { plural } from './words.js';

export function drawSelectorLine(surface: Surface, workbench: Workbench): void {
  const state = workbench.store.get();
  const { filter, marks } = state.graph;
  if (state.overlay?.kind === 'selector') {
    const x = surface.text(1, 0, 'filter ❯ ', 'key');
    const status = filterStatus(workbench);
    const statusWidth = status.reduce((sum, { text }) => sum + cellWidth(text), 0);
    drawField(
      surface,
      x,
      0,
      Math.max(10, surface.width - x - statusWidth - 3),
      state.overlay.field,
    );
    drawRow(surface, Math.max(x + 12, surface.width - statusWidth - 1), 0, status);
    return;
  }
  const right = filter === null ? buildHint(workbench) : filterLabel(workbench);
  const rightWidth = right.reduce((sum, { text }) => sum + cellWidth(text), 0);
  const selector = selectorOf(workbench.session, state, workbench.states);
  let x = surface.text(1, 0, marks.size > 0 ? `${marks.size} marked ❯ ` : 'select ❯ ', 'muted');
  const room = surface.width - x - rightWidth - 14;
  if (selector !== null) {
    x = surface.text(x, 0, cutMiddle(selector, Math.max(16, room)), 'accent');
    surface.text(x + 1, 0, countLabel(workbench, selector), 'muted');
  }
  if (rightWidth + x + 12 < surface.width) {
    drawRow(surface, surface.width - rightWidth - 1, 0, right);
  }
}

/** How many nodes a selector takes. Counting is a walk of the graph, and the line is drawn often: the last one is kept. */
let lastCount: { readonly key: string; readonly manifest: unknown; readonly label: string } | null =
  null;

function countLabel(workbench: Workbench, selector: string): string {
  const { manifest } = workbench.session;
  if (lastCount?.key === selector && lastCount.manifest === manifest) return lastCount.label;
  let label: string;
  try {
    const { ids } = workbench.session.select({ select: selector.split(' '), command: 'build' });
    const nodes = ids.flatMap((id) => manifest.nodes.get(id) ?? []);
    const tests = nodes.filter((node) => !isInGraph(node)).length;
    const others = nodes.length - tests;
    const testText = tests === 0 ? '' : ` + ${plural(tests, 'test')}`;
    label = nodes.length === 0 ? '(nothing to run)' : `(${plural(others, 'node')}${testText})`;
  } catch (error) {
    label = `(${messageOf(error)})`;
  }
  lastCount = { key: selector, manifest, label };
  return label;
}

function filterStatus(workbench: Workbench): Row {
  const { filter } = workbench.store.get().graph;
  if (filter === null)
    return [piece('a selector: tag:daily, +orders, path:models/staging', 'muted')];
  if (filter.error !== null) return [piece(cutMiddle(filter.error, 50), 'fail')];
  return [piece(plural(filter.ids.size, 'node'), 'ok')];
}

function filterLabel(workbench: Workbench): Row {
  const { filter } = workbench.store.get().graph;
  if (filter === null) return [];
  const count = filter.error === null ? ` ${plural(filter.ids.size, 'node')}` : ` ${filter.error}`;
  return [
    piece('filter ', 'muted'),
    piece(cutMiddle(filter.text, 30), 'mark'),
    piece(`${cutMiddle(count, 30)} · n next · esc clear`, 'muted'),
  ];
}

/** What to do in a project of which nothing is built. */
function buildHint(workbench: Workbench): Row {
  if (isAnyBuilt(workbench)) return [];
  return [
    piece('nothing is built yet: ', 'warn'),
    piece('B', 'key'),
    piece(' builds everything', 'warn'),
  ];
}

interface AnyBuilt {
  readonly manifest: unknown;
  readonly version: number;
  readonly isAny: boolean;
}

const lastBuilt = new WeakMap<Workbench, AnyBuilt>();

/** Asked at every frame, worked out when a state has changed. */
function isAnyBuilt(workbench: Workbench): boolean {
  const { manifest } = workbench.session;
  const version = workbench.states.version();
  const known = lastBuilt.get(workbench);
  if (known?.manifest === manifest && known.version === version) return known.isAny;
  const isAny = [...manifest.nodes.values()].some(
    ({ id, resourceType }) =>
      (resourceType === 'model' || resourceType === 'seed') &&
      workbench.states.stateOf(id).state !== 'never',
  );
  lastBuilt.set(workbench, { manifest, version, isAny });
  return isAny;
}
