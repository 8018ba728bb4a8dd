/**
 * Statements by request id: each is run once, however often it is asked for.
 */
import { randomUUID } from 'node:crypto';
import type { Cell, Connection } from '../../../src/warehouse/port.js';
import { type WireResult, wireResult } from './wire-text.js';

export interface Ran {
  readonly queryId: string;
  readonly requestId: string;
  readonly sessionId: string;
  readonly sql: string;
  readonly outcome: Promise<Outcome>;
  status: 'RUNNING' | 'SUCCESS' | 'FAILED_WITH_ERROR';
  cancel(): void;
}

export type Outcome =
  | { readonly kind: 'rows'; readonly result: WireResult }
  | { readonly kind: 'many'; readonly queryIds: readonly string[] }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly sqlState: string;
      readonly message: string;
    };

export interface Asked {
  readonly requestId: string;
  readonly sessionId: string;
  readonly sql: string;
  readonly bindings: readonly Cell[];
}

/** Answers a statement by hand instead of running it; undefined lets it run. */
export type Answers = (
  sql: string,
  asked: Pick<Asked, 'requestId' | 'sessionId'> & { readonly signal: AbortSignal },
) => WireResult | undefined | Promise<WireResult | undefined>;

export class Statements {
  readonly #byRequest = new Map<string, Ran>();
  readonly #byQuery = new Map<string, Ran>();

  get all(): readonly Ran[] {
    return [...this.#byQuery.values()];
  }

  byRequest(requestId: string): Ran | undefined {
    return this.#byRequest.get(requestId);
  }

  byQuery(queryId: string): Ran | undefined {
    return this.#byQuery.get(queryId);
  }

  /** Starts a statement, or finds the one that this request id started. */
  run(asked: Asked, connection: Connection, answers: Answers): Ran {
    const known = this.#byRequest.get(asked.requestId);
    if (known !== undefined) return known;
    const controller = new AbortController();
    const ran: Ran = {
      queryId: randomUUID(),
      requestId: asked.requestId,
      sessionId: asked.sessionId,
      sql: asked.sql,
      status: 'RUNNING',
      cancel: () => controller.abort(new Error('cancelled')),
      outcome: outcomeOf(asked, connection, answers, controller.signal),
    };
    void ran.outcome.then(({ kind }) => {
      ran.status = kind === 'failed' ? 'FAILED_WITH_ERROR' : 'SUCCESS';
    });
    this.#byRequest.set(asked.requestId, ran);
    this.#byQuery.set(ran.queryId, ran);
    return ran;
  }

  cancelSession(sessionId: string): number {
    const running = this.all.filter(
      (ran) => ran.sessionId === sessionId && ran.status === 'RUNNING',
    );
    for (const ran of running) ran.cancel();
    return running.length;
  }
}

async function outcomeOf(
  { sql, bindings, ...asked }: Asked,
  connection: Connection,
  answers: Answers,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const byHand = await answers(sql, { ...asked, signal });
    if (byHand !== undefined) return { kind: 'rows', result: byHand };
    const result = await connection.execute(sql, {
      signal,
      ...(bindings.length === 0 ? {} : { bindings }),
    });
    return { kind: 'rows', result: wireResult(result) };
  } catch (error) {
    if (signal.aborted)
      return {
        kind: 'failed',
        code: '000604',
        sqlState: '57014',
        message: 'SQL execution canceled',
      };
    return failed(error instanceof Error ? error.message : String(error));
  }
}

/** The server's code and words of an error that the embedded warehouse wrote as `002003 (42S02): ...`. */
function failed(message: string): Outcome {
  const [, code = '100000', sqlState = '22000', text = message] =
    /^(\d{6}) \((\w{5})\): ([\s\S]*)$/u.exec(message) ?? [];
  return { kind: 'failed', code, sqlState, message: text };
}
