/**
 * Which nodes a build would build, and why, without building any.
 */
import type { NodeId } from '../../base/index.js';
import type { BuildReason } from '../../run/index.js';
import type { RunRequest, Signal } from '../api.js';
import type { ArtifactFiles } from '../artifact-files.js';
import type { History } from '../history.js';
import { isRunnable, runOrder } from '../run-order.js';
import type { Workplace } from '../workplace.js';
import { Reuse } from './reuse.js';

/** What would become of one node. */
export interface BuildVerdict {
  readonly nodeId: NodeId;
  /** Empty: it would be reused. */
  readonly reasons: readonly BuildReason[];
  /** Milliseconds since the epoch of the last time it ended well; null if it never did. */
  readonly builtAtMs: number | null;
}

/** In the order of the run; a node that reads one that would be built, would be built too. Sends nothing that writes. */
export async function explainBuilds(
  workplace: Workplace,
  history: History,
  artifacts: ArtifactFiles,
  request: RunRequest,
  ids: readonly NodeId[],
  { signal }: Signal,
): Promise<readonly BuildVerdict[]> {
  history.refresh();
  const isFullRefresh = request.isFullRefresh === true;
  const { manifest, project } = workplace.parsedFor(isFullRefresh);
  const deferred = await workplace.deferredFor(request.command, ids, signal);
  const flags = { FULL_REFRESH: isFullRefresh, EMPTY: request.isEmpty === true };
  const compiler = workplace.compiler(request.command, flags, ids, { deferred });
  const { nodes } = runOrder(manifest, ids, request.command, workplace.planStyle);
  return await workplace.withWarehouse(signal, async (warehouse, connect) => {
    const cache = workplace.cacheOf(warehouse);
    const driver = workplace.driver(warehouse, connect);
    const reuse = new Reuse({
      compiler,
      project,
      engine: warehouse.engine,
      history,
      loadedUntil: artifacts.loadedUntil(),
    });
    const verdicts: BuildVerdict[] = [];
    const built = new Set<NodeId>();
    for (const node of nodes) {
      if (!isRunnable(node)) continue;
      if (node.resourceType === 'model' && node.materialized === 'ephemeral') continue;
      const own = await reuse.reasons(node, { driver, cache, signal });
      const before = [...reuse.readBy(node)]
        .filter((id) => built.has(id))
        .map((id): BuildReason => ({ kind: 'upstream', id }));
      const reasons = [...own, ...before];
      if (reasons.length > 0) built.add(node.id);
      verdicts.push({ nodeId: node.id, reasons, builtAtMs: history.builtAtMs(node.id) });
    }
    return verdicts;
  });
}
