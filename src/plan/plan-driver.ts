/**
 * Answers a render's effects without writing: reads go to the warehouse, writes are recorded and laid over what exists.
 */
import { messageOf } from '../base/index.js';
import {
  type Answers,
  type Effect,
  type EffectDriver,
  type RelationCache,
  TransactionWatch,
} from '../compile/index.js';
import { columnFromDescription, type PyRelation, relationNamed } from '../context/index.js';
import { classifyStatement, selectOfCreate, type StatementClass } from '../sql/index.js';
import type { Connection, Dialect, StatementResult } from '../warehouse/index.js';
import type { PlanStep } from './plan.js';
import type { PlannedRelations } from './planned-relations.js';
import { purposeOf } from './purpose.js';

/** Thrown into a render that asks for what only a run can know. Ends the node's plan, never an error of the user's. */
export class UndecidedError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'UndecidedError';
  }
}

export interface PlanDriverOptions {
  readonly dialect: Dialect;
  readonly connect: () => Promise<Connection>;
  /** A fork of the run's cache: changed by recorded DDL. */
  readonly cache: RelationCache;
  readonly planned: PlannedRelations;
}

const NOTHING: StatementResult = { columns: [], rows: [], rowCount: 0, message: 'PLANNED' };

export class PlanDriver implements EffectDriver {
  readonly #options: PlanDriverOptions;
  readonly #steps: PlanStep[] = [];
  readonly #replaces = new Set<string>();
  readonly #transactions = new TransactionWatch();

  constructor(options: PlanDriverOptions) {
    this.#options = options;
  }

  get steps(): readonly PlanStep[] {
    return this.#steps;
  }

  /** Relations that existed and that a recorded statement replaces or drops. */
  get replaces(): readonly string[] {
    return [...this.#replaces];
  }

  answer(
    effect: Effect,
    options: { readonly signal: AbortSignal },
  ): Promise<Answers[keyof Answers]> {
    return this.#answer(effect, options);
  }

  async #answer(
    effect: Effect,
    options: { readonly signal: AbortSignal },
  ): Promise<Answers[keyof Answers]> {
    const { cache } = this.#options;
    switch (effect.kind) {
      case 'statement':
        return await this.#statement(effect.sql, options);
      case 'relation':
        return await cache.find(effect, options);
      case 'relations':
        return await cache.list(effect, options);
      case 'schema-exists':
        return await cache.schemaExists(effect, options);
      case 'known-columns':
        return await this.#knownColumns(effect.relation, options);
      case 'plan-style':
        return 'fast';
      case 'wraps-one-statement':
        return this.#transactions.isOpen;
      case 'cache-added':
        cache.made(effect.relation);
        return null;
      case 'cache-dropped':
        await this.#noteReplaced(effect.relation, options);
        cache.dropped(effect.relation);
        return null;
      case 'cache-renamed':
        cache.renamed(effect.from, effect.to);
        return null;
    }
  }

