/**
 * Columns of PIVOT and UNPIVOT, in the form with brackets and in DuckDB's statement form.
 */
import type { Analysis } from './analysis.js';
import { type Place, readValue } from './columns.js';
import { type Reference, readExpression } from './expression.js';
import { columnOf } from './names.js';
import {
  bracketed,
  isOperator,
  isQuery,
  isWord,
  type Name,
  nameOf,
  type Nodes,
  type Pivot,
  splitCommas,
} from './query.js';
import {
  addInputs,
  afterStep,
  type Input,
  type Shape,
  type ShapeColumn,
  shapeOf,
} from './shape.js';

export function resolvePivot(analysis: Analysis, shape: Shape, pivot: Pivot, place: Place): Shape {
  const parts = partsOf(pivot.nodes);
  return pivot.kind === 'pivot'
    ? pivoted(analysis, shape, parts, place)
    : unpivoted(analysis, shape, parts, pivot);
}

interface PivotParts {
  /** Aggregates, or the names of value columns. */
  readonly values: Nodes;
  /** The column whose values become names, or the name of the column that takes names. */
  readonly by: Nodes;
  /** What is listed, or null where the data decide. */
  readonly list: Nodes | null;
  readonly groups: Nodes | null;
}

function partsOf(nodes: Nodes): PivotParts {
  const sectionAfter = (...words: readonly string[]): Nodes | null => {
    const start = nodes.findIndex((node) => isWord(node, ...words));
    if (start === -1) return null;
    const from = start + (isWord(nodes[start + 1], 'BY') ? 2 : 1);
    const length = nodes
      .slice(from)
      .findIndex((node) =>
        isWord(node, 'USING', 'GROUP', 'INTO', 'ORDER', 'LIMIT', 'DEFAULT', 'VALUE'),
      );
    return nodes.slice(from, length === -1 ? undefined : from + length);
  };
  const groups = sectionAfter('GROUP');
  const isStatement = isWord(nodes[0], 'ON');
  const target = sectionAfter(isStatement ? 'ON' : 'FOR') ?? [];
  const inAt = target.findIndex((node) => isWord(node, 'IN'));
  const listed = inAt === -1 ? null : bracketed(target[inAt + 1]);
  const by = inAt === -1 ? target : target.slice(0, inAt);
  if (!isStatement) {
    const end = nodes.findIndex((node) => isWord(node, 'FOR'));
    return { values: end === -1 ? [] : nodes.slice(0, end), by, list: listed, groups };
  }
  const into = sectionAfter('INTO');
  if (into !== null || sectionAfter('USING') === null) {
    const valueAt = nodes.findIndex((node) => isWord(node, 'VALUE'));
    const name = nameOf(into?.[1]);
    return {
      values: valueAt === -1 ? [] : nodes.slice(valueAt + 1),
      by: name === null ? [] : (into ?? []).slice(1, 2),
      list: target,
      groups,
    };
  }
  return { values: sectionAfter('USING') ?? [], by, list: listed, groups };
}

function pivoted(analysis: Analysis, shape: Shape, parts: PivotParts, place: Place): Shape {
  const aggregates = splitCommas(parts.values);
  const { inputs, unresolved } = readValue(analysis, place, withoutAliases(aggregates));
  const made = afterStep(inputs, 'aggregate', 'pivot');
  const by = readValue(analysis, place, parts.by);
  place.sink.filter(by.inputs, 'group');
  const gone = keysOf(analysis, [...aggregates, parts.by]);
  const kept = parts.groups === null ? null : new Set(keysOf(analysis, splitCommas(parts.groups)));
  const rest = shape.columns.filter(({ key }) => (kept === null ? !gone.has(key) : kept.has(key)));
  for (const column of rest) place.sink.filter(column.inputs, 'group');
  const names =
    parts.list === null || isQuery(parts.list) || isWord(parts.list[0], 'ANY')
      ? null
      : splitCommas(parts.list).map((part) => valueName(analysis, part));
  const suffixes =
    aggregates.length < 2 ? [''] : aggregates.map((one) => `_${suffixOf(analysis, one)}`);
  const columns = (names ?? []).flatMap((name) =>
    suffixes.map((suffix): ShapeColumn => {
      const full = `${name}${suffix}`;
      return { name: full, key: analysis.keyOf(full), inputs: made, unresolved, expression: null };
    }),
  );
  const opens = shape.opens.map((part) => ({
    ...part,
    excluded: new Set([...part.excluded, ...gone]),
  }));
  const dynamic = { table: null, inputs: made, excluded: new Set<string>(), doubt: null };
  return shapeOf([...rest, ...columns], {
    opens: [...(kept === null ? opens : []), ...(names === null ? [dynamic] : [])],
    knownPositions:
      opens.length > 0 && kept === null ? 0 : rest.length + (names === null ? 0 : columns.length),
    reads: [shape],
  });
}

