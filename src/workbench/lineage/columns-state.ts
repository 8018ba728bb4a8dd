/**
 * The columns screen: the columns of one node, and the trace of the one under the cursor.
 */
import type { NodeId } from '../../base/index.js';
import type { ColumnPlace, ColumnTrace, Impact, NodeLineage } from '../../session/index.js';
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
    trail: [],
  };
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
