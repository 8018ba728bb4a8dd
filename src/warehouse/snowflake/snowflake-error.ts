/**
 * The driver's failures as errors of the warehouse.
 */
import { WarehouseError } from '../warehouse-error.js';
import type { Failure } from './messages.js';

const CODES: Readonly<Record<Failure['kind'], `warehouse/${string}`>> = {
  statement: 'warehouse/failed',
  'sign-in': 'warehouse/sign-in',
  network: 'warehouse/unreachable',
  session: 'warehouse/session-lost',
  cancelled: 'warehouse/cancelled',
};

export function snowflakeError(failure: Failure): WarehouseError {
  const line = /\bline (\d+) at position/u.exec(failure.message)?.[1];
  return new WarehouseError(CODES[failure.kind], failure.message, {
    isCancelled: failure.kind === 'cancelled',
    isOutcomeUnknown: failure.isOutcomeUnknown,
    ...(failure.queryId === null ? {} : { queryId: failure.queryId }),
    ...(failure.hint === null ? {} : { hint: failure.hint }),
    ...(line === undefined ? {} : { line: Number(line) }),
  });
}
