/**
 * Runs statements on one DuckDB connection: one after another, cancellable, rows read page by page.
 */
import type { Cell, ResultColumn, Row } from '../port.js';
import { WarehouseError } from '../warehouse-error.js';
import { duckdbError } from './duckdb-error.js';
import type { NativeConnection } from './native.js';

export interface RunResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Row[];
  readonly isQuery: boolean;
  readonly rowsChanged: number;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly maxRows?: number;
  readonly bindings?: readonly Cell[];
}

export class StatementRunner {
  readonly #native: NativeConnection;
  readonly #onClosed: (runner: StatementRunner) => void;
  #tail: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  /** Settles when no statement is inside of DuckDB. */
  #running: Promise<unknown> = Promise.resolve();

  constructor(native: NativeConnection, onClosed: (runner: StatementRunner) => void) {
    this.#native = native;
    this.#onClosed = onClosed;
  }

  /**
   * Runs a statement to its end, or until `maxRows` rows are read.
   *
   * @throws WarehouseError with DuckDB's words; `warehouse/cancelled` if the signal was aborted, once DuckDB has stopped.
   */
  async run(sql: string, options: RunOptions): Promise<RunResult> {
    return this.exclusive(() => this.runNow(sql, options));
  }

  /** As `run`, for a caller that already holds the connection through `exclusive`. */
  async runNow(sql: string, options: RunOptions): Promise<RunResult> {
    const { signal, maxRows = Number.POSITIVE_INFINITY, bindings } = options;
    return this.#guarded(signal, async () => {
      const result = await this.#native.stream(sql, bindings);
      const rows: Row[] = [];
      while (rows.length < maxRows) {
        const next = await result.nextRows();
        if (next === undefined) break;
        rows.push(...next);
      }
      return {
        columns: result.columns,
        rows: rows.length > maxRows ? rows.slice(0, maxRows) : rows,
        isQuery: result.isQuery,
        rowsChanged: result.rowsChanged,
      };
    });
  }

  /** Hands each run of rows to `onRows` and keeps none; for a caller that holds the connection. */
  async readNow(
    sql: string,
    options: RunOptions,
    onRows: (rows: readonly Row[]) => void,
  ): Promise<void> {
    await this.#guarded(options.signal, async () => {
      const result = await this.#native.stream(sql, options.bindings);
      for (let next = await result.nextRows(); next !== undefined; next = await result.nextRows())
        onRows(next);
    });
  }

  /** Yields a query's pages; the connection is held until the loop is left. The first page comes even if empty. */
  async *stream(
    sql: string,
    options: { readonly signal: AbortSignal; readonly pageRows: number },
  ): AsyncGenerator<{ readonly columns: readonly ResultColumn[]; readonly rows: readonly Row[] }> {
    const release = await this.#take();
    let isDone = false;
    try {
      const result = await this.#guarded(options.signal, () => this.#native.stream(sql));
      let rest: Row[] = [];
      let isFirst = true;
      for (;;) {
        while (!isDone && rest.length < options.pageRows) {
          const next = await this.#guarded(options.signal, () => result.nextRows());
          if (next === undefined) isDone = true;
          else rest.push(...next);
        }
        if (rest.length > 0 || isFirst)
          yield { columns: result.columns, rows: rest.slice(0, options.pageRows) };
        isFirst = false;
        rest = rest.slice(options.pageRows);
        if (isDone && rest.length === 0) return;
      }
    } finally {
      // A query that is left half-read would keep its old view of the data open.
      if (!isDone) this.#native.interrupt();
      release();
    }
  }

  /** Holds the connection for several statements. */
  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.#take();
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** Stops what is running, waits until DuckDB has let go of it, and disconnects. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#native.interrupt();
    await this.#running;
    this.#native.close();
    this.#onClosed(this);
  }

  async #take(): Promise<() => void> {
    const before = this.#tail;
    let release = (): void => undefined;
    this.#tail = new Promise<void>((resolve) => {
      release = resolve;
    });
    await before;
    return () => release();
  }

  async #guarded<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new WarehouseError('warehouse/closed', 'The connection is closed.');
    if (signal.aborted) throw cancelled(signal.reason);
    const interrupt = (): void => this.#native.interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      const result = work();
      this.#running = result.catch(() => undefined);
      return await result;
    } catch (error) {
      throw signal.aborted || this.#isClosed ? cancelled(error) : duckdbError(error);
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  }
}

function cancelled(cause: unknown): WarehouseError {
  return new WarehouseError('warehouse/cancelled', 'The statement was cancelled.', {
    cause,
    isCancelled: true,
  });
}
