/**
 * A dbt profile's Snowflake fields as the driver's connection options.
 */
import type { TargetFields } from '../target-fields.js';
import { WarehouseError } from '../warehouse-error.js';

/** Options by the driver's own names; values are plain and may be secret. */
export type ConnectionOptions = Readonly<Record<string, unknown>>;

/** Profile fields that pass under another name. */
const RENAMED: readonly (readonly [string, string])[] = [
  ['user', 'username'],
  ['role', 'role'],
  ['warehouse', 'warehouse'],
  ['database', 'database'],
  ['schema', 'schema'],
  ['host', 'host'],
  ['query_tag', 'queryTag'],
  ['access_url', 'accessUrl'],
  ['proxy_host', 'proxyHost'],
  ['proxy_user', 'proxyUser'],
  ['proxy_password', 'proxyPassword'],
];

/**
 * Maps a target. Names pass as configured: Snowflake folds them itself.
 *
 * @throws WarehouseError warehouse/target if the account is missing or the ways to sign in contradict each other.
 */
export function connectionOptions(fields: TargetFields): ConnectionOptions {
  const account = fields.text('account');
  if (account === undefined || account === '')
    throw wrong('The target names no Snowflake account.');
  const options: Record<string, unknown> = {
    // Host names have no underscores; dbt writes them as hyphens, too.
    account: account.replaceAll('_', '-'),
    application: 'dagbook',
    clientSessionKeepAlive: fields.flag('client_session_keep_alive') ?? false,
    // Ours: no console dialogue in the middle of a screen.
    disableConsoleLogin: false,
  };
  for (const [name, option] of RENAMED) {
    const value = fields.text(name);
    if (value !== undefined && value !== '') options[option] = value;
  }
  const proxyPort = fields.number('proxy_port');
  if (proxyPort !== undefined) options['proxyPort'] = proxyPort;
  const port = fields.number('port');
  const protocol = fields.text('protocol');
  const host = fields.text('host');
  if (host !== undefined && (port !== undefined || protocol !== undefined))
    options['accessUrl'] =
      `${protocol ?? 'https'}://${host}${port === undefined ? '' : `:${port}`}`;
  return { ...options, ...authentication(fields) };
}

/** How to sign in. A private key needs no authenticator in dbt; the driver wants to be told. */
function authentication(fields: TargetFields): ConnectionOptions {
  const authenticator = fields.text('authenticator');
  const key = fields.text('private_key');
  const keyPath = fields.text('private_key_path');
  if (key !== undefined && keyPath !== undefined)
    throw wrong('The target has both private_key and private_key_path.');
  if (key !== undefined || keyPath !== undefined) {
    const passphrase = fields.text('private_key_passphrase');
    return {
      authenticator: 'SNOWFLAKE_JWT',
      ...(key === undefined ? { privateKeyPath: keyPath } : { privateKey: pem(key) }),
      ...(passphrase === undefined ? {} : { privateKeyPass: passphrase }),
    };
  }
  const password = fields.text('password');
  const token = fields.text('token');
  switch (authenticator?.toLowerCase()) {
    case undefined:
    case '':
    case 'snowflake':
      if (password === undefined)
        throw wrong('The target has no way to sign in: no password, key, token or authenticator.');
      return { password };
    case 'externalbrowser':
      return { authenticator: 'EXTERNALBROWSER', clientStoreTemporaryCredential: true };
    case 'username_password_mfa':
      return { authenticator: 'USERNAME_PASSWORD_MFA', password, clientRequestMFAToken: true };
    case 'oauth':
    case 'jwt':
      if (fields.text('oauth_client_id') !== undefined)
        throw wrong(
          'OAuth with a refresh token (oauth_client_id) is not supported yet; give an access token.',
        );
      return { authenticator: 'OAUTH', token: required(token, 'token') };
    case 'programmatic_access_token':
      return { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: required(token, 'token') };
    default:
      if (/^https:\/\//iu.test(authenticator ?? ''))
        return { authenticator, password: required(password, 'password') };
      throw wrong(`The authenticator ${authenticator} is not supported.`);
  }
}

/** A key in base64 without its PEM frame gets one: the driver reads nothing else. */
function pem(key: string): string {
  if (key.includes('-----BEGIN')) return key;
  const lines = key.replaceAll(/\s/gu, '').match(/.{1,64}/gu) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}

function required(value: string | undefined, name: string): string {
  if (value === undefined) throw wrong(`The target's authenticator needs the field ${name}.`);
  return value;
}

function wrong(message: string): WarehouseError {
  return new WarehouseError('warehouse/target', message, { hint: 'Correct it in profiles.yml.' });
}
