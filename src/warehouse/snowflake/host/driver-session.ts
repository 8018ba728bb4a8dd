/**
 * One session of the driver: signs in, sends statements, pages through results.
 */
import type { Cell, Row } from '../../port.js';
import type { Failure, FirstPage, NextPage, Opened, Order } from '../messages.js';
import { cellReader, snowflakeColumn } from '../snowflake-cells.js';
import type { DriverConnection, DriverStatement } from './driver.js';
import { failureOf } from './failures.js';
import type { Trail, Transport } from './transport.js';

/** What an order failed of, thrown. */
export class DriverFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

interface Reading {
  readonly rows: AsyncIterator<unknown>;
  readonly read: (values: readonly unknown[]) => Row;
  readonly total: number;
  readonly pageRows: number;
  readonly queryId: string | null;
  seen: number;
}

export class DriverSession {
  readonly #driver: DriverConnection;
  readonly #transport: Transport;
  readonly #trail: Trail = { sessionId: null, failure: null };
  readonly #running = new Map<string, DriverStatement>();
  readonly #readings = new Map<string, Reading>();

  constructor(driver: DriverConnection, transport: Transport) {
    this.#driver = driver;
    this.#transport = transport;
  }

  /** True for the session that a statement belongs to. */
  has(requestId: string): boolean {
    return this.#running.has(requestId) || this.#readings.has(requestId);
  }

  /** @throws DriverFailure */
  async open(): Promise<Opened> {
    await new Promise<void>((resolve, reject) => {
      const settle = (error: unknown): void => {
        if (error === undefined || error === null) resolve();
        else reject(this.#failed(error, 'sign-in', null, false));
      };
      this.#transport.within(this.#trail, () => {
        this.#driver.connectAsync(settle).catch(settle);
      });
    });
    return { sessionId: this.#trail.sessionId };
  }

  /** @throws DriverFailure */
  async execute(order: Extract<Order, { kind: 'execute' }>): Promise<FirstPage> {
    const { requestId } = order;
    try {
      const statement = await this.#send(order);
      const queryId = statement.getQueryId() ?? null;
      const head = queryId === null ? null : this.#transport.takeHead(queryId);
      const columns = head?.columns ?? [];
      const readers = columns.map((column) => cellReader(column, head?.timezone ?? 'UTC'));
      const stream: AsyncIterable<unknown> = this.#transport.within(this.#trail, () =>
        statement.streamRows(),
      );
      const reading: Reading = {
        rows: stream[Symbol.asyncIterator](),
        read: (values) =>
          readers.map((read, index) => {
            const value = values[index];
            return typeof value === 'string' ? read(value) : plain(value);
          }),
        total: head?.total ?? 0,
        pageRows: order.pageRows,
        queryId,
        seen: 0,
      };
      this.#readings.set(requestId, reading);
      const page = await this.#page(requestId, reading);
      return { ...page, columns: columns.map(snowflakeColumn), queryId };
    } finally {
      this.#running.delete(requestId);
      this.#transport.forget(requestId);
    }
  }

  /** @throws DriverFailure */
  async next(requestId: string): Promise<NextPage> {
    const reading = this.#readings.get(requestId);
    if (reading === undefined) return { rows: [], isLast: true };
    return await this.#page(requestId, reading);
  }

  /** Reads no more of a result. */
  leave(requestId: string): void {
    const reading = this.#readings.get(requestId);
    this.#readings.delete(requestId);
    reading?.rows.return?.()?.catch(() => undefined);
  }

  /** Asks the server to end a statement; settles when it has answered, or was given up. */
  async cancel(requestId: string): Promise<void> {
    this.#transport.abandon(requestId);
    const statement = this.#running.get(requestId);
    this.leave(requestId);
    if (statement === undefined) return;
    await new Promise<void>((resolve) => {
      this.#transport.within(this.#trail, () => {
        statement.cancel(() => resolve());
      });
    });
  }

  /** Ends the session; the driver does not send again what was running. */
  async close(): Promise<void> {
    for (const requestId of this.#running.keys()) await this.cancel(requestId);
    await new Promise<void>((resolve) => {
      this.#transport.within(this.#trail, () => {
        this.#driver.destroy(() => resolve());
      });
    });
  }

  async #send(order: Extract<Order, { kind: 'execute' }>): Promise<DriverStatement> {
    const { requestId, sql, bindings } = order;
    this.#trail.failure = null;
    return await new Promise<DriverStatement>((resolve, reject) => {
      const statement = this.#transport.within(this.#trail, () =>
        this.#driver.execute({
          sqlText: sql,
          requestId,
          streamResult: true,
          ...(bindings.length === 0 ? {} : { binds: bindings.map(asBind) }),
          complete: (error: unknown, done) => {
            if (error === undefined || error === null) resolve(done);
            else {
              const queryId = done.getQueryId() ?? null;
              reject(this.#failed(error, 'statement', queryId, queryId !== null));
            }
          },
        }),
      );
      this.#running.set(requestId, statement);
    });
  }

  async #page(requestId: string, reading: Reading): Promise<NextPage> {
    const rows: Row[] = [];
    try {
      while (rows.length < reading.pageRows && reading.seen < reading.total) {
        const step = await this.#transport.within(this.#trail, () => reading.rows.next());
        if (step.done === true) break;
        reading.seen += 1;
        rows.push(reading.read(Array.isArray(step.value) ? step.value : []));
      }
    } catch (error) {
      this.#readings.delete(requestId);
      throw this.#failed(error, 'statement', reading.queryId, false);
    }
    const isLast = reading.seen >= reading.total || rows.length < reading.pageRows;
    if (isLast) this.leave(requestId);
    if (isLast && reading.seen < reading.total)
      throw new DriverFailure({
        kind: 'network',
        message: `Snowflake announced ${reading.total} rows and sent ${reading.seen}.`,
        hint: 'The result was cut on the way; run the query again.',
        code: null,
        sqlState: null,
        queryId: reading.queryId,
        isOutcomeUnknown: false,
      });
    return { rows, isLast };
  }

  #failed(
    error: unknown,
    phase: 'sign-in' | 'statement',
    queryId: string | null,
    isBegun: boolean,
  ): DriverFailure {
    const { failure: givenUp } = this.#trail;
    return new DriverFailure(failureOf(error, phase, { givenUp, queryId, isBegun }));
  }
}

function asBind(cell: Cell): string | number | boolean | null {
  return typeof cell === 'bigint' ? String(cell) : cell;
}

/** A cell that did not come as text: only a server that is none of Snowflake's sends one. */
function plain(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);
}
