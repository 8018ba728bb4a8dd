/**
 * The top of the run screen: what runs, how far it is, how it ended.
 */
import { countsOf, lookOfRun, type RunView, type Workbench } from '../../workbench/index.js';
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
    title: commandText(workbench),
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
}

/** The command as dbt would be told it. */
function commandText(workbench: Workbench): string {
  const { request, view } = workbench.store.get().run;
  if (request === null) return view?.command ?? 'run';
  const flags = [
    ...(request.select === undefined ? [] : ['--select', ...request.select]),
    ...(request.exclude === undefined ? [] : ['--exclude', ...request.exclude]),
    ...(request.selector === undefined ? [] : ['--selector', request.selector]),
    ...(request.isFullRefresh === true ? ['--full-refresh'] : []),
    ...(request.isFailFast === true ? ['--fail-fast'] : []),
  ];
  return cutEnd([request.command, ...flags].join(' '), 200);
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
