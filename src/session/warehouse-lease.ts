/**
 * The warehouse of a session: opened when first needed, let go when nobody has used it for a while.
 *
 * A DuckDB file belongs to one process, so the workbench must not hold it while it only shows the graph.
 */
import type { Dialect, Warehouse } from '../warehouse/index.js';

export interface LeaseOptions {
  readonly open: () => Promise<Warehouse>;
  readonly engine: Warehouse['engine'];
  readonly dialect: Dialect;
  readonly isMetered: boolean;
  /** Milliseconds without use after which it is closed. */
  readonly idleMs: number;
  /** Told when it was closed, so that what was known of it is forgotten. */
  readonly onClosed: () => void;
}

export class WarehouseLease {
  readonly engine: Warehouse['engine'];
  readonly isMetered: boolean;
  readonly #options: LeaseOptions;
  #opened: Promise<Warehouse> | null = null;
  #closing: Promise<void> = Promise.resolve();
  #users = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LeaseOptions) {
    this.engine = options.engine;
    this.isMetered = options.isMetered;
    this.#options = options;
  }

  /** Counts as use until released; opens nothing yet. */
  acquire(): { readonly warehouse: Warehouse; readonly release: () => void } {
    this.#users += 1;
    clearTimeout(this.#timer);
    let isReleased = false;
    return {
      warehouse: this.#lazy(),
      release: () => {
        if (isReleased) return;
        isReleased = true;
        this.#users -= 1;
        if (this.#users === 0) this.#closeSoon();
      },
    };
  }

  async use<Result>(body: (warehouse: Warehouse) => Promise<Result>): Promise<Result> {
    const { warehouse, release } = this.acquire();
    try {
      return await body(warehouse);
    } finally {
      release();
    }
  }

  /** Closes it now. Safe to call twice. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const opened = this.#opened;
    this.#opened = null;
    if (opened !== null) {
      this.#options.onClosed();
      this.#closing = opened.then(
        (warehouse) => warehouse.close(),
        () => undefined,
      );
    }
    await this.#closing;
  }

  #closeSoon(): void {
    if (this.#opened === null) return;
    this.#timer = setTimeout(() => void this.close(), this.#options.idleMs);
    this.#timer.unref();
  }

  async #open(): Promise<Warehouse> {
    if (this.#opened === null) {
      this.#opened = this.#closing.then(() => this.#options.open());
      // A warehouse that could not be opened is tried again at the next use.
      this.#opened.catch(() => (this.#opened = null));
    }
    return await this.#opened;
  }

  /** A warehouse that is opened by the first question put to it. */
  #lazy(): Warehouse {
    const { engine, dialect, isMetered } = this.#options;
    return {
      engine,
      dialect,
      isMetered,
      connect: async (options) => await (await this.#open()).connect(options),
      listSchemas: async (database, options) =>
        await (await this.#open()).listSchemas(database, options),
      listRelations: async (schema, options) =>
        await (await this.#open()).listRelations(schema, options),
      listColumns: async (relation, options) =>
        await (await this.#open()).listColumns(relation, options),
      close: async () => await this.close(),
    };
  }
}
