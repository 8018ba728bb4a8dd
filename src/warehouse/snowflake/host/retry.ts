/**
 * Whether a request that failed on the way is sent again, and when. Pure.
 */
import type { Policy } from '../policy.js';

/** How one attempt ended, if not with an answer. */
export type Trouble =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** What the server asks to wait, in milliseconds; null if it does not say. */
      readonly retryAfterMs: number | null;
    }
  /** `code` as Node gives it: `ECONNRESET`, `ENOTFOUND`. */
  | { readonly kind: 'network'; readonly code: string; readonly message: string }
  /** No answer before the deadline. */
  | { readonly kind: 'silence' }
  /** An answer that is none of Snowflake's: a proxy's page, half a body. */
  | { readonly kind: 'garbled'; readonly isHtml: boolean };

/** Names that cannot be found and certificates that are wrong stay so; a refused port may be a restart. */
const FATAL =
  /^(?:ENOTFOUND|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO|ERR_OCSP|ERR_INVALID_URL)/u;
const REFUSED_RETRIES = 3;

/** @returns milliseconds to wait before the next attempt; null if there is none. */
export function pauseBeforeRetry(
  trouble: Trouble,
  attempt: {
    /** 1-based number of the attempt that failed. */
    readonly count: number;
    /** Milliseconds left until the deadline. */
    readonly leftMs: number;
    /** In [0, 1). */
    readonly chance: number;
  },
  policy: Policy,
): number | null {
  if (attempt.count > limitOf(trouble, policy)) return null;
  const doubled = Math.min(policy.firstPauseMs * 2 ** (attempt.count - 1), policy.longestPauseMs);
  const pauseMs = doubled * (0.75 + attempt.chance / 2);
  const askedMs = trouble.kind === 'status' ? (trouble.retryAfterMs ?? 0) : 0;
  const waitMs = Math.max(pauseMs, askedMs);
  return waitMs < attempt.leftMs ? waitMs : null;
}

function limitOf(trouble: Trouble, policy: Policy): number {
  switch (trouble.kind) {
    case 'silence':
      return 0;
    case 'garbled':
      return trouble.isHtml ? 0 : policy.maxRetries;
    case 'status': {
      const { status } = trouble;
      return status >= 500 || status === 408 || status === 429 ? policy.maxRetries : 0;
    }
    case 'network':
      if (FATAL.test(trouble.code)) return 0;
      return trouble.code === 'ECONNREFUSED'
        ? Math.min(REFUSED_RETRIES, policy.maxRetries)
        : policy.maxRetries;
  }
}

/** The header Retry-After, in seconds or as a date, as milliseconds from now. */
export function retryAfterMs(header: unknown, nowMs: number): number | null {
  if (typeof header !== 'string' || header === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/** What went wrong in words, and what to look at. */
export function troubleText(trouble: Trouble): readonly [what: string, hint: string] {
  switch (trouble.kind) {
    case 'silence':
      return ['did not answer in time', 'Check the network, and `request_timeout` of the target.'];
    case 'garbled':
      return trouble.isHtml
        ? [
            'answered with a web page instead of data',
            'A proxy or a sign-in page of the network may be in the way; check account and host.',
          ]
        : ['sent an answer that cannot be read', 'A proxy may have cut it; try again.'];
    case 'network':
      return [networkText(trouble), 'Check the account, the host, the proxy and the network.'];
    case 'status':
      if (trouble.status === 429)
        return [
          `asks for patience (HTTP 429${trouble.retryAfterMs === null ? '' : `, to come back in ${Math.ceil(trouble.retryAfterMs / 1000)} s`})`,
          'Use fewer threads, or try again later.',
        ];
      if (trouble.status === 403 || trouble.status === 404)
        return [
          `refused the request (HTTP ${trouble.status})`,
          'Check the name of the account; a network policy may refuse this address.',
        ];
      return [
        `failed (HTTP ${trouble.status})`,
        'Snowflake may have trouble: see its status page, and try again.',
      ];
  }
}

function networkText({ code, message }: Extract<Trouble, { kind: 'network' }>): string {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `cannot be found (${code})`;
    case 'ECONNREFUSED':
      return 'refuses the connection (ECONNREFUSED)';
    default:
      return FATAL.test(code)
        ? `cannot be trusted: ${message} (${code})`
        : `cannot be reached (${code === '' ? message : code})`;
  }
}
