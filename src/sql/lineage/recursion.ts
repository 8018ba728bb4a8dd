/**
 * A CTE that reads itself: its own columns stand for themselves until all is known, then their inputs are put in.
 */
import type { Analysis } from './analysis.js';
import {
  addInputs,
  afterStep,
  type Input,
  type Shape,
  type ShapeColumn,
  shapeOf,
  type TableLeaf,
} from './shape.js';

let lastId = 0;

/** What the CTE is while its later branches are read: the columns of its first, each as a column of itself. */
export function selfShape(
  analysis: Analysis,
  name: string,
  anchor: Shape,
): { readonly shape: Shape; readonly table: TableLeaf } {
  // Below zero: tables of the query count from zero.
  lastId -= 1;
  const table: TableLeaf = { id: lastId, parts: [name] };
  const columns = anchor.columns.map((column) => analysis.leafColumn(table, column.name));
  return {
    shape: shapeOf(columns, { opens: anchor.opens, knownPositions: anchor.knownPositions }),
    table,
  };
}

/** Replaces columns of itself by what they come from, through as many rounds as it takes. */
export function withoutSelf(analysis: Analysis, shape: Shape, self: TableLeaf): Shape {
  const columns = shape.columns.map((column): ShapeColumn => {
    const inputs = new Map<string, Input>();
    const seen = new Set<string>();
    const waiting = [{ column, through: null as Input | null }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const [key, input] of next.column.inputs) {
        analysis.spend(1);
        if (input.table !== self) {
          const one = new Map([[key, input]]);
          const { through } = next;
          addInputs(inputs, through === null ? one : afterStep(one, through.kind, through.label));
          continue;
        }
        const inner = shape.byKey.get(analysis.keyOf(input.column));
        if (inner === undefined || seen.has(inner.key)) continue;
        seen.add(inner.key);
        waiting.push({ column: inner, through: input });
      }
    }
    return { ...column, inputs };
  });
  return shapeOf(columns, {
    opens: shape.opens,
    knownPositions: shape.knownPositions,
    reads: shape.reads,
    filters: shape.filters,
  });
}
