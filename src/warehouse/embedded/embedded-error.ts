/**
 * Failures of the embedded warehouse: Snowflake's code and words where tools look for them, DuckDB's words otherwise, names as the user wrote them.
 */
import { DagbookError } from '../../base/index.js';
import { duckdbError } from '../duckdb/duckdb-error.js';
import { WarehouseError } from '../warehouse-error.js';
import { readable } from './names.js';

/**
 * The error of a statement that failed.
 *
 * @param sent the DuckDB statement that was running; its lines are the lines of the user's statement where `keepsLines`.
 */
export function embeddedError(cause: unknown, sent: string, keepsLines: boolean): WarehouseError {
  if (cause instanceof DagbookError && !(cause instanceof WarehouseError)) return refused(cause);
  const error = duckdbError(cause);
  if (
    error.isCancelled ||
    ![
      'warehouse/catalog',
      'warehouse/binder',
      'warehouse/conversion',
      'warehouse/constraint',
      'warehouse/failed',
      'warehouse/syntax',
    ].includes(error.code)
  )
    return error;
  const line = keepsLines ? error.line : undefined;
  const message = snowflakeMessage(error, sent) ?? readable(error.message);
  return new WarehouseError(error.code as `warehouse/${string}`, message, {
    cause: error.cause,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(line === undefined ? {} : { line }),
  });
}

/** What the translator refused, as a failed statement; its message has line and column. */
function refused(error: DagbookError): WarehouseError {
  const line = /at line (\d+), column/u.exec(error.message)?.[1];
  return new WarehouseError(
    error.code === 'sql/unsupported' ? 'warehouse/unsupported' : 'warehouse/syntax',
    error.message,
    {
      cause: error,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(line === undefined ? {} : { line: Number(line) }),
    },
  );
}

function snowflakeMessage(error: WarehouseError, sent: string): string | undefined {
  const { message } = error;
  const schema = /^Catalog Error: Schema with name (.+?) does not exist!/u.exec(message)?.[1];
  if (schema !== undefined)
    return `002003 (02000): SQL compilation error:\nSchema '${schema}' does not exist or not authorized.`;
  const table = /^Catalog Error: (?:Table|View) with name "?(.+?)"? does not exist/u.exec(
    message,
  )?.[1];
  if (table !== undefined)
    return `002003 (42S02): SQL compilation error:\nObject '${fullNameIn(sent, table)}' does not exist or not authorized.`;
  const column = /^Binder Error: Referenced column "(.+?)" (?:was )?not found/u.exec(message)?.[1];
  if (column !== undefined)
    return `000904 (42000): SQL compilation error: invalid identifier '${column}'. ${readable(message.slice('Binder Error: '.length))}`;
  const taken = /^Catalog Error: (?:Table|View) with name "(.+?)" already exists/u.exec(
    message,
  )?.[1];
  if (taken !== undefined)
    return `002002 (42710): SQL compilation error:\nObject '${fullNameIn(sent, taken)}' already exists.`;
  const long = /\(Error: String '(.*)' is too long and would be truncated\)$/su.exec(message)?.[1];
  if (long !== undefined)
    return `100078 (22000): String '${long}' is too long and would be truncated`;
  if (/Invalid Input Error: Division by zero/u.test(message))
    return '100051 (22012): Division by zero';
  const required = /^Constraint Error: NOT NULL constraint failed: (?:.*\.)?(.+)$/u.exec(
    message,
  )?.[1];
  if (required !== undefined)
    return `100072 (22000): NULL result in a non-nullable column (${required})`;
  return undefined;
}

/** The database and schema in front of a name in the statement that was sent. */
function fullNameIn(sent: string, identifier: string): string {
  const escaped = identifier.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`);
  const found = new RegExp(`"([^"]+)"\\."${escaped}"`, 'iu').exec(sent)?.[1];
  return found === undefined ? identifier : `${found}.${identifier}`;
}
