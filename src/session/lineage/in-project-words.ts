/**
 * From tables and offsets of a compiled text to nodes and lines of the project.
 */
import type { NodeId } from '../../base/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import { sourceLine } from '../../run/index.js';
import type { QueryLineage, SqlDialect } from '../../sql/index.js';
import type { LineageExpression, NodeLineage } from './node-lineage.js';

export interface Wording {
  readonly node: Extract<ManifestNode, { readonly rawCode: string }>;
  /** The compiled text. */
  readonly sql: string;
  readonly dialect: SqlDialect;
  readonly nodeOf: (parts: readonly string[]) => NodeId | null;
}

export function inProjectWords(lineage: QueryLineage, wording: Wording): NodeLineage {
  const { node, dialect, nodeOf } = wording;
  const relationOf = (
    parts: readonly string[],
  ): { readonly nodeId: NodeId | null; readonly relation: string } => ({
    nodeId: nodeOf(parts),
    relation: parts.map((part) => shownName(part, dialect)).join('.'),
  });
  return {
    nodeId: node.id,
    columns: lineage.columns.map(({ name, inputs, unresolved, expression }) => ({
      name: shownName(name, dialect),
      inputs: inputs.map(({ table, column, kind, label }) => ({
        ...relationOf(table.parts),
        column: shownName(column, dialect),
        kind,
        label,
      })),
      unresolved: unresolved.map(({ text, reason }) => ({ text, reason })),
      expression: expression === null ? null : expressionOf(wording, expression),
    })),
    filters: lineage.filters.map(({ table, column, clause }) => ({
      ...relationOf(table.parts),
      column: shownName(column, dialect),
      clause,
    })),
    open: lineage.openTables.map(relationOf),
    doubt: lineage.doubt,
    isComplete: lineage.doubt === null && lineage.openTables.length === 0,
  };
}

/** The project's spelling of a stored name: Snowflake folds to upper case what is not quoted. */
export function shownName(stored: string, dialect: SqlDialect): string {
  const isFolded = dialect === 'snowflake' && stored === stored.toUpperCase();
  return isFolded ? stored.toLowerCase() : stored;
}

function expressionOf(
  { node, sql }: Wording,
  { offset, end }: { readonly offset: number; readonly end: number },
): LineageExpression {
  const line = sql.slice(0, offset).split('\n').length;
  return {
    sql: sql.slice(offset, end),
    line: sourceLine({ rawCode: node.rawCode, compiledSql: sql, sql, line, message: '' }),
  };
}
