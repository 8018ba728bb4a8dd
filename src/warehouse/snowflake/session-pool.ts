/**
 * Sessions of one target: signed in one at a time until the first is let in, and used again while nothing is left in them.
 */
import { WarehouseError } from '../warehouse-error.js';
import type { ConnectionOptions } from './connection-options.js';
import type { DriverHost } from './driver-host.js';
import { FRESH, isFresh, type SessionState } from './session-state.js';

/** One session, whose state its user keeps true. */
export interface SessionHandle {
  readonly connection: number;
  /** Snowflake's number of it. */
  readonly sessionId: string | null;
  state: SessionState;
}

export class SessionPool {
  readonly #host: DriverHost;
  readonly #options: () => Promise<ConnectionOptions>;
  readonly #idle: SessionHandle[] = [];
  readonly #open = new Set<SessionHandle>();
  /** The first login. A wrong password tried by every thread at once would lock the user. */
  #first: Promise<SessionHandle> | null = null;
  #isLetIn = false;
  #lastConnection = 0;

  constructor(host: DriverHost, options: () => Promise<ConnectionOptions>) {
    this.#host = host;
    this.#options = options;
  }

  /** @throws WarehouseError warehouse/sign-in, warehouse/unreachable, or warehouse/cancelled by the signal. */
  async acquire(signal: AbortSignal): Promise<SessionHandle> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#isLetIn) return await this.#signIn(signal);
    if (this.#first !== null) {
      // Whoever comes while the first login is tried shares its fate.
      await this.#first;
      return await this.acquire(signal);
    }
    this.#first = this.#signIn(signal);
    try {
      const handle = await this.#first;
      this.#isLetIn = true;
      return handle;
    } finally {
      this.#first = null;
    }
  }

  /** Gives a session back: kept if nothing is left in it, else ended. */
  async release(handle: SessionHandle): Promise<void> {
    if (!this.#open.has(handle)) return;
    if (isFresh(handle.state)) this.#idle.push(handle);
    else await this.end(handle);
  }

  /** Ends a session, or forgets one that has ended. */
  async end(handle: SessionHandle): Promise<void> {
    if (!this.#open.delete(handle)) return;
    await this.#close(handle.connection);
  }

  async close(): Promise<void> {
    const open = [...this.#open];
    this.#open.clear();
    this.#idle.length = 0;
    await Promise.all(open.map(async ({ connection }) => await this.#close(connection)));
    this.#isLetIn = false;
  }

  async #signIn(signal: AbortSignal): Promise<SessionHandle> {
    if (signal.aborted) throw cancelled();
    this.#lastConnection += 1;
    const connection = this.#lastConnection;
    const options = await this.#options();
    const opened = this.#host.ask({ kind: 'open', id: this.#host.nextId(), connection, options });
    let abort = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => {
      abort = () => {
        reject(cancelled());
        opened.then(
          () => void this.#close(connection),
          () => undefined,
        );
      };
    });
    signal.addEventListener('abort', abort, { once: true });
    try {
      const reply = await Promise.race([opened, aborted]);
      const sessionId = reply.kind === 'opened' ? reply.value.sessionId : null;
      const handle: SessionHandle = { connection, sessionId, state: FRESH };
      this.#open.add(handle);
      return handle;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  async #close(connection: number): Promise<void> {
    // A session that cannot be ended ends by itself.
    await this.#host
      .ask({ kind: 'close', id: this.#host.nextId(), connection })
      .catch(() => undefined);
  }
}

function cancelled(): WarehouseError {
  return new WarehouseError('warehouse/cancelled', 'Signing in was cancelled.', {
    isCancelled: true,
  });
}
