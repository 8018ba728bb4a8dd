/**
 * A run from its first statement to its last: schemas, on-run-start, nodes, on-run-end.
 */
import { type Diagnostic, type NodeId, toDiagnostic } from '../base/index.js';
import {
  cachedSchemas,
  type Compiler,
  createSchemas,
  drive,
  type EffectDriver,
  type PlanStyle,
  type RelationCache,
  type RunnableNode,
} from '../compile/index.js';
import type { Emit, NodeResult, RunSummary } from '../events/index.js';
import type { OperationNode, TestNode } from '../manifest/index.js';
import type { Connection, Warehouse } from '../warehouse/index.js';
import type { BuildReason } from './build-facts.js';
import { catalogWitness } from './catalog-witness.js';
import { commentOn } from './comment-on.js';
import { endMembers } from './end-members.js';
import { fillAsDbt } from './fill-cache.js';
import { runHooks } from './hooks.js';
import type { Journal } from './journal.js';
import { runNode, skippedResult } from './node-run.js';
import { replacingGuard } from './replacing-guard.js';
import { RunDriver } from './run-driver.js';
import { idleResult, isNoOp, type RunNode } from './run-node.js';
import { runSchedule } from './scheduler.js';
import { TestBatcher } from './test-batcher.js';

export interface RunOptions {
  readonly runId: string;
  readonly command: string;
  readonly compiler: Compiler;
  readonly warehouse: Warehouse;
  readonly cache: RelationCache;
  /** Selected nodes in the order of preference. */
  readonly nodes: readonly RunNode[];
  /** For each of them, the selected nodes it waits for. */
  readonly waitsFor: ReadonlyMap<NodeId, readonly NodeId[]>;
  /** On-run-start and on-run-end hooks; empty for `test` in dbt's sense of a run without hooks. */
  readonly hooks: readonly OperationNode[];
  readonly threads: number;
  readonly planStyle: PlanStyle;
  readonly isFailFast: boolean;
  readonly journal: Journal;
  readonly emit: Emit;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Cancels one node; what waits for it is skipped, the others go on. */
  readonly nodeSignal?: (id: NodeId) => AbortSignal;
  /** Tests of one relation are asked in one statement. */
  readonly isBatchingTests?: boolean;
  /** Why a node is to be built; one with no reason is reused. Absent: everything is built. */
  readonly reasonsToBuild?: (
    node: RunnableNode,
    asking: { readonly driver: EffectDriver; readonly signal: AbortSignal },
  ) => Promise<readonly BuildReason[]>;
}

/** Runs. Cancelling the signal stops new nodes and cancels running statements; what ended keeps its result. */
export async function run(options: RunOptions): Promise<RunSummary> {
  return await new Runner(options).run();
}

