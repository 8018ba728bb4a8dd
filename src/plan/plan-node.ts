/**
 * The plan of one node: its work driven by a driver that writes nothing.
 */
import { textOfJson, toDiagnostic } from '../base/index.js';
import {
  type Compiler,
  drive,
  isMicrobatch,
  materializeBatches,
  materializeNode,
  type RelationCache,
  type RunnableNode,
} from '../compile/index.js';
import type { NodePlan, PlanStep } from './plan.js';
import { PlanDriver, type PlanDriverOptions, UndecidedError } from './plan-driver.js';

export interface PlanNodeOptions extends PlanDriverOptions {
  readonly isFullRefresh: boolean;
  readonly signal: AbortSignal;
}

/**
 * Plans a node. Later nodes of the same plan see its recorded relations through `options.cache` and `options.planned`.
 *
 * @returns never throws for what is wrong with the node: then `error` says so.
 */
export async function planNode(
  compiler: Compiler,
  node: RunnableNode,
  options: PlanNodeOptions,
): Promise<NodePlan> {
  const { signal } = options;
  const { action, reason } = await describeAction(compiler, node, options.cache, options);
  const driver = new PlanDriver(options);
  const relation = node.resourceType === 'unit_test' ? null : compiler.relationOf(node);
  const base = {
    nodeId: node.id,
    action,
    reason,
    relationName: 'relationName' in node ? node.relationName : (relation?.render() ?? null),
    warehouse: warehouseOf(compiler, node),
  };
  try {
    await drive(workOf(compiler, node), driver, { signal });
    return { ...base, steps: trimmed(driver.steps), replaces: driver.replaces, error: null };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UndecidedError) {
      return {
        ...base,
        steps: undecided(driver.steps, node, error),
        replaces: driver.replaces,
        error: null,
      };
    }
    return {
      ...base,
      steps: driver.steps,
      replaces: driver.replaces,
      error: toDiagnostic(error, 'plan/failed', node.id),
    };
  }
}

/** What cannot be planned of one batch ends the plan of them all. */
function workOf(compiler: Compiler, node: RunnableNode): ReturnType<typeof materializeNode> {
  if (!isMicrobatch(node)) return materializeNode(compiler, node);
  return materializeBatches(compiler, node, {
    onCompiled: () => undefined,
    onBatch: ({ error }) => {
      if (error !== undefined) throw error;
    },
  });
}

/** A test's question is its whole work, so nothing after it is unknown. */
function undecided(
  steps: readonly PlanStep[],
  node: RunnableNode,
  error: UndecidedError,
): readonly PlanStep[] {
  const last = steps.at(-1);
  if (last !== undefined && last.certainty === 'decided-at-run-time') {
    if (node.resourceType !== 'test') return steps;
    return [...steps.slice(0, -1), { ...last, certainty: 'exact' }];
  }
  return [
    ...steps,
    {
      sql: '',
      isWrite: false,
      purpose: `what follows is decided at run time: ${error.message}`,
      certainty: 'decided-at-run-time',
    },
  ];
}

/** Blank statements (a hook that renders to nothing) are not sent. */
function trimmed(steps: readonly PlanStep[]): readonly PlanStep[] {
  return steps.filter((step) => step.sql !== '');
}

function warehouseOf(compiler: Compiler, node: RunnableNode): string | null {
  const own = node.config['snowflake_warehouse'];
  const usual = compiler.input.facts.target['warehouse'];
  if (compiler.input.facts.dialect !== 'snowflake') return null;
  if (typeof own === 'string' && own !== '') return own;
  return typeof usual === 'string' ? usual : null;
}

async function describeAction(
  compiler: Compiler,
  node: RunnableNode,
  cache: RelationCache,
  options: { readonly isFullRefresh: boolean; readonly signal: AbortSignal },
): Promise<{ readonly action: string; readonly reason: string }> {
  switch (node.resourceType) {
    case 'test':
      return { action: 'test', reason: 'a query that must return no rows' };
    case 'unit_test':
      return {
        action: 'unit test',
        reason: 'the model over given rows, compared with what is expected',
      };
    case 'seed':
      return { action: 'seed', reason: 'the csv is loaded whole' };
    case 'snapshot':
    case 'model':
      break;
  }
  const existing = await cache.find(
    { database: node.database, schema: node.schema, identifier: node.alias },
    options,
  );
  const isThere = existing !== null;
  if (node.resourceType === 'snapshot') {
    const strategy = textOfJson(node.config['strategy']) ?? '';
    return {
      action: `snapshot · ${strategy}`,
      reason: isThere
        ? 'changed rows get a new version'
        : 'first run: the snapshot does not exist yet',
    };
  }
  if (node.materialized !== 'incremental') {
    return {
      action: node.materialized,
      reason: isThere ? 'replaced as a whole' : 'it does not exist yet',
    };
  }
  return incrementalAction(
    compiler,
    node.config,
    existing?.fields.type ?? null,
    isThere,
    options.isFullRefresh,
  );
}

function incrementalAction(
  compiler: Compiler,
  config: RunnableNode['config'],
  existingType: string | null,
  isThere: boolean,
  isFullRefresh: boolean,
): { readonly action: string; readonly reason: string } {
  const fallback = compiler.input.facts.dialect === 'snowflake' ? 'merge' : 'delete+insert';
  const strategy = textOfJson(config['incremental_strategy']) ?? fallback;
  const wantsRefresh = config['full_refresh'] ?? isFullRefresh;
  if (!isThere)
    return { action: 'incremental · first run', reason: 'first run: the table does not exist yet' };
  if (existingType !== 'table') {
    return {
      action: 'incremental · first run',
      reason: `its name belongs to a ${existingType ?? 'relation'}, which is replaced`,
    };
  }
  if (wantsRefresh === true) {
    return {
      action: 'incremental · full refresh',
      reason: 'full refresh was asked for: the table is replaced',
    };
  }
  return {
    action: `incremental · ${strategy}`,
    reason: 'the table exists: only new rows are written',
  };
}
