/**
 * Fetches what the snapshots screen shows, one question at a time; a newer one ends those before it.
 */
import type { NodeId } from '../../base/index.js';
import type { SnapshotNode } from '../../manifest/index.js';
import { type Core, diagnosticOf, isAbort, showError, toast } from '../core.js';
import { IDLE, type Loadable } from '../loadable.js';
import { goTo, patch } from '../state.js';
import {
  askRows,
  heatOf,
  heldAt,
  historyOf,
  keysOf,
  pendingOf,
  reportOf,
  type SnapshotDesk,
} from './ask-snapshot.js';
import { snapshotShape, type SnapshotShape } from './snapshot-facts.js';
import { backupName, backupSql } from './snapshot-sql.js';
import { emptySnapshots, shownKey, sliderMoment, type SnapshotsState } from './snapshots-state.js';

export interface SnapshotBox {
  /** The snapshots of the project. */
  list(): readonly SnapshotNode[];
  /** Opens the screen, on a snapshot if one is given. */
  open(id?: NodeId): void;
  /** Looks at another snapshot of the list, by its place. */
  select(index: number): void;
  /** Looks at another key of the list, by its place. */
  selectKey(index: number): void;
  /** Narrows the keys to those with a text in them. */
  filterKeys(text: string): void;
  /** Moves the slider over the days with changes: 1 is earlier. */
  slide(by: 1 | -1): void;
  /** Shows the changes by column, or by kind again. */
  toggleHeat(): void;
  /** Of the snapshot that is shown; null if it has no key. */
  shape(): SnapshotShape | null;
  /** Copies the snapshot beside itself and drops it; then `next` may run it anew. */
  setAside(next: () => void): Promise<void>;
  /** Asks again: the project or the warehouse has changed. */
  refresh(): void;
}

