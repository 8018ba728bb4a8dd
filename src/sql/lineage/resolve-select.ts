/**
 * The columns of one select: its list over the relations of its FROM.
 */
import { type Analysis, type Environment, type NameScope, Sink } from './analysis.js';
import { expressionColumn, type Place, readFilter } from './columns.js';
import { columnOf, relationNamed } from './names.js';
import type { Nodes, SelectBody, SelectItem, StarItem } from './query.js';
import { type OpenPart, type Shape, type ShapeColumn, shapeOf } from './shape.js';
import { ownName } from './simple-column.js';
import { resolveFrom } from './resolve-from.js';

export function resolveSelect(
  analysis: Analysis,
  body: SelectBody,
  environment: Environment,
  outer: NameScope | null,
): Shape {
  const sink = new Sink();
  const { relations, merged } = resolveFrom(analysis, body.from, { environment, outer, sink });
  const aliases = new Map<string, ShapeColumn>();
  const scope: NameScope = { environment, relations, merged, aliases, outer };
  const place: Place = { scope, sink, windows: body.windows };
  const list = new SelectList(analysis, place);
  for (const item of body.items) {
    if (item.kind === 'star') list.addStar(item);
    else list.addExpression(item, aliases);
  }
  for (const { kind, nodes } of body.clauses) {
    // The order of rows says nothing of what is in them.
    if (kind !== 'order') readFilter(analysis, place, nodes, kind);
  }
  return shapeOf(list.columns, {
    opens: list.opens,
    knownPositions: list.knownPositions ?? list.columns.length,
    filters: sink.filters,
    reads: [...relations.map(({ shape }) => shape), ...sink.reads],
  });
}

class SelectList {
  readonly columns: ShapeColumn[] = [];
  readonly opens: OpenPart[] = [];
  knownPositions: number | null = null;
  readonly #analysis: Analysis;
  readonly #place: Place;

  constructor(analysis: Analysis, place: Place) {
    this.#analysis = analysis;
    this.#place = place;
  }

  addExpression(
    item: Extract<SelectItem, { readonly kind: 'expression' }>,
    aliases: Map<string, ShapeColumn>,
  ): void {
    const own = item.alias ?? ownName(item.nodes);
    const name = own === null ? this.#unnamed(item.nodes) : this.#analysis.stored(own);
    const column = expressionColumn(this.#analysis, this.#place, item.nodes, name);
    this.columns.push(column);
    // An alias that only repeats a column's own name hides nothing.
    if (item.alias !== null && !isSelf(item.nodes, item.alias.written)) {
      if (!aliases.has(column.key)) aliases.set(column.key, column);
    }
  }

  /** What the warehouse calls a column without a name is near its text. */
  #unnamed(nodes: Nodes): string {
    const text = nodes
      .map(
        (node, at) => `${at === 0 ? '' : node.space}${node.kind === 'group' ? '(…)' : node.text}`,
      )
      .join('');
    return this.#analysis.options.dialect === 'snowflake' ? text.toUpperCase() : text;
  }

  addStar(star: StarItem): void {
    const analysis = this.#analysis;
    const { scope } = this.#place;
    const qualifier = star.qualifier.map((part) => analysis.key(part));
    const named = qualifier.length === 0 ? undefined : relationNamed(scope.relations, qualifier);
    const relations =
      qualifier.length === 0
        ? scope.relations.filter(({ givesColumns }) => givesColumns)
        : named === undefined
          ? []
          : [named];
    if (relations.length === 0) this.#openWithout(star);
    const excluded = new Set(star.excluded.map((name) => analysis.key(name)));
    const renamed = new Map(star.renamed.map(({ from, to }) => [analysis.key(from), to] as const));
    const replaced = new Map(star.replaced.map((one) => [analysis.key(one.name), one] as const));
    const matches = likePattern(star.pattern);
    for (const { shape, hidden } of relations) {
      const isHidden = (key: string): boolean => qualifier.length === 0 && hidden.has(key);
      const take = (column: ShapeColumn): void => {
        if (excluded.has(column.key) || isHidden(column.key) || !matches(column.name)) return;
        const other = replaced.get(column.key);
        const to = renamed.get(column.key);
        if (other !== undefined) {
          this.columns.push(
            expressionColumn(analysis, this.#place, other.nodes, analysis.stored(other.name)),
          );
        } else if (to === undefined) this.columns.push(column);
        else this.columns.push({ ...column, name: analysis.stored(to), key: analysis.key(to) });
      };
      analysis.spend(shape.columns.length);
      shape.columns.forEach((column, index) => {
        if (index === shape.knownPositions) this.#knowPositions();
        take(column);
      });
      if (shape.opens.length === 0) continue;
      this.#knowPositions();
      this.#openPart(shape, new Set([...excluded, ...renamed.keys(), ...replaced.keys()]), hidden);
      // What is named in the star's own words is known to be there.
      for (const { from } of star.renamed) {
        const found = columnOf(analysis, shape, from);
        if (found.kind === 'column' && !shape.byKey.has(analysis.key(from))) take(found.column);
      }
      for (const { name } of star.replaced) {
        const found = columnOf(analysis, shape, name);
        if (found.kind === 'column' && !shape.byKey.has(analysis.key(name))) take(found.column);
      }
    }
  }

  #openPart(shape: Shape, gone: ReadonlySet<string>, hidden: ReadonlySet<string>): void {
    this.#analysis.spend(shape.opens.length + gone.size);
    for (const part of shape.opens)
      this.opens.push({ ...part, excluded: new Set([...part.excluded, ...gone, ...hidden]) });
  }

  #openWithout(star: StarItem): void {
    const names = star.qualifier.map(({ written }) => written).join('.');
    this.#knowPositions();
    this.opens.push({
      table: null,
      inputs: new Map(),
      excluded: new Set(),
      doubt: names === '' ? 'a star over nothing' : `no relation named ${names} is in sight`,
    });
  }

  #knowPositions(): void {
    this.knownPositions ??= this.columns.length;
  }
}

function isSelf(nodes: Nodes, alias: string): boolean {
  const name = ownName(nodes);
  return name !== null && name.written.toLowerCase() === alias.toLowerCase();
}

function likePattern(pattern: string | null): (name: string) => boolean {
  if (pattern === null) return () => true;
  const source = pattern
    .replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  const expression = new RegExp(`^${source}$`, 'iu');
  return (name) => expression.test(name);
}
