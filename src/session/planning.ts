/**
 * Planning in a session: a fork of what exists, and nothing that writes.
 */
import { DagbookError, type NodeId } from '../base/index.js';
import type { Compiler, RunnableNode } from '../compile/index.js';
import { type NodePlan, PlannedRelations, planNode } from '../plan/index.js';
import { isRunnable } from './run-order.js';
import type { Workplace } from './workplace.js';

export interface PlanOptions {
  readonly isFullRefresh: boolean;
  readonly signal: AbortSignal;
}

/** Plans nodes in the order given; each sees what those before it would have made. */
export async function planNodes(
  workplace: Workplace,
  compiler: Compiler,
  nodes: readonly RunnableNode[],
  options: PlanOptions,
): Promise<readonly NodePlan[]> {
  return await workplace.withWarehouse(options.signal, async (warehouse, connect) => {
    const cache = workplace.cacheOf(warehouse).fork();
    const planned = new PlannedRelations(warehouse.dialect);
    const plans: NodePlan[] = [];
    for (const node of nodes) {
      if (node.resourceType === 'model' && node.materialized === 'ephemeral') continue;
      plans.push(
        await planNode(compiler, node, {
          dialect: warehouse.dialect,
          connect,
          cache,
          planned,
          ...options,
        }),
      );
    }
    return plans;
  });
}

/** Plans one node as if everything before it were done. @throws DagbookError if there is nothing to plan. */
export async function planOne(
  workplace: Workplace,
  id: NodeId,
  options: PlanOptions,
): Promise<NodePlan> {
  const node =
    workplace.parsedFor(options.isFullRefresh).manifest.nodes.get(id) ?? workplace.node(id);
  if (!isRunnable(node)) {
    throw new DagbookError(
      'plan/not-runnable',
      `A ${node.resourceType} is not run, so there is nothing to plan.`,
      {
        exitCode: 1,
      },
    );
  }
  const deferred = await workplace.deferred({
    nodes: [id],
    selected: [id],
    buildsSelected: true,
    signal: options.signal,
  });
  const compiler = workplace.compiler('run', { FULL_REFRESH: options.isFullRefresh }, [id], {
    deferred,
  });
  const [plan] = await planNodes(workplace, compiler, [node], options);
  if (plan === undefined) {
    throw new DagbookError(
      'plan/ephemeral',
      `${node.name} is ephemeral: it becomes a CTE of the models that ref it.`,
      { exitCode: 1 },
    );
  }
  return plan;
}
