/**
 * Relations that a plan has recorded but nobody has made: what is known of them without the warehouse.
 */
import type { PyColumn } from '../context/index.js';
import { foldIdentifier, type SqlDialect, tokenize } from '../sql/index.js';

/** A relation as a recorded statement leaves it. */
export interface PlannedRelation {
  /** Its columns, once they have been worked out. */
  columns: readonly PyColumn[] | null;
  /** The select that makes it, to work its columns out from. */
  readonly select: string | null;
  readonly isDropped: boolean;
}

/** Keyed by the relation's full name, each part in stored case, joined by dots. Shared by all nodes of a plan. */
export class PlannedRelations {
  readonly #dialect: SqlDialect;
  readonly #relations = new Map<string, PlannedRelation>();

  constructor(dialect: SqlDialect) {
    this.#dialect = dialect;
  }

  get(name: string): PlannedRelation | undefined {
    return this.#relations.get(name);
  }

  set(name: string, relation: PlannedRelation): void {
    this.#relations.set(name, relation);
  }

  rename(from: string, to: string): void {
    const relation = this.#relations.get(from) ?? { columns: null, select: null, isDropped: false };
    this.#relations.set(to, relation);
    this.#relations.set(from, { columns: null, select: null, isDropped: true });
  }

  /** Whether a statement names a relation whose rows or shape are only planned. */
  isReadBy(sql: string): boolean {
    if (this.#relations.size === 0) return false;
    return namesIn(sql, this.#dialect).some((name) => this.#relations.has(name));
  }
}

/** All dotted names of a statement, parts in stored case: `DB.SCHEMA.NAME`. Reads tokens, so strings and comments do not count. */
export function namesIn(sql: string, dialect: SqlDialect): readonly string[] {
  const names: string[] = [];
  let parts: string[] = [];
  let isAfterDot = false;
  const flush = (): void => {
    if (parts.length > 1) names.push(parts.join('.'));
    parts = [];
  };
  for (const token of tokenize(sql, dialect)) {
    if (token.kind === 'space' || token.kind === 'comment') continue;
    if (token.kind === 'word' || token.kind === 'quoted') {
      if (!isAfterDot) flush();
      parts.push(
        token.kind === 'quoted'
          ? foldQuoted(token.text, dialect)
          : foldIdentifier(token.text, dialect),
      );
      isAfterDot = false;
    } else if (token.text === '.' && parts.length > 0) {
      isAfterDot = true;
    } else {
      flush();
      isAfterDot = false;
    }
  }
  flush();
  return names;
}

// DuckDB compares quoted names without case, Snowflake keeps it.
function foldQuoted(text: string, dialect: SqlDialect): string {
  const name = text.slice(1, -1).replaceAll('""', '"');
  return dialect === 'duckdb' ? name.toLowerCase() : name;
}
