/**
 * `source freshness`: the project's hooks around one question a source, those that only the catalog can answer in one.
 */
import type { Diagnostic, NodeId } from '../base/index.js';
import {
  collectCatalogFreshness,
  collectFreshness,
  type Compiler,
  drive,
  type Freshness,
  freshnessStatus,
} from '../compile/index.js';
import type { Emit, NodeResult } from '../events/index.js';
import type { OperationNode, SourceNode } from '../manifest/index.js';
import { endMembers, fillAsDbt, type RunDriver, runHooks } from '../run/index.js';
import type { FreshnessResult } from './api.js';
import { compileFailure } from './compiled-node.js';
import type { Workplace } from './workplace.js';

export interface FreshnessOptions {
  readonly compiler: Compiler;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Asks how fresh sources are, in the order given; each that cannot be told is a `runtime error` of its own. */
export async function checkFreshness(
  workplace: Workplace,
  sources: readonly SourceNode[],
  options: FreshnessOptions,
): Promise<readonly FreshnessResult[]> {
  const { compiler, emit, signal } = options;
  const hooks = [...compiler.input.manifest.nodes.values()].filter(
    (node): node is OperationNode => node.resourceType === 'operation',
  );
  return await workplace.withWarehouse(signal, async (warehouse, connect) => {
    const driver = workplace.driver(warehouse, connect, emit);
    if (workplace.planStyle === 'dbt')
      await fillAsDbt(compiler, workplace.cacheOf(warehouse), driver, { signal });
    const around = { hooks, compiler, driverOf: () => driver, emit, signal };
    const failures = await runHooks({ ...around, event: 'on-run-start' });
    const results =
      failures.length > 0
        ? sources.map((source) => failedFreshness(source.id, failures))
        : await askAll(sources, driver, workplace.planStyle, options);
    signal.throwIfAborted();
    const extra = () => endMembers(compiler, results.map(nodeResult), (id) => compiler.node(id));
    await runHooks({ ...around, event: 'on-run-end', extra });
    return results;
  });
}

async function askAll(
  sources: readonly SourceNode[],
  driver: RunDriver,
  planStyle: Workplace['planStyle'],
  { compiler, signal }: FreshnessOptions,
): Promise<readonly FreshnessResult[]> {
  // dbt asks the catalog of sources with a query of their own too, and does not look at the answer.
  const asked = sources.filter(
    (source) =>
      source.loadedAtField === null && (planStyle === 'dbt' || source.loadedAtQuery === null),
  );
  let known: ReadonlyMap<NodeId, Freshness> = new Map();
  if (compiler.input.facts.dialect === 'snowflake') {
    try {
      known = await drive(collectCatalogFreshness(compiler, asked), driver, { signal });
    } catch (error) {
      signal.throwIfAborted();
      // dbt goes no further then; one by one may tell more.
      if (planStyle === 'dbt') {
        return sources.map(({ id }) =>
          failedFreshness(id, compileFailure(error, null).diagnostics),
        );
      }
    }
  }
  const results: FreshnessResult[] = [];
  for (const source of sources) {
    try {
      const found = await drive(collectFreshness(compiler, source, known), driver, { signal });
      results.push({
        ...found,
        nodeId: source.id,
        ageSeconds: Number.isFinite(found.ageSeconds) ? found.ageSeconds : null,
        message: null,
        status: freshnessStatus(source, found.ageSeconds),
      });
    } catch (error) {
      signal.throwIfAborted();
      results.push(failedFreshness(source.id, compileFailure(error, source).diagnostics));
    }
  }
  return results;
}

function failedFreshness(id: NodeId, diagnostics: readonly Diagnostic[]): FreshnessResult {
  return {
    nodeId: id,
    status: 'runtime error',
    maxLoadedAt: null,
    snapshottedAt: null,
    ageSeconds: null,
    message: diagnostics[0]?.message ?? null,
  };
}

/** As on-run-end hooks read it. */
function nodeResult({ nodeId, status, message }: FreshnessResult): NodeResult {
  return {
    nodeId,
    status,
    message,
    failures: null,
    rowsAffected: null,
    startedAtMs: 0,
    durationMs: 0,
    thread: '',
    relationName: null,
    compiledSql: null,
    failure: null,
    skippedBecause: null,
    queryId: null,
  };
}
