/**
 * Freshness of sources: what source and table say, laid over each other.
 */
import { isJsonObject, type Json, type JsonObject } from '../base/index.js';
import type { FreshnessThreshold, SourceNode } from './node.js';
import { objectOf, textOf } from './parse-scope.js';

/** Thresholds as configs hold them: every key present. */
interface Thresholds {
  readonly warn: JsonObject | null;
  readonly error: JsonObject | null;
  readonly filter: string | null;
}

const NO_TIME: JsonObject = { count: null, period: null };

/**
 * Lays freshness over freshness, the source's first and the table's config last.
 *
 * @param layers undefined where nothing is said, null where it is taken back.
 * @returns a config's value: null if it is taken back, undefined if nobody said anything.
 */
export function sourceFreshness(
  layers: readonly (Json | undefined)[],
): JsonObject | null | undefined {
  const [first, ...rest] = layers.map(layerOf);
  const merged = rest.reduce<Thresholds | null>(mergeLayers, first ?? null);
  if (merged === null) return null;
  if (!isTime(merged.warn) && !isTime(merged.error)) return undefined;
  return { warn_after: merged.warn, error_after: merged.error, filter: merged.filter };
}

/** The thresholds of a finished config; null if none is set. */
export function thresholdsOf(value: Json | undefined): SourceNode['freshness'] {
  if (!isJsonObject(value)) return null;
  const warnAfter = thresholdOf(value['warn_after']);
  const errorAfter = thresholdOf(value['error_after']);
  if (warnAfter === null && errorAfter === null) return null;
  return { warnAfter, errorAfter, filter: textOf(value['filter']) };
}

function thresholdOf(value: Json | undefined): FreshnessThreshold | null {
  const { count, period } = objectOf(value);
  if (typeof count !== 'number') return null;
  return period === 'minute' || period === 'hour' || period === 'day' ? { count, period } : null;
}

function layerOf(value: Json | undefined): Thresholds | null {
  if (value === null) return null;
  const written = objectOf(value);
  return {
    warn: timeOf(written['warn_after']),
    error: timeOf(written['error_after']),
    filter: textOf(written['filter']),
  };
}

function timeOf(value: Json | undefined): JsonObject | null {
  return value === null ? null : { ...NO_TIME, ...objectOf(value) };
}

function mergeLayers(base: Thresholds | null, update: Thresholds | null): Thresholds | null {
  if (base !== null && update !== null) {
    return {
      warn: mergeTimes(base.warn, update.warn),
      error: mergeTimes(base.error, update.error),
      filter: update.filter ?? base.filter,
    };
  }
  const isSet = update !== null && (isTime(update.warn) || isTime(update.error));
  return base === null && isSet ? update : null;
}

function mergeTimes(base: JsonObject | null, update: JsonObject | null): JsonObject | null {
  if (isTime(base) && isTime(update)) return { ...base, ...update };
  if (update === null) return null;
  return isTime(update) ? update : (base ?? NO_TIME);
}

function isTime(time: JsonObject | null): boolean {
  return time !== null && (time['count'] ?? null) !== null && (time['period'] ?? null) !== null;
}
