/**
 * A connection of the port over a session of the driver: one statement after another, each with an id of its own.
 */
import { randomUUID } from 'node:crypto';
import type {
  Cell,
  Connection,
  ResultColumn,
  ResultPage,
  Row,
  StatementOptions,
  StatementResult,
} from '../port.js';
import { WarehouseError } from '../warehouse-error.js';
import type { DriverHost } from './driver-host.js';
import type { FirstPage, News } from './messages.js';
import type { SessionHandle, SessionPool } from './session-pool.js';
import { canMove, type SessionState, stateAfter } from './session-state.js';

/** Rows that are copied between the threads at a time. */
const PAGE_ROWS = 5000;

type SendOptions = Pick<StatementOptions, 'signal' | 'requestId' | 'onWaiting' | 'onAccepted'> & {
  readonly bindings: readonly Cell[];
  readonly pageRows: number;
};

interface Sent extends FirstPage {
  readonly requestId: string;
}

export class SnowflakeConnection implements Connection {
  readonly #host: DriverHost;
  readonly #pool: SessionPool;
  readonly #cancelMs: number;
  #handle: SessionHandle | null;
  /** What the session before had, if it was lost: its settings are made again in the next. */
  #lost: SessionState | null = null;
  #tail: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(options: {
    readonly host: DriverHost;
    readonly pool: SessionPool;
    readonly handle: SessionHandle;
    /** How long a cancel may take to be confirmed. */
    readonly cancelMs: number;
  }) {
    this.#host = options.host;
    this.#pool = options.pool;
    this.#handle = options.handle;
    this.#cancelMs = options.cancelMs;
  }

  get sessionId(): string | null {
    return this.#handle?.sessionId ?? null;
  }

  async execute(sql: string, options: StatementOptions): Promise<StatementResult> {
    return await this.#inTurn(async () => {
      const maxRows = options.maxRows ?? Number.POSITIVE_INFINITY;
      const first = await this.#send(sql, {
        ...options,
        bindings: options.bindings ?? [],
        pageRows: Math.min(PAGE_ROWS, Math.max(1, maxRows)),
      });
      const rows: Row[] = [...first.rows];
      let { isLast } = first;
      while (!isLast && rows.length < maxRows) {
        const page = await this.#next(first.requestId, options.signal);
        for (const row of page.rows) rows.push(row);
        ({ isLast } = page);
      }
      if (!isLast) this.#host.tell({ kind: 'leave', requestId: first.requestId });
      return resultOf(first.columns, rows.slice(0, maxRows), first.queryId);
    });
  }

  async *stream(
    sql: string,
    { signal, pageRows }: { readonly signal: AbortSignal; readonly pageRows: number },
  ): AsyncGenerator<ResultPage> {
    const { columns, requestId, ...first } = await this.#inTurn(async () =>
      this.#send(sql, { signal, bindings: [], pageRows }),
    );
    let page: Pick<FirstPage, 'rows' | 'isLast'> = first;
    try {
      yield { columns, rows: page.rows };
      while (!page.isLast) {
        page = await this.#next(requestId, signal);
        if (page.rows.length > 0) yield { columns, rows: page.rows };
      }
    } finally {
      if (!page.isLast) this.#host.tell({ kind: 'leave', requestId });
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#tail;
    if (this.#handle !== null) await this.#pool.release(this.#handle);
  }

  /**
   * Sends a statement and waits for its first rows. A session that is gone is replaced: what was refused is sent again
   * where another session can go on in its place, and is an error where it cannot.
   */
  async #send(sql: string, options: SendOptions): Promise<Sent> {
    const handle = await this.#session(options.signal);
    const before = handle.state;
    try {
      return await this.#sendOnce(handle, sql, options);
    } catch (error) {
      const isGone = error instanceof WarehouseError && error.code === 'warehouse/session-lost';
      if (!isGone) throw error;
      await this.#pool.end(handle);
      this.#handle = null;
      this.#lost = before;
      if (error.isOutcomeUnknown || !canMove(before)) throw error;
      return await this.#sendOnce(await this.#session(options.signal), sql, options);
    }
  }

  /** The session; a new one has the settings of the one that was lost. */
  async #session(signal: AbortSignal): Promise<SessionHandle> {
    if (this.#handle !== null) return this.#handle;
    const handle = await this.#pool.acquire(signal);
    try {
      for (const setting of this.#lost?.settings.values() ?? [])
        await this.#sendOnce(handle, setting, { signal, bindings: [], pageRows: 1 });
    } catch (error) {
      await this.#pool.end(handle);
      throw error;
    }
    this.#handle = handle;
    this.#lost = null;
    return handle;
  }

  async #sendOnce(handle: SessionHandle, sql: string, options: SendOptions): Promise<Sent> {
    const { signal, requestId = randomUUID(), bindings, pageRows } = options;
    if (signal.aborted) throw cancelled('The statement was cancelled before it was sent.', false);
    handle.state = stateAfter(handle.state, sql);
    const stopListening = this.#host.listen((news) => hear(news, requestId, options));
    let timer: NodeJS.Timeout | undefined;
    let cancel = (): void => undefined;
    const unconfirmed = new Promise<never>((_, reject) => {
      cancel = () => {
        this.#host
          .ask({ kind: 'cancel', id: this.#host.nextId(), requestId })
          .catch(() => undefined);
        const message = 'The statement was cancelled; Snowflake has not confirmed it.';
        timer = setTimeout(() => reject(cancelled(message, true)), this.#cancelMs);
      };
    });
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const reply = await Promise.race([
        this.#host.ask({
          kind: 'execute',
          id: this.#host.nextId(),
          connection: handle.connection,
          requestId,
          sql,
          bindings,
          pageRows,
        }),
        unconfirmed,
      ]);
      if (reply.kind !== 'first') throw new Error(`the driver answered ${reply.kind}`);
      return { ...reply.value, requestId };
    } catch (error) {
      // The driver gave it up because we asked for its end: that it was cancelled is all there is to say.
      if (signal.aborted && error instanceof WarehouseError && !error.isCancelled)
        throw cancelled(`The statement was cancelled. ${error.message}`, error.isOutcomeUnknown);
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      stopListening();
    }
  }

  async #next(
    requestId: string,
    signal: AbortSignal,
  ): Promise<{ readonly rows: readonly Row[]; readonly isLast: boolean }> {
    if (signal.aborted) {
      this.#host.tell({ kind: 'leave', requestId });
      throw cancelled('The statement was cancelled.', false);
    }
    const reply = await this.#host.ask({ kind: 'next', id: this.#host.nextId(), requestId });
    if (reply.kind !== 'page') throw new Error(`the driver answered ${reply.kind}`);
    return reply.value;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(work, work);
    this.#tail = turn.catch(() => undefined);
    return await turn;
  }
}

