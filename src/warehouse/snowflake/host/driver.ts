/**
 * The only file that loads snowflake-sdk, and the policy under which it runs: silent, without its own log file, never
 * reading data as code (its default for a VARIANT that is no JSON), and sending every request by a transport of ours.
 */
import { createRequire } from 'node:module';
import type { Connection, RowStatement, SnowflakeError } from 'snowflake-sdk';
import type { ConnectionOptions } from '../connection-options.js';
import type { Send } from './transport.js';

export type DriverConnection = Connection;
export type DriverStatement = RowStatement;
export type DriverError = SnowflakeError;

const silent = (): void => undefined;

/** Makes connection objects; nothing is sent yet. */
export type MakeConnection = (
  options: ConnectionOptions,
  showUrl: (url: string) => void,
) => DriverConnection;

/**
 * Loads the driver.
 *
 * Its requests go through axios, whose adapter is the documented place to send them another way; it must be set before
 * the driver makes its instance.
 *
 * @throws Error if the package is not installed, or is not built as the pinned version is.
 */
export async function loadDriver(wrap: (send: Send) => Send): Promise<MakeConnection> {
  setAdapter(wrap);
  const { default: sdk } = await import('snowflake-sdk');
  sdk.configure({
    logLevel: 'OFF',
    customLogger: { error: silent, warn: silent, info: silent, debug: silent, trace: silent },
    jsonColumnVariantParser: (text: string) => text,
    xmlColumnVariantParser: (text: string) => text,
  });
  return (options, showUrl) => {
    const { insecureMode, ...rest } = options;
    if (insecureMode === true) sdk.configure({ disableOCSPChecks: true });
    return sdk.createConnection({
      ...rest,
      rowMode: 'array',
      representNullAsStringNull: false,
      openExternalBrowserCallback: showUrl,
    });
  };
}

function setAdapter(wrap: (send: Send) => Send): void {
  const ours = createRequire(import.meta.url);
  const axios: unknown = createRequire(ours.resolve('snowflake-sdk'))('axios');
  const getAdapter = member(axios, 'getAdapter');
  const defaults = member(axios, 'defaults');
  const send: unknown =
    typeof getAdapter === 'function' ? Reflect.apply(getAdapter, axios, ['http']) : undefined;
  if (typeof send !== 'function' || typeof defaults !== 'object' || defaults === null)
    throw new Error('snowflake-sdk brings an axios that dagbook does not know.');
  const http: Send = (request) => Promise.resolve(Reflect.apply(send, undefined, [request]));
  Reflect.set(defaults, 'adapter', wrap(http));
}

function member(value: unknown, name: string): unknown {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? Reflect.get(value, name)
    : undefined;
}
