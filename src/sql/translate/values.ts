/** VALUES as a relation: its columns are COLUMN1, COLUMN2, … unless an alias names them. */
import { quoteIdentifier } from '../identifiers.js';
import type { SqlNode } from '../tree.js';
import { isGroup, isOperator, splitCommas } from './nodes.js';
import { type Scope, unsupported } from './scope.js';

/** Translates `values (…), (…)` from the start of a run; `next` is the index after the last row. */
export function writeValues(
  nodes: readonly SqlNode[],
  scope: Scope,
): { readonly text: string; readonly next: number; readonly columns: readonly string[] } {
  const rows: string[] = [];
  let width = 0;
  let next = 1;
  for (;;) {
    const row = nodes[next];
    if (!isGroup(row)) throw unsupported(scope, 'This VALUES', row ?? nodes[0]);
    const cells = splitCommas(row.children);
    width = Math.max(width, cells.length);
    rows.push(
      `${row.space}(${cells.map((cell) => scope.expression(cell, scope).text).join(', ')})`,
    );
    next += 1;
    if (!isOperator(nodes[next], ',')) break;
    next += 1;
  }
  const columns = Array.from({ length: width }, (_, index) => `COLUMN${index + 1}`);
  const names = columns.map((column) => quoteIdentifier(column)).join(', ');
  return {
    text: `(SELECT * FROM (VALUES${rows.join(',')}) AS "__VALUES" (${names}))`,
    next,
    columns,
  };
}
