/**
 * Answers a render's effects for real: statements are sent, and what they make or drop is remembered.
 */
import { messageOf, type NodeId } from '../base/index.js';
import type { Answers, Effect, EffectDriver, PlanStyle, RelationCache } from '../compile/index.js';
import { relationNamed } from '../context/index.js';
import type { Emit } from '../events/index.js';
import { md5, randomId } from '../platform/index.js';
import { classifyStatement, type StatementClass } from '../sql/index.js';
import {
  type Connection,
  type Dialect,
  type StatementOptions,
  type StatementResult,
  WarehouseError,
  type Witness,
} from '../warehouse/index.js';
import { catalogWitness } from './catalog-witness.js';
import { type Journal, NO_JOURNAL, type Outcome } from './journal.js';
import { Repeatable } from './repeatable.js';
import type { ReplacingGuard } from './replacing-guard.js';

export interface RunDriverOptions {
  readonly nodeId: NodeId | null;
  readonly dialect: Dialect;
  readonly connect: () => Promise<Connection>;
  readonly cache: RelationCache;
  readonly emit: Emit;
  readonly now: () => number;
  readonly planStyle: PlanStyle;
  /** Adds the query comment to a statement and what stood behind it; absent where statements carry none. */
  readonly annotate?: (sql: string, end: string) => string;
  /** Default: nothing is written down. */
  readonly journal?: Journal;
  /** Hears of a statement before anything is done about it; what it throws is the statement's failure. */
  readonly beforeSending?: (sql: string) => Promise<void>;
  /** Looks before the node's relation is made from nothing. */
  readonly guard?: ReplacingGuard | null;
  /** The answer to a statement, if it is there already: it is not sent then. */
  readonly answered?: (sql: string) => StatementResult | undefined;
}

export class RunDriver implements EffectDriver {
  readonly #options: RunDriverOptions;
  #lastSql: string | null = null;
  #lastResult: StatementResult | null = null;
  readonly #repeatable = new Repeatable();
  /** What this node made for its session alone. */
  readonly #temporary = new Set<string>();

  readonly #witness: Witness;

  constructor(options: RunDriverOptions) {
    this.#options = options;
    this.#witness = catalogWitness(options.journal ?? NO_JOURNAL, options);
  }

  /** The statement sent last: the one that failed, if one did. */
  get lastSql(): string | null {
    return this.#lastSql;
  }

  get lastResult(): StatementResult | null {
    return this.#lastResult;
  }

  /** True while the node may be begun again: nothing that it did would count twice. */
  get isRepeatable(): boolean {
    return this.#repeatable.isRepeatable;
  }

  answer(
    effect: Effect,
    options: { readonly signal: AbortSignal },
  ): Answers[keyof Answers] | Promise<Answers[keyof Answers]> {
    const { cache } = this.#options;
    const asking = { ...options, witness: this.#witness };
    switch (effect.kind) {
      case 'statement':
        return this.#send(effect, options);
      case 'relation':
        return cache.find(effect, asking);
      case 'relations':
        return cache.list(effect, asking);
      case 'schema-exists':
        return cache.schemaExists(effect, asking);
      case 'known-columns':
        return null;
      case 'plan-style':
        return this.#options.planStyle;
      case 'wraps-one-statement':
        return this.#options.planStyle === 'dbt' || this.#repeatable.isInTransaction;
      case 'cache-added':
        if (this.#options.planStyle === 'dbt') cache.added(effect.relation);
        else cache.made(effect.relation);
        return null;
      case 'cache-dropped':
        cache.dropped(effect.relation);
        return null;
      case 'cache-renamed':
        cache.renamed(effect.from, effect.to);
        return null;
    }
  }

  async #send(
    effect: Extract<Effect, { kind: 'statement' }>,
    options: { readonly signal: AbortSignal },
  ): Promise<StatementResult> {
    const { beforeSending, connect, emit, nodeId, now } = this.#options;
    const { sql } = effect;
    const known = this.#options.answered?.(sql);
    if (known !== undefined) {
      this.#lastSql = sql;
      this.#lastResult = known;
      return known;
    }
    await beforeSending?.(sql);
    const startedAtMs = now();
    this.#lastSql = sql;
    emit({ type: 'statement_started', nodeId, sql, atMs: startedAtMs });
    const finished = (message: string, failed: boolean): void => {
      emit({
        type: 'statement_finished',
        nodeId,
        sql,
        durationMs: now() - startedAtMs,
        message,
        failed,
      });
    };
    try {
      const statement = classifyStatement(sql, this.#options.dialect);
      await this.#check(statement, options);
      const connection = await connect();
      // dbt's macros write Python's placeholder; the port takes `?`.
      const text = this.#asSent(sql, effect.end ?? '');
      const sent = effect.bindings.length > 0 ? text.replaceAll('%s', '?') : text;
      const result = await this.#journaled(statement, sent, connection, {
        ...options,
        bindings: effect.bindings,
      }).catch((error: unknown) => this.#withoutSession(statement, error));
      this.#lastResult = result;
      this.#repeatable.did(statement);
      this.#remember(statement);
      finished(result.message, false);
      return result;
    } catch (error) {
      finished(messageOf(error), true);
      throw error;
    }
  }

  /** A session that ended took with it what was made for it alone: that is dropped, and nothing by its name may be. */
  #withoutSession({ effect }: StatementClass, error: unknown): StatementResult {
    const isLost =
      error instanceof WarehouseError &&
      error.code === 'warehouse/session-lost' &&
      !error.isOutcomeUnknown;
    const isGone = effect?.type === 'drop' && this.#temporary.has(effect.name.join('.'));
    if (isLost && isGone) return GONE;
    throw error;
  }

