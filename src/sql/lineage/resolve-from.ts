/**
 * The relations that a FROM brings into sight, with what its joins decide.
 */
import type { Analysis, Environment, NameScope, ScopeRelation, Sink } from './analysis.js';
import { type Place, readFilter, readValue } from './columns.js';
import { functionShape } from './function-shapes.js';
import { resolvePivot } from './pivots.js';
import type { FromItem, Name, Source } from './query.js';
import { type OpenPart, type Shape, type ShapeColumn, shapeOf } from './shape.js';
import { valuesShape } from './values-shape.js';

interface Around {
  readonly environment: Environment;
  readonly outer: NameScope | null;
  readonly sink: Sink;
}

export interface FromScope {
  readonly relations: readonly ScopeRelation[];
  readonly merged: ReadonlySet<string>;
}

const NO_WINDOWS: Place['windows'] = new Map();
const NO_ALIASES: NameScope['aliases'] = new Map();

/** Resolves the items of a FROM in order: each sees those before it, as lateral ones do. */
export function resolveFrom(
  analysis: Analysis,
  items: readonly FromItem[],
  around: Around,
): FromScope {
  const relations: ScopeRelation[] = [];
  const merged = new Set<string>();
  const placeNow = (): Place => ({
    scope: {
      environment: around.environment,
      outer: around.outer,
      relations,
      merged,
      aliases: NO_ALIASES,
    },
    sink: around.sink,
    windows: NO_WINDOWS,
  });
  for (const item of items) {
    if (item.source.kind === 'joined' && item.alias === null) {
      const inner = resolveFrom(analysis, item.source.items, around);
      relations.push(...inner.relations);
      for (const key of inner.merged) merged.add(key);
    } else {
      const shape = itemShape(analysis, item, placeNow(), around);
      const { join } = item;
      const shared = sharedKeys(analysis, item, relations, shape);
      for (const key of shared) merged.add(key);
      relations.push({
        names: namesOf(analysis, item),
        shape,
        hidden: new Set(shared),
        givesColumns: join === null || join.kind === 'both',
      });
      for (const key of shared) {
        for (const { shape: one } of relations) {
          const column = one.byKey.get(key);
          if (column !== undefined) around.sink.filter(column.inputs, 'join');
        }
      }
    }
    if (item.join !== null) readFilter(analysis, placeNow(), item.join.on, 'join');
  }
  return { relations, merged };
}

/** An item alone, as a relation of its own: the statement form of a pivot. */
export function itemShape(analysis: Analysis, item: FromItem, place: Place, around: Around): Shape {
  let shape = sourceShape(analysis, item.source, place, around, item);
  for (const pivot of item.pivots) {
    shape = resolvePivot(analysis, shape, pivot, {
      ...place,
      scope: {
        ...place.scope,
        merged: new Set(),
        relations: [
          { names: namesOf(analysis, item), shape, hidden: new Set(), givesColumns: true },
        ],
      },
    });
  }
  return item.source.kind === 'function' || item.columnAliases.length === 0
    ? shape
    : withColumnNames(analysis, shape, item.columnAliases);
}

function sourceShape(
  analysis: Analysis,
  source: Source,
  place: Place,
  around: Around,
  item: FromItem,
): Shape {
  switch (source.kind) {
    case 'table':
      return tableShape(analysis, source.parts, around.environment);
    case 'query':
      return analysis.query(source.nodes, around.environment, place.scope);
    case 'joined': {
      const inner = resolveFrom(analysis, source.items, around);
      return joinedShape(inner);
    }
    case 'values':
      return valuesShape(analysis, source.rows, place);
    case 'function': {
      if (source.name === 'IDENTIFIER') return identifierShape(analysis, source, around);
      const inputs = source.arguments.map((nodes) => readValue(analysis, place, nodes));
      return functionShape(analysis, source, inputs, item);
    }
    default:
      return shapeOf([], { opens: [unreadPart()], knownPositions: 0 });
  }
}

function unreadPart(): OpenPart {
  return {
    table: null,
    inputs: new Map(),
    excluded: new Set(),
    doubt: 'of a part of the FROM that could not be read',
  };
}

/** `identifier('db.schema.name')`. */
function identifierShape(
  analysis: Analysis,
  source: Extract<Source, { readonly kind: 'function' }>,
  around: Around,
): Shape {
  const text = source.arguments[0]?.[0];
  if (text?.kind !== 'string') return shapeOf([], { opens: [unreadPart()], knownPositions: 0 });
  const parts = text.text
    .slice(1, -1)
    .split('.')
    .map((written) => ({ written, offset: text.offset }));
  return tableShape(analysis, parts, around.environment);
}

function tableShape(analysis: Analysis, parts: readonly Name[], environment: Environment): Shape {
  const stored = parts.map((part) => analysis.stored(part));
  const [name] = stored;
  if (name !== undefined && stored.length === 1) {
    const key = analysis.keyOf(name);
    for (let at: Environment | null = environment; at !== null; at = at.outer) {
      const cte = at.ctes.get(key);
      if (cte !== undefined) return cte;
    }
  }
  return analysis.table(stored);
}

/** What a qualifier may call an item. */
function namesOf(analysis: Analysis, { alias, source }: FromItem): readonly string[] {
  if (alias !== null) return [analysis.key(alias)];
  if (source.kind === 'table') return source.parts.map((part) => analysis.key(part));
  return source.kind === 'function' ? [analysis.keyOf(source.name)] : [];
}

/** The columns by which an item is joined by name. */
function sharedKeys(
  analysis: Analysis,
  { join }: FromItem,
  before: readonly ScopeRelation[],
  shape: Shape,
): readonly string[] {
  if (join === null) return [];
  if (!join.isNatural) return join.using.map((name) => analysis.key(name));
  return [...shape.byKey.keys()].filter((key) =>
    before.some((relation) => relation.shape.byKey.has(key)),
  );
}

/** `(a join b on …) as c` gives the columns of both. */
function joinedShape({ relations }: FromScope): Shape {
  const given = relations.filter(({ givesColumns }) => givesColumns);
  const columns = given.flatMap(({ shape, hidden }) =>
    shape.columns.filter(({ key }) => !hidden.has(key)),
  );
  const opens = given.flatMap(({ shape }) => shape.opens);
  return shapeOf(columns, {
    opens,
    knownPositions: opens.length === 0 ? columns.length : 0,
    reads: relations.map(({ shape }) => shape),
  });
}

/** Gives the first columns other names: `as t (a, b)`. */
export function withColumnNames(analysis: Analysis, shape: Shape, names: readonly Name[]): Shape {
  if (names.length === 0) return shape;
  const columns: ShapeColumn[] = names.map((written, at) => {
    const name = analysis.stored(written);
    const key = analysis.keyOf(name);
    const column = at < shape.knownPositions ? shape.columns[at] : undefined;
    if (column !== undefined) return { ...column, name, key };
    const reason = 'a column by its place in what has no known columns';
    return {
      name,
      key,
      inputs: new Map(),
      unresolved: [{ text: written.written, reason, offset: written.offset }],
      expression: null,
    };
  });
  const rest = shape.columns.slice(names.length);
  return shapeOf([...columns, ...rest], {
    opens: shape.opens,
    knownPositions: Math.max(shape.knownPositions, names.length),
    reads: [shape],
  });
}
