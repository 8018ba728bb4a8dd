export { isMicrobatch } from './batches.js';
export {
  type CalledMacros,
  type CompiledCode,
  Compiler,
  type CompilerInput,
  type DeferredRelation,
} from './compiler.js';
export { type Answers, drive, type Effect, type EffectDriver, type PlanStyle } from './effect.js';
export { cachedSchemas, createSchemas, listSchemaRelations } from './existing-relations.js';
export {
  collectCatalogFreshness,
  collectFreshness,
  type Freshness,
  freshnessStatus,
  hasFreshness,
} from './freshness.js';
export {
  hooksOf,
  type Materialized,
  materializeNode,
  runMacro,
  type RunnableNode,
  testOutcome,
} from './materialize.js';
export { batchesMessage, type BatchOutcome, materializeBatches } from './microbatch.js';
export { nodeDict } from './node-dict.js';
export { statementComment } from './query-comment.js';
export { RelationCache } from './relation-cache.js';
export { PyAdapterResponse } from './results-store.js';
export { renderText as renderRuntimeText } from './runtime-context.js';
export { TransactionWatch } from './transactions.js';
export { compileUnitTest } from './unit-test.js';
