/**
 * Keys of the run screen.
 */
import { isUndone, retryRequest, type RunRequest } from '../../session/index.js';
import type { Command } from '../command.js';
import { scrolled, toast } from '../core.js';
import { comparedPage, recordsPage } from '../run-records.js';
import { timelineIndex, timelineOf } from '../run-view.js';
import { patch } from '../state.js';
import type { Workbench } from '../workbench.js';
import { subject } from './key-subject.js';

const PAGE = 15;

function move(workbench: Workbench, by: number): void {
  workbench.store.update((state) => {
    const { view, showsFailedOnly, showsLog, index, scroll } = state.run;
    if (view === null) return state;
    // The log follows its end; scrolling counts from there.
    if (showsLog) {
      return patch(state, 'run', { scroll: scrolled(workbench.limits, 'log', scroll, -by) });
    }
    const nodes = timelineOf(view, showsFailedOnly);
    const from = timelineIndex(view, nodes, index);
    return patch(state, 'run', { index: Math.max(0, Math.min(nodes.length - 1, from + by)) });
  });
}

/** The run that does again what of the shown one did not come to its end; null if all did. */
function retryOf({ store, session }: Workbench): RunRequest | null {
  const { view, request } = store.get().run;
  const undone = [...(view?.nodes.values() ?? [])].filter(
    ({ result }) => result === null || isUndone(result.status),
  );
  // A run that this workbench did not ask for is known by its command alone.
  const command = COMMANDS.find((one) => one === view?.command) ?? 'build';
  return retryRequest(session, request ?? { command }, new Set(undone.map(({ id }) => id)));
}

const COMMANDS: readonly RunRequest['command'][] = ['run', 'test', 'build', 'seed', 'snapshot'];

export const runCommands: readonly Command[] = [
  {
    id: 'run.open',
    title: 'Open the node under the cursor',
    label: 'open',
    keys: ['enter'],
    when: ['run'],
    footer: 2,
    run(workbench) {
      const node = subject(workbench);
      if (node !== null) workbench.loader.open(node.id);
    },
  },
  {
    id: 'run.down',
    title: 'Move down',
    label: 'down',
    keys: ['j', 'down'],
    when: ['run'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, 1),
  },
  {
    id: 'run.up',
    title: 'Move up',
    label: 'up',
    keys: ['k', 'up'],
    when: ['run'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -1),
  },
  {
    id: 'run.page-down',
    title: 'Move down by a page',
    label: 'page down',
    keys: ['ctrl-d', 'ctrl-f', 'pagedown'],
    when: ['run'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, PAGE),
  },
  {
    id: 'run.page-up',
    title: 'Move up by a page',
    label: 'page up',
    keys: ['ctrl-u', 'ctrl-b', 'pageup'],
    when: ['run'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -PAGE),
  },
  {
    id: 'run.top',
    title: 'Move to the first node',
    label: 'top',
    keys: ['g', 'home'],
    when: ['run'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -1_000_000),
  },
  {
    id: 'run.bottom',
    title: 'Move to the last node',
    label: 'bottom',
    keys: ['G', 'end'],
    when: ['run'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, 1_000_000),
  },
  {
    id: 'run.failed-only',
    title: 'Show only what failed, warned or was skipped, or everything again',
    label: 'failed only',
    keys: ['f'],
    when: ['run'],
    footer: 3,
    run: (workbench) =>
      workbench.store.update((state) =>
        patch(state, 'run', { showsFailedOnly: !state.run.showsFailedOnly, index: null }),
      ),
  },
  {
    id: 'run.log',
    title: 'Show the log, or the timeline again',
    label: 'log',
    keys: ['l'],
    when: ['run'],
    run: (workbench) =>
      workbench.store.update((state) =>
        patch(state, 'run', { showsLog: !state.run.showsLog, scroll: 0 }),
      ),
  },
  {
    id: 'run.again',
    title: 'Run the same again',
    label: 'again',
    keys: ['a'],
    when: ['run'],
    disabledReason: (workbench) =>
      workbench.store.get().run.request === null ? 'Nothing was run yet.' : null,
    run(workbench) {
      const { request } = workbench.store.get().run;
      if (request !== null) workbench.runner.request(request);
    },
  },
  {
    id: 'run.retry',
    title: 'Run again what failed and what was skipped because of it',
    label: 'retry',
    keys: ['F'],
    when: ['run'],
    footer: 4,
    disabledReason: (workbench) =>
      retryOf(workbench) === null
        ? 'Nothing failed in this run.'
        : workbench.runner.isRunning()
          ? 'The run is still going on.'
          : null,
    run(workbench) {
      const request = retryOf(workbench);
      if (request !== null) workbench.runner.request(request);
    },
  },
  {
    id: 'run.cancel-node',
    title: 'Cancel the node under the cursor; what waits for it is skipped, the rest goes on',
    label: 'cancel node',
    keys: ['ctrl-k'],
    when: ['run'],
    footer: 1,
    isInFooter: (workbench) => workbench.runner.isRunning(),
    disabledReason: (workbench) => (workbench.runner.isRunning() ? null : 'Nothing is running.'),
    run(workbench) {
      const node = subject(workbench);
      if (node === null) return;
      const isCancelled = workbench.runner.cancelNode(node.id);
      toast(workbench, isCancelled ? `Cancelling ${node.name}…` : `${node.name} has ended.`);
    },
  },
  {
    id: 'run.reuse',
    title: 'Reuse what has not changed when something is run, or build all anew',
    label: 'reuse',
    keys: ['u'],
    when: ['run'],
    run(workbench) {
      const isOn = !workbench.settings.reuses();
      workbench.settings.setReuses(isOn);
      toast(
        workbench,
        isOn ? 'Runs reuse what has not changed since it was built.' : 'Runs build everything.',
      );
    },
  },
  {
    id: 'run.history',
    title: 'Show the runs before this one',
    label: 'history',
    keys: ['H'],
    when: ['run'],
    footer: 6,
    run(workbench) {
      const records = workbench.records.read();
      if (records.length === 0) toast(workbench, 'No run was kept yet.');
      else workbench.previewer.show('runs', recordsPage(records));
    },
  },
  {
    id: 'run.compare',
    title: 'Compare the last run with the one before it that ran the same nodes',
    label: 'compare',
    keys: ['d'],
    when: ['run'],
    footer: 7,
    run(workbench) {
      const records = workbench.records.read();
      const after = records.at(-1);
      const ids = new Set(after?.nodes.map(({ id }) => id));
      const before = records
        .slice(0, -1)
        .findLast(({ nodes }) => nodes.some(({ id }) => ids.has(id)));
      if (after === undefined || before === undefined) {
        toast(workbench, 'No run before it had one of these nodes.');
        return;
      }
      const title = `${before.command} → ${after.command}`;
      workbench.previewer.show(title, comparedPage(before, after));
    },
  },
  {
    id: 'run.copy-error',
    title: 'Copy the error of the node under the cursor',
    label: 'copy error',
    keys: ['Y'],
    when: ['run'],
    run(workbench) {
      const node = subject(workbench);
      const result =
        node === null ? null : (workbench.store.get().run.view?.nodes.get(node.id)?.result ?? null);
      const text = result?.failure?.message ?? result?.message ?? null;
      if (text === null) return;
      workbench.host.copy(text);
      toast(workbench, 'Copied the message.');
    },
  },
];