function withoutAliases(aggregates: readonly Nodes[]): Nodes {
  return aggregates.flatMap((nodes) => {
    const at = nodes.findIndex((node) => isWord(node, 'AS'));
    return at === -1 ? nodes : nodes.slice(0, at);
  });
}

function suffixOf(analysis: Analysis, aggregate: Nodes): string {
  const alias = aggregate.length > 2 ? nameOf(aggregate.at(-1)) : null;
  return alias === null ? '' : analysis.stored(alias);
}

/** The column that a listed value makes: its alias, or the value as the dialect names it. */
function valueName(analysis: Analysis, part: Nodes): string {
  const [value] = part;
  const alias = part.length > 1 ? nameOf(part.at(-1)) : null;
  if (alias !== null) return analysis.stored(alias);
  if (value === undefined || value.kind === 'group') return '';
  if (value.kind === 'string')
    return analysis.options.dialect === 'duckdb' ? value.text.slice(1, -1) : value.text;
  return analysis.stored({ written: value.text, offset: value.offset });
}

function keysOf(analysis: Analysis, parts: readonly Nodes[]): ReadonlySet<string> {
  const keys = parts
    .flatMap((nodes) => readExpression(nodes).references)
    .map((reference: Reference) => reference.parts.at(-1))
    .flatMap((name) => (name === undefined ? [] : [analysis.key(name)]));
  return new Set(keys);
}

function unpivoted(analysis: Analysis, shape: Shape, parts: PivotParts, pivot: Pivot): Shape {
  const taken: Name[] = [];
  for (const part of splitCommas(parts.list ?? [])) {
    const group = bracketed(part[0]);
    const names = group === null ? [part] : splitCommas(group);
    for (const one of names) {
      const last = one.findIndex((node) => isWord(node, 'AS'));
      const name = nameOf((last === -1 ? one : one.slice(0, last)).at(-1));
      if (name !== null && !isOperator(one[0], '*')) taken.push(name);
    }
  }
  const inputs = new Map<string, Input>();
  const unresolved: ShapeColumn['unresolved'][number][] = [];
  for (const name of taken) {
    const found = columnOf(analysis, shape, name);
    if (found.kind === 'column') addInputs(inputs, found.column.inputs);
    else {
      const reason = found.kind === 'unresolved' ? found.reason : 'no such column to unpivot';
      unresolved.push({ text: name.written, reason, offset: name.offset });
    }
  }
  const made = afterStep(inputs, 'computed', 'unpivot');
  const gone = new Set(taken.map((name) => analysis.key(name)));
  const rest = shape.columns.filter(({ key }) => !gone.has(key));
  const named = (nodes: Nodes, fallback: string): readonly string[] => {
    const group = bracketed(nodes[0]);
    const names = splitCommas(group ?? nodes).flatMap((part) => nameOf(part[0]) ?? []);
    return names.length === 0 ? [fallback] : names.map((name) => analysis.stored(name));
  };
  const columnOfName = (name: string, from: ShapeColumn['inputs']): ShapeColumn => ({
    name,
    key: analysis.keyOf(name),
    inputs: from,
    unresolved,
    expression: { offset: pivot.offset, end: pivot.offset + 'unpivot'.length },
  });
  const columns = [
    ...rest,
    ...named(parts.by, 'name').map((name) => columnOfName(name, new Map())),
    ...named(parts.values, 'value').map((name) => columnOfName(name, made)),
  ];
  const opens = shape.opens.map((part) => ({
    ...part,
    excluded: new Set([...part.excluded, ...gone]),
  }));
  return shapeOf(columns, {
    opens,
    knownPositions: opens.length > 0 ? 0 : columns.length,
    reads: [shape],
  });
}
