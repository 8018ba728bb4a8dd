/**
 * The nodes of a run over time: when each started, how long it took, and why it did not run.
 */
import {
  culpritOf,
  labelOf,
  lookOfRun,
  type RunNode,
  type RunView,
  timelineIndex,
  timelineOf,
  type Workbench,
} from '../../workbench/index.js';
import type { NodeId } from '../../base/index.js';
import { cutEnd, cutMiddle, padTo } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { durationText, plural } from './words.js';

const EIGHTHS = ' ▏▎▍▌▋▊▉';
const MIN_SPAN_MS = 500;

export function drawRunTimeline(surface: Surface, workbench: Workbench): void {
  const { run, overlay, nowMs } = workbench.store.get();
  const { view, showsFailedOnly } = run;
  const nodes = view === null ? [] : timelineOf(view, showsFailedOnly);
  const index = view === null ? 0 : Math.max(0, timelineIndex(view, nodes, run.index));
  const spanMs =
    view === null
      ? MIN_SPAN_MS
      : Math.max(MIN_SPAN_MS, view.summary?.durationMs ?? nowMs - view.startedAtMs);
  const inner = drawFrame(surface, {
    title: showsFailedOnly ? 'failed, warned, skipped' : `timeline · 0 … ${durationText(spanMs)}`,
    bottom: nodes.length === 0 ? '' : `${index + 1} of ${nodes.length} · l log`,
    isFocused: overlay === null,
  });
  if (view === null || nodes.length === 0) {
    inner.text(0, 0, emptyText(workbench), 'muted');
    return;
  }
  const top = Math.max(
    0,
    Math.min(nodes.length - inner.height, index - Math.floor(inner.height / 2)),
  );
  const nameWidth = Math.min(60, Math.max(18, Math.floor(inner.width * 0.4)));
  for (let y = 0; y < inner.height; y += 1) {
    const node = nodes[top + y];
    if (node === undefined) break;
    drawNode(inner, workbench, view, node, { y, nameWidth, spanMs, nowMs });
    if (top + y === index) inner.tint(0, y, inner.width, 1, 'selected');
    inner.onClick(0, y, inner.width, 1, () => {
      workbench.store.update((state) => ({ ...state, run: { ...state.run, index: top + y } }));
    });
  }
}

function emptyText(workbench: Workbench): string {
  const { run } = workbench.store.get();
  if (workbench.runner.isRunning()) return '⟳ Reading what is to be done…';
  if (run.view === null)
    return 'Nothing was run yet. 1 shows the graph: r runs a node, B builds everything.';
  return run.showsFailedOnly ? 'Nothing failed. f shows everything.' : 'This run had no nodes.';
}

function drawNode(
  surface: Surface,
  workbench: Workbench,
  view: RunView,
  node: RunNode,
  place: {
    readonly y: number;
    readonly nameWidth: number;
    readonly spanMs: number;
    readonly nowMs: number;
  },
): void {
  const { y, nameWidth, spanMs, nowMs } = place;
  const look = lookOfRun(node.state);
  const isTest = /^(?:unit_)?test\./u.test(node.id);
  surface.text(0, y, `${look.glyph} `, look.token);
  const indent = isTest ? 2 : 0;
  const name = cutMiddle(nameOf(workbench, node.id), nameWidth - indent);
  surface.text(2 + indent, y, name, isTest ? 'muted' : 'text');
  const barX = nameWidth + 3;
  const durationWidth = 9;
  const barWidth = surface.width - barX - durationWidth;
  if (node.startedAtMs === null || node.state === 'skipped' || node.state === 'waiting') {
    surface.text(barX, y, whyNot(workbench, view, node), 'muted');
    return;
  }
  const durationMs = node.durationMs ?? nowMs - node.startedAtMs;
  if (barWidth > 4)
    drawBar(surface, node, { x: barX, y, width: barWidth, durationMs, spanMs }, view);
  const text = `${durationText(durationMs)}${node.state === 'running' ? '…' : ''}`;
  surface.text(surface.width - durationWidth, y, padTo(text, durationWidth, 'left'), 'muted');
}

/** A bar of eighths of cells from start to end. */
function drawBar(
  surface: Surface,
  node: RunNode,
  place: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly durationMs: number;
    readonly spanMs: number;
  },
  view: RunView,
): void {
  const { x, y, width, durationMs, spanMs } = place;
  const startMs = Math.max(0, (node.startedAtMs ?? view.startedAtMs) - view.startedAtMs);
  const from = Math.min(width - 1, Math.floor((startMs / spanMs) * width));
  const eighths = Math.max(1, Math.round((durationMs / spanMs) * width * 8));
  const cells = Math.min(width - from, Math.floor(eighths / 8));
  const { token } = lookOfRun(node.state);
  surface.fill(x + from, y, cells, 1, '█', token);
  const rest = EIGHTHS[eighths % 8] ?? ' ';
  if (from + cells < width && rest !== ' ') surface.text(x + from + cells, y, rest, token);
}

/** Why a node has no bar. */
function whyNot(workbench: Workbench, view: RunView, node: RunNode): string {
  if (node.state === 'waiting') return 'waiting';
  const culprit = culpritOf(view, node.id);
  if (culprit !== null) return `skipped: ${cutEnd(nameOf(workbench, culprit), 60)} failed`;
  return view.summary?.isCancelled === true ? 'cancelled' : (node.result?.message ?? 'skipped');
}

function nameOf(workbench: Workbench, id: NodeId): string {
  const node = workbench.session.manifest.nodes.get(id);
  return node === undefined ? id : labelOf(node);
}

/** `1 root cause, 3 skipped`: how far a failure reaches. */
export function coneText(view: RunView, id: NodeId): string {
  const skipped = [...view.nodes.keys()].filter((one) => culpritOf(view, one) === id).length;
  return skipped === 0 ? '' : `root cause of ${plural(skipped, 'skip')}`;
}
