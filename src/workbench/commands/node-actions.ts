/**
 * What can be done with the node under the cursor, or with what is marked, wherever that is.
 */
import type { Command, Context } from '../command.js';
import { toast } from '../core.js';
import { canRun, hasCode, hasRelation } from '../effects/node-loader.js';
import { labelOf } from '../graph/neighbours.js';
import { runCommandOf, takenNodes } from '../subject.js';
import type { RunRequest } from '../../session/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import { parseRun } from '../repl/run-flags.js';
import { runVerb } from '../repl/verb.js';
import type { Workbench } from '../workbench.js';
import { openAsNotebook } from './accept-notebook.js';
import { needs, NO_NODE, selector, subject } from './key-subject.js';
import { previewStep } from './step-commands.js';

const RUN_SCREENS: readonly Context[] = ['graph', 'map', 'node', 'run', 'columns'];
const SCREENS: readonly Context[] = [...RUN_SCREENS, 'snapshots'];
// Among columns `t` is of the trace.
const TEST_SCREENS: readonly Context[] = SCREENS.filter((screen) => screen !== 'columns');

function request(
  workbench: Workbench,
  command: RunRequest['command'],
  options: { readonly isFullRefresh?: boolean } = {},
): void {
  const select = selector(workbench);
  if (select === null) {
    toast(workbench, NO_NODE, 'error');
    return;
  }
  workbench.runner.request({ command, select: select.split(' '), ...options });
}

/** `run`, or what seeds, snapshots and tests are run by; with what is around them it stays `run`. */
function ownCommand(workbench: Workbench): RunRequest['command'] {
  const state = workbench.store.get();
  const { upstream, downstream } = state.graph.reach;
  if (state.screen === 'graph' && (upstream || downstream)) return 'run';
  return runCommandOf(takenNodes(workbench.session.manifest, state, workbench.states));
}

/** Why nothing can be run now. */
export function runDisabledReason(workbench: Workbench): string | null {
  if (workbench.runner.isRunning()) return 'A run is going on: 3 shows it, ctrl-c cancels it.';
  return selector(workbench) === null ? NO_NODE : null;
}

function previewOf(workbench: Workbench): void {
  const node = subject(workbench);
  if (node === null || previewStep(workbench)) return;
  const { state } = workbench.states.stateOf(node.id);
  // What was never built has no relation to look at, but its query can be run.
  const isBuilt = node.resourceType === 'source' || (state !== 'never' && isRelation(node));
  workbench.previewer.open(
    { kind: 'node', nodeId: node.id, from: isBuilt ? 'relation' : 'query' },
    isBuilt
      ? labelOf(node)
      : node.resourceType === 'test'
        ? `rows that fail ${labelOf(node)}`
        : `${labelOf(node)} (its query: not built yet)`,
  );
}

function isRelation(node: ManifestNode): boolean {
  return (
    hasRelation(node.resourceType) &&
    !(node.resourceType === 'model' && node.materialized === 'ephemeral')
  );
}

function canPreview(node: ManifestNode): boolean {
  return hasRelation(node.resourceType) || hasCode(node.resourceType);
}

export const nodeActions: readonly Command[] = [
  {
    id: 'node.run',
    title: 'Run what is selected (dbt run)',
    label: 'run',
    keys: ['r'],
    when: RUN_SCREENS,
    footer: 4,
    disabledReason: runDisabledReason,
    verb: runVerb('run', ':run -s MODEL', "run models, with dbt's flags"),
    run: (workbench) => request(workbench, ownCommand(workbench)),
  },
  {
    id: 'node.build',
    title: 'Build what is selected: run, seed, snapshot and test (dbt build)',
    label: 'build',
    keys: ['b'],
    when: SCREENS,
    footer: 5,
    disabledReason: runDisabledReason,
    verb: runVerb('build', ':build -s +MODEL', 'run models, tests, seeds and snapshots'),
    run: (workbench) => request(workbench, 'build'),
  },
  {
    id: 'node.test',
    title: 'Test what is selected (dbt test)',
    label: 'test',
    keys: ['t'],
    when: TEST_SCREENS,
    footer: 8,
    disabledReason: runDisabledReason,
    verb: runVerb('test', ':test -s MODEL', 'run tests'),
    run: (workbench) => request(workbench, 'test'),
  },
  {
    id: 'node.full-refresh',
    title: 'Rebuild what is selected from scratch (--full-refresh), after showing the plan',
    label: 'full refresh',
    keys: ['R'],
    when: SCREENS,
    disabledReason: runDisabledReason,
    run: (workbench) => request(workbench, 'build', { isFullRefresh: true }),
  },
  {
    id: 'project.build',
    title: 'Build everything in the project',
    label: 'build all',
    keys: ['B'],
    when: SCREENS,
    disabledReason: (workbench) =>
      workbench.runner.isRunning() ? 'A run is going on: ctrl-c cancels it.' : null,
    run: (workbench) => workbench.runner.request({ command: 'build' }),
  },
  {
    id: 'node.preview',
    title: 'Look at the rows',
    label: 'preview',
    keys: ['p'],
    when: SCREENS,
    footer: 6,
    disabledReason: needs(canPreview, 'This node has no rows to look at.'),
    run: previewOf,
  },
  {
    id: 'node.compiled',
    title: 'Show the compiled SQL; again for the source',
    label: 'compiled',
    keys: ['c'],
    when: SCREENS,
    footer: 7,
    disabledReason: needs(({ resourceType }) => hasCode(resourceType), 'This node has no SQL.'),
    verb: {
      name: 'compile',
      usage: ':compile [MODEL]',
      title: 'SQL of a model, or of the last query',
      places: ['shell', 'screen'],
      read: ([name = null]) => ({ kind: 'compile', name }),
    },
    run(workbench) {
      const node = subject(workbench);
      if (node === null) return;
      const { screen, node: shown } = workbench.store.get();
      const isCompiled = screen === 'node' && shown.tab === 'compiled';
      workbench.loader.open(node.id, isCompiled ? 'source' : 'compiled');
    },
  },
  {
    id: 'node.plan',
    title: 'Explain: the statements that a run would send, and why',
    label: 'plan',
    keys: ['x'],
    when: SCREENS,
    footer: 9,
    disabledReason: needs(({ resourceType }) => canRun(resourceType), 'A run does nothing here.'),
    verb: {
      name: 'plan',
      usage: ':plan -s MODEL',
      title: 'the statements that a build would send',
      places: ['shell', 'screen'],
      read: (words) => ({ kind: 'plan', request: parseRun('build', words) }),
    },
    run(workbench) {
      const node = subject(workbench);
      if (node !== null) workbench.loader.open(node.id, 'plan');
    },
  },
  {
    id: 'node.notebook',
    title: 'Open the model as a notebook: one cell for each CTE',
    label: 'cells',
    keys: ['C'],
    when: SCREENS,
    disabledReason: needs(({ resourceType }) => resourceType === 'model', 'This is no model.'),
    run(workbench) {
      const node = subject(workbench);
      if (node !== null) openAsNotebook(workbench, node.id);
    },
  },
  {
    id: 'node.copy-selector',
    title: 'Copy the selector',
    label: 'copy selector',
    keys: ['y'],
    when: ['graph', 'map', 'run'],
    run(workbench) {
      const text = selector(workbench);
      if (text === null) return;
      workbench.host.copy(text);
      toast(workbench, `Copied: ${text}`);
    },
  },
];
