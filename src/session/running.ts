/**
 * A run of a session: its compiler, its journal, what it leaves on disk.
 */
import { type Diagnostic, type NodeId, toDiagnostic } from '../base/index.js';
import type { Emit, NodeResult, RunSummary } from '../events/index.js';
import type { ManifestNode } from '../manifest/index.js';
import { type Build, run } from '../run/index.js';
import type { RunRequest, Signal } from './api.js';
import type { ArtifactFiles } from './artifact-files.js';
import type { BuiltTexts } from './built-texts.js';
import type { History } from './history.js';
import { beginJournal } from './journals.js';
import { Reuse } from './reuse/reuse.js';
import { isRunnable, runOrder } from './run-order.js';
import type { Workplace } from './workplace.js';

export interface Running extends Signal {
  readonly workplace: Workplace;
  readonly history: History;
  readonly artifacts: ArtifactFiles;
  readonly builtTexts: BuiltTexts;
  readonly runId: string;
  readonly threads: number;
  readonly emit?: Emit;
  /** Cancels one node. */
  readonly nodeSignal?: (id: NodeId) => AbortSignal;
}

/** Runs the nodes of a request. What cannot be saved at the end is a diagnostic of the summary. */
export async function runNodes(
  request: RunRequest,
  ids: readonly NodeId[],
  {
    workplace,
    history,
    artifacts,
    builtTexts,
    runId,
    threads,
    signal,
    nodeSignal,
    emit: tell,
  }: Running,
): Promise<RunSummary> {
  const isFullRefresh = request.isFullRefresh === true;
  const isFailFast = request.isFailFast === true;
  const parsed = workplace.parsedFor(isFullRefresh);
  const { manifest, project } = parsed;
  const { planStyle } = workplace;
  const unsaved: Diagnostic[] = [];
  let reuse: Reuse | null = null;
  const emit = workplace.emitter(tell, (event) => {
    if (event.type === 'node_started') history.started(event.nodeId);
    if (event.type !== 'node_finished') return;
    const { result } = event;
    const node = manifest.nodes.get(result.nodeId);
    if (node !== undefined)
      history.finished(
        node,
        result,
        buildOf(node, result, { runId, command: request.command }, reuse),
      );
    const { compiledSql } = result;
    if (compiledSql === null) return;
    kept(unsaved, () => artifacts.writeCompiled(manifest, result.nodeId, compiledSql));
    const isRelation = node?.resourceType === 'model' || node?.resourceType === 'snapshot';
    if (isRelation && result.status === 'success')
      kept(unsaved, () => builtTexts.keep(result.nodeId, compiledSql));
  });
  // Others work in the warehouse too, and dbt remembers as made what a hook has dropped: each run asks anew, as dbt does.
  workplace.forgetRelations();
  const deferred = await workplace.deferredFor(request.command, ids, signal);
  const compiler = workplace.compiler(
    request.command,
    {
      FULL_REFRESH: isFullRefresh,
      FAIL_FAST: isFailFast,
      STORE_FAILURES: request.isStoringFailures === true,
      EMPTY: request.isEmpty === true,
      EVENT_TIME_START: request.eventTimeStart ?? null,
      EVENT_TIME_END: request.eventTimeEnd ?? null,
    },
    ids,
    { emit, deferred },
  );
  const { invocationArgs } = compiler.input.facts;
  const order = runOrder(manifest, ids, request.command, planStyle);
  return await workplace.lease.use(async (warehouse) => {
    const cache = workplace.cacheOf(warehouse);
    const known = new Reuse({
      compiler,
      project,
      engine: warehouse.engine,
      history,
      loadedUntil: artifacts.loadedUntil(),
    });
    reuse = known;
    kept(unsaved, () => history.begin(order.nodes.map(({ id }) => id)));
    const { journal, close } = beginJournal(project.rootDir, {
      runId,
      command: request.command,
      target: project.target.name,
      engine: warehouse.engine,
      atMs: workplace.now(),
      args: invocationArgs,
      nodeIds: order.nodes.map(({ id }) => id),
    });
    try {
      const summary = await run({
        ...order,
        runId,
        command: request.command,
        compiler,
        warehouse,
        cache,
        hooks: [...manifest.nodes.values()]
          .filter((node) => node.resourceType === 'operation')
          .filter(() => request.command !== 'clone'),
        threads: planStyle === 'dbt' ? 1 : threads,
        planStyle,
        isFailFast,
        journal,
        emit,
        now: workplace.now,
        signal,
        ...(nodeSignal === undefined ? {} : { nodeSignal }),
        isBatchingTests: request.isBatchingTests === true && planStyle !== 'dbt',
        ...(request.isReusing === true
          ? { reasonsToBuild: (node, asking) => known.reasons(node, { ...asking, cache }) }
          : {}),
      });
      kept(unsaved, () => history.save());
      kept(unsaved, () => artifacts.writeManifest(parsed));
      kept(unsaved, () => artifacts.writeRunResults(summary, invocationArgs));
      return { ...summary, diagnostics: [...summary.diagnostics, ...unsaved.slice(0, 1)] };
    } finally {
      close();
      workplace.forgetRelations();
    }
  });
}

/** What a node that ended well was made of. A clone builds nothing of the node's. */
function buildOf(
  node: ManifestNode,
  { status, compiledSql, startedAtMs, durationMs }: NodeResult,
  { runId, command }: { readonly runId: string; readonly command: RunRequest['command'] },
  reuse: Reuse | null,
): Build | null {
  if (reuse === null || !isRunnable(node) || command === 'clone') return null;
  if (status !== 'success' && status !== 'pass') return null;
  return {
    id: `${runId.slice(0, 8)}-${startedAtMs + durationMs}`,
    facts: reuse.factsOf(node, compiledSql),
  };
}

/** Runs what may fail for want of a disk: what was run in the warehouse is told all the same. */
function kept(diagnostics: Diagnostic[], save: () => void): void {
  try {
    save();
  } catch (error) {
    diagnostics.push(toDiagnostic(error, 'session/not-saved'));
  }
}