  async #statement(
    sql: string,
    options: { readonly signal: AbortSignal },
  ): Promise<StatementResult> {
    const statement = classifyStatement(sql, this.#options.dialect);
    this.#transactions.did(statement);
    if (!statement.isRead) return await this.#write(sql, statement, options);
    if (this.#options.planned.isReadBy(sql)) {
      const columns = await this.#describePlanned(statement, options);
      if (columns !== null) return columns;
      this.#record(sql, statement, 'decided-at-run-time');
      throw new UndecidedError('it reads what an earlier step of the plan would write');
    }
    this.#record(sql, statement, 'exact');
    const connection = await this.#options.connect();
    return await connection.execute(sql, options);
  }

  async #write(
    sql: string,
    statement: StatementClass,
    options: { readonly signal: AbortSignal },
  ): Promise<StatementResult> {
    this.#record(sql, statement, 'exact');
    const { effect } = statement;
    if (effect === undefined) return NOTHING;
    const { cache, planned } = this.#options;
    const relation = relationNamed(this.#options.dialect, effect.name);
    if (effect.kind === 'schema') {
      if (effect.type === 'create' && effect.name.length > 1) {
        cache.schemaAdded(effect.name[0] ?? '', effect.name[1] ?? '');
      }
      return NOTHING;
    }
    switch (effect.type) {
      case 'create':
        await this.#noteReplaced(relation, options);
        cache.made(relation.with({ type: effect.kind === 'view' ? 'view' : 'table' }));
        planned.set(key(relation), {
          columns: null,
          select: selectOfCreate(sql, this.#options.dialect) ?? null,
          isDropped: false,
        });
        break;
      case 'drop':
        await this.#noteReplaced(relation, options);
        cache.dropped(relation);
        planned.set(key(relation), { columns: null, select: null, isDropped: true });
        break;
      case 'rename': {
        const to = relationNamed(this.#options.dialect, effect.to ?? []);
        await this.#noteReplaced(relation, options);
        cache.renamed(relation, to);
        planned.rename(key(relation), key(to));
        break;
      }
      case 'alter':
        if (changesColumns(sql)) {
          planned.set(key(relation), { columns: null, select: null, isDropped: false });
        }
        break;
    }
    return NOTHING;
  }

  async #knownColumns(
    relation: PyRelation,
    options: { readonly signal: AbortSignal },
  ): Promise<Answers['known-columns']> {
    const planned = this.#options.planned.get(key(relation));
    if (planned === undefined) return null;
    if (planned.isDropped) return [];
    if (planned.columns !== null) return planned.columns;
    if (planned.select === null || this.#options.planned.isReadBy(planned.select)) {
      throw new UndecidedError(
        `the columns of ${relation.render()} are known only once it is made`,
      );
    }
    const { dialect } = this.#options;
    const connection = await this.#options.connect();
    try {
      const result = await connection.execute(
        `select * from (\n${planned.select}\n) as dagbook_shape where false`,
        options,
      );
      planned.columns = result.columns.map((column) =>
        columnFromDescription(dialect, column.name, column.typeName),
      );
      return planned.columns;
    } catch (error) {
      options.signal.throwIfAborted();
      throw new UndecidedError(
        `the columns of ${relation.render()} cannot be told yet: ${messageOf(error)}`,
      );
    }
  }

  /** `describe table X` of a relation that is only planned. */
  async #describePlanned(
    statement: StatementClass,
    options: { readonly signal: AbortSignal },
  ): Promise<StatementResult | null> {
    if (statement.verb !== 'describe' || statement.target === undefined) return null;
    const columns = await this.#knownColumns(
      relationNamed(this.#options.dialect, statement.target),
      options,
    );
    if (columns === null) return null;
    return {
      columns: ['name', 'type'].map((name) => ({ name, kind: 'text', typeName: 'VARCHAR' })),
      rows: columns.map((column) => [column.fields.name, column.dataType]),
      rowCount: columns.length,
      message: 'PLANNED',
    };
  }

  async #noteReplaced(
    relation: PyRelation,
    options: { readonly signal: AbortSignal },
  ): Promise<void> {
    const { database, schema, identifier } = relation.fields;
    if (database === null || schema === null || identifier === null) return;
    if (/__dbt_(?:tmp|backup)/iu.test(identifier)) return;
    const existing = await this.#options.cache.find({ database, schema, identifier }, options);
    if (existing !== null) this.#replaces.add(existing.with({ quote: UNQUOTED }).render());
  }

  #record(sql: string, statement: StatementClass, certainty: PlanStep['certainty']): void {
    this.#steps.push({
      sql: sql.trim(),
      isWrite: !statement.isRead,
      purpose: purposeOf(statement, sql),
      certainty,
    });
  }
}

const UNQUOTED = { database: false, schema: false, identifier: false } as const;

/** Clustering, comments and the like leave the columns as they are. */
function changesColumns(sql: string): boolean {
  return /\b(?:add|drop)\s|\bset\s+data\s+type\b|\brename\s+column\b/iu.test(sql);
}

function key(relation: PyRelation): string {
  return [relation.folded('database'), relation.folded('schema'), relation.folded('identifier')]
    .filter((part) => part !== '')
    .join('.');
}
