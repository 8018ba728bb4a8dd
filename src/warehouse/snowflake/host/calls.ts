/**
 * What a request of the driver is for, told by its address.
 */

/** `sign in`: login and renewal; `submit`: a statement; `result`: waiting for one; `fetch`: a chunk of rows. */
export type Phase =
  | 'sign in'
  | 'submit'
  | 'result'
  | 'fetch'
  | 'cancel'
  | 'close'
  | 'heartbeat'
  | 'telemetry';

export interface Call {
  readonly phase: Phase;
  readonly host: string;
  /** Of the statement that is submitted. */
  readonly requestId: string | null;
  /** Of the statement whose result is asked for. */
  readonly queryId: string | null;
  /** True if the answer must be JSON of Snowflake's form. */
  readonly isApi: boolean;
}

const BY_PATH: readonly (readonly [RegExp, Phase])[] = [
  [/^\/session\/v1\/login-request/u, 'sign in'],
  [/^\/session\/token-request/u, 'sign in'],
  [/^\/session\/authenticator-request/u, 'sign in'],
  [/^\/queries\/v1\/query-request/u, 'submit'],
  [/^\/queries\/v1\/abort-request/u, 'cancel'],
  [/^\/queries\/[^/]+\/abort-request/u, 'cancel'],
  [/^\/queries\/[^/]+\/result/u, 'result'],
  [/^\/monitoring\/queries\//u, 'result'],
  [/^\/session\/heartbeat/u, 'heartbeat'],
  [/^\/session(?:\?|$)/u, 'close'],
  [/^\/telemetry\//u, 'telemetry'],
];

/** Reads the purpose of a request; what is not of Snowflake's interface is a chunk, or a login's page elsewhere. */
export function describeCall(request: { readonly url?: string; readonly method?: string }): Call {
  const url = URL.parse(request.url ?? '');
  const host = url?.host ?? 'the server';
  const path = url === null ? '' : `${url.pathname}${url.search}`;
  const phase = BY_PATH.find(([pattern]) => pattern.test(path))?.[1];
  const isGet = (request.method ?? 'get').toLowerCase() === 'get';
  return {
    phase: phase ?? (isGet ? 'fetch' : 'sign in'),
    host,
    requestId: phase === 'submit' ? (url?.searchParams.get('requestId') ?? null) : null,
    queryId: phase === 'result' ? (/^\/queries\/([^/]+)\//u.exec(path)?.[1] ?? null) : null,
    isApi: phase !== undefined && !path.startsWith('/monitoring/'),
  };
}
