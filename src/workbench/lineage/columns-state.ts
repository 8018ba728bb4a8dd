/**
 * The columns screen: the columns of one node, and the trace of the one under the cursor.
 */
import type { NodeId } from '../../base/index.js';
import {
  type ColumnPlace,
  type ColumnTrace,
  type Impact,
  type NodeLineage,
  placeKey,
} from '../../session/index.js';
import { IDLE, type Loadable } from '../loadable.js';
import type { NotebookHit } from './notebook-hits.js';

export interface ColumnReach {
  readonly trace: ColumnTrace;
  readonly impact: Impact;
  readonly notebooks: readonly NotebookHit[];
}

export interface ColumnsState {
  readonly id: NodeId | null;
  readonly lineage: Loadable<NodeLineage>;
  /** Of the list of columns. */
  readonly index: number;
  readonly focus: 'list' | 'trace';
  /** What the column is made of. */
  readonly trace: Loadable<ColumnTrace>;
  /** What the column reaches. */
  readonly reach: Loadable<ColumnReach>;
  /** The column of the trace under the cursor; null is the one that is traced. */
  readonly cursor: ColumnPlace | null;
  /** Whether columns that are only passed on are left out of the picture. */
  readonly showsTransformsOnly: boolean;
  /** Columns to come back to, in the order in which they were pinned. */
  readonly pins: readonly ColumnPlace[];
  /** Node and column traced before, oldest first. */
  readonly trail: readonly { readonly id: NodeId; readonly index: number }[];
}

export function emptyColumns(id: NodeId | null): ColumnsState {
  return {
    id,
    lineage: IDLE,
    index: 0,
    focus: 'list',
    trace: IDLE,
    reach: IDLE,
    cursor: null,
    showsTransformsOnly: false,
    pins: [],
    trail: [],
  };
}

/** What stays when another column is traced. */
export function keptColumns({
  focus,
  showsTransformsOnly,
  pins,
}: ColumnsState): Pick<ColumnsState, 'focus' | 'showsTransformsOnly' | 'pins'> {
  return { focus, showsTransformsOnly, pins };
}

/** Whether a column is pinned. */
export function isPinned({ pins }: ColumnsState, place: ColumnPlace | null): boolean {
  if (place === null) return false;
  const key = placeKey(place);
  return pins.some((pin) => placeKey(pin) === key);
}

/** The column that is traced, or null while nothing is known of the node. */
export function tracedColumn({ id, lineage, index }: ColumnsState): ColumnPlace | null {
  const column = lineage.kind === 'ready' ? lineage.value.columns[index] : undefined;
  return id === null || column === undefined
    ? null
    : { nodeId: id, relation: '', column: column.name };
}

/** The column that the cursor of the screen is on. */
export function columnUnderCursor(state: ColumnsState): ColumnPlace | null {
  return state.focus === 'trace' ? (state.cursor ?? tracedColumn(state)) : tracedColumn(state);
}
