/**
 * The columns of a query: its CTEs in order, then its branches put together.
 */
import { type Analysis, type Environment, type NameScope, Sink } from './analysis.js';
import type { Body, Branch, CteDefinition, Nodes } from './query.js';
import { readQuery } from './read-query.js';
import { selfShape, withoutSelf } from './recursion.js';
import { itemShape, withColumnNames } from './resolve-from.js';
import { resolveSelect } from './resolve-select.js';
import {
  addInputs,
  type Input,
  type OpenPart,
  type Shape,
  type ShapeColumn,
  shapeOf,
} from './shape.js';
import { valuesShape } from './values-shape.js';

/** Resolves the nodes of one query in the environment it stands in. */
export function resolveQuery(
  analysis: Analysis,
  nodes: Nodes,
  around: Environment,
  outer: NameScope | null,
): Shape {
  const query = readQuery(nodes);
  if (query.ctes.length === 0) return branchesShape(analysis, query.branches, around, outer);
  const environment: Environment = { ctes: new Map(), outer: around };
  const canRecurse = query.isRecursive || analysis.options.dialect === 'snowflake';
  for (const cte of query.ctes) {
    const name = analysis.stored(cte.name);
    environment.ctes.set(
      analysis.keyOf(name),
      analysis.options.isRelationCte(name)
        ? analysis.table([name])
        : cteShape(analysis, cte, environment, { outer, canRecurse }),
    );
  }
  return branchesShape(analysis, query.branches, environment, outer);
}

function cteShape(
  analysis: Analysis,
  cte: CteDefinition,
  environment: Environment,
  { outer, canRecurse }: { readonly outer: NameScope | null; readonly canRecurse: boolean },
): Shape {
  const query = readQuery(cte.body);
  const [anchor, ...others] = query.branches;
  if (!canRecurse || query.ctes.length > 0 || anchor === undefined || others.length === 0) {
    const shape = analysis.query(cte.body, environment, outer);
    return withColumnNames(analysis, shape, cte.columns);
  }
  const first = withColumnNames(
    analysis,
    bodyShape(analysis, anchor.body, environment, outer),
    cte.columns,
  );
  const self = selfShape(analysis, analysis.stored(cte.name), first);
  const inside: Environment = {
    ctes: new Map([[analysis.key(cte.name), self.shape]]),
    outer: environment,
  };
  const shapes = others.map(({ body }) => bodyShape(analysis, body, inside, outer));
  const together = combine(analysis, query.branches, [first, ...shapes]);
  return withoutSelf(analysis, together, self.table);
}

function branchesShape(
  analysis: Analysis,
  branches: readonly Branch[],
  environment: Environment,
  outer: NameScope | null,
): Shape {
  const shapes = branches.map(({ body }) => bodyShape(analysis, body, environment, outer));
  return combine(analysis, branches, shapes);
}

function bodyShape(
  analysis: Analysis,
  body: Body,
  environment: Environment,
  outer: NameScope | null,
): Shape {
  const sink = new Sink();
  const scope: NameScope = {
    environment,
    relations: [],
    merged: new Set(),
    aliases: new Map(),
    outer,
  };
  const place = { scope, sink, windows: new Map<string, Nodes>() };
  switch (body.kind) {
    case 'select':
      return resolveSelect(analysis, body, environment, outer);
    case 'nested':
      return analysis.query(body.nodes, environment, outer);
    case 'values':
      return valuesShape(analysis, body.rows, place);
    case 'source': {
      const shape = itemShape(analysis, body.item, place, { environment, outer, sink });
      return { ...shape, filters: sink.filters };
    }
    default: {
      const doubt = 'of a query that could not be read';
      const part = { table: null, inputs: new Map(), excluded: new Set<string>(), doubt };
      return shapeOf([], { opens: [part], knownPositions: 0 });
    }
  }
}

/** Puts the branches of set operators together: by place, as the first one names its columns, or by name. */
function combine(analysis: Analysis, branches: readonly Branch[], shapes: readonly Shape[]): Shape {
  const [first] = shapes;
  if (first === undefined) return shapeOf([]);
  if (shapes.length === 1) return first;
  // What `except` takes away decides on rows only.
  const giving = shapes.filter((_, at) => branches[at]?.operator !== 'except');
  const isByName = branches.some((branch) => branch.isByName);
  const columns = isByName
    ? byName(analysis, giving)
    : first.columns.map((column, at) => byPlace(analysis, column, at, giving));
  return shapeOf(columns, {
    opens: isByName ? giving.flatMap(({ opens }) => opens) : openParts(first, giving),
    knownPositions: Math.min(...giving.map(({ knownPositions }) => knownPositions), columns.length),
    reads: shapes,
  });
}

function byPlace(
  analysis: Analysis,
  column: ShapeColumn,
  at: number,
  shapes: readonly Shape[],
): ShapeColumn {
  const inputs = new Map<string, Input>();
  const unresolved = [...column.unresolved];
  for (const shape of shapes) {
    const isPlaced = at < shape.knownPositions && at < (shapes[0]?.knownPositions ?? 0);
    const other = shape === shapes[0] ? column : isPlaced ? shape.columns[at] : undefined;
    if (other === undefined) {
      const reason = 'a branch of the union whose columns are not known by place';
      unresolved.push({ text: column.name, reason, offset: column.expression?.offset ?? 0 });
      continue;
    }
    analysis.spend(1 + other.inputs.size);
    addInputs(inputs, other.inputs);
    if (other !== column) unresolved.push(...other.unresolved);
  }
  return { ...column, inputs, unresolved: unresolved.slice(0, 20) };
}

function byName(analysis: Analysis, shapes: readonly Shape[]): readonly ShapeColumn[] {
  const found = new Map<string, ShapeColumn>();
  for (const { columns } of shapes) {
    for (const column of columns) {
      const known = found.get(column.key);
      const inputs = new Map(known?.inputs);
      analysis.spend(1 + column.inputs.size);
      addInputs(inputs, column.inputs);
      found.set(column.key, { ...(known ?? column), inputs });
    }
  }
  return [...found.values()];
}

/** A star in the first branch names columns; where they stand in the others is not known. */
function openParts(first: Shape, shapes: readonly Shape[]): readonly OpenPart[] {
  if (first.opens.length === 0) return [];
  const doubt = 'also of other branches of the union, whose columns are not known by place';
  return first.opens.map((part) => (shapes.length === 1 ? part : { ...part, doubt }));
}
