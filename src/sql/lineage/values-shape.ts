import type { Analysis } from './analysis.js';
import { expressionColumn, type Place } from './columns.js';
import type { Nodes } from './query.js';
import { addInputs, type Input, type Shape, type ShapeColumn, shapeOf } from './shape.js';

/** Columns of VALUES: `COLUMN1` on Snowflake, `col0` on DuckDB. Rows are mostly literals, and may be many. */
export function valuesShape(
  analysis: Analysis,
  rows: readonly (readonly Nodes[])[],
  place: Place,
): Shape {
  const width = rows[0]?.length ?? 0;
  const isDuckdb = analysis.options.dialect === 'duckdb';
  const columns = Array.from({ length: width }, (_, at): ShapeColumn => {
    const name = isDuckdb ? `col${at}` : `COLUMN${at + 1}`;
    const inputs = new Map<string, Input>();
    const unresolved: ShapeColumn['unresolved'][number][] = [];
    let expression: ShapeColumn['expression'] = null;
    for (const row of rows) {
      const nodes = row[at];
      if (nodes === undefined) continue;
      const column = expressionColumn(analysis, place, nodes, name);
      addInputs(inputs, column.inputs);
      unresolved.push(...column.unresolved);
      expression ??= column.expression;
    }
    return { name, key: analysis.keyOf(name), inputs, unresolved, expression };
  });
  return shapeOf(columns);
}
