/**
 * The only file that loads snowflake-sdk, and the policy under which it runs: silent, without its own log file, and never
 * reading data as code (its default for a VARIANT that is no JSON).
 */
import type { Column, Connection, RowStatement } from 'snowflake-sdk';
import type { ConnectionOptions } from './connection-options.js';

export type DriverConnection = Connection;
export type DriverColumn = Column;
export type DriverStatement = RowStatement;

const silent = (): void => undefined;

/** Makes a connection object; nothing is sent yet. */
export async function createDriverConnection(options: ConnectionOptions): Promise<Connection> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const { default: sdk } = await import('snowflake-sdk');
  sdk.configure({
    logLevel: 'OFF',
    customLogger: { error: silent, warn: silent, info: silent, debug: silent, trace: silent },
    jsonColumnVariantParser: (text: string) => text,
    xmlColumnVariantParser: (text: string) => text,
  });
  return sdk.createConnection({
    ...options,
    rowMode: 'array',
    fetchAsString: ['Number', 'JSON', 'Buffer'],
    representNullAsStringNull: false,
  });
}