class Runner {
  readonly #options: RunOptions;
  readonly #connections = new Map<string, Promise<Connection>>();
  readonly #results = new Map<NodeId, NodeResult>();
  readonly #diagnostics: Diagnostic[] = [];
  readonly #nodes: ReadonlyMap<NodeId, RunNode>;
  readonly #begun = new Set<NodeId>();
  readonly #batcher: TestBatcher | null;
  #started = 0;
  #finished = 0;
  #failedFast = false;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#nodes = new Map(options.nodes.map((node) => [node.id, node]));
    const tests = options.nodes.filter((node) => node.resourceType === 'test');
    this.#batcher =
      options.isBatchingTests === true ? new TestBatcher(options.compiler, tests) : null;
  }

  async run(): Promise<RunSummary> {
    const { runId, command, emit, journal, now, threads, signal } = this.#options;
    const startedAtMs = now();
    emit({
      type: 'run_started',
      runId,
      command,
      nodeIds: this.#countable().map((node) => node.id),
      threads,
      atMs: startedAtMs,
    });
    try {
      await this.#createSchemas();
      if (await this.#runHooks('on-run-start')) await this.#runNodes();
      else this.#skipAll('on-run-start failed');
      if (!signal.aborted) await this.#runHooks('on-run-end');
    } catch (error) {
      if (!signal.aborted) this.#diagnostics.push(toDiagnostic(error, 'run/failed'));
      this.#skipAll(null);
    } finally {
      await this.#closeConnections();
    }
    const summary: RunSummary = {
      runId,
      command,
      startedAtMs,
      durationMs: now() - startedAtMs,
      results: [...this.#results.values()],
      isCancelled: signal.aborted,
      diagnostics: this.#diagnostics,
    };
    journal.note({ kind: 'end', atMs: now(), isCancelled: signal.aborted });
    emit({ type: 'run_finished', summary });
    return summary;
  }

  /** Ephemeral models are selected but make nothing. */
  #countable(): readonly RunNode[] {
    return this.#options.nodes.filter((node) => !isEphemeral(node));
  }

  async #runNodes(): Promise<void> {
    const { emit, now, signal, isFailFast } = this.#options;
    const total = this.#countable().length;
    const left = await runSchedule(
      {
        ids: this.#options.nodes.map((node) => node.id),
        waitsFor: this.#options.waitsFor,
        threads: this.#options.threads,
      },
      {
        run: async (id, thread) => {
          const node = this.#node(id);
          if (isEphemeral(node)) return 'done';
          const own = this.#signalOf(id);
          if (own.aborted && !signal.aborted) {
            this.#finish(skippedResult(node, null, now(), 'Cancelled.'), total);
            return 'blocked';
          }
          const index = (this.#started += 1);
          const name = `Thread-${thread + 1}`;
          emit({ type: 'node_started', nodeId: id, thread: name, index, total, atMs: now() });
          if (isNoOp(node)) {
            this.#finish(idleResult(node, 'no-op', now(), name), total);
            return 'done';
          }
          if (await this.#isReusable(node, name, own)) {
            this.#finish(idleResult(node, 'reused', now(), name), total);
            return 'done';
          }
          await this.#askAhead(node, name, own);
          const batcher = this.#batcher;
          const result = await runNode(this.#options.compiler, node, {
            dialect: this.#options.warehouse.dialect,
            connect: () => this.#connection(name),
            cache: this.#options.cache,
            emit,
            now,
            planStyle: this.#options.planStyle,
            journal: this.#options.journal,
            guard: replacingGuard(node, this.#options.warehouse, this.#isRefreshed(node)),
            ...commentOn(this.#options.compiler, this.#options.warehouse, id),
            ...(batcher === null ? {} : { answered: (sql: string) => batcher.take(sql) }),
            thread: name,
            signal: own,
          });
          this.#finish(result, total);
          const isBad = ['error', 'fail', 'partial success'].includes(result.status);
          if (isBad && isFailFast) this.#failedFast = true;
          return isBad || result.status === 'skipped' ? 'blocked' : 'done';
        },
        skip: (id, because) => {
          const node = this.#node(id);
          if (isEphemeral(node)) return;
          this.#finish(skippedResult(node, because, now(), null), total);
        },
        isStopped: () => signal.aborted || this.#failedFast,
      },
    );
    for (const id of left) {
      const node = this.#node(id);
      if (isEphemeral(node)) continue;
      const why = signal.aborted ? 'Cancelled.' : 'Skipping due to fail_fast';
      this.#finish(skippedResult(node, null, now(), why), total);
    }
  }

  async #isReusable(node: RunnableNode, name: string, signal: AbortSignal): Promise<boolean> {
    const { reasonsToBuild } = this.#options;
    if (reasonsToBuild === undefined) return false;
    try {
      const driver = this.#driver(node.id, name);
      return (await reasonsToBuild(node, { driver, signal })).length === 0;
    } catch {
      // The build says better what is wrong, or that it was cancelled.
      return false;
    }
  }

  /** Asks for a test's answer together with those of tests that could run now. */
  async #askAhead(node: RunnableNode, name: string, signal: AbortSignal): Promise<void> {
    if (this.#batcher === null || node.resourceType !== 'test') return;
    this.#begun.add(node.id);
    const isDone = (id: NodeId): boolean => {
      const status = this.#results.get(id)?.status;
      const parent = this.#nodes.get(id);
      return (
        parent === undefined || isEphemeral(parent) || status === 'success' || status === 'reused'
      );
    };
    const isReady = ({ id }: TestNode): boolean =>
      !this.#begun.has(id) && (this.#options.waitsFor.get(id) ?? []).every(isDone);
    await this.#batcher.prepare(node, isReady, { driver: this.#driver(node.id, name), signal });
  }

  #signalOf(id: NodeId): AbortSignal {
    const { signal, nodeSignal } = this.#options;
    return nodeSignal === undefined ? signal : AbortSignal.any([signal, nodeSignal(id)]);
  }

  #finish(result: NodeResult, total: number): void {
    this.#results.set(result.nodeId, result);
    this.#finished += 1;
    const index = this.#finished;
    const { compiledSql: _, ...kept } = result;
    this.#options.journal.note({ kind: 'node', result: kept });
    this.#options.emit({ type: 'node_finished', result, index, total });
  }

  #isRefreshed({ config }: RunNode): boolean {
    return (
      (config['full_refresh'] ?? this.#options.compiler.input.facts.flags['FULL_REFRESH']) === true
    );
  }

  #skipAll(message: string | null): void {
    const total = this.#countable().length;
    for (const node of this.#countable()) {
      if (this.#results.has(node.id)) continue;
      this.#finish(skippedResult(node, null, this.#options.now(), message), total);
    }
  }

  #node(id: NodeId): RunNode {
    const node = this.#nodes.get(id);
    if (node === undefined) throw new Error(`${id} is scheduled but not selected`);
    return node;
  }

  #connection(name: string): Promise<Connection> {
    let connection = this.#connections.get(name);
    if (connection === undefined) {
      connection = this.#options.warehouse.connect({ name, signal: this.#options.signal });
      this.#connections.set(name, connection);
      connection.catch(() => this.#connections.delete(name));
    }
    return connection;
  }

  async #closeConnections(): Promise<void> {
    const opened = await Promise.allSettled(this.#connections.values());
    await Promise.allSettled(
      opened.map((one) => (one.status === 'fulfilled' ? one.value.close() : Promise.resolve())),
    );
  }

  #driver(nodeId: NodeId | null, connectionName = 'MainThread'): RunDriver {
    const { compiler, warehouse, cache, emit, journal, now, planStyle } = this.#options;
    return new RunDriver({
      nodeId,
      planStyle,
      journal,
      ...commentOn(compiler, warehouse, nodeId),
      dialect: warehouse.dialect,
      connect: () => this.#connection(connectionName),
      cache,
      emit,
      now,
    });
  }

  /** Makes the schemas that selected nodes need and that are not there. */
  async #createSchemas(): Promise<void> {
    const { cache, compiler, journal, now, planStyle, signal } = this.#options;
    const wanted = cachedSchemas(compiler, this.#countable());
    if (planStyle === 'dbt') {
      await drive(createSchemas(compiler, wanted), this.#driver(null), this.#options);
      await fillAsDbt(compiler, cache, this.#driver(null), this.#options);
      return;
    }
    for (const relation of wanted) {
      const { database, schema } = relation.fields;
      const names = { database: database ?? '', schema: schema ?? '' };
      const witness = catalogWitness(journal, { nodeId: null, now });
      if (await cache.schemaExists(names, { signal, witness })) continue;
      const context = compiler.operationContext(compiler.input.facts.projectName);
      const called = context
        .macroNamed('create_schema')
        .callEffects({ args: [relation], kwargs: new Map() });
      await drive(called, this.#driver(null), this.#options);
      cache.schemaAdded(names.database, names.schema);
    }
  }

  /** @returns false if a hook failed. */
  async #runHooks(event: OperationNode['event']): Promise<boolean> {
    const { compiler, emit, hooks, signal } = this.#options;
    const failures = await runHooks({
      event,
      hooks,
      compiler,
      driverOf: (hook) => this.#driver(hook.id),
      ...(event === 'on-run-end'
        ? { extra: () => endMembers(compiler, [...this.#results.values()], (id) => this.#node(id)) }
        : {}),
      emit,
      signal,
    });
    if (!signal.aborted) this.#diagnostics.push(...failures);
    return failures.length === 0;
  }
}

function isEphemeral(node: RunNode): boolean {
  return node.resourceType === 'model' && node.materialized === 'ephemeral';
}
