/**
 * The driver's errors in our words: never empty, with Snowflake's code and SQL state in front, as dbt prints them.
 */
import type { Failure } from '../messages.js';
import { GIVEN_UP } from './transport.js';

/** Codes that say that the session, or the token behind it, is no more; what was asked was refused unread. */
const GONE = new Set(['390104', '390111', '390112', '390114', '390195', '390303', '390318']);
/** The driver's own words for a connection that it has given up. */
const DRIVER_GONE = new Set(['405502', '405503', '407001', '407002']);

/** Its codes for a chunk that it did not get. */
const CHUNK_FAILED = /^(?:ERR_CANCELED|402\d{3})$/u;

const SIGN_IN_HINT =
  'Check account, user and the way to sign in of the target: `dagbook debug` says where each comes from.';

/**
 * @param givenUp why our transport gave up last, if it did.
 * @param isBegun whether the statement was known to run.
 */
export function failureOf(
  error: unknown,
  phase: 'sign-in' | 'statement',
  {
    givenUp,
    queryId,
    isBegun,
  }: {
    readonly givenUp: Failure | null;
    readonly queryId: string | null;
    readonly isBegun: boolean;
  },
): Failure {
  const code = text(error, 'code');
  const sqlState = text(error, 'sqlState');
  const isOurs = code === GIVEN_UP || CHUNK_FAILED.test(code) || DRIVER_GONE.has(code);
  if (givenUp !== null && isOurs) return { ...givenUp, queryId: givenUp.queryId ?? queryId };
  const said = text(error, 'message') || 'Snowflake gave no reason.';
  const front = /^\d+$/u.test(code)
    ? `${code.padStart(6, '0')}${sqlState === '' ? '' : ` (${sqlState})`}: `
    : '';
  const base = {
    message: `${front}${said}`,
    code: code === '' ? null : code.padStart(6, '0'),
    sqlState: sqlState === '' ? null : sqlState,
    queryId,
  };
  if (code === '000604' || code === '604' || sqlState === '57014')
    return { ...base, kind: 'cancelled', hint: null, isOutcomeUnknown: false };
  if (phase === 'sign-in')
    return { ...base, kind: 'sign-in', hint: signInHint(code), isOutcomeUnknown: false };
  if (GONE.has(code) || DRIVER_GONE.has(code))
    return {
      ...base,
      kind: 'session',
      message: `The session has ended: ${base.message}`,
      hint: 'Snowflake ends a session after four hours without use, or when its token is revoked.',
      isOutcomeUnknown: isBegun,
    };
  const isNetwork = /^401\d{3}$/u.test(code) || code === 'ERR_CANCELED';
  return isNetwork
    ? {
        ...base,
        kind: 'network',
        hint: 'Check the network, and run it again.',
        isOutcomeUnknown: true,
      }
    : { ...base, kind: 'statement', hint: null, isOutcomeUnknown: false };
}

function signInHint(code: string): string {
  switch (code) {
    case '390303':
    case '390318':
      return 'The OAuth token is not valid any more: get a new one.';
    case '390195':
      return 'The kept browser login is not valid any more: sign in again.';
    case '390144':
      return 'The key does not fit the user: compare its fingerprint with RSA_PUBLIC_KEY_FP of DESCRIBE USER.';
    case '390197':
      return 'Snowflake asks for a second factor: use `authenticator: username_password_mfa`, a key or a token.';
    default:
      return SIGN_IN_HINT;
  }
}

function text(error: unknown, name: string): string {
  const value: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
