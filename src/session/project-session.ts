/**
 * An open project: its manifest, its warehouse, and what the public API does with them.
 */
import { type Diagnostic, isJsonObject, type JsonObject, type NodeId } from '../base/index.js';
import { drive, hasFreshness, runMacro } from '../compile/index.js';
import type { MacroDefinition } from '../context/index.js';
import type { Emit, RunSummary } from '../events/index.js';
import {
  executionOrder,
  type Manifest,
  select,
  selectorOf,
  type SourceNode,
} from '../manifest/index.js';
import type { NodePlan, Plan } from '../plan/index.js';
import { absolutePath, isFile, joinPath, readText } from '../platform/index.js';
import type { ResultPage } from '../warehouse/index.js';
import type {
  CatalogColumnRow,
  Command,
  CompiledNode,
  FreshnessResult,
  NodeState,
  PreviewRequest,
  RunRequest,
  SelectionRequest,
  Session,
  SessionFacts,
  SessionOptions,
  Signal,
} from './api.js';
import { ArtifactFiles } from './artifact-files.js';
import { type CatalogOptions, readCatalog } from './built-catalog.js';
import { BuiltTexts } from './built-texts.js';
import { resourceTypesOf } from './command-selection.js';
import { dbtQueueOrder } from './dbt-queue.js';
import { refreshOf } from './destruction.js';
import { checkFreshness } from './freshness.js';
import { type Confirm, isProtected } from './guard.js';
import { History } from './history.js';
import { type CutOffRun, cutOffRuns } from './journals.js';
import type { NodeLineage } from './lineage/node-lineage.js';
import { type LineageOptions, ProjectLineage } from './lineage/project-lineage.js';
import type { Parsed } from './parsed.js';
import { planNodes, planOne } from './planning.js';
import { compileOne, compileText, previewSql, streamRows } from './reading.js';
import { recoverAll, type RecoveredRun } from './recover.js';
import { type BuildVerdict, explainBuilds } from './reuse/explain.js';
import { isRunnable, runOrder } from './run-order.js';
import { runNodes } from './running.js';
import { watchProject } from './watch-project.js';
import { type Listener, Workplace, type WorkplaceInput } from './workplace.js';
import { isManifestWritten, noteWrittenManifest } from './written-manifest.js';

export interface ProjectSessionInput extends WorkplaceInput {
  readonly options: SessionOptions;
  readonly makeRunId: () => string;
}

export class ProjectSession implements Session {
  readonly options: SessionOptions;
  readonly #workplace: Workplace;
  readonly #makeRunId: () => string;
  readonly #history: History;
  readonly #builtTexts: BuiltTexts;
  readonly #lineage: ProjectLineage;

