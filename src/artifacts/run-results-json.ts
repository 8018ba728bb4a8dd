/**
 * run_results.json (version 6) and sources.json (version 3).
 */
import type { JsonObject } from '../base/index.js';
import type { NodeResult, RunSummary } from '../events/index.js';
import { adapterResponse, phasesOf } from '../run/index.js';
import { metadata } from './manifest-json.js';

export interface ResultsInput {
  readonly dbtVersion: string;
  readonly invocationId: string;
  readonly generatedAt: Date;
  readonly args: JsonObject;
}

export function runResultsJson(summary: RunSummary, input: ResultsInput): JsonObject {
  return {
    metadata: metadata('https://schemas.getdbt.com/dbt/run-results/v6.json', input),
    results: summary.results.map(resultDict),
    elapsed_time: summary.durationMs / 1000,
    args: input.args,
  };
}

function resultDict(result: NodeResult): JsonObject {
  return {
    status: result.status,
    timing: phasesOf(result).map(({ name, startedAtMs, endedAtMs }) => ({
      name,
      started_at: new Date(startedAtMs).toISOString(),
      completed_at: new Date(endedAtMs).toISOString(),
    })),
    thread_id: result.thread,
    execution_time: result.durationMs / 1000,
    adapter_response: adapterResponse(result),
    message: result.message,
    failures: result.failures,
    unique_id: result.nodeId,
    compiled: result.compiledSql !== null,
    compiled_code: result.compiledSql,
    relation_name: result.relationName,
    batch_results: null,
  };
}

/** How fresh one source was found to be. */
export interface FreshnessEntry {
  readonly nodeId: string;
  readonly status: string;
  readonly maxLoadedAt: string | null;
  readonly snapshottedAt: string | null;
  readonly ageSeconds: number | null;
  readonly message: string | null;
  readonly criteria: JsonObject;
}

export function sourcesJson(
  entries: readonly FreshnessEntry[],
  input: ResultsInput & { readonly elapsedMs: number },
): JsonObject {
  return {
    metadata: metadata('https://schemas.getdbt.com/dbt/sources/v3.json', input),
    results: entries.map((entry) =>
      entry.status === 'runtime error'
        ? { unique_id: entry.nodeId, error: entry.message, status: 'runtime error' }
        : {
            unique_id: entry.nodeId,
            max_loaded_at: entry.maxLoadedAt,
            snapshotted_at: entry.snapshottedAt,
            max_loaded_at_time_ago_in_s: entry.ageSeconds,
            status: entry.status,
            criteria: entry.criteria,
            adapter_response: {},
            timing: [],
            thread_id: 'MainThread',
            execution_time: 0,
          },
    ),
    elapsed_time: input.elapsedMs / 1000,
  };
}
