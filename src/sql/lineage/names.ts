/**
 * Finds what a name in an expression means: a column of a relation in sight, an alias, a column of the query around.
 *
 * Where the SQL leaves several possibilities and nothing known decides, the name is unresolved; nothing is guessed.
 */
import type { Analysis, NameScope, ScopeRelation } from './analysis.js';
import type { Reference } from './expression.js';
import type { Name } from './query.js';
import { addInputs, type Input, type Shape, type ShapeColumn } from './shape.js';

/** A column, or the reason why there is none. */
export type Found =
  | { readonly kind: 'column'; readonly column: ShapeColumn; readonly hasField: boolean }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unresolved'; readonly reason: string };

const NOTHING: Found = { kind: 'nothing' };
/** What a table has beside its columns. */
const PSEUDO = /^(?:METADATA\$.*|ROWID|LEVEL|CONNECT_BY_ISLEAF)$/iu;

/** What a reference means. `nothing` is a value that comes from no column. */
export function findReference(analysis: Analysis, scope: NameScope, reference: Reference): Found {
  if (reference.position !== null) return byPosition(scope, reference.position);
  const { parts } = reference;
  const [first] = parts;
  if (first === undefined) return NOTHING;
  if (parts.length > 1) {
    const qualified = findQualified(analysis, scope, parts);
    if (qualified !== null) return qualified;
    const whole = findPlain(analysis, scope, first);
    if (analysis.options.dialect === 'duckdb' && whole.kind === 'column')
      return { ...whole, hasField: true };
    const written = parts.slice(0, -1).map(({ written }) => written);
    return { kind: 'unresolved', reason: `no relation named ${written.join('.')} is in sight` };
  }
  return findPlain(analysis, scope, first);
}

function byPosition(scope: NameScope, position: number): Found {
  const [relation, other] = scope.relations;
  const column = relation?.shape.columns[position - 1];
  if (relation === undefined || other !== undefined || column === undefined)
    return { kind: 'unresolved', reason: 'a position of what has no columns known by place' };
  return { kind: 'column', column, hasField: false };
}

function findQualified(analysis: Analysis, scope: NameScope, parts: readonly Name[]): Found | null {
  for (let around: NameScope | null = scope; around !== null; around = around.outer) {
    for (let length = parts.length - 1; length >= 1; length -= 1) {
      const qualifier = parts.slice(0, length).map((part) => analysis.key(part));
      const relation = relationNamed(around.relations, qualifier);
      const name = parts[length];
      if (relation === undefined || name === undefined) continue;
      const found = columnOf(analysis, relation.shape, name);
      if (found.kind === 'column') return { ...found, hasField: length < parts.length - 1 };
      if (found.kind === 'unresolved') return found;
      if (PSEUDO.test(name.written)) return NOTHING;
      return { kind: 'unresolved', reason: `${qualifier.join('.')} has no such column` };
    }
  }
  return null;
}

/** The relation that a qualifier names: its alias, or the end of its full name. */
export function relationNamed(
  relations: readonly ScopeRelation[],
  qualifier: readonly string[],
): ScopeRelation | undefined {
  return relations.find(({ names }) => {
    const end = names.slice(-qualifier.length);
    return end.length === qualifier.length && end.every((name, at) => name === qualifier[at]);
  });
}

/** A column of one relation. `nothing`: it surely has none of that name. */
export function columnOf(analysis: Analysis, shape: Shape, name: Name): Found {
  const key = analysis.key(name);
  const known = shape.byKey.get(key);
  if (known !== undefined) return { kind: 'column', column: known, hasField: false };
  const opens = shape.opens.filter(({ excluded }) => !excluded.has(key));
  const [part, other] = opens;
  if (part === undefined) return NOTHING;
  if (other !== undefined) {
    return { kind: 'unresolved', reason: `could be a column of ${namesOf(opens)}` };
  }
  return { kind: 'column', column: analysis.openColumn(part, name), hasField: false };
}

function namesOf(opens: Shape['opens']): string {
  return opens.map(({ table }) => table?.parts.at(-1) ?? 'a function').join(' or ');
}

function findPlain(analysis: Analysis, scope: NameScope, name: Name): Found {
  const key = analysis.key(name);
  const isOpen = (one: ScopeRelation): boolean =>
    one.shape.opens.some(({ excluded }) => !excluded.has(key));
  const knowing = scope.relations.filter((one) => one.shape.byKey.has(key));
  if (scope.merged.has(key)) return mergedColumn(analysis, scope, name);
  if (knowing.length > 1)
    return { kind: 'unresolved', reason: 'a column of more than one relation in sight' };
  const [known] = knowing;
  if (known !== undefined) return columnOf(analysis, known.shape, name);
  const open = scope.relations.filter(isOpen);
  const alias = scope.aliases.get(key);
  const around = scope.outer === null ? NOTHING : findPlain(analysis, scope.outer, name);
  if (open.length === 0) {
    if (alias !== undefined) return { kind: 'column', column: alias, hasField: false };
    if (around.kind !== 'nothing') return around;
    if (PSEUDO.test(name.written)) return NOTHING;
    return { kind: 'unresolved', reason: 'no relation in sight has such a column' };
  }
  const names = open.map(({ names }) => names.at(-1) ?? '');
  if (alias !== undefined)
    return {
      kind: 'unresolved',
      reason: `could be a column of ${names.join(' or ')}, or an alias`,
    };
  // A column of the query around is meant only if no relation here has it.
  if (around.kind === 'column')
    return {
      kind: 'unresolved',
      reason: `could be a column of ${names.join(' or ')}, or of the query around`,
    };
  const [only, other] = open;
  if (only === undefined || other !== undefined)
    return { kind: 'unresolved', reason: `could be a column of ${names.join(' or ')}` };
  return columnOf(analysis, only.shape, name);
}

/** A column of `using` is that of all sides. */
function mergedColumn(analysis: Analysis, scope: NameScope, name: Name): Found {
  const inputs = new Map<string, Input>();
  let first: ShapeColumn | null = null;
  for (const { shape } of scope.relations) {
    const found = columnOf(analysis, shape, name);
    if (found.kind !== 'column') continue;
    analysis.spend(found.column.inputs.size);
    addInputs(inputs, found.column.inputs);
    first ??= found.column;
  }
  if (first === null) return { kind: 'unresolved', reason: 'no joined relation has such a column' };
  return { kind: 'column', column: { ...first, inputs }, hasField: false };
}
