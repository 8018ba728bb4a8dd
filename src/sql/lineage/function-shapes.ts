/**
 * Columns of table functions, where they are known.
 */
import type { Analysis } from './analysis.js';
import type { Value } from './columns.js';
import type { FromItem, Source } from './query.js';
import {
  addInputs,
  afterStep,
  type Input,
  type Shape,
  type ShapeColumn,
  shapeOf,
} from './shape.js';

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  FLATTEN: ['SEQ', 'KEY', 'PATH', 'INDEX', 'VALUE', 'THIS'],
  SPLIT_TO_TABLE: ['SEQ', 'INDEX', 'VALUE'],
  STRTOK_SPLIT_TO_TABLE: ['SEQ', 'INDEX', 'VALUE'],
  GENERATOR: [],
};
/** Functions of one column, which is named after the function unless an alias says otherwise. */
const ONE_COLUMN = new Set(['UNNEST', 'GENERATE_SERIES', 'RANGE', 'GLOB', 'GENERATE_SUBSCRIPTS']);

/** The relation that a table function gives. All of its columns come from all of its arguments. */
export function functionShape(
  analysis: Analysis,
  source: Extract<Source, { readonly kind: 'function' }>,
  values: readonly Value[],
  { columnAliases, alias }: FromItem,
): Shape {
  const inputs = new Map<string, Input>();
  const unresolved = values.flatMap((value) => value.unresolved);
  for (const value of values)
    addInputs(inputs, afterStep(value.inputs, 'computed', source.name.toLowerCase()));
  analysis.spend(inputs.size + unresolved.length);
  const expression = { offset: source.offset, end: source.offset + source.name.length };
  const columnNamed = (name: string): ShapeColumn => ({
    name,
    key: analysis.keyOf(name),
    inputs,
    unresolved,
    expression,
  });
  const given = columnAliases.map((name) => analysis.stored(name));
  const known = COLUMNS[source.name];
  if (known !== undefined) return shapeOf(known.map((name, at) => columnNamed(given[at] ?? name)));
  if (ONE_COLUMN.has(source.name)) {
    const own = alias === null ? source.name.toLowerCase() : analysis.stored(alias);
    return shapeOf([columnNamed(given[0] ?? own), ...given.slice(1).map(columnNamed)]);
  }
  const open = { table: null, inputs, excluded: new Set<string>(), doubt: null };
  return shapeOf(given.map(columnNamed), { opens: [open], knownPositions: given.length });
}
