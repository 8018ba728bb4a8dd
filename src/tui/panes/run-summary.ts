/**
 * The top of the run screen: what runs, how far it is, how it ended.
 */
import {
  commandText,
  countsOf,
  criticalPath,
  labelOf,
  lookOfRun,
  type RunView,
  type Workbench,
} from '../../workbench/index.js';
import { cutEnd } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { drawRow, piece, type Row } from './rows.js';
import { clockText, durationText, plural } from './words.js';

const ORDER = ['ok', 'warn', 'failed', 'skipped', 'running', 'waiting'] as const;

export function drawRunSummary(surface: Surface, workbench: Workbench): void {
  const { run, nowMs } = workbench.store.get();
  const { view } = run;
  const inner = drawFrame(surface, {
    title: run.request === null ? (view?.command ?? 'run') : cutEnd(commandText(run.request), 200),
    right: view === null ? '' : plural(view.threads, 'thread'),
    isFocused: false,
  });
  if (view === null) {
    inner.text(0, 0, workbench.runner.isRunning() ? '⟳ Starting…' : 'No run yet.', 'muted');
    return;
  }
  const counts = countsOf(view);
  const total = view.nodes.size;
  const done = total - counts.waiting - counts.running;
  const states = ORDER.flatMap((state): Row => {
    if (counts[state] === 0) return [];
    const look = lookOfRun(state);
    return [piece(`  ${look.glyph} ${counts[state]} ${look.word}`, look.token)];
  });
  const elapsedMs = view.summary?.durationMs ?? nowMs - view.startedAtMs;
  const status = [piece(` ${done}/${total}`, 'strong'), ...states, ...clock(view, elapsedMs)];
  const statusWidth = status.reduce((sum, { text }) => sum + text.length, 0);
  const barWidth = Math.max(0, Math.min(48, inner.width - statusWidth - 2));
  const broken = counts.failed + counts.skipped;
  const brokenCells = share(broken, total, barWidth);
  const okCells = done === total ? barWidth - brokenCells : share(done - broken, total, barWidth);
  const parts = [
    { cells: okCells, token: 'barDone' },
    { cells: brokenCells, token: 'barFail' },
  ] as const;
  let x = 0;
  for (const { cells, token } of parts) {
    inner.fill(x, 0, cells, 1, '█', token);
    x += cells;
  }
  inner.fill(x, 0, Math.max(0, barWidth - x), 1, '░', 'barTodo');
  drawRow(inner, barWidth, 0, status);
  if (inner.height > 1) drawRow(inner, 0, 1, pathRow(workbench, view));
}

/** What the run could not have been quicker than. */
function pathRow(workbench: Workbench, view: RunView): Row {
  const { nodes, dag } = workbench.session.manifest;
  const { ids, durationMs } = criticalPath(view, dag.parents);
  const names = ids.flatMap((id) => {
    const node = nodes.get(id);
    return node === undefined ? [] : [labelOf(node)];
  });
  if (names.length === 0) return [];
  return [
    piece(`critical path ${durationText(durationMs)} `, 'path'),
    piece(names.join(' → '), 'muted'),
  ];
}

function clock(view: RunView, elapsedMs: number): Row {
  if (view.isCancelling) return [piece('  cancelling…', 'warn'), piece(` ${clockText(elapsedMs)}`)];
  if (view.summary === null) return [piece(`  ${clockText(elapsedMs)}`, 'running')];
  const how = view.summary.isCancelled ? '  cancelled after' : '  done in';
  return [piece(`${how} ${durationText(elapsedMs)}`, view.summary.isCancelled ? 'warn' : 'muted')];
}

/** Cells of a bar for a part; a part that exists is seen. */
function share(part: number, total: number, width: number): number {
  if (part <= 0 || total === 0) return 0;
  return Math.max(1, Math.floor((part / total) * width));
}
