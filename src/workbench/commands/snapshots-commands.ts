/**
 * Keys of the snapshots screen.
 */
import type { Command } from '../command.js';
import { showMessage, toast } from '../core.js';
import { asOfSql } from '../snapshots/snapshot-sql.js';
import { shownKey, sliderMoment, type SnapshotsState } from '../snapshots/snapshots-state.js';
import { versionChanges } from '../snapshots/version-changes.js';
import { patch } from '../state.js';
import { fieldOf } from '../text-field.js';
import type { Workbench } from '../workbench.js';
import { subject } from './key-subject.js';
import { runDisabledReason } from './node-actions.js';

const FOCUSES: readonly SnapshotsState['focus'][] = ['list', 'keys', 'history'];
const PAGE = 10;

function change(workbench: Workbench, part: Partial<SnapshotsState>): void {
  workbench.store.update((state) => patch(state, 'snapshots', part));
}

function move(workbench: Workbench, by: number): void {
  const { snapshots } = workbench.store.get();
  switch (snapshots.focus) {
    case 'list': {
      const at = workbench.snapshots.list().findIndex(({ id }) => id === snapshots.id);
      workbench.snapshots.select(at + by);
      return;
    }
    case 'keys':
      workbench.snapshots.selectKey(snapshots.keyIndex + by);
      return;
    default:
      moveVersion(workbench, by);
  }
}

function moveVersion(workbench: Workbench, by: number): void {
  const { history, version } = workbench.store.get().snapshots;
  const count = history.kind === 'ready' ? history.value.rows.length : 0;
  if (count > 0) change(workbench, { version: Math.max(0, Math.min(count - 1, version + by)) });
}

function focusNext(workbench: Workbench, by: 1 | -1): void {
  const at = FOCUSES.indexOf(workbench.store.get().snapshots.focus);
  const focus = FOCUSES[(at + by + FOCUSES.length) % FOCUSES.length];
  if (focus !== undefined) change(workbench, { focus });
}

function noHistory(workbench: Workbench): string | null {
  return workbench.store.get().snapshots.history.kind === 'ready'
    ? null
    : 'There is no key with a history here yet.';
}

function noReport(workbench: Workbench): string | null {
  return workbench.store.get().snapshots.report.kind === 'ready'
    ? null
    : 'The snapshot is not built, or not read yet.';
}

/** Two versions side by side: the marked one and that under the cursor, or that and the one before it. */
function compare(workbench: Workbench): void {
  const { snapshots } = workbench.store.get();
  const { history, version, marked } = snapshots;
  const shape = workbench.snapshots.shape();
  if (history.kind !== 'ready' || shape === null) return;
  const other = marked ?? version + 1;
  if (history.value.rows[other] === undefined || other === version) {
    toast(workbench, 'There is no other version: space marks one to compare with.', 'error');
    return;
  }
  // Newest first: the larger place is the older version.
  const [older, newer] = [Math.max(version, other), Math.min(version, other)];
  const changes = versionChanges(history.value, older, newer, shape.ownColumns);
  const lines = changes.map(({ column, before, after }) => `${column}: ${before} → ${after}`);
  const key = shownKey(snapshots)?.key ?? '';
  const title = `${key}: version ${newer + 1} against version ${older + 1}, newest is 1`;
  showMessage(workbench, title, lines.length === 0 ? ['They have the same values.'] : lines, false);
}

function ask(workbench: Workbench, purpose: 'key' | 'as-of' | 'rebuild', text: string): void {
  workbench.store.update((state) => ({
    ...state,
    overlay: { kind: 'snapshot-line', purpose, field: fieldOf(text) },
  }));
}

function acceptLine(workbench: Workbench): void {
  const { overlay } = workbench.store.get();
  if (overlay?.kind !== 'snapshot-line') return;
  const text = overlay.field.text.trim();
  workbench.store.update((state) => ({ ...state, overlay: null }));
  const shape = workbench.snapshots.shape();
  const node = subject(workbench);
  if (shape === null || node === null) return;
  switch (overlay.purpose) {
    case 'key':
      workbench.snapshots.filterKeys(text);
      return;
    case 'as-of': {
      if (!/^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?$/u.test(text)) {
        toast(workbench, 'A moment is written as 2026-11-20 or 2026-11-20 12:00.', 'error');
        return;
      }
      const sql = asOfSql(shape, text.replace('T', ' '));
      workbench.previewer.open(
        { kind: 'sql', sql, isTemplate: false },
        `${node.name} as of ${text}`,
      );
      return;
    }
    default:
      if (text !== node.name) {
        toast(workbench, `Nothing was done: that is not ${node.name}.`, 'error');
        return;
      }
      void workbench.snapshots.setAside(() =>
        workbench.runner.request({ command: 'snapshot', select: [node.name] }),
      );
  }
}

