/**
 * DuckDB's failures in our words: a code by its kind, its own message, the line it points at, and what to do where we know.
 */
import { messageOf } from '../../base/index.js';
import { WarehouseError } from '../warehouse-error.js';

const KINDS: Readonly<Record<string, `warehouse/${string}`>> = {
  Parser: 'warehouse/syntax',
  Binder: 'warehouse/binder',
  Catalog: 'warehouse/catalog',
  Conversion: 'warehouse/conversion',
  Constraint: 'warehouse/constraint',
  Permission: 'warehouse/permission',
  INTERRUPT: 'warehouse/cancelled',
  'Out of Memory': 'warehouse/out-of-memory',
  TransactionContext: 'warehouse/transaction',
  Transaction: 'warehouse/conflict',
};

/** Makes the error of a failed statement. `line` is the line of the statement sent, from 1. */
export function duckdbError(cause: unknown): WarehouseError {
  if (cause instanceof WarehouseError) return cause;
  const whole = messageOf(cause).replace(/^Failed to extract statements: /u, '');
  const known = fileError(whole, cause);
  if (known !== undefined) return known;
  const kind = /^(?<kind>[A-Za-z ]+?) Error: /u.exec(whole)?.groups?.['kind'] ?? '';
  const code = KINDS[kind] ?? 'warehouse/failed';
  const found = /\n\s*LINE (?<line>\d+): /u.exec(whole);
  const line = found?.groups?.['line'];
  const message = (found === null ? whole : whole.slice(0, found.index)).trim();
  return new WarehouseError(code, message, {
    cause,
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(code === 'warehouse/cancelled' ? { isCancelled: true } : {}),
    ...(code === 'warehouse/permission'
      ? {
          hint: 'Statements may only read and write files inside the project and beside the warehouse. Allow more with --allow-external.',
        }
      : {}),
  });
}

/** True for failures that a second try may not meet: two sessions changed the same thing at once. */
export function isConflict(cause: unknown): boolean {
  return /write-write conflict|Conflict on (?:update|tuple deletion)|has been altered|catalog transaction conflict/iu.test(
    messageOf(cause),
  );
}

function fileError(message: string, cause: unknown): WarehouseError | undefined {
  const lock =
    /Could not set lock on file "(?<file>[^"]*)": Conflicting lock is held in (?<program>\S+) \(PID (?<pid>\d+)\)/u.exec(
      message,
    );
  if (lock !== null) {
    const { file, program, pid } = lock.groups ?? {};
    return new WarehouseError(
      'warehouse/locked',
      `The warehouse file ${file} is in use by process ${pid}${program?.includes('/') === true ? ` (${program})` : ''}.`,
      {
        cause,
        hint: 'A DuckDB file has one owner at a time: wait for that process or end it, then try again.',
      },
    );
  }
  if (/Could not set lock on file/u.test(message))
    return new WarehouseError('warehouse/locked', message.replace(/^IO Error: /u, ''), {
      cause,
      hint: 'Another process holds the warehouse file: wait for it or end it, then try again.',
    });
  if (/No space left on device|disk is full|ENOSPC/iu.test(message))
    return new WarehouseError(
      'warehouse/disk-full',
      `The disk of the warehouse is full: ${message}`,
      { cause, hint: 'Free some space; what was committed before is safe.' },
    );
  if (/read-only (?:mode|file ?system)|Read-only file system|Permission denied/iu.test(message))
    return new WarehouseError('warehouse/read-only', message.replace(/^IO Error: /u, ''), {
      cause,
      hint: 'Check the owner and the rights of the warehouse file and of its folder.',
    });
  return undefined;
}