  constructor(input: ProjectSessionInput) {
    this.options = input.options;
    this.#makeRunId = input.makeRunId;
    this.#workplace = new Workplace(input);
    const { project } = this.#workplace.parsed;
    this.#history = new History(project.rootDir, project.target.name);
    this.#builtTexts = new BuiltTexts(project.rootDir, project.target.name);
    this.#lineage = new ProjectLineage({
      manifest: () => this.manifest,
      dialect: () => this.parsed.project.target.type,
      compile: (id, options) => this.compile(id, options),
      builtColumns: (id, options) => this.columns(id, options),
    });
  }

  get manifest(): Manifest {
    return this.parsed.manifest;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.parsed.diagnostics;
  }

  /** The parsed project, for artifacts and docs. */
  get parsed(): Parsed {
    return this.#workplace.parsed;
  }

  /** Macros by the node whose text called them when it was compiled, in call order. */
  get calledMacros(): ReadonlyMap<NodeId, ReadonlySet<string>> {
    return this.#workplace.calledMacros;
  }

  get macros(): readonly MacroDefinition[] {
    return this.parsed.registry.all();
  }

  get facts(): SessionFacts {
    const { project } = this.parsed;
    const { engine, isMetered } = this.#workplace.lease;
    return {
      projectName: project.name,
      targetName: project.target.name,
      engine,
      isMetered,
      threads: project.target.threads,
      projectDir: project.rootDir,
      targetSchema: project.target.schema,
      targetDatabase: project.target.database,
      isProtected: isProtected(project.target),
    };
  }

  reload(): void {
    this.#workplace.reload();
  }

  /** Reloads whenever files of the project change, until the returned function is called. */
  watch(): () => void {
    return watchProject(this.#workplace, this.#workplace.emitter(undefined));
  }

  subscribe(listener: Listener): () => void {
    return this.#workplace.subscribe(listener);
  }

  select(request: SelectionRequest & { readonly command: Command }): {
    readonly ids: readonly NodeId[];
    readonly warnings: readonly Diagnostic[];
  } {
    const excluded = new Set(request.excludeResourceTypes ?? []);
    const { state } = this.#workplace;
    const { ids, warnings } = select(
      this.manifest,
      {
        ...(request.select === undefined ? {} : { select: request.select }),
        ...(request.exclude === undefined ? {} : { exclude: request.exclude }),
        ...(request.selector === undefined ? {} : { selector: request.selector }),
        resourceTypes: resourceTypesOf(request.command, request.resourceTypes).filter(
          (type) => !excluded.has(type),
        ),
        indirectSelection: request.indirectSelection ?? 'eager',
      },
      { selectors: this.parsed.project.selectors, state },
    );
    return { ids, warnings: [...warnings, ...state.warnings] };
  }

  /** The order in which a command takes up nodes: the manifest's, or in dbt's style that of its queue. */
  inOrder(ids: readonly NodeId[]): readonly NodeId[] {
    if (this.#workplace.planStyle !== 'dbt') return ids;
    return dbtQueueOrder(executionOrder(this.manifest, ids, 'compile'));
  }

  selectorOf(ids: readonly NodeId[]): string {
    return selectorOf(this.manifest, ids);
  }

  async compile(
    id: NodeId,
    options: Signal & { readonly selected?: readonly NodeId[] },
  ): Promise<CompiledNode> {
    return await compileOne(this.#workplace, id, options);
  }

  async compileInline(sql: string, options: Signal): Promise<CompiledNode> {
    return await compileText(this.#workplace, sql, options);
  }

  async plan(request: RunRequest, { signal }: Signal): Promise<Plan> {
    const { ids } = this.select(request);
    const isFullRefresh = request.isFullRefresh === true;
    const { manifest } = this.#workplace.parsedFor(isFullRefresh);
    const { nodes } = runOrder(manifest, ids, request.command, this.#workplace.planStyle);
    const deferred = await this.#workplace.deferredFor(request.command, ids, signal);
    const compiler = this.#workplace.compiler(
      request.command,
      { FULL_REFRESH: isFullRefresh },
      ids,
      { deferred },
    );
    return {
      command: request.command,
      isFullRefresh,
      nodes: await planNodes(this.#workplace, compiler, nodes.filter(isRunnable), {
        isFullRefresh,
        signal,
      }),
    };
  }

  async planNode(
    id: NodeId,
    request: { readonly isFullRefresh?: boolean },
    { signal }: Signal,
  ): Promise<NodePlan> {
    return await planOne(this.#workplace, id, {
      isFullRefresh: request.isFullRefresh === true,
      signal,
    });
  }

  async explain(request: RunRequest, options: Signal): Promise<readonly BuildVerdict[]> {
    const { ids } = this.select(request);
    const files = this.#artifacts();
    return await explainBuilds(this.#workplace, this.#history, files, request, ids, options);
  }

  async run(request: RunRequest, options: Parameters<Session['run']>[1]): Promise<RunSummary> {
    const { ids } = this.select(request);
    await this.#workplace.guard.check(refreshOf(this.manifest, ids, request));
    const summary = await runNodes(request, ids, {
      workplace: this.#workplace,
      history: this.#history,
      artifacts: this.#artifacts(),
      builtTexts: this.#builtTexts,
      runId: this.#makeRunId(),
      threads: request.threads ?? this.facts.threads,
      ...options,
    });
    this.#lineage.forget();
    return summary;
  }

  /** Runs of this target that were cut off; nothing is asked of the warehouse. */
  cutOffRuns(): readonly CutOffRun[] {
    return cutOffRuns(this.facts.projectDir, this.facts.targetName);
  }

  async recover(
    options: Signal & { readonly isLooking: boolean },
  ): Promise<readonly RecoveredRun[]> {
    const artifacts = this.#artifacts();
    return await recoverAll(
      {
        projectDir: this.facts.projectDir,
        target: this.facts.targetName,
        withWarehouse: (body) => this.#workplace.lease.use(body),
        writeResults: (summary, args) => artifacts.writeRunResults(summary, args),
        now: this.#workplace.now,
      },
      options,
    );
  }

  async runOperation(
    macro: string,
    args: JsonObject,
    options: Signal & { readonly emit?: Emit },
  ): Promise<void> {
    const { signal } = options;
    const emit = this.#workplace.emitter(options.emit);
    const compiler = this.#workplace.compiler('run-operation', {}, [], { emit });
    await this.#workplace.withDriver(
      signal,
      (driver) => drive(runMacro(compiler, macro, args), driver, { signal }),
      emit,
    );
  }

  async freshness(
    request: SelectionRequest,
    options: Signal & { readonly emit?: Emit },
  ): Promise<readonly FreshnessResult[]> {
    const { signal } = options;
    const { ids } = this.select({ ...request, command: 'source freshness' });
    const emit = this.#workplace.emitter(options.emit);
    const compiler = this.#workplace.compiler('source freshness', {}, ids, { emit });
    const sources = ids
      .map((id) => this.#workplace.node(id))
      .filter((node) => node.resourceType === 'source')
      .filter(hasFreshness);
    const startedAtMs = this.#workplace.now();
    const results = await checkFreshness(this.#workplace, inOrder(sources), {
      compiler,
      emit,
      signal,
    });
    this.#artifacts().writeSources(
      results.map((result) => {
        const freshness = this.manifest.nodes.get(result.nodeId)?.config['freshness'];
        return { ...result, criteria: isJsonObject(freshness) ? freshness : {} };
      }),
      this.#workplace.now() - startedAtMs,
    );
    return results;
  }

  async previewSql(request: PreviewRequest, options: Signal): Promise<string> {
    return await previewSql(this.#workplace, request, options);
  }

  preview(
    request: PreviewRequest,
    options: Signal & { readonly pageRows: number; readonly maxRows?: number },
  ): AsyncIterable<ResultPage> {
    return streamRows(this.#workplace, request, options);
  }

  async columns(
    id: NodeId,
    { signal }: Signal,
  ): Promise<readonly { readonly name: string; readonly typeName: string }[]> {
    const node = this.#workplace.node(id);
    if (!('schema' in node)) return [];
    const { database, schema } = node;
    const identifier = node.resourceType === 'source' ? node.identifier : node.alias;
    return await this.#workplace.lease.use(
      async (warehouse) =>
        await warehouse.listColumns({ database, schema, identifier }, { signal }),
    );
  }

  /** What is built of the project's nodes and sources, a row a column, asked as dbt asks for its catalog. */
  async catalog(options: CatalogOptions): Promise<readonly CatalogColumnRow[]> {
    return await readCatalog(this.#workplace, options);
  }

  async lineage(id: NodeId, options: LineageOptions): Promise<NodeLineage> {
    this.#workplace.node(id);
    return await this.#lineage.of(id, options);
  }

  stateOf(id: NodeId): NodeState {
    return this.#history.stateOf(id, this.manifest);
  }

  builtSql(id: NodeId): string | null {
    return this.#builtTexts.read(id);
  }

  sourceFile(id: NodeId): string | null {
    const node = this.#workplace.node(id);
    const owner = this.parsed.project.packages.find((one) => one.name === node.packageName);
    if (owner === undefined) return null;
    const file = joinPath(owner.rootDir, node.originalFilePath);
    return isFile(file) ? file : null;
  }

  sourceText(id: NodeId): string | null {
    const file = this.sourceFile(id);
    return file === null ? null : readText(file);
  }

  /** Writes manifest.json and the compiled SQL given, as `compile` does. */
  writeManifest(compiled: ReadonlyMap<NodeId, string>): void {
    const artifacts = this.#artifacts();
    for (const [id, sql] of compiled) artifacts.writeCompiled(this.manifest, id, sql);
    artifacts.writeManifest(this.parsed);
  }

  /** Writes manifest.json as `parse` does: unless it says the same already, and nobody waits for one of this invocation. */
  writeParsedManifest(): void {
    const { parsed } = this;
    const targetDir = this.#targetDir();
    const isAwaited = this.options.invocationId !== undefined;
    if (!isAwaited && isManifestWritten(parsed, targetDir)) return;
    this.writeManifest(new Map());
    noteWrittenManifest(parsed, targetDir);
  }

  async confirm(what: string): Promise<void> {
    await this.#workplace.guard.check(what);
  }

  confirmThrough(confirm: Confirm): void {
    this.#workplace.guard.through(confirm);
  }

  async close(): Promise<void> {
    await this.#workplace.lease.close();
  }

  #artifacts(): ArtifactFiles {
    return new ArtifactFiles(this.#targetDir(), this.parsed.facts, this.#workplace.calledMacros);
  }

  #targetDir(): string {
    const { project } = this.parsed;
    const targetPath = project.packages[0]?.config.targetPath ?? 'target';
    const asked = this.options.targetPath;
    return asked === undefined ? absolutePath(targetPath, project.rootDir) : absolutePath(asked);
  }
}

/** By unique_id, as dbt's queue gives them. */
function inOrder(sources: readonly SourceNode[]): readonly SourceNode[] {
  return sources.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
