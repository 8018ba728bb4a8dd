/**
 * What exists in the warehouse, by schema: listed when first asked for, kept current by our own DDL.
 */
import { createRelation, type PyRelation, type QuotePolicy } from '../context/index.js';
import type { CatalogOptions, CatalogRelation, Dialect, Warehouse } from '../warehouse/index.js';

interface SchemaEntry {
  /** By folded identifier. */
  readonly relations: Map<string, PyRelation>;
}

const QUOTED: QuotePolicy = { database: true, schema: true, identifier: true };

/** Lists the relations of one schema, named as configured; an absent schema has none. */
export type RelationLister = (
  schema: { readonly database: string; readonly schema: string },
  options: CatalogOptions,
) => Promise<readonly PyRelation[]>;

/** One per run; a plan works on a `fork`, so that what it only records is not taken for real. */
export class RelationCache {
  readonly #warehouse: Warehouse;
  readonly #schemas: Map<string, SchemaEntry>;
  readonly #pending = new Map<string, Promise<SchemaEntry>>();
  readonly #madeSchemas: Set<string>;
  #lister: RelationLister | null;

  constructor(warehouse: Warehouse, from?: RelationCache) {
    this.#warehouse = warehouse;
    this.#schemas = new Map(
      [...(from === undefined ? [] : from.#schemas)].map(([key, entry]) => [
        key,
        { relations: new Map(entry.relations) },
      ]),
    );
    this.#madeSchemas = new Set(from === undefined ? [] : from.#madeSchemas);
    this.#lister = from === undefined ? null : from.#lister;
  }

  /** A copy that can be changed without changing this one. */
  fork(): RelationCache {
    return new RelationCache(this.#warehouse, this);
  }

  /** Finds a relation by its names as configured. */
  async find(
    names: { readonly database: string; readonly schema: string; readonly identifier: string },
    options: CatalogOptions,
  ): Promise<PyRelation | null> {
    const entry = await this.#schema(names.database, names.schema, options);
    return entry.relations.get(fold(this.#warehouse.dialect, names.identifier)) ?? null;
  }

  async list(
    schema: { readonly database: string; readonly schema: string },
    options: CatalogOptions,
  ): Promise<readonly PyRelation[]> {
    const entry = await this.#schema(schema.database, schema.schema, options);
    return [...entry.relations.values()];
  }

  async schemaExists(
    schema: { readonly database: string; readonly schema: string },
    options: CatalogOptions,
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

  /** A relation that a node has made; what is known of one that was there stays, as in dbt. */
  added(relation: PyRelation): void {
    const relations = this.#known(relation)?.relations;
    const key = relation.folded('identifier');
    if (relations?.has(key) === false) relations.set(key, relation);
  }

  /** A relation that a statement has made, in the place of what was there. */
  made(relation: PyRelation): void {
    const known = this.#known(relation)?.relations.get(relation.folded('identifier'));
    if (known?.fields.type !== relation.fields.type) this.dropped(relation);
    this.added(relation);
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

  /** Forgets everything, and asks this from now on instead of the warehouse's own listing. */
  listThrough(lister: RelationLister): void {
    this.clear();
    this.#lister = lister;
  }

  #known(relation: PyRelation): SchemaEntry | undefined {
    return this.#schemas.get(`${relation.folded('database')}.${relation.folded('schema')}`);
  }

  async #schema(database: string, schema: string, options: CatalogOptions): Promise<SchemaEntry> {
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

  async #list(database: string, schema: string, options: CatalogOptions): Promise<SchemaEntry> {
    const { dialect } = this.#warehouse;
    const found =
      this.#lister === null
        ? (await this.#warehouse.listRelations({ database, schema }, options)).map((one) =>
            relationOf(dialect, one),
          )
        : await this.#lister({ database, schema }, options);
    return {
      relations: new Map(
        found.map((one) => [fold(dialect, one.fields.identifier ?? '', true), one]),
      ),
    };
  }

  #key(database: string, schema: string): string {
    const { dialect } = this.#warehouse;
    return `${fold(dialect, database)}.${fold(dialect, schema)}`;
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