export function createSnapshotBox(core: Core): SnapshotBox {
  const { session, store, host } = core;
  let controller = new AbortController();

  const change = (part: Partial<SnapshotsState>): void =>
    store.update((state) => patch(state, 'snapshots', part));

  const list = (): readonly SnapshotNode[] =>
    [...session.manifest.nodes.values()].filter((node) => node.resourceType === 'snapshot');

  const shownNode = (): SnapshotNode | null => {
    const { id } = store.get().snapshots;
    return list().find((node) => node.id === id) ?? null;
  };

  const deskOf = (): SnapshotDesk | null => {
    const node = shownNode();
    const shape = node === null ? null : snapshotShape(node);
    return node === null || shape === null
      ? null
      : { session, id: node.id, shape, signal: controller.signal };
  };

  const fetch = async <Value>(
    desk: SnapshotDesk,
    ask: () => Promise<Value>,
    put: (value: Loadable<Value>) => void,
  ): Promise<void> => {
    put({ kind: 'loading', sinceMs: host.now() });
    try {
      const value = await ask();
      if (!desk.signal.aborted) put({ kind: 'ready', value });
    } catch (error) {
      if (!desk.signal.aborted && !isAbort(error))
        put({ kind: 'failed', error: diagnosticOf(error) });
    }
  };

  const loadHistory = async (desk: SnapshotDesk): Promise<void> => {
    const key = shownKey(store.get().snapshots);
    if (key === null) change({ history: IDLE });
    else
      await fetch(
        desk,
        async () => await historyOf(desk, key.key),
        (history) => change({ history, version: 0, marked: null }),
      );
  };

  const loadKeys = async (desk: SnapshotDesk): Promise<void> => {
    const { keyText } = store.get().snapshots;
    await fetch(
      desk,
      async () => await keysOf(desk, keyText),
      (keys) => change({ keys }),
    );
    await loadHistory(desk);
  };

  const load = async (): Promise<void> => {
    controller.abort();
    controller = new AbortController();
    const desk = deskOf();
    if (desk === null) return;
    await fetch(
      desk,
      async () => await reportOf(desk),
      (report) => change({ report }),
    );
    // What was never built has no rows to ask for.
    if (store.get().snapshots.report.kind !== 'ready') return;
    await loadKeys(desk);
    await fetch(
      desk,
      async () => await pendingOf(desk),
      (pending) => change({ pending }),
    );
  };

  const show = (id: NodeId | null): void => {
    change(emptySnapshots(id, store.get().snapshots.focus));
    void load();
  };

  return {
    list,
    open(id) {
      const before = store.get().snapshots;
      const wanted = id ?? before.id ?? list()[0]?.id ?? null;
      store.update((state) => goTo(state, 'snapshots'));
      if (wanted !== before.id || before.report.kind === 'idle') show(wanted);
    },
    select(index) {
      const all = list();
      const next = all[Math.max(0, Math.min(index, all.length - 1))];
      if (next !== undefined && next.id !== store.get().snapshots.id) show(next.id);
    },
    selectKey(index) {
      const { keys, keyIndex } = store.get().snapshots;
      const count = keys.kind === 'ready' ? keys.value.length : 0;
      const next = Math.max(0, Math.min(index, count - 1));
      const desk = deskOf();
      if (count === 0 || next === keyIndex || desk === null) return;
      change({ keyIndex: next });
      void loadHistory(desk);
    },
    filterKeys(text) {
      const desk = deskOf();
      change({ keyText: text, keyIndex: 0, focus: 'keys' });
      if (desk !== null) void loadKeys(desk);
    },
    slide(by) {
      const { report, momentIndex } = store.get().snapshots;
      const desk = deskOf();
      if (report.kind !== 'ready' || desk === null) return;
      const last = report.value.changes.length - 1;
      const next = Math.min(last, (momentIndex ?? -1) + by);
      change({ momentIndex: next < 0 ? null : next, held: IDLE });
      const moment = sliderMoment(store.get().snapshots);
      if (moment === null) return;
      void fetch(
        desk,
        async () => await heldAt(desk, moment),
        (held) => {
          // A newer place of the slider has another answer.
          if (sliderMoment(store.get().snapshots) === moment) change({ held });
        },
      );
    },
    toggleHeat() {
      const { showsHeat, heat } = store.get().snapshots;
      const desk = deskOf();
      change({ showsHeat: !showsHeat });
      if (showsHeat || heat.kind !== 'idle' || desk === null) return;
      void fetch(
        desk,
        async () => await heatOf(desk),
        (value) => change({ heat: value }),
      );
    },
    shape() {
      return deskOf()?.shape ?? null;
    },
    async setAside(next) {
      const desk = deskOf();
      if (desk === null) return;
      const { shape } = desk;
      const backup = backupName(shape, host.now());
      const { signal } = new AbortController();
      const ask = async (sql: string): Promise<number> =>
        Number(
          (await askRows({ session, signal }, sql, { isMeant: true })).rows[0]?.[0] ?? Number.NaN,
        );
      try {
        await session.confirm(`${shape.relation} would be copied beside itself and dropped.`);
        await ask(backupSql(shape, backup));
        const before = await ask(`select count(*) from ${shape.relation}`);
        const kept = await ask(`select count(*) from ${backup}`);
        // Nothing is dropped that is not kept.
        if (before !== kept)
          throw new Error(
            `The backup ${backup} has ${kept} rows of ${before}: nothing was dropped.`,
          );
        await ask(`drop table ${shape.relation}`);
        toast(core, `${kept} rows are kept in ${backup}.`);
        next();
      } catch (error) {
        showError(core, 'Not rebuilt', error);
      }
    },
    refresh() {
      const { id } = store.get().snapshots;
      const isThere = id !== null && session.manifest.nodes.has(id);
      if (store.get().screen === 'snapshots') show(isThere ? id : (list()[0]?.id ?? null));
      else change(emptySnapshots(isThere ? id : null, store.get().snapshots.focus));
    },
  };
}
