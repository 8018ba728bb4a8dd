/**
 * Columns that expressions make: from which columns of tables, and what is done to them.
 */
import type { Analysis, NameScope, Sink } from './analysis.js';
import { type ExpressionFacts, readExpression, type Reference } from './expression.js';
import { findReference } from './names.js';
import { endOf, type Nodes } from './query.js';
import {
  addInputs,
  afterStep,
  type Input,
  type ShapeColumn,
  type Span,
  type Transformation,
  type Unresolved,
} from './shape.js';
import { simpleColumn } from './simple-column.js';

/** What an expression stands in. */
export interface Place {
  readonly scope: NameScope;
  readonly sink: Sink;
  readonly windows: ReadonlyMap<string, Nodes>;
}

/** A column of a select list, or of `replace`. @param name in stored case. */
export function expressionColumn(
  analysis: Analysis,
  place: Place,
  nodes: Nodes,
  name: string,
): ShapeColumn {
  const key = analysis.keyOf(name);
  const simple = simpleColumn(nodes);
  const span = spanOf(nodes);
  if (simple !== null) {
    const { reference, isCast } = simple;
    const found = findReference(analysis, place.scope, reference);
    if (found.kind !== 'column') {
      return {
        name,
        key,
        inputs: NO_INPUTS,
        unresolved: reasons(reference, found),
        expression: span,
      };
    }
    const { column } = found;
    const hasPath = reference.hasPath || found.hasField;
    const kind = hasPath ? 'path' : isCast ? 'cast' : 'passthrough';
    if (kind === 'passthrough' && column.name === name && column.expression !== null) return column;
    analysis.spend(1 + (kind === 'passthrough' ? 0 : column.inputs.size));
    return {
      name,
      key,
      inputs: afterStep(column.inputs, kind, kind === 'passthrough' ? null : kind),
      unresolved: column.unresolved,
      expression: kind === 'passthrough' ? (column.expression ?? span) : span,
    };
  }
  const value = readValue(analysis, place, nodes);
  return { name, key, ...value, expression: span };
}

const NO_INPUTS: ReadonlyMap<string, Input> = new Map();

function reasons(reference: Reference, found: { kind: string; reason?: string }): Unresolved[] {
  if (found.reason === undefined) return [];
  const text = reference.parts.map(({ written }) => written).join('.');
  return [
    {
      text: text === '' ? `$${reference.position ?? ''}` : text,
      reason: found.reason,
      offset: reference.offset,
    },
  ];
}

export interface Value {
  readonly inputs: ReadonlyMap<string, Input>;
  readonly unresolved: readonly Unresolved[];
}

/** All that an expression takes in. */
export function readValue(analysis: Analysis, place: Place, nodes: Nodes): Value {
  const facts = readExpression(nodes);
  const isOneQuery = nodes.length === 1 && facts.queries.length === 1;
  const kind: Transformation = facts.isAggregate
    ? 'aggregate'
    : facts.isWindow
      ? 'window'
      : isOneQuery
        ? 'passthrough'
        : 'computed';
  const inputs = new Map<string, Input>();
  const unresolved: Unresolved[] = [];
  const take = (column: Pick<ShapeColumn, 'inputs' | 'unresolved'>): void => {
    analysis.spend(1 + column.inputs.size);
    addInputs(inputs, afterStep(column.inputs, kind, facts.label));
    if (unresolved.length < MAX_UNRESOLVED) unresolved.push(...column.unresolved);
  };
  for (const reference of referencesOf(facts, place.windows)) {
    const found = findReference(analysis, place.scope, reference);
    if (found.kind === 'column') take(found.column);
    else take({ inputs: NO_INPUTS, unresolved: reasons(reference, found) });
  }
  for (const query of facts.queries) {
    const shape = analysis.query(query, place.scope.environment, place.scope);
    place.sink.reads.push(shape);
    for (const column of shape.columns) take(column);
    for (const part of shape.opens) {
      const reason = `all columns of ${part.table?.parts.at(-1) ?? 'a function'}, which are not known`;
      take({
        inputs: NO_INPUTS,
        unresolved: [{ text: '*', reason, offset: query[0]?.offset ?? 0 }],
      });
    }
  }
  return { inputs, unresolved: unresolved.slice(0, MAX_UNRESOLVED) };
}

/** Reasons kept of one column. */
const MAX_UNRESOLVED = 20;

function referencesOf(
  facts: ExpressionFacts,
  windows: ReadonlyMap<string, Nodes>,
): readonly Reference[] {
  if (facts.windows.length === 0) return facts.references;
  return [
    ...facts.references,
    ...facts.windows.flatMap((name) => readExpression(windows.get(name) ?? []).references),
  ];
}

/** Columns that a clause reads to decide on rows. */
export function readFilter(
  analysis: Analysis,
  place: Place,
  nodes: Nodes,
  clause: 'where' | 'join' | 'group' | 'having' | 'qualify',
): void {
  const { inputs } = readValue(analysis, place, nodes);
  analysis.spend(inputs.size);
  place.sink.filter(inputs, clause);
}

/** The text of nodes. */
export function spanOf(nodes: Nodes): Span | null {
  const [first] = nodes;
  const last = nodes.at(-1);
  return first === undefined || last === undefined
    ? null
    : { offset: first.offset, end: endOf(last) };
}
