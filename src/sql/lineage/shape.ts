/**
 * The columns that a relation of a query gives, each with the columns of tables it comes from.
 */

/** How a value got from a column of a table to a column of the result. The later one wins where both happen. */
export type Transformation =
  | 'passthrough'
  | 'rename'
  | 'cast'
  | 'path'
  | 'computed'
  | 'window'
  | 'aggregate';

const ORDER: readonly Transformation[] = [
  'passthrough',
  'rename',
  'cast',
  'path',
  'computed',
  'window',
  'aggregate',
];

/** A table that a query reads and does not define. */
export interface TableLeaf {
  readonly id: number;
  /** `database.schema.name`, as many parts as are written, in stored case. */
  readonly parts: readonly string[];
}

/** A column of a table that a value comes from. */
export interface Input {
  readonly table: TableLeaf;
  /** In stored case. */
  readonly column: string;
  readonly kind: Transformation;
  /** What a reader would call it: `sum`, `datediff`, `cast`; null where nothing was done. */
  readonly label: string | null;
}

/** Something that could not be traced, and why. */
export interface Unresolved {
  /** As written. */
  readonly text: string;
  readonly reason: string;
  readonly offset: number;
}

/** A piece of the query's text. */
export interface Span {
  readonly offset: number;
  readonly end: number;
}

export interface ShapeColumn {
  /** In stored case. */
  readonly name: string;
  readonly key: string;
  /** By table and column. */
  readonly inputs: ReadonlyMap<string, Input>;
  readonly unresolved: readonly Unresolved[];
  /** Where the value was last made, or named first; null for columns of tables. */
  readonly expression: Span | null;
}

/** Columns that are there and not known by name: what a star over such a table gives. */
export interface OpenPart {
  /** Null for a function whose columns are not known. */
  readonly table: TableLeaf | null;
  /** Of a function: what all of its columns come from. */
  readonly inputs: ReadonlyMap<string, Input>;
  readonly excluded: ReadonlySet<string>;
  /** Why a column found through it is not fully traced, or null. */
  readonly doubt: string | null;
}

export interface FilterUse {
  readonly table: TableLeaf;
  readonly column: string;
  readonly clause: 'where' | 'join' | 'group' | 'having' | 'qualify';
}

export interface Shape {
  readonly columns: readonly ShapeColumn[];
  readonly byKey: ReadonlyMap<string, ShapeColumn>;
  readonly opens: readonly OpenPart[];
  /** How many of `columns` stand before the first open part: only their positions are known. */
  readonly knownPositions: number;
  /** Columns that decide on rows: of this relation's own clauses. */
  readonly filters: ReadonlyMap<string, FilterUse>;
  /** Relations it reads, for their filters. */
  readonly reads: readonly Shape[];
}

/** Makes a shape; where a name is there twice, the first is found by it. */
export function shapeOf(
  columns: readonly ShapeColumn[],
  rest: Partial<Omit<Shape, 'columns' | 'byKey'>> = {},
): Shape {
  const byKey = new Map<string, ShapeColumn>();
  for (const column of columns) if (!byKey.has(column.key)) byKey.set(column.key, column);
  return {
    columns,
    byKey,
    opens: rest.opens ?? [],
    knownPositions: rest.knownPositions ?? columns.length,
    filters: rest.filters ?? new Map<string, FilterUse>(),
    reads: rest.reads ?? [],
  };
}

/** The later of two transformations. */
export function laterOf(one: Transformation, other: Transformation): Transformation {
  return ORDER.indexOf(one) >= ORDER.indexOf(other) ? one : other;
}

/** Inputs after one more step. */
export function afterStep(
  inputs: ReadonlyMap<string, Input>,
  kind: Transformation,
  label: string | null,
): ReadonlyMap<string, Input> {
  if (kind === 'passthrough') return inputs;
  const after = new Map<string, Input>();
  for (const [key, input] of inputs) {
    const later = laterOf(input.kind, kind);
    const isThis = later === kind && (input.kind !== kind || input.label === null);
    after.set(key, isThis ? { ...input, kind, label } : { ...input, kind: later });
  }
  return after;
}

/** Adds inputs to others; one that is there twice keeps its later transformation. */
export function addInputs(into: Map<string, Input>, inputs: ReadonlyMap<string, Input>): void {
  for (const [key, input] of inputs) {
    const known = into.get(key);
    const isLater =
      known === undefined ||
      (known.kind !== input.kind && laterOf(known.kind, input.kind) === input.kind);
    if (isLater) into.set(key, input);
  }
}
