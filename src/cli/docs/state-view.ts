/**
 * How runs ended, in words and a tone.
 */
import type { NodeStatus } from '../../events/index.js';
import type { NodeState } from '../../session/index.js';
import type { LastFreshness } from './docs-input.js';
import type { StateView, Tone } from './view.js';

const STATUS_TONES: Readonly<Record<NodeStatus, Tone>> = {
  success: 'ok',
  pass: 'ok',
  'no-op': 'idle',
  reused: 'ok',
  warn: 'warn',
  'partial success': 'warn',
  error: 'fail',
  fail: 'fail',
  'runtime error': 'fail',
  skipped: 'idle',
};

const FRESHNESS_TONES: Readonly<Record<string, Tone>> = {
  pass: 'ok',
  warn: 'warn',
  error: 'fail',
  'runtime error': 'fail',
};

/**
 * The last result of a node in this target; null if it was never run.
 *
 * @param canBeStale false for tests: what one found stays what it found.
 */
export function stateView(state: NodeState | undefined, canBeStale: boolean): StateView | null {
  const result = state?.lastResult ?? null;
  if (state === undefined || result === null) return null;
  const took = formatDuration(result.durationMs);
  const when = formatMoment(new Date(result.startedAtMs));
  const message = result.message === null ? '' : `: ${result.message}`;
  const detail = `${result.status} in ${took}, ${when}${message}`;
  if (canBeStale && state.state === 'stale') {
    const reason = state.reason === null ? '' : ` Stale: ${state.reason}.`;
    return { word: 'stale', tone: 'warn', detail: `${detail}.${reason}` };
  }
  return { word: result.status, tone: STATUS_TONES[result.status], detail };
}

export function freshnessView(result: LastFreshness | undefined): StateView | null {
  if (result === undefined) return null;
  const age = result.ageSeconds === null ? '' : `, ${formatAge(result.ageSeconds)} old`;
  const asked =
    result.snapshottedAt === null ? '' : ` when asked, ${momentText(result.snapshottedAt)}`;
  return {
    word: result.status,
    tone: FRESHNESS_TONES[result.status] ?? 'idle',
    detail: `newest row ${momentText(result.maxLoadedAt)}${age}${asked}`,
  };
}

/** `2026-11-20 10:03 UTC`. */
export function formatMoment(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** ISO text as `formatMoment` prints it; what is no date as it is. */
export function momentText(iso: string | null): string {
  if (iso === null) return 'unknown';
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : formatMoment(date);
}

/** `420 ms`, `1.2 s`, `3 min`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 120_000) return `${(durationMs / 1000).toFixed(1)} s`;
  return `${Math.round(durationMs / 60_000)} min`;
}

/** `40 min`, `5 h`, `3 days`. */
export function formatAge(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
