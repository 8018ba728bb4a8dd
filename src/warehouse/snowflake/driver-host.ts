/**
 * The thread of the driver, from outside: orders go in, answers and news come out. A thread that dies fails what was asked
 * of it, and a new one is started for the next session.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../base/index.js';
import { WarehouseError } from '../warehouse-error.js';
import type { Failure, HostSetup, News, Order, Reply } from './messages.js';
import { QUIET_DRIVER } from './quiet-driver.js';
import { snowflakeError } from './snowflake-error.js';

type Answered = Exclude<Reply, { readonly kind: 'news' | 'failed' }>;

interface Pending {
  readonly resolve: (reply: Answered) => void;
  readonly reject: (error: WarehouseError) => void;
}

export class DriverHost {
  readonly #setup: HostSetup;
  readonly #listeners = new Set<(news: News) => void>();
  #worker: Worker | null = null;
  #pending = new Map<number, Pending>();
  #lastId = 0;
  #lastWords = '';

  constructor(setup: HostSetup) {
    this.#setup = setup;
  }

  /** An id of an order. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Hears what happens while orders are worked on. Returns the way to stop. */
  listen(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @throws WarehouseError what the driver, or Snowflake, says. */
  async ask(order: Exclude<Order, { readonly kind: 'leave' }>): Promise<Answered> {
    const worker = (this.#worker ??= this.#start());
    return await new Promise<Answered>((resolve, reject) => {
      this.#pending.set(order.id, { resolve, reject });
      worker.ref();
      worker.postMessage(order, []);
    });
  }

  tell(order: Extract<Order, { readonly kind: 'leave' }>): void {
    this.#worker?.postMessage(order);
  }

  /** Ends the thread; what is asked of it fails. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(workerFile(), {
      workerData: this.#setup,
      // Nothing of the driver's reaches the terminal.
      stdout: true,
      stderr: true,
      execArgv: [],
      env: { ...process.env, ...QUIET_DRIVER },
    });
    worker.stdout.resume();
    worker.stderr.on('data', (text: Buffer) => {
      this.#lastWords = text.toString('utf8').slice(-500);
    });
    worker.on('message', (reply: Reply) => this.#hear(reply));
    worker.on('error', (error) => this.#died(worker, messageOf(error)));
    worker.on('exit', () => this.#died(worker, this.#lastWords.trim()));
    worker.unref();
    return worker;
  }

  #hear(reply: Reply): void {
    if (reply.kind === 'news') {
      for (const listener of this.#listeners) listener(reply.news);
      return;
    }
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (this.#pending.size === 0) this.#worker?.unref();
    if (reply.kind === 'failed') pending?.reject(snowflakeError(reply.failure));
    else pending?.resolve(reply);
  }

  #died(worker: Worker, reason: string): void {
    if (this.#worker === worker) this.#worker = null;
    const pending = this.#pending;
    this.#pending = new Map();
    for (const { reject } of pending.values()) reject(snowflakeError(deathOf(reason)));
  }
}

function deathOf(reason: string): Failure {
  return {
    kind: 'session',
    message: `The Snowflake driver ended unexpectedly${reason === '' ? '' : `: ${reason}`}.`,
    hint: 'What was running may still run: `dagbook recover` lists it.',
    code: null,
    sqlState: null,
    queryId: null,
    isOutcomeUnknown: true,
  };
}

/** The thread's own bundle: beside the program's, and in a checkout what the last build made. */
function workerFile(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'dist', 'snowflake-driver.js');
    if (existsSync(file)) return file;
    if (dirname(folder) === folder)
      throw new WarehouseError(
        'warehouse/driver-missing',
        'The thread of the Snowflake driver is not built.',
        { hint: 'Run `npm run build`.' },
      );
  }
}