  async #check(
    statement: StatementClass,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<void> {
    const options = { signal, witness: this.#witness };
    const { guard, cache, planStyle } = this.#options;
    if (guard === undefined || guard === null || planStyle === 'dbt') return;
    await guard.check(
      statement,
      async ({ fields }) =>
        await cache.find(
          {
            database: fields.database ?? '',
            schema: fields.schema ?? '',
            identifier: fields.identifier ?? '',
          },
          options,
        ),
      options,
    );
  }

  /** Writes down that a statement will be sent, sends it, and writes down how it ended. */
  async #journaled(
    statement: StatementClass,
    sql: string,
    connection: Connection,
    options: Pick<StatementOptions, 'signal' | 'bindings'>,
  ): Promise<StatementResult> {
    const { journal = NO_JOURNAL, nodeId, emit, now } = this.#options;
    const requestId = randomId();
    const { effect } = statement;
    const isWrite = !statement.isRead;
    journal.note(
      {
        kind: 'sent',
        requestId,
        sessionId: connection.sessionId ?? null,
        nodeId,
        hash: md5(sql),
        verb: statement.verb,
        isWrite,
        atMs: now(),
        makes:
          effect?.type === 'create' && (effect.kind === 'table' || effect.kind === 'view')
            ? { kind: effect.kind, name: effect.name }
            : null,
        drops: effect?.type === 'drop' ? effect.name : null,
      },
      { isDurable: isWrite },
    );
    const ended = (outcome: Outcome, queryId: string | undefined): void =>
      journal.note({ kind: 'ended', requestId, outcome, queryId: queryId ?? null });
    try {
      const result = await connection.execute(sql, {
        ...options,
        requestId,
        onAccepted: (queryId) => journal.note({ kind: 'accepted', requestId, queryId }),
        onWaiting: (message) => emit({ type: 'log', level: 'warn', message, nodeId }),
      });
      ended('done', result.queryId);
      return result;
    } catch (error) {
      ended(
        ...(error instanceof WarehouseError
          ? ([outcomeOf(error, isWrite), error.queryId] as const)
          : (['unknown', undefined] as const)),
      );
      throw error;
    }
  }

  /** dbt keeps a statement's `;`, and says BEGIN and COMMIT in its own way where they stand alone. */
  #asSent(sql: string, end: string): string {
    const { planStyle, annotate = joined } = this.#options;
    if (planStyle !== 'dbt') return annotate(sql, '');
    if (end === ';' && /^(?:begin|commit)$/iu.test(sql)) return annotate(sql.toUpperCase(), '');
    return annotate(sql, end);
  }

  /** Keeps the relation cache true to our own DDL. dbt does not look at its statements: macros tell its cache. */
  #remember({ effect }: StatementClass): void {
    if (effect?.type === 'create' && effect.isTemporary) this.#temporary.add(effect.name.join('.'));
    if (this.#options.planStyle === 'dbt' || effect === undefined) return;
    const { cache } = this.#options;
    if (effect.kind === 'schema') {
      if (effect.type === 'create' && effect.name.length > 1) {
        cache.schemaAdded(effect.name[0] ?? '', effect.name[1] ?? '');
      }
      return;
    }
    const relation = relationNamed(this.#options.dialect, effect.name);
    if (effect.type === 'create') {
      cache.made(relation.with({ type: effect.kind === 'view' ? 'view' : 'table' }));
    } else if (effect.type === 'drop') {
      cache.dropped(relation);
    } else if (effect.type === 'rename') {
      cache.renamed(relation, relationNamed(this.#options.dialect, effect.to ?? []));
    }
  }
}

const GONE: StatementResult = {
  columns: [],
  rows: [],
  rowCount: 0,
  message: 'Gone with its session.',
};

function outcomeOf(error: WarehouseError, isWrite: boolean): Outcome {
  if (error.isOutcomeUnknown && isWrite) return 'unknown';
  return error.isCancelled ? 'cancelled' : 'failed';
}

function joined(sql: string, end: string): string {
  return `${sql}${end}`;
}