export const snapshotsCommands: readonly Command[] = [
  {
    id: 'snapshots.open-key',
    title: 'Go on to the keys, then to the history of the key',
    label: 'history',
    keys: ['enter', 'l', 'right'],
    when: ['snapshots'],
    footer: 1,
    isKeyOnly: true,
    run(workbench) {
      const { focus } = workbench.store.get().snapshots;
      if (focus !== 'history') focusNext(workbench, 1);
    },
  },
  {
    id: 'snapshots.focus',
    title: 'Next pane: snapshots, keys, history',
    label: 'pane',
    keys: ['tab'],
    when: ['snapshots'],
    isKeyOnly: true,
    run: (workbench) => focusNext(workbench, 1),
  },
  {
    id: 'snapshots.focus-back',
    title: 'Previous pane',
    label: 'pane',
    keys: ['shift-tab', 'h', 'left'],
    when: ['snapshots'],
    isKeyOnly: true,
    run: (workbench) => focusNext(workbench, -1),
  },
  {
    id: 'snapshots.down',
    title: 'Down',
    label: 'down',
    keys: ['j', 'down'],
    when: ['snapshots'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, 1),
  },
  {
    id: 'snapshots.up',
    title: 'Up',
    label: 'up',
    keys: ['k', 'up'],
    when: ['snapshots'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -1),
  },
  {
    id: 'snapshots.page-down',
    title: 'Ten down',
    label: 'page down',
    keys: ['ctrl-d', 'ctrl-f', 'pagedown'],
    when: ['snapshots'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, PAGE),
  },
  {
    id: 'snapshots.page-up',
    title: 'Ten up',
    label: 'page up',
    keys: ['ctrl-u', 'ctrl-b', 'pageup'],
    when: ['snapshots'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -PAGE),
  },
  {
    id: 'snapshots.run',
    title: 'Run the snapshot (dbt snapshot)',
    label: 'run',
    keys: ['r'],
    when: ['snapshots'],
    footer: 5,
    disabledReason: runDisabledReason,
    run(workbench) {
      const node = subject(workbench);
      if (node !== null) workbench.runner.request({ command: 'snapshot', select: [node.name] });
    },
  },
  {
    id: 'snapshots.older',
    title: 'An older version of the key',
    label: 'older',
    keys: ['['],
    when: ['snapshots'],
    disabledReason: noHistory,
    run: (workbench) => moveVersion(workbench, 1),
  },
  {
    id: 'snapshots.newer',
    title: 'A newer version of the key',
    label: 'newer',
    keys: [']'],
    when: ['snapshots'],
    disabledReason: noHistory,
    run: (workbench) => moveVersion(workbench, -1),
  },
  {
    id: 'snapshots.mark',
    title: 'Mark the version, to compare another with it',
    label: 'mark',
    keys: ['space'],
    when: ['snapshots'],
    disabledReason: noHistory,
    run(workbench) {
      const { version, marked } = workbench.store.get().snapshots;
      change(workbench, { marked: marked === version ? null : version });
    },
  },
  {
    id: 'snapshots.compare',
    title: 'Compare two versions: the marked one, or the one before, with that under the cursor',
    label: 'compare',
    keys: ['='],
    when: ['snapshots'],
    footer: 3,
    disabledReason: noHistory,
    run: compare,
  },
  {
    id: 'snapshots.find-key',
    title: 'Find keys by a part of them',
    label: 'find key',
    keys: ['f'],
    when: ['snapshots'],
    footer: 2,
    disabledReason: noReport,
    run: (workbench) => ask(workbench, 'key', workbench.store.get().snapshots.keyText),
  },
  {
    id: 'snapshots.as-of',
    title: 'Look at the rows as of a moment',
    label: 'as of',
    keys: ['a'],
    when: ['snapshots'],
    footer: 4,
    disabledReason: noReport,
    run(workbench) {
      const { report } = workbench.store.get().snapshots;
      const last = report.kind === 'ready' ? String(report.value.lastChange ?? '') : '';
      const moment = sliderMoment(workbench.store.get().snapshots);
      ask(workbench, 'as-of', moment ?? last.slice(0, 10));
    },
  },
  {
    id: 'snapshots.earlier',
    title: 'Move the slider to an earlier day with changes, and count the rows that held then',
    label: 'earlier',
    keys: ['<', ','],
    when: ['snapshots'],
    footer: 6,
    disabledReason: noReport,
    run: (workbench) => workbench.snapshots.slide(1),
  },
  {
    id: 'snapshots.later',
    title: 'Move the slider to a later day with changes',
    label: 'later',
    keys: ['>', '.'],
    when: ['snapshots'],
    disabledReason: noReport,
    run: (workbench) => workbench.snapshots.slide(-1),
  },
  {
    id: 'snapshots.heat',
    title: 'Show which columns changed on which day, as a heat map, or the changes by kind again',
    label: 'heat map',
    keys: ['H'],
    when: ['snapshots'],
    footer: 7,
    disabledReason: noReport,
    run: (workbench) => workbench.snapshots.toggleHeat(),
  },
  {
    id: 'snapshots.verify',
    title: 'Check the health again',
    label: 'verify',
    keys: ['v'],
    when: ['snapshots'],
    run: (workbench) => workbench.snapshots.refresh(),
  },
  {
    id: 'snapshots.rebuild',
    title: 'Begin the snapshot anew; its rows are kept in a backup beside it',
    label: 'rebuild',
    keys: ['X'],
    when: ['snapshots'],
    disabledReason: (workbench) => noReport(workbench) ?? runDisabledReason(workbench),
    run: (workbench) => ask(workbench, 'rebuild', ''),
  },
  {
    id: 'snapshot-line.accept',
    title: 'Do it',
    label: 'accept',
    keys: ['enter'],
    when: ['snapshot-line'],
    footer: 1,
    isKeyOnly: true,
    run: acceptLine,
  },
];
