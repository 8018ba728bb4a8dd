/**
 * Ways to sign in: dbt's fields (and those of connections.toml) as the driver's options.
 */
import type { TargetFields } from '../target-fields.js';
import { WarehouseError } from '../warehouse-error.js';
import type { ConnectionOptions } from './connection-options.js';

/** A refresh token and the client that may use it: an access token is fetched for them before signing in. */
export interface RefreshGrant {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

export interface Authentication {
  readonly options: ConnectionOptions;
  readonly refresh: RefreshGrant | null;
}

/**
 * How the target signs in. A private key needs no authenticator in dbt; the driver wants to be told.
 *
 * @param readSecretFile reads a file that only its owner may read.
 * @throws WarehouseError warehouse/target if ways contradict each other or a field is missing.
 */
export function authentication(
  fields: TargetFields,
  readSecretFile: (file: string) => string,
): Authentication {
  const authenticator = fields.text('authenticator') ?? '';
  const way = authenticator.toLowerCase();
  const key = fields.text('private_key');
  const keyPath = fields.text('private_key_path');
  if (key !== undefined && keyPath !== undefined)
    throw wrong('The target has both private_key and private_key_path.');
  if (key !== undefined || keyPath !== undefined || way === 'snowflake_jwt')
    return plain({ authenticator: 'SNOWFLAKE_JWT', ...keyOptions(fields, key, keyPath) });

  const token = (): string => {
    const file = fields.text('token_file_path');
    const found =
      fields.text('token') ?? (file === undefined ? undefined : readSecretFile(file).trim());
    return required(found, 'token');
  };
  switch (way) {
    case '':
    case 'snowflake':
      return passwordOnly(fields);
    case 'externalbrowser':
      return plain({ authenticator: 'EXTERNALBROWSER', clientStoreTemporaryCredential: true });
    case 'username_password_mfa': {
      const passcode = fields.text('passcode');
      return plain({
        authenticator: 'USERNAME_PASSWORD_MFA',
        password: required(fields.text('password'), 'password'),
        clientRequestMFAToken: true,
        ...(passcode === undefined ? {} : { passcode }),
      });
    }
    case 'oauth':
      return oauth(fields, token());
    case 'jwt':
      return plain({ authenticator: 'OAUTH', token: token() });
    case 'programmatic_access_token':
      return plain({ authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: token() });
    case 'workload_identity':
      return plain(workloadIdentity(fields, token));
    case 'oauth_authorization_code':
    case 'oauth_client_credentials':
      return plain({ authenticator: way.toUpperCase(), ...oauthClient(fields, way) });
    default:
      if (way.startsWith('https://'))
        return plain({ authenticator, password: required(fields.text('password'), 'password') });
      throw wrong(`The authenticator ${authenticator} is not supported.`);
  }
}

function plain(options: ConnectionOptions): Authentication {
  return { options, refresh: null };
}

function passwordOnly(fields: TargetFields): Authentication {
  const password = fields.text('password');
  if (password === undefined)
    throw wrong('The target has no way to sign in: no password, key, token or authenticator.');
  const passcode = fields.text('passcode');
  return plain({ password, ...(passcode === undefined ? {} : { passcode }) });
}

function keyOptions(
  fields: TargetFields,
  key: string | undefined,
  keyPath: string | undefined,
): ConnectionOptions {
  const passphrase = fields.text('private_key_passphrase');
  return {
    ...(key === undefined
      ? { privateKeyPath: required(keyPath, 'private_key_path') }
      : { privateKey: pem(key) }),
    ...(passphrase === undefined ? {} : { privateKeyPass: passphrase }),
  };
}

/** With a client's id and secret dbt's `token` is a refresh token, else it is the access token itself. */
function oauth(fields: TargetFields, token: string): Authentication {
  const clientId = fields.text('oauth_client_id');
  const clientSecret = fields.text('oauth_client_secret');
  if (clientId === undefined && clientSecret === undefined)
    return plain({ authenticator: 'OAUTH', token });
  return {
    options: { authenticator: 'OAUTH' },
    refresh: {
      clientId: required(clientId, 'oauth_client_id'),
      clientSecret: required(clientSecret, 'oauth_client_secret'),
      refreshToken: token,
    },
  };
}

function workloadIdentity(fields: TargetFields, token: () => string): ConnectionOptions {
  const provider = required(
    fields.text('workload_identity_provider'),
    'workload_identity_provider',
  ).toUpperCase();
  const resource = fields.text('workload_identity_entra_resource');
  return {
    authenticator: 'WORKLOAD_IDENTITY',
    workloadIdentityProvider: provider,
    ...(resource === undefined ? {} : { workloadIdentityAzureEntraIdResource: resource }),
    // A token of OpenID Connect is brought along; the clouds' own are fetched by the driver.
    ...(provider === 'OIDC' ? { token: token() } : {}),
  };
}

const CLIENT_FIELDS: readonly (readonly [string, string])[] = [
  ['oauth_client_id', 'oauthClientId'],
  ['oauth_client_secret', 'oauthClientSecret'],
  ['oauth_authorization_url', 'oauthAuthorizationUrl'],
  ['oauth_token_request_url', 'oauthTokenRequestUrl'],
  ['oauth_redirect_uri', 'oauthRedirectUri'],
  ['oauth_scope', 'oauthScope'],
];

function oauthClient(fields: TargetFields, way: string): ConnectionOptions {
  if (way === 'oauth_client_credentials') {
    for (const name of ['oauth_client_id', 'oauth_client_secret', 'oauth_token_request_url'])
      required(fields.text(name), name);
  }
  return Object.fromEntries(
    CLIENT_FIELDS.flatMap(([name, option]) => {
      const value = fields.text(name);
      return value === undefined ? [] : [[option, value] as const];
    }),
  );
}

/** A key in base64 without its PEM frame gets one: the driver reads nothing else. */
function pem(key: string): string {
  if (key.includes('-----BEGIN')) return key.replaceAll('\\n', '\n');
  const lines = key.replaceAll(/\s/gu, '').match(/.{1,64}/gu) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}

function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '')
    throw wrong(`The target's way to sign in needs the field ${name}.`);
  return value;
}

function wrong(message: string): WarehouseError {
  return new WarehouseError('warehouse/target', message, {
    hint: 'Correct it in profiles.yml; `dagbook debug` says where each value comes from.',
  });
}
