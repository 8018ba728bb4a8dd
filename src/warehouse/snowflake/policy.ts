/**
 * How long we wait for Snowflake, and how often we ask again: ours, not the driver's.
 */
import type { TargetFields } from '../target-fields.js';

/** Milliseconds and counts. */
export interface Policy {
  /** To sign in, a browser aside. */
  readonly signInMs: number;
  /**
   * Without any answer to a request. Snowflake answers a statement that runs on within 45 s, to say so; a statement may
   * then take as long as it likes.
   */
  readonly answerMs: number;
  /** For the server to confirm a cancel. */
  readonly cancelMs: number;
  /** How often one request is sent again. */
  readonly maxRetries: number;
  /** The first pause; each further one is twice as long, up to `longestPauseMs`. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** How long requests fail at once after one host gave no answer to `breakAfter` of them in a row. */
  readonly breakMs: number;
  readonly breakAfter: number;
}

const DEFAULTS: Policy = {
  signInMs: 60_000,
  answerMs: 60_000,
  cancelMs: 5000,
  maxRetries: 7,
  firstPauseMs: 500,
  longestPauseMs: 16_000,
  breakMs: 15_000,
  breakAfter: 3,
};

/**
 * The policy of a target: `connect_timeout` (seconds) and `connect_retries` are dbt's, `request_timeout` (seconds) and
 * `request_retries` ours.
 */
export function policyOf(fields: TargetFields): Policy {
  const seconds = (name: string, fallback: number): number => {
    const value = fields.number(name);
    return value === undefined ? fallback : value * 1000;
  };
  const answerMs = seconds('request_timeout', DEFAULTS.answerMs);
  return {
    ...DEFAULTS,
    signInMs: seconds('connect_timeout', DEFAULTS.signInMs),
    answerMs,
    maxRetries: fields.number('request_retries') ?? DEFAULTS.maxRetries,
    firstPauseMs: Math.min(DEFAULTS.firstPauseMs, answerMs / 20),
    cancelMs: Math.min(DEFAULTS.cancelMs, answerMs),
  };
}
