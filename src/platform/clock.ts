/**
 * The time. `DAGBOOK_NOW` freezes it, so that what the clock leaks into (compiled SQL, artifacts) can be repeated.
 */
import { DagbookError } from '../base/index.js';
import type { Environment } from './env.js';

/** Says what time it is, and how long things take. */
export interface Clock {
  /** The present moment, or the frozen one. */
  now(): Date;
  /** Milliseconds since some moment of this process; never frozen, never goes back. */
  monotonicMs(): number;
  readonly isFrozen: boolean;
}

/**
 * Makes the clock of this process.
 *
 * @param env `DAGBOOK_NOW` is an ISO 8601 moment; without a zone it counts as UTC.
 * @throws DagbookError clock/bad-moment if it cannot be read.
 */
export function createClock(env: Environment): Clock {
  const text = env['DAGBOOK_NOW'];
  const monotonicMs = (): number => performance.now();
  if (text === undefined || text === '') {
    return { now: () => new Date(), monotonicMs, isFrozen: false };
  }
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/u.test(text);
  const isDate = /^\d{4}-\d{2}-\d{2}$/u.test(text);
  const frozenMs = Date.parse(hasZone || isDate ? text : `${text}Z`);
  if (Number.isNaN(frozenMs)) {
    throw new DagbookError('clock/bad-moment', `DAGBOOK_NOW is not a moment in time: ${text}.`, {
      hint: 'Write it as 2026-01-15T12:00:00Z, or unset it.',
    });
  }
  return { now: () => new Date(frozenMs), monotonicMs, isFrozen: true };
}
