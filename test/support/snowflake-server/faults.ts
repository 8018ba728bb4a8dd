/**
 * What can be ordered to go wrong with a request.
 */

/** A request as it came in, before anything was done about it. */
export interface SeenRequest {
  /** 0-based, over all requests of the server. */
  readonly index: number;
  readonly kind:
    | 'login'
    | 'token'
    | 'query'
    | 'result'
    | 'chunk'
    | 'abort'
    | 'heartbeat'
    | 'close'
    | 'oauth'
    | 'other';
  readonly path: string;
  readonly requestId: string | null;
  /** 1-based: how often this request id, or else this path, has come. */
  readonly attempt: number;
  readonly sql: string | null;
  readonly sessionId: string | null;
  readonly atMs: number;
}

export type Fault =
  /** The connection breaks, before the request had its effect or after. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The answer stops in the middle of its body, the request having had its effect. */
  | { readonly kind: 'half' }
  /** No answer at all; the request has its effect, or has none. */
  | { readonly kind: 'silent'; readonly hasEffect: boolean }
  /** A body that is none of Snowflake's. */
  | { readonly kind: 'body'; readonly text: string; readonly contentType: string }
  /** The answer comes a byte at a time. */
  | { readonly kind: 'drip'; readonly everyMs: number }
  /** A refusal: `success` false with this code. */
  | { readonly kind: 'refuse'; readonly code: string; readonly status?: number }
  /** The session's token has to be renewed first; what was asked is refused until then. */
  | { readonly kind: 'expire' }
  /** The session is ended: what was asked is refused with this code, and so is all that follows. */
  | { readonly kind: 'end-session'; readonly code: string };

/** What goes wrong with a request; undefined for nothing. */
export type Faults = (request: SeenRequest) => Fault | undefined;
