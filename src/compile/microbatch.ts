/**
 * A microbatch model: its materialization once a batch, the inputs of each filtered to the batch's time.
 */
import { messageOf } from '../base/index.js';
import { AttributeDict } from '../context/index.js';
import { PyDateTime, PyDict, type Value } from '../jinja/index.js';
import { type ModelNode, modelWith } from '../manifest/index.js';
import { type Batch, batchesOf } from './batches.js';
import type { Compiler } from './compiler.js';
import { ask } from './effect.js';
import { finishNode, hooksOf, type Materialized, type OnCompiled } from './materialize.js';
import { ResultsStore } from './results-store.js';

/** How one batch ended. */
export interface BatchOutcome {
  readonly batch: Batch;
  /** What was thrown; undefined if it is built, null if it was left out because the first failed. */
  readonly error?: unknown;
}

export interface MicrobatchOptions {
  readonly onCompiled: OnCompiled;
  /** Hears of each batch that ended. What this throws ends the model. */
  readonly onBatch: (outcome: BatchOutcome) => void;
}

/** Builds all batches, one after the other. Where the first fails the others are left out, as dbt does. */
export function* materializeBatches(
  compiler: Compiler,
  node: ModelNode,
  { onCompiled, onBatch }: MicrobatchOptions,
): Generator<unknown, Materialized, unknown> {
  const { database, schema, alias: identifier } = node;
  const existing = yield* ask({ kind: 'relation', database, schema, identifier });
  const refreshes = node.config['full_refresh'] ?? compiler.input.facts.flags['FULL_REFRESH'];
  const isIncremental = existing?.fields.type === 'table' && refreshes !== true;
  const batches = batchesOf(node, compiler.input.facts, isIncremental);
  let last: Materialized = { compiledSql: null, main: null, relations: [] };
  let hasFailedFirst = false;
  for (const [index, batch] of batches.entries()) {
    if (hasFailedFirst) {
      onBatch({ batch, error: null });
      continue;
    }
    const own = batchNode(node, batch, index, batches.length);
    try {
      last = yield* oneBatch(compiler, own, batch, index > 0 || isIncremental, onCompiled);
      onBatch({ batch });
    } catch (error) {
      hasFailedFirst = index === 0;
      onBatch({ batch, error });
    }
  }
  return last;
}

function* oneBatch(
  compiler: Compiler,
  node: ModelNode,
  batch: Batch,
  isIncremental: boolean,
  onCompiled: OnCompiled,
): Generator<unknown, Materialized, unknown> {
  const { sql } = yield* compiler.compile(node, batch);
  onCompiled(sql);
  const results = new ResultsStore();
  const context = compiler.contextOf(node, results, {
    references: { batch },
    compiledSql: sql,
    hooks: hooksOf(node.config),
    ...(isIncremental ? { overrides: ADDING } : {}),
  });
  const model = context.lookup('model');
  if (model instanceof PyDict) {
    const value = new AttributeDict({ id: batch.id });
    value.set('event_time_start', PyDateTime.parse(batch.start));
    value.set('event_time_end', PyDateTime.parse(batch.end));
    model.set('batch', value);
  }
  return yield* finishNode(
    compiler,
    node,
    { context, materialization: node.materialized, compiledSql: sql },
    results,
  );
}

/** Batches after the first are added to the table, whatever the run says of a full refresh. */
const ADDING = {
  macros: new Map<string, Value>([
    ['is_incremental', true],
    ['should_full_refresh', false],
  ]),
  vars: {},
  envVars: {},
} as const;

/** The model as one batch sees it: hooks run around all batches, not around each. */
function batchNode(node: ModelNode, batch: Batch, index: number, count: number): ModelNode {
  return modelWith(node, {
    ...node.config,
    __dbt_internal_microbatch_event_time_start: batch.start,
    __dbt_internal_microbatch_event_time_end: batch.end,
    ...(index === 0 ? {} : { 'pre-hook': [] }),
    ...(index === count - 1 ? {} : { 'post-hook': [] }),
  });
}

/** What is said of a model whose batches ended so, and the first failure. */
export function batchesMessage(outcomes: readonly BatchOutcome[]): {
  readonly status: 'success' | 'error' | 'partial success';
  readonly message: string;
} {
  const built = outcomes.filter((one) => one.error === undefined).length;
  const failed = outcomes.find(({ error }) => error !== undefined && error !== null);
  if (failed === undefined) return { status: 'success', message: 'SUCCESS' };
  const why = `batch ${failed.batch.label}: ${messageOf(failed.error)}`;
  return built === 0
    ? { status: 'error', message: `ERROR in ${why}` }
    : {
        status: 'partial success',
        message: `PARTIAL SUCCESS (${built}/${outcomes.length}); ${why}`,
      };
}
