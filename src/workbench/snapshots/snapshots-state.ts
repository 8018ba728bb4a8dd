/**
 * The snapshots screen: one snapshot with its health and changes, its keys, and the history of one.
 */
import type { NodeId } from '../../base/index.js';
import type { Cell, ResultPage } from '../../warehouse/index.js';
import { IDLE, type Loadable } from '../loadable.js';

export interface HealthCheck {
  /** What should hold: `no overlapping validity`. */
  readonly title: string;
  /** How many offend. */
  readonly count: number;
  readonly severity: 'fail' | 'warn';
}

export interface SnapshotReport {
  readonly rowCount: number;
  readonly keyCount: number;
  readonly openCount: number;
  readonly lastChange: Cell;
  readonly checks: readonly HealthCheck[];
  /** Newest first. */
  readonly changes: readonly {
    readonly day: string;
    readonly born: number;
    readonly changed: number;
    readonly gone: number;
  }[];
  /** Columns with the number of versions in which they differ from the one before, most first. */
  readonly moved: readonly { readonly column: string; readonly count: number }[];
}

/** What a run would change now. */
export interface PendingChanges {
  readonly born: number;
  readonly changed: number;
  readonly gone: number;
}

export interface SnapshotKey {
  readonly key: string;
  readonly versions: number;
  readonly isOpen: boolean;
}

/** How often each column changed on each day. */
export interface ChangeHeat {
  readonly columns: readonly string[];
  /** Newest first; `counts` are those of `columns`. */
  readonly days: readonly { readonly day: string; readonly counts: readonly number[] }[];
}

export interface SnapshotsState {
  readonly id: NodeId | null;
  readonly focus: 'list' | 'keys' | 'history';
  readonly report: Loadable<SnapshotReport>;
  readonly pending: Loadable<PendingChanges>;
  readonly keys: Loadable<readonly SnapshotKey[]>;
  /** Part of a key that the list is narrowed to. */
  readonly keyText: string;
  readonly keyIndex: number;
  /** Versions of the key under the cursor, newest first. */
  readonly history: Loadable<ResultPage>;
  readonly version: number;
  /** A version to compare with, or null. */
  readonly marked: number | null;
  /** Of the days with changes, newest first: the one at whose end the slider stands; null is now. */
  readonly momentIndex: number | null;
  /** Rows that held at that moment. */
  readonly held: Loadable<number>;
  /** Whether changes are shown by column, as a heat map. */
  readonly showsHeat: boolean;
  readonly heat: Loadable<ChangeHeat>;
}

export function emptySnapshots(id: NodeId | null, focus: SnapshotsState['focus']): SnapshotsState {
  return {
    id,
    focus,
    report: IDLE,
    pending: IDLE,
    keys: IDLE,
    keyText: '',
    keyIndex: 0,
    history: IDLE,
    version: 0,
    marked: null,
    momentIndex: null,
    held: IDLE,
    showsHeat: false,
    heat: IDLE,
  };
}

/** The key whose history is shown. */
export function shownKey({ keys, keyIndex }: SnapshotsState): SnapshotKey | null {
  return keys.kind === 'ready' ? (keys.value[keyIndex] ?? null) : null;
}

/** The moment of the slider, as a text for SQL: the end of a day with changes; null is now. */
export function sliderMoment({ report, momentIndex }: SnapshotsState): string | null {
  const day =
    report.kind === 'ready' && momentIndex !== null
      ? report.value.changes[momentIndex]?.day
      : undefined;
  return day === undefined ? null : `${day} 23:59:59`;
}
