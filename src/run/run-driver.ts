/**
 * Answers a render's effects for real: statements are sent, and what they make or drop is remembered.
 */
import { messageOf, type NodeId } from '../base/index.js';
import type { Answers, Effect, EffectDriver, PlanStyle, RelationCache } from '../compile/index.js';
import { relationNamed } from '../context/index.js';
import type { Emit } from '../events/index.js';
import { classifyStatement } from '../sql/index.js';
import type { Connection, Dialect, StatementResult } from '../warehouse/index.js';

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
}

export class RunDriver implements EffectDriver {
  readonly #options: RunDriverOptions;
  #lastSql: string | null = null;
  #lastResult: StatementResult | null = null;

  constructor(options: RunDriverOptions) {
    this.#options = options;
  }

  /** The statement sent last: the one that failed, if one did. */
  get lastSql(): string | null {
    return this.#lastSql;
  }

  get lastResult(): StatementResult | null {
    return this.#lastResult;
  }

  answer(
    effect: Effect,
    options: { readonly signal: AbortSignal },
  ): Answers[keyof Answers] | Promise<Answers[keyof Answers]> {
    const { cache } = this.#options;
    switch (effect.kind) {
      case 'statement':
        return this.#send(effect, options);
      case 'relation':
        return cache.find(effect, options);
      case 'relations':
        return cache.list(effect, options);
      case 'schema-exists':
        return cache.schemaExists(effect, options);
      case 'known-columns':
        return null;
      case 'plan-style':
        return this.#options.planStyle;
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
    const { connect, emit, nodeId, now } = this.#options;
    const { sql } = effect;
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
      const connection = await connect();
      // dbt's macros write Python's placeholder; the port takes `?`.
      const text = this.#asSent(sql, effect.end ?? '');
      const sent = effect.bindings.length > 0 ? text.replaceAll('%s', '?') : text;
      const result = await connection.execute(sent, { ...options, bindings: effect.bindings });
      this.#lastResult = result;
      this.#remember(sql);
      finished(result.message, false);
      return result;
    } catch (error) {
      finished(messageOf(error), true);
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
  #remember(sql: string): void {
    if (this.#options.planStyle === 'dbt') return;
    const { effect } = classifyStatement(sql, this.#options.dialect);
    if (effect === undefined) return;
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

function joined(sql: string, end: string): string {
  return `${sql}${end}`;
}
