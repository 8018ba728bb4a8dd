/**
 * How every request of the driver is sent: with a deadline, a budget of retries, and an eye on the answer.
 *
 * The driver's own ways (126 s of silence on an unavailable server, no regard for Retry-After, requests sent again after
 * the connection was closed) never come to pass: what this transport gives up reaches the driver as a refusal by
 * Snowflake, which it does not repeat.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../../base/index.js';
import type { Failure, News } from '../messages.js';
import type { Policy } from '../policy.js';
import { type Answer, asText, isInProgress, readAnswer, type ResultHead } from './answers.js';
import { type Call, describeCall } from './calls.js';
import { pauseBeforeRetry, retryAfterMs, type Trouble, troubleText } from './retry.js';

/** A request and a response in the form of axios, as far as we look at them. */
export interface WireRequest {
  readonly url?: string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  readonly timeout?: number;
  readonly [other: string]: unknown;
}

export interface WireResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  readonly config: WireRequest;
}

export type Send = (request: WireRequest) => Promise<WireResponse>;

/** What is remembered of one session's requests. */
export interface Trail {
  sessionId: string | null;
  /** Why the last request that was given up failed. */
  failure: Failure | null;
}

export class Transport {
  readonly #policy: Policy;
  readonly #tell: (news: News) => void;
  readonly #trails = new AsyncLocalStorage<Trail>();
  readonly #heads = new Map<string, ResultHead>();
  readonly #abandoned = new Map<string, AbortController>();
  /** By host: failures in a row, and until when it is not asked. */
  readonly #breakers = new Map<string, { count: number; untilMs: number }>();

  constructor(policy: Policy, tell: (news: News) => void) {
    this.#policy = policy;
    this.#tell = tell;
  }

  /** Runs what sends requests of one session. */
  within<Result>(trail: Trail, work: () => Result): Result {
    return this.#trails.run(trail, work);
  }

  /** Takes the columns of a result, which the driver does not know. */
  takeHead(queryId: string): ResultHead | null {
    const head = this.#heads.get(queryId) ?? null;
    this.#heads.delete(queryId);
    return head;
  }

  /** A request by this id is not sent again. */
  abandon(requestId: string): void {
    this.#abandonment(requestId).abort();
  }

  forget(requestId: string): void {
    this.#abandoned.delete(requestId);
  }

  /** Puts itself before another way to send. */
  wrap(send: Send): Send {
    return async (request) => await this.#exchange(send, request);
  }

  async #exchange(send: Send, request: WireRequest): Promise<WireResponse> {
    const call = describeCall(request);
    if (call.phase === 'telemetry') return jsonResponse(request, { success: true, data: {} });
    const broken = this.#brokenText(call.host);
    if (broken !== null && call.phase !== 'close') return this.#give(call, request, broken, false);

