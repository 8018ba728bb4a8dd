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
  };
}

/** The key whose history is shown. */
export function shownKey({ keys, keyIndex }: SnapshotsState): SnapshotKey | null {
  return keys.kind === 'ready' ? (keys.value[keyIndex] ?? null) : null;
}