function hear(news: News, requestId: string, options: SendOptions): void {
  if (news.kind === 'accepted' && news.requestId === requestId) options.onAccepted?.(news.queryId);
  // A renewal belongs to no statement: whoever waits is told.
  if (news.kind === 'waiting' && (news.requestId === requestId || news.requestId === null))
    options.onWaiting?.(news.message);
}

function cancelled(message: string, isOutcomeUnknown: boolean): WarehouseError {
  return new WarehouseError('warehouse/cancelled', message, {
    isCancelled: true,
    isOutcomeUnknown,
  });
}

const CHANGES = {
  inserted: /^number of rows inserted$/iu,
  updated: /^number of rows updated$/iu,
  deleted: /^number of rows deleted$/iu,
} as const;

/** DML answers with one row of counts; dbt prints what was inserted, else all that was changed. */
function resultOf(
  columns: readonly ResultColumn[],
  rows: readonly Row[],
  queryId: string | null,
): StatementResult {
  const id = queryId === null ? {} : { queryId };
  const count = (pattern: RegExp): number => {
    const cell = rows[0]?.[columns.findIndex(({ name }) => pattern.test(name))];
    return typeof cell === 'number' ? cell : 0;
  };
  const isDml = columns.some(({ name }) => name.startsWith('number of rows '));
  if (!isDml)
    return { columns, rows, rowCount: rows.length, message: `SUCCESS ${rows.length}`, ...id };
  const changes = {
    inserted: count(CHANGES.inserted),
    updated: count(CHANGES.updated),
    deleted: count(CHANGES.deleted),
  };
  const rowCount = changes.inserted + changes.updated + changes.deleted;
  return {
    columns,
    rows,
    rowCount,
    message: `SUCCESS ${changes.inserted > 0 ? changes.inserted : rowCount}`,
    changes,
    ...id,
  };
}