    const startedMs = performance.now();
    const deadlineMs = startedMs + this.#deadlineOf(call);
    for (let count = 1; ; count += 1) {
      const outcome = await this.#attempt(send, request, call, { count, deadlineMs });
      if (!('kind' in outcome)) {
        this.#breakers.delete(call.host);
        return outcome;
      }
      const pauseMs = this.#isAbandoned(call)
        ? null
        : pauseBeforeRetry(
            outcome,
            { count, leftMs: deadlineMs - performance.now(), chance: Math.random() },
            this.#policy,
          );
      const [what, hint] = troubleText(outcome);
      if (pauseMs === null) {
        if (outcome.kind !== 'garbled') this.#noteTrouble(call.host);
        const seconds = Math.round((performance.now() - startedMs) / 1000);
        const tries = count === 1 ? '' : `, after ${count} tries in ${seconds} s`;
        return this.#give(call, request, [`${call.host} ${what}${tries}`, hint], true);
      }
      this.#tell({
        kind: 'waiting',
        requestId: call.requestId,
        message: `${call.host} ${what}; try ${count + 1} in ${(pauseMs / 1000).toFixed(1)} s.`,
      });
      await sleep(pauseMs, undefined, { signal: this.#signalOf(call) }).catch(() => undefined);
      if (this.#isAbandoned(call))
        return this.#give(call, request, [`${call.host} ${what}`, hint], true);
    }
  }

  async #attempt(
    send: Send,
    request: WireRequest,
    call: Call,
    { count, deadlineMs }: { readonly count: number; readonly deadlineMs: number },
  ): Promise<WireResponse | Trouble> {
    const leftMs = Math.max(1, Math.ceil(deadlineMs - performance.now()));
    const deadline = AbortSignal.timeout(leftMs);
    // A chunk may be large: there it is the pause between bytes that counts.
    const isChunk = call.phase === 'fetch';
    const signals = [...(isChunk ? [] : [deadline]), ...(request.signal ? [request.signal] : [])];
    const sent: WireRequest = {
      ...request,
      ...(count === 1 ? {} : { url: asRetry(request.url ?? '', count) }),
      signal: AbortSignal.any(signals),
      timeout: isChunk ? this.#policy.answerMs : 0,
    };
    try {
      const response = await send(sent);
      return this.#accept(response, request, call);
    } catch (error) {
      if (request.signal?.aborted === true) throw error;
      if (deadline.aborted && !isChunk) return { kind: 'silence' };
      return this.#troubleOf(error, request, call);
    }
  }

  /** A refusal of HTTP may still be an answer of Snowflake's: an invalid token comes as 401. */
  #troubleOf(error: unknown, request: WireRequest, call: Call): WireResponse | Trouble {
    const response = member(error, 'response');
    const status = member(response, 'status');
    // A status that was fine is no reason: the body broke off.
    if (typeof status !== 'number' || status < 300)
      return {
        kind: 'network',
        code: textOf(member(error, 'code')),
        message: messageOf(error),
      };
    const data = member(response, 'data');
    if (call.isApi && status === 401 && typeof data === 'string') {
      const answer = readAnswer(data);
      if (answer !== null) return jsonResponse(request, answer.body);
    }
    const header = member(member(response, 'headers'), 'retry-after');
    return { kind: 'status', status, retryAfterMs: retryAfterMs(header, Date.now()) };
  }

  #accept(response: WireResponse, request: WireRequest, call: Call): WireResponse | Trouble {
    // The driver would parse a chunk that calls itself JSON, which without its brackets it is not.
    if (call.phase === 'fetch' && isJson(response))
      return { ...response, headers: { 'content-type': 'application/octet-stream' } };
    if (!call.isApi) return response;
    const { data } = response;
    const answer = typeof data === 'string' ? readAnswer(data) : null;
    if (answer === null || !isComplete(answer, call))
      return { kind: 'garbled', isHtml: typeof data === 'string' && /^\s*</u.test(data) };
    this.#note(answer, call);
    if (answer.isFileTransfer) return response;
    return jsonResponse(request, asText(answer));
  }

  #note(answer: Answer, call: Call): void {
    if (call.phase === 'sign in') {
      const trail = this.#trails.getStore();
      const { sessionId } = answer.data;
      if (trail !== undefined && (typeof sessionId === 'number' || typeof sessionId === 'string'))
        trail.sessionId = String(sessionId);
    }
    if (answer.queryId === null) return;
    if (call.requestId !== null && isInProgress(answer))
      this.#tell({ kind: 'accepted', requestId: call.requestId, queryId: answer.queryId });
    if (answer.head !== null) this.#heads.set(answer.queryId, answer.head);
  }

  /** Ends a request: what the driver sees is a refusal, what we remember is the reason. */
  #give(
    call: Call,
    request: WireRequest,
    [text, hint]: readonly [string, string],
    wasSent: boolean,
  ): WireResponse {
    const message = `${text} (${call.phase}).`;
    const trail = this.#trails.getStore();
    if (trail !== undefined && call.phase !== 'close' && call.phase !== 'heartbeat')
      trail.failure = {
        kind: 'network',
        message,
        hint,
        code: null,
        sqlState: null,
        queryId: call.queryId,
        isOutcomeUnknown: wasSent && (call.phase === 'submit' || call.phase === 'result'),
      };
    if (call.phase === 'fetch') throw new GivenUp(message);
    return jsonResponse(request, { success: false, code: GIVEN_UP, message, data: {} });
  }

  #deadlineOf({ phase }: Call): number {
    switch (phase) {
      case 'sign in':
        return this.#policy.signInMs;
      case 'cancel':
      case 'close':
        return this.#policy.cancelMs;
      case 'submit':
      case 'result':
      case 'fetch':
      case 'heartbeat':
      case 'telemetry':
        return this.#policy.answerMs;
    }
  }

  #noteTrouble(host: string): void {
    const count = (this.#breakers.get(host)?.count ?? 0) + 1;
    const isOpen = count >= this.#policy.breakAfter;
    const untilMs = isOpen ? performance.now() + this.#policy.breakMs : 0;
    this.#breakers.set(host, { count, untilMs });
  }

  #brokenText(host: string): readonly [string, string] | null {
    const breaker = this.#breakers.get(host);
    if (breaker === undefined || breaker.untilMs <= performance.now()) return null;
    const seconds = Math.ceil((breaker.untilMs - performance.now()) / 1000);
    return [
      `${host} gave no answer ${breaker.count} times in a row; it is asked again in ${seconds} s`,
      'Check the network.',
    ];
  }

  #isAbandoned({ requestId }: Call): boolean {
    return requestId !== null && this.#abandoned.get(requestId)?.signal.aborted === true;
  }

  #signalOf({ requestId }: Call): AbortSignal {
    return requestId === null ? new AbortController().signal : this.#abandonment(requestId).signal;
  }

  #abandonment(requestId: string): AbortController {
    const known = this.#abandoned.get(requestId) ?? new AbortController();
    this.#abandoned.set(requestId, known);
    return known;
  }
}

/** The code under which the driver reports what we gave up. */
export const GIVEN_UP = 'DAGBOOK';

/** Looks to the driver like a request that it cancelled itself, which it does not send again. */
class GivenUp extends Error {
  readonly code = 'ERR_CANCELED';
}

/** A success without its content would be taken for one, and end the driver. */
function isComplete(
  { isSuccess, data, queryId, head, isFileTransfer }: Answer,
  call: Call,
): boolean {
  if (!isSuccess) return true;
  if (call.phase === 'sign in') return Object.keys(data).length > 0;
  if (call.phase !== 'submit' && call.phase !== 'result') return true;
  const isMulti = typeof data['resultIds'] === 'string';
  const isRunning = typeof data['getResultUrl'] === 'string';
  return (queryId !== null && (head !== null || isRunning || isMulti)) || isFileTransfer;
}

/** Says that it is asked again, as Snowflake's other clients do; the request's id stays, so that it has one effect. */
function asRetry(url: string, count: number): string {
  return `${url}${url.includes('?') ? '&' : '?'}retryCount=${count - 1}&clientStartTime=${Date.now()}`;
}

function isJson({ headers }: WireResponse): boolean {
  return textOf(headers['content-type']).includes('json');
}

function jsonResponse(config: WireRequest, data: unknown): WireResponse {
  return {
    status: 200,
    statusText: 'OK',
    headers: { 'content-type': 'application/json' },
    data,
    config,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
