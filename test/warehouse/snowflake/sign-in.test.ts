/**
 * Every way to sign in, from dbt's fields and from connections.toml, as the driver's options; and where each value is from.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionSources } from '../../../src/warehouse/index.js';
import { connectionFields } from '../../../src/warehouse/snowflake/connection-fields.js';
import { connectionOptions } from '../../../src/warehouse/snowflake/connection-options.js';
import { targetFields } from '../../../src/warehouse/target-fields.js';
import { emptyFolder, type ProjectCopy } from '../../support/project-copy.js';
import { onServer, openOn, signal } from './on-server.js';

type Fields = Readonly<Record<string, unknown>>;

let home: ProjectCopy;

beforeAll(() => {
  home = emptyFolder();
  write('token', 'from-a-file\n');
  write(
    'connections.toml',
    [
      '[dev]',
      'account = "acme"',
      'user = "toml_user"',
      'private_key_file = "/keys/k.p8"',
      'private_key_file_pwd = "hush"',
      'role = "R"',
      '[flow]',
      'account = "acme"',
      'authenticator = "OAUTH_CLIENT_CREDENTIALS"',
      'oauth_client_id = "id"',
      'oauth_client_secret = "hush"',
      'oauth_token_request_url = "https://login.example/token"',
    ].join('\n'),
  );
  write('config.toml', '[connections.old]\naccount = "older"\nuser = "u"\npassword = "hush"\n');
});

afterAll(() => home.remove());

function write(name: string, text: string): void {
  mkdirSync(home.dir, { recursive: true });
  const file = join(home.dir, name);
  writeFileSync(file, text, { mode: 0o600 });
}

const env = (): Readonly<Record<string, string>> => ({ SNOWFLAKE_HOME: home.dir });

async function optionsOf(fields: Fields): Promise<Fields> {
  const sourced = connectionFields(fields, env());
  const known = Object.fromEntries([...sourced].map(([name, { value }]) => [name, value]));
  const target = { type: 'snowflake', name: 'dev', projectRoot: '/', fields: known } as const;
  return await connectionOptions(targetFields(target), env())();
}

const BASE = { account: 'my_org-acme', user: 'me' };
const PEM = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';

describe('dbt fields', () => {
  const CASES: readonly (readonly [string, Fields, Fields])[] = [
    ['password', { password: 'p' }, { password: 'p' }],
    [
      'password and second factor',
      { password: 'p', authenticator: 'username_password_mfa' },
      { authenticator: 'USERNAME_PASSWORD_MFA', password: 'p', clientRequestMFAToken: true },
    ],
    [
      'browser',
      { authenticator: 'externalbrowser' },
      { authenticator: 'EXTERNALBROWSER', clientStoreTemporaryCredential: true },
    ],
    [
      'Okta',
      { authenticator: 'https://acme.okta.com', password: 'p' },
      { authenticator: 'https://acme.okta.com', password: 'p' },
    ],
    ['key, PEM', { private_key: PEM }, { authenticator: 'SNOWFLAKE_JWT', privateKey: PEM }],
    ['key, DER', { private_key: 'AAAA' }, { authenticator: 'SNOWFLAKE_JWT', privateKey: PEM }],
    [
      'key in a file',
      { private_key_path: '/k.p8', private_key_passphrase: 'x' },
      { authenticator: 'SNOWFLAKE_JWT', privateKeyPath: '/k.p8', privateKeyPass: 'x' },
    ],
    ['oauth', { authenticator: 'oauth', token: 't' }, { authenticator: 'OAUTH', token: 't' }],
    ['jwt', { authenticator: 'jwt', token: 't' }, { authenticator: 'OAUTH', token: 't' }],
    [
      'personal token',
      { authenticator: 'programmatic_access_token', token: 't' },
      { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: 't' },
    ],
    [
      'workload identity',
      {
        authenticator: 'workload_identity',
        workload_identity_provider: 'azure',
        workload_identity_entra_resource: 'r',
      },
      {
        authenticator: 'WORKLOAD_IDENTITY',
        workloadIdentityProvider: 'AZURE',
        workloadIdentityAzureEntraIdResource: 'r',
      },
    ],
    [
      'workload identity of OpenID Connect',
      { authenticator: 'workload_identity', workload_identity_provider: 'oidc', token: 't' },
      { authenticator: 'WORKLOAD_IDENTITY', workloadIdentityProvider: 'OIDC', token: 't' },
    ],
  ];
  test.each(CASES)('%s', async (_, fields, expected) => {
    expect(await optionsOf({ ...BASE, ...fields })).toEqual({
      account: 'my-org-acme',
      username: 'me',
      application: 'dagbook',
      clientSessionKeepAlive: false,
      ...expected,
    });
  });

  test.each<readonly [Fields, string]>([
    [{ account: '', password: 'x' }, 'names no Snowflake account'],
    [{}, 'no way to sign in'],
    [{ private_key: 'a', private_key_path: 'b' }, 'both private_key and private_key_path'],
    [{ authenticator: 'oauth' }, 'needs the field token'],
    [{ authenticator: 'oauth', token: 't', oauth_client_id: 'x' }, 'the field oauth_client_secret'],
    [{ authenticator: 'workload_identity' }, 'the field workload_identity_provider'],
    [{ authenticator: 'magic', password: 'x' }, 'authenticator magic is not supported'],
    [{ connection_name: 'nope' }, "no connection 'nope'"],
  ])('%j is refused', async (fields, message) => {
    await expect((async () => optionsOf({ ...BASE, ...fields }))()).rejects.toThrow(message);
  });
});

describe('connections of Snowflake’s own files', () => {
  test('a key', async () => {
    expect(await optionsOf({ connection_name: 'dev', user: 'mine' })).toMatchObject({
      account: 'acme',
      username: 'mine',
      role: 'R',
      authenticator: 'SNOWFLAKE_JWT',
      privateKeyPath: '/keys/k.p8',
      privateKeyPass: 'hush',
    });
  });

  test('client credentials, and a file of a token', async () => {
    expect(await optionsOf({ connection_name: 'flow' })).toMatchObject({
      authenticator: 'OAUTH_CLIENT_CREDENTIALS',
      oauthClientId: 'id',
      oauthTokenRequestUrl: 'https://login.example/token',
    });
    const token = { authenticator: 'oauth', token_file_path: join(home.dir, 'token') };
    expect(await optionsOf({ ...BASE, ...token })).toMatchObject({ token: 'from-a-file' });
    expect(await optionsOf({ connection_name: 'old' })).toMatchObject({ account: 'older' });
  });

  test('files that others may read are refused', async () => {
    for (const name of ['connections.toml', 'token']) chmodSync(join(home.dir, name), 0o644);
    const token = { authenticator: 'oauth', token_file_path: join(home.dir, 'token') };
    await expect((async () => optionsOf({ ...BASE, ...token }))()).rejects.toThrow('by others');
    await expect((async () => optionsOf({ connection_name: 'dev' }))()).rejects.toThrow(
      'connections.toml may be read or changed by others (mode 644)',
    );
    for (const name of ['connections.toml', 'token']) chmodSync(join(home.dir, name), 0o600);
  });

  test('each value with its source, secrets as stars', async () => {
    const fields = { connection_name: 'dev', schema: 's' };
    const variables = { ...env(), SNOWFLAKE_CONNECTIONS_DEV_ROLE: 'OTHER' };
    const shown = await connectionSources({ fields }, variables);
    expect(shown.map(({ name, value, from }) => [name, value, from])).toEqual([
      ['account', 'acme', 'connections.toml [dev]'],
      ['connection_name', 'dev', 'profiles.yml'],
      ['private_key_passphrase', '*****', 'connections.toml [dev]'],
      ['private_key_path', '/keys/k.p8', 'connections.toml [dev]'],
      ['role', 'OTHER', 'SNOWFLAKE_CONNECTIONS_DEV_ROLE'],
      ['schema', 's', 'profiles.yml'],
      ['user', 'toml_user', 'connections.toml [dev]'],
    ]);
  });
});

test('a refresh token is exchanged, as dbt does, before signing in', async () => {
  await onServer({}, async (server) => {
    const warehouse = await openOn(server, {
      authenticator: 'oauth',
      token: 'refresh-1',
      oauth_client_id: 'id',
      oauth_client_secret: 'hush',
    });
    await (await warehouse.connect({ name: 'x', signal })).close();
    expect(server.logins[0]).toMatchObject({
      AUTHENTICATOR: 'OAUTH',
      TOKEN: 'access-for-refresh-1',
    });
    await warehouse.close();
  });
});
