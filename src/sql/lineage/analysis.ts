/**
 * One analysis: the dialect, what is known of tables, and how much work is left.
 */
import { DagbookError } from '../../base/index.js';
import { type SqlDialect, storedName } from '../identifiers.js';
import type { Name, Nodes } from './query.js';
import {
  type FilterUse,
  type Input,
  type OpenPart,
  type Shape,
  type ShapeColumn,
  shapeOf,
  type TableLeaf,
} from './shape.js';

/** What is known of a table's columns. */
export interface KnownColumns {
  /** In stored case, in order. */
  readonly names: readonly string[];
  /** Whether these are all; else a star over the table may give more. */
  readonly isComplete: boolean;
}

export interface AnalysisOptions {
  readonly dialect: SqlDialect;
  /** Columns of a table, by the parts of its name in stored case; null if nothing is known. */
  readonly columnsOf: (parts: readonly string[]) => KnownColumns | null;
  /** CTEs that stand for a relation of the project, not for a part of this query. */
  readonly isRelationCte: (name: string) => boolean;
}

/** CTEs that can be seen from a place. */
export interface Environment {
  readonly ctes: Map<string, Shape>;
  readonly outer: Environment | null;
}

/** A relation that a FROM brings into sight. */
export interface ScopeRelation {
  /** What a qualifier may say, the name itself last. */
  readonly names: readonly string[];
  readonly shape: Shape;
  /** Columns that a star leaves out, since a join by name has them already. */
  readonly hidden: ReadonlySet<string>;
  readonly givesColumns: boolean;
}

/** What names mean inside of one select. */
export interface NameScope {
  readonly environment: Environment;
  readonly relations: readonly ScopeRelation[];
  /** Columns that a join by name has made one. */
  readonly merged: ReadonlySet<string>;
  /** Aliases of the select list so far. */
  readonly aliases: ReadonlyMap<string, ShapeColumn>;
  readonly outer: NameScope | null;
}

export type ResolveQuery = (
  nodes: Nodes,
  environment: Environment,
  outer: NameScope | null,
) => Shape;

const NOTHING: ReadonlyMap<string, Input> = new Map();
/** Columns and inputs handled before a query counts as hostile: a large real one takes some ten thousand. */
const FUEL = 3_000_000;

export class Analysis {
  readonly options: AnalysisOptions;
  readonly query: ResolveQuery;
  readonly #tables = new Map<string, Shape>();
  #fuel = FUEL;

  constructor(
    options: AnalysisOptions,
    resolve: (
      analysis: Analysis,
      nodes: Nodes,
      environment: Environment,
      outer: NameScope | null,
    ) => Shape,
  ) {
    this.options = options;
    this.query = (nodes, environment, outer) => resolve(this, nodes, environment, outer);
  }

  /** @throws DagbookError lineage/too-large when a query makes more columns than can be meant. */
  spend(amount: number): void {
    this.#fuel -= amount;
    if (this.#fuel >= 0) return;
    throw new DagbookError('lineage/too-large', 'This query has too many columns to be traced.', {
      exitCode: 1,
    });
  }

  /** The stored name of an identifier. */
  stored(name: Name): string {
    return storedName(name.written, this.options.dialect);
  }

  /** What a stored name is compared by. */
  keyOf(stored: string): string {
    return this.options.dialect === 'duckdb' ? stored.toLowerCase() : stored;
  }

  key(name: Name): string {
    return this.keyOf(this.stored(name));
  }

  /** A table that is not defined in the query. */
  table(parts: readonly string[]): Shape {
    const id = parts.map((part) => this.keyOf(part)).join('\0');
    const known = this.#tables.get(id);
    if (known !== undefined) return known;
    const leaf: TableLeaf = { id: this.#tables.size, parts };
    const columns = this.options.columnsOf(parts);
    const shape = shapeOf(
      (columns?.names ?? []).map((name) => this.leafColumn(leaf, name)),
      {
        opens:
          columns?.isComplete === true
            ? []
            : [{ table: leaf, inputs: NOTHING, excluded: new Set(), doubt: null }],
      },
    );
    this.#tables.set(id, shape);
    return shape;
  }

  /** A column of a table as itself. */
  leafColumn(table: TableLeaf, name: string): ShapeColumn {
    this.spend(1);
    const key = this.keyOf(name);
    const input: Input = { table, column: name, kind: 'passthrough', label: null };
    return {
      name,
      key,
      inputs: new Map([[`${table.id}.${key}`, input]]),
      unresolved: [],
      expression: null,
    };
  }

  /** A column that an open part is said to have. */
  openColumn(part: OpenPart, name: Name): ShapeColumn {
    const stored = this.stored(name);
    const key = this.keyOf(stored);
    const unresolved =
      part.doubt === null ? [] : [{ text: name.written, reason: part.doubt, offset: name.offset }];
    if (part.table !== null) return { ...this.leafColumn(part.table, stored), unresolved };
    return { name: stored, key, inputs: part.inputs, unresolved, expression: null };
  }
}

/** Collects what a select reads beside the values of its columns. */
export class Sink {
  readonly filters: Map<string, FilterUse> = new Map();
  readonly reads: Shape[] = [];

  filter(inputs: ReadonlyMap<string, Input>, clause: FilterUse['clause']): void {
    for (const [key, { table, column }] of inputs) {
      const use = `${key}.${clause}`;
      if (!this.filters.has(use)) this.filters.set(use, { table, column, clause });
    }
  }
}
