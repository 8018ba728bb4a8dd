/**
 * What exists in the warehouse, by schema: listed when first asked for, kept current by our own DDL.
 */
import { createRelation, type PyRelation, type QuotePolicy } from '../context/index.js';
import type { CatalogRelation, Dialect, Warehouse } from '../warehouse/index.js';

interface SchemaEntry {
  /** By folded identifier. */
  readonly relations: Map<string, PyRelation>;
}

const QUOTED: QuotePolicy = { database: true, schema: true, identifier: true };

/** One per run; a plan works on a `fork`, so that what it only records is not taken for real. */
export class RelationCache {
  readonly #warehouse: Warehouse;
  readonly #schemas: Map<string, SchemaEntry>;
  readonly #pending = new Map<string, Promise<SchemaEntry>>();
  readonly #madeSchemas: Set<string>;

  constructor(warehouse: Warehouse, from?: RelationCache) {
    this.#warehouse = warehouse;
    this.#schemas = new Map(
      [...(from === undefined ? [] : from.#schemas)].map(([key, entry]) => [
        key,
        { relations: new Map(entry.relations) },
      ]),
    );
    this.#madeSchemas = new Set(from === undefined ? [] : from.#madeSchemas);
  }

  /** A copy that can be changed without changing this one. */
  fork(): RelationCache {
    return new RelationCache(this.#warehouse, this);
  }

  /** Finds a relation by its names as configured. */
  async find(
    names: { readonly database: string; readonly schema: string; readonly identifier: string },
    options: { readonly signal: AbortSignal },
  ): Promise<PyRelation | null> {
    const entry = await this.#schema(names.database, names.schema, options);
    return entry.relations.get(fold(this.#warehouse.dialect, names.identifier)) ?? null;
  }

  async list(
    schema: { readonly database: string; readonly schema: string },
    options: { readonly signal: AbortSignal },
  ): Promise<readonly PyRelation[]> {
    const entry = await this.#schema(schema.database, schema.schema, options);
    return [...entry.relations.values()];
  }

  async schemaExists(
    schema: { readonly database: string; readonly schema: string },
    options: { readonly signal: AbortSignal },
  ): Promise<boolean> {
    if (this.#madeSchemas.has(this.#key(schema.database, schema.schema))) return true;
    const names = await this.#warehouse.listSchemas(schema.database, options);
    const wanted = fold(this.#warehouse.dialect, schema.schema);
    return names.some((name) => fold(this.#warehouse.dialect, name) === wanted);
  }

  /** A schema that was just made, or will have been. */
  schemaAdded(database: string, schema: string): void {
    this.#madeSchemas.add(this.#key(database, schema));
  }

  added(relation: PyRelation): void {
    this.#known(relation)?.relations.set(relation.folded('identifier'), this.#cached(relation));
  }

  dropped(relation: PyRelation): void {
    this.#known(relation)?.relations.delete(relation.folded('identifier'));
  }

  renamed(from: PyRelation, to: PyRelation): void {
    const old = this.#known(from)?.relations.get(from.folded('identifier'));
    this.dropped(from);
    this.added(old === undefined ? to : to.with({ type: old.fields.type }));
  }

  /** Forgets everything, so that the next question lists again. */
  clear(): void {
    this.#schemas.clear();
    this.#pending.clear();
    this.#madeSchemas.clear();
  }

  #known(relation: PyRelation): SchemaEntry | undefined {
    return this.#schemas.get(`${relation.folded('database')}.${relation.folded('schema')}`);
  }

  async #schema(
    database: string,
    schema: string,
    options: { readonly signal: AbortSignal },
  ): Promise<SchemaEntry> {
    const key = this.#key(database, schema);
    const known = this.#schemas.get(key);
    if (known !== undefined) return known;
    let pending = this.#pending.get(key);
    if (pending === undefined) {
      pending = this.#list(database, schema, options).then((entry) => {
        this.#schemas.set(key, entry);
        return entry;
      });
      this.#pending.set(key, pending);
      // A failed listing must not be remembered.
      pending.catch(() => this.#pending.delete(key));
    }
    return pending;
  }

  async #list(
    database: string,
    schema: string,
    options: { readonly signal: AbortSignal },
  ): Promise<SchemaEntry> {
    const found = await this.#warehouse.listRelations({ database, schema }, options);
    return {
      relations: new Map(
        found.map((one) => [
          fold(this.#warehouse.dialect, one.identifier, true),
          relationOf(this.#warehouse.dialect, one),
        ]),
      ),
    };
  }

  #key(database: string, schema: string): string {
    const { dialect } = this.#warehouse;
    return `${fold(dialect, database)}.${fold(dialect, schema)}`;
  }

  /** As a listing would give it: names in stored case, quoted. */
  #cached(relation: PyRelation): PyRelation {
    const { dialect } = this.#warehouse;
    const stored = (part: 'database' | 'schema' | 'identifier'): string =>
      dialect === 'snowflake' ? relation.folded(part) : (relation.fields[part] ?? '');
    return createRelation({
      dialect,
      database: stored('database'),
      schema: stored('schema'),
      identifier: stored('identifier'),
      type: relation.fields.type,
      quote: QUOTED,
    });
  }
}

/** A listed relation as macros see it. */
function relationOf(dialect: Dialect, found: CatalogRelation): PyRelation {
  return createRelation({
    dialect,
    database: found.database,
    schema: found.schema,
    identifier: found.identifier,
    type: found.kind,
    quote: QUOTED,
  });
}

/** The case in which a name is compared. Names that come from a listing are in stored case already. */
function fold(dialect: Dialect, name: string, isStored = false): string {
  if (dialect === 'duckdb') return name.toLowerCase();
  return isStored ? name : name.toUpperCase();
}
