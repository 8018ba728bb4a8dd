/**
 * Performs translated statements on one connection: transactions as Snowflake has them, on DuckDB's.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isConflict } from '../duckdb/duckdb-error.js';
import type { RunResult, StatementRunner } from '../duckdb/statement-runner.js';
import type { Cell, Row } from '../port.js';
import { embeddedError } from './embedded-error.js';
import type { Session } from './session.js';

/** A connection that is held, with its session and the signal of the statement at hand. */
export class Performer {
  readonly session: Session;
  readonly #runner: StatementRunner;
  readonly #signal: AbortSignal;

  constructor(runner: StatementRunner, session: Session, signal: AbortSignal) {
    this.#runner = runner;
    this.session = session;
    this.#signal = signal;
  }

  /** Runs one DuckDB statement. `keepsLines`: its lines are the user's. */
  async run(
    sql: string,
    options: {
      readonly maxRows?: number;
      readonly bindings?: readonly Cell[];
      readonly keepsLines?: boolean;
    } = {},
  ): Promise<RunResult> {
    try {
      return await this.#runner.runNow(sql, { ...options, signal: this.#signal });
    } catch (error) {
      throw embeddedError(error, sql, options.keepsLines ?? false);
    }
  }

  /** Rows of a question to the catalog. */
  readonly ask = async (sql: string): Promise<readonly Row[]> => (await this.run(sql)).rows;

  /** Reads a result without keeping it. */
  async read(
    sql: string,
    bindings: readonly Cell[] | undefined,
    onRows: (rows: readonly Row[]) => void,
  ): Promise<void> {
    try {
      await this.#runner.readNow(
        sql,
        { signal: this.#signal, ...(bindings === undefined ? {} : { bindings }) },
        onRows,
      );
    } catch (error) {
      throw embeddedError(error, sql, true);
    }
  }

  /**
   * Runs several statements as one: all or nothing, inside the user's transaction if there is one.
   *
   * Outside one, a conflict with another session is tried again a few times, a little later each time.
   */
  async atomically<T>(work: () => Promise<T>): Promise<T> {
    if (this.session.isInTransaction) return work();
    for (let attempt = 0; ; attempt += 1) {
      await this.#plain('BEGIN TRANSACTION');
      try {
        const result = await work();
        await this.#plain('COMMIT');
        return result;
      } catch (error) {
        await this.rollback();
        const cause = error instanceof Error ? (error.cause ?? error) : error;
        if (attempt >= MAX_RETRIES || this.#signal.aborted || !isConflict(cause)) throw error;
        await sleep(10 * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  }

  async begin(): Promise<void> {
    // A second BEGIN is no error and no new transaction.
    if (this.session.isInTransaction) return;
    await this.#plain('BEGIN TRANSACTION');
    this.session.isInTransaction = true;
  }

  async commit(): Promise<void> {
    if (!this.session.isInTransaction) return;
    this.session.isInTransaction = false;
    try {
      await this.#plain('COMMIT');
    } catch (error) {
      await this.rollback();
      throw error;
    }
  }

  /** Undoes the open transaction; does nothing where there is none. */
  async rollback(): Promise<void> {
    this.session.isInTransaction = false;
    try {
      // Also after a cancel: what was begun must not stay open.
      await this.#runner.runNow('ROLLBACK', { signal: new AbortController().signal });
    } catch {
      // DuckDB has already ended it.
    }
  }

  /** DDL ends the open transaction, as on Snowflake. */
  async endTransaction(): Promise<void> {
    await this.commit();
  }

  async #plain(sql: string): Promise<void> {
    await this.run(sql);
  }
}

const MAX_RETRIES = 6;
