/**
 * A Snowflake target as the driver's connection options.
 */
import { readText } from '../../platform/index.js';
import type { Environment } from '../../platform/index.js';
import type { TargetFields } from '../target-fields.js';
import { WarehouseError } from '../warehouse-error.js';
import { authentication } from './authentication.js';
import { fetchAccessToken } from './oauth-token.js';
import { refuseShared } from './private-file.js';

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
  ['proxy_host', 'proxyHost'],
  ['proxy_user', 'proxyUser'],
  ['proxy_password', 'proxyPassword'],
  ['proxy_protocol', 'proxyProtocol'],
  ['no_proxy', 'noProxy'],
];

/**
 * Maps a target. Names pass as configured: Snowflake folds them itself.
 *
 * @returns the options, once a token that has to be fetched is there.
 * @throws WarehouseError warehouse/target, at once, if the account is missing or the ways to sign in contradict each other.
 */
export function connectionOptions(
  fields: TargetFields,
  env: Environment,
): () => Promise<ConnectionOptions> {
  const { options, refresh } = authentication(fields, (file) => {
    refuseShared(file, env);
    return readText(file);
  });
  const base = { ...identity(fields), ...options };
  if (refresh === null) return () => Promise.resolve(base);
  return async () => ({ ...base, token: await fetchAccessToken(addressOf(fields), refresh) });
}

function identity(fields: TargetFields): ConnectionOptions {
  const account = accountOf(fields);
  const options: Record<string, unknown> = {
    account,
    application: 'dagbook',
    clientSessionKeepAlive: fields.flag('client_session_keep_alive') ?? false,
    ...(fields.flag('insecure_mode') === true ? { insecureMode: true } : {}),
  };
  for (const [name, option] of RENAMED) {
    const value = fields.text(name);
    if (value !== undefined && value !== '') options[option] = value;
  }
  const proxyPort = fields.number('proxy_port');
  if (proxyPort !== undefined) options['proxyPort'] = proxyPort;
  if (fields.text('access_url') !== undefined || fields.text('host') !== undefined)
    options['accessUrl'] = addressOf(fields);
  return options;
}

/** Host names have no underscores; dbt writes them as hyphens, too. */
function accountOf(fields: TargetFields): string {
  const account = fields.text('account');
  if (account === undefined || account === '')
    throw new WarehouseError('warehouse/target', 'The target names no Snowflake account.', {
      hint: 'Add `account:` to it in profiles.yml.',
    });
  return account.replaceAll('_', '-');
}

/** `https://HOST[:PORT]`. */
function addressOf(fields: TargetFields): string {
  const url = fields.text('access_url');
  if (url !== undefined && url !== '') return url.replace(/\/+$/u, '');
  const host = fields.text('host') ?? `${accountOf(fields)}.snowflakecomputing.com`;
  const port = fields.number('port');
  const protocol = fields.text('protocol') ?? 'https';
  return `${protocol}://${host}${port === undefined ? '' : `:${port}`}`;
}
