/**
 * How fresh the sources were at the last `source freshness`, from the file that it left.
 */
import { isJsonObject, type Json } from '../../base/index.js';
import { isFile, readText } from '../../platform/index.js';
import type { LastFreshness } from './docs-input.js';

/** Reads sources.json. None, or one that cannot be read, gives nothing: the documentation does without. */
export function readLastFreshness(file: string): ReadonlyMap<string, LastFreshness> {
  const found = new Map<string, LastFreshness>();
  for (const result of resultsIn(file)) {
    if (!isJsonObject(result)) continue;
    const id = result['unique_id'];
    const status = result['status'];
    if (typeof id !== 'string' || typeof status !== 'string') continue;
    const age = result['max_loaded_at_time_ago_in_s'];
    found.set(id, {
      status,
      maxLoadedAt: textOf(result['max_loaded_at']),
      snapshottedAt: textOf(result['snapshotted_at']),
      ageSeconds: typeof age === 'number' ? age : null,
    });
  }
  return found;
}

function resultsIn(file: string): readonly Json[] {
  if (!isFile(file)) return [];
  try {
    const content = JSON.parse(readText(file)) as Json; // JSON is what it holds
    const results = isJsonObject(content) ? content['results'] : undefined;
    return Array.isArray(results) ? results : [];
  } catch {
    // Written by another program, or cut off: the command says it again.
    return [];
  }
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
