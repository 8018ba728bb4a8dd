/**
 * Keys of a node's steps: its CTEs with their rows, and what is compiled against what was built.
 */
import type { Command, Context } from '../command.js';
import { toast } from '../core.js';
import { dialectOf } from '../dialect-of.js';
import { hasCode } from '../effects/node-loader.js';
import { labelOf } from '../graph/neighbours.js';
import { type QueryStep, queryStepsOf } from '../node/cte-list.js';
import { patch } from '../state.js';
import type { Workbench } from '../workbench.js';
import { needs, subject } from './key-subject.js';

const SCREENS: readonly Context[] = ['graph', 'map', 'node', 'columns'];

/** The steps of the query of the open node; empty until it is compiled. */
export function stepsOf(workbench: Workbench): readonly QueryStep[] {
  const { compiled } = workbench.store.get().node;
  const sql = compiled.kind === 'ready' ? compiled.value.compiledSql : null;
  return sql === null ? [] : queryStepsOf(sql, dialectOf(workbench.session));
}

/** Goes to another step; false where no steps are looked at. */
export function moveStep(workbench: Workbench, by: number): boolean {
  const { screen, node } = workbench.store.get();
  if (screen !== 'node' || node.tab !== 'ctes') return false;
  const last = Math.max(0, stepsOf(workbench).length - 1);
  const step = Math.max(0, Math.min(last, Math.min(last, node.step) + by));
  workbench.store.update((state) => patch(state, 'node', { step, scroll: 0 }));
  return true;
}

/** Looks at the rows of the step under the cursor; false where no steps are looked at. */
export function previewStep(workbench: Workbench): boolean {
  const { screen, node } = workbench.store.get();
  if (screen !== 'node' || node.tab !== 'ctes') return false;
  const steps = stepsOf(workbench);
  const step = steps[Math.min(node.step, steps.length - 1)];
  const shown = subject(workbench);
  if (step === undefined || shown === null) return false;
  workbench.previewer.open(
    { kind: 'sql', sql: step.sql, isTemplate: false },
    step.name === null ? `${labelOf(shown)} (its query)` : `${labelOf(shown)} · ${step.name}`,
  );
  return true;
}

const noSteps = (workbench: Workbench): string | null =>
  workbench.store.get().node.tab === 'ctes' && stepsOf(workbench).length > 0
    ? null
    : 'w shows the CTEs of the node.';
const hasSteps = needs(({ resourceType }) => hasCode(resourceType), 'This node has no SQL.');

function open(workbench: Workbench, tab: 'ctes' | 'diff'): void {
  const node = subject(workbench);
  if (node !== null) workbench.loader.open(node.id, tab);
}

export const stepCommands: readonly Command[] = [
  {
    id: 'node.step-rows',
    title: 'Look at the rows of the CTE under the cursor',
    label: 'its rows',
    keys: ['enter'],
    when: ['node'],
    footer: 1,
    isInFooter: (workbench) => noSteps(workbench) === null,
    disabledReason: noSteps,
    run: (workbench) => void previewStep(workbench),
  },
  {
    id: 'node.count-steps',
    title: 'Count the rows of each CTE',
    label: 'count',
    keys: ['#'],
    when: ['node'],
    footer: 2,
    isInFooter: ({ session }) => session.facts.isMetered,
    disabledReason: noSteps,
    run: (workbench) => workbench.counter.count(),
  },
  {
    id: 'node.ctes',
    title: 'Show the CTEs of the node with their rows',
    label: 'CTEs',
    keys: ['w'],
    when: SCREENS,
    footer: 13,
    disabledReason: hasSteps,
    verb: {
      name: 'ctes',
      usage: ':ctes MODEL [CTE]',
      title: 'CTEs of a model with their rows, or the rows of one',
      places: ['shell', 'screen'],
      read: ([name, cte = null]) => (name === undefined ? null : { kind: 'ctes', name, cte }),
    },
    run: (workbench) => open(workbench, 'ctes'),
  },
  {
    id: 'node.diff',
    title: 'Show the compiled SQL against what was built last',
    label: 'diff',
    keys: ['d'],
    when: SCREENS,
    footer: 14,
    disabledReason: needs(
      ({ resourceType }) => resourceType === 'model' || resourceType === 'snapshot',
      'Only models and snapshots are built from SQL.',
    ),
    verb: {
      name: 'diff',
      usage: ':diff MODEL',
      title: 'compiled SQL against what was built last',
      places: ['shell', 'screen'],
      read: ([name]) => (name === undefined ? null : { kind: 'diff', name }),
    },
    run(workbench) {
      open(workbench, 'diff');
      if (workbench.store.get().node.builtSql === null)
        toast(workbench, 'Nothing was built from here yet: r runs it.');
    },
  },
];
