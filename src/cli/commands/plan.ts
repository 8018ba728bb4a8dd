/**
 * `plan`: the statements that a run would send, and why, without sending one that writes.
 */
import { display, displayLines, formatDiagnostic } from '../../base/index.js';
import type { NodePlan, PlanStep } from '../../plan/index.js';
import type { RunRequest } from '../../session/index.js';
import type { Io } from '../io.js';
import {
  type OutputFlags,
  type ProjectFlags,
  type RunFlags,
  runRequest,
  type SelectionFlags,
} from '../options.js';
import { withSession } from '../with-session.js';

export type PlanFlags = ProjectFlags &
  SelectionFlags &
  RunFlags &
  OutputFlags & { readonly command?: string };

export async function planCommand(io: Io, flags: PlanFlags): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: true }, async ({ session, signal }) => {
    const request = runRequest(commandOf(flags.command), flags);
    const { ids, warnings } = session.select(request);
    for (const warning of warnings)
      io.note(io.errorStyle.yellow(displayLines(formatDiagnostic(warning))));
    if (ids.length === 0) {
      io.note(io.errorStyle.yellow('Nothing to plan. Check the selection with `dagbook ls`.'));
      return 0;
    }
    const plan = await session.plan(request, { signal });
    if (flags.output === 'json') {
      io.print(JSON.stringify(plan));
    } else {
      for (const node of plan.nodes) printNodePlan(node, io);
      const writes = plan.nodes.flatMap((node) => node.steps).filter((step) => step.isWrite).length;
      io.note(
        `${plan.nodes.length} nodes, ${writes} statements that write. Nothing was sent that writes.`,
      );
    }
    return plan.nodes.some((node) => node.error !== null) ? 1 : 0;
  });
}

function commandOf(name: string | undefined): RunRequest['command'] {
  const known = ['run', 'test', 'build', 'seed', 'snapshot'] as const;
  return known.find((one) => one === name) ?? 'build';
}

/** Prints a node's plan: what, why, on what; then each statement with its purpose. */
export function printNodePlan(plan: NodePlan, io: Io): void {
  const { style } = io;
  io.print(style.bold(display(plan.nodeId)));
  io.print(`  ${display(plan.action)}: ${display(plan.reason)}`);
  if (plan.relationName !== null) io.print(style.dim(`  makes ${display(plan.relationName)}`));
  if (plan.warehouse !== null) io.print(style.dim(`  on warehouse ${display(plan.warehouse)}`));
  if (plan.replaces.length > 0)
    io.print(style.yellow(`  replaces ${display(plan.replaces.join(', '))}`));
  if (plan.error !== null) io.print(style.red(displayLines(formatDiagnostic(plan.error))));
  for (const [index, step] of plan.steps.entries()) printStep(step, index, io);
  io.print('');
}

function printStep(step: PlanStep, index: number, io: Io): void {
  const { style } = io;
  const certainty =
    step.certainty === 'exact'
      ? ''
      : step.certainty === 'decided-at-run-time'
        ? ' (decided at run time)'
        : ' (unless a schema changes)';
  const mark = step.isWrite ? style.yellow('write') : style.dim('read ');
  io.print(`  ${String(index + 1).padStart(2)}. ${mark} ${display(step.purpose)}${certainty}`);
  for (const text of displayLines(step.sql).split('\n')) {
    if (text.trim() !== '') io.print(style.dim(`        ${text}`));
  }
}
