/**
 * Column lineage in the words of the project: nodes and their columns. Names of columns are as the project writes them,
 * which on Snowflake is lower case where the warehouse has folded them.
 */
import type { NodeId } from '../../base/index.js';
import type { FilterUse, Transformation } from '../../sql/index.js';

/** A column of a node, or of a relation that is none of the project's. */
export interface ColumnPlace {
  /** Null for a relation that is no node. */
  readonly nodeId: NodeId | null;
  /** The name of the relation as the query has it, for what is no node. */
  readonly relation: string;
  readonly column: string;
}

export interface LineageInput extends ColumnPlace {
  readonly kind: Transformation;
  /** `sum`, `datediff`, `case`; null where nothing was done. */
  readonly label: string | null;
}

export interface LineageExpression {
  readonly sql: string;
  /** Of the model's file, from 1; null where only the compiled text has it. */
  readonly line: number | null;
}

export interface LineageColumn {
  readonly name: string;
  readonly inputs: readonly LineageInput[];
  /** What could not be traced: the text, and why. */
  readonly unresolved: readonly { readonly text: string; readonly reason: string }[];
  /** Where the value was last made; null where there is no text of it. */
  readonly expression: LineageExpression | null;
}

export interface LineageFilter extends ColumnPlace {
  readonly clause: FilterUse['clause'];
}

export interface NodeLineage {
  readonly nodeId: NodeId;
  readonly columns: readonly LineageColumn[];
  /** Columns that decide which rows there are. */
  readonly filters: readonly LineageFilter[];
  /** Whole relations whose columns are passed on without being known by name. */
  readonly open: readonly Omit<ColumnPlace, 'column'>[];
  /** Why the lineage as a whole, or part of its columns, is not known; null if all is. */
  readonly doubt: string | null;
  /** Whether `columns` are all there are. */
  readonly isComplete: boolean;
}

/** Whether a column decides on rows only: no column of the node takes a value of it. */
export function filterOnly(lineage: NodeLineage): readonly LineageFilter[] {
  const taken = new Set(lineage.columns.flatMap(({ inputs }) => inputs.map(placeKey)));
  return lineage.filters.filter((use) => !taken.has(placeKey(use)));
}

/** What places are compared by. */
export function placeKey({ nodeId, relation, column }: ColumnPlace): string {
  return `${nodeId ?? relation}\0${column}`;
}

/** A column by its name as someone types it. */
export function columnNamed(lineage: NodeLineage, name: string): LineageColumn | null {
  return (
    lineage.columns.find((column) => column.name === name) ??
    lineage.columns.find((column) => column.name.toLowerCase() === name.toLowerCase()) ??
    null
  );
}
