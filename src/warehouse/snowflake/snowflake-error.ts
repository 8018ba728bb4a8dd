/**
 * The driver's failures in our words: never empty, with Snowflake's code and SQL state in front, as dbt prints them.
 */
import { WarehouseError } from '../warehouse-error.js';

/** Makes the error of a failed statement or login. */
export function snowflakeError(cause: unknown, phase: 'sign in' | 'statement'): WarehouseError {
  if (cause instanceof WarehouseError) return cause;
  const code = text(cause, 'code');
  const state = text(cause, 'sqlState');
  const message = text(cause, 'message') || `The Snowflake driver gave no reason (${phase}).`;
  const front = code === '' ? '' : `${code.padStart(6, '0')}${state === '' ? '' : ` (${state})`}: `;
  const line = /\bline (\d+) at position/u.exec(message)?.[1];
  const isCancelled = code === '000604' || code === '604' || state === '57014';
  return new WarehouseError(
    isCancelled
      ? 'warehouse/cancelled'
      : phase === 'sign in'
        ? 'warehouse/sign-in'
        : 'warehouse/failed',
    `${front}${message}`,
    {
      cause,
      isCancelled,
      ...(line === undefined ? {} : { line: Number(line) }),
      ...(phase === 'sign in'
        ? { hint: 'Check account, user and the way to sign in of the target in profiles.yml.' }
        : {}),
    },
  );
}

function text(cause: unknown, name: string): string {
  const value: unknown =
    typeof cause === 'object' && cause !== null ? Reflect.get(cause, name) : undefined;
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
