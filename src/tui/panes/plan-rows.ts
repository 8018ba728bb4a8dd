/**
 * A plan as rows: what would be sent, why, and how sure that is.
 */
import type { NodePlan, PlanStep } from '../../plan/index.js';
import { paintSql } from '../../workbench/index.js';
import { BLANK, piece, type Row, row, wrapped } from './rows.js';
import { plural } from './words.js';

const CERTAINTY: Readonly<Record<PlanStep['certainty'], string>> = {
  exact: '',
  'unless-schema-changes': 'unless a schema changes',
  'decided-at-run-time': 'decided at run time',
};

/** The plan of one node, with the SQL of each step. */
export function planRows(plan: NodePlan, width: number): readonly Row[] {
  const writes = plan.steps.filter(({ isWrite }) => isWrite).length;
  return [
    ...planSummary(plan, width),
    ...(plan.steps.length === 0
      ? []
      : [row(`${plural(plan.steps.length, 'statement')}, ${writes} of them writing`, 'muted')]),
    ...plan.steps.flatMap((step, index) => stepRows(step, index)),
  ];
}

/** What happens and why, without the statements. */
export function planSummary(plan: NodePlan, width: number): readonly Row[] {
  return [
    [
      piece(plan.action, 'strong'),
      piece(plan.relationName === null ? '' : ` → ${plan.relationName}`, 'accent'),
    ],
    ...wrapped(plan.reason, width, 'text', '  '),
    ...(plan.warehouse === null ? [] : [row(`  warehouse ${plan.warehouse}`, 'muted')]),
    ...plan.replaces.map((name): Row => [piece('  replaces ', 'warn'), piece(name, 'warn')]),
    ...(plan.error === null ? [] : wrapped(plan.error.message, width, 'fail', '  ')),
    ...(plan.error?.hint === undefined
      ? []
      : wrapped(`hint: ${plan.error.hint}`, width, 'accent', '  ')),
  ];
}

/** Templates leave runs of empty lines behind; on screen one says as much. */
function squeezed(sql: string): string {
  return sql.trim().replaceAll(/\n(?:[ \t]*\n)+/gu, '\n\n');
}

function stepRows(step: PlanStep, index: number): readonly Row[] {
  const certainty = CERTAINTY[step.certainty];
  return [
    BLANK,
    [
      piece(`${index + 1}. `, 'muted'),
      piece(step.isWrite ? 'writes' : 'reads ', step.isWrite ? 'warn' : 'muted'),
      piece(`  ${step.purpose}`, 'heading'),
      piece(certainty === '' ? '' : `  (${certainty})`, 'stale'),
    ],
    ...paintSql(squeezed(step.sql)).map((pieces): Row => [piece('   '), ...pieces]),
  ];
}
