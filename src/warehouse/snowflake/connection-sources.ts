/**
 * What `debug` prints of a target: each value and where it comes from, secrets as stars.
 */
import { Secret } from '../../base/index.js';
import type { SourcedField } from './connection-fields.js';

export interface ShownField {
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

/** Fields whose values are no secret. Whatever is not among them is shown as stars. */
const SHOWN = new Set([
  'account',
  'user',
  'role',
  'warehouse',
  'database',
  'schema',
  'authenticator',
  'host',
  'port',
  'protocol',
  'type',
  'threads',
  'engine',
  'connection_name',
  'query_tag',
  'client_session_keep_alive',
  'proxy_host',
  'proxy_port',
  'proxy_protocol',
  'no_proxy',
  'private_key_path',
  'token_file_path',
  'oauth_client_id',
  'oauth_redirect_uri',
  'oauth_scope',
  'oauth_authorization_url',
  'oauth_token_request_url',
  'workload_identity_provider',
  'workload_identity_entra_resource',
  'connect_retries',
  'connect_timeout',
  'request_timeout',
  'request_retries',
  'retry_on_database_errors',
  'retry_all',
  'insecure_mode',
  'reuse_connections',
  'protected',
]);

/** In the order of the fields' names. */
export function shownFields(fields: ReadonlyMap<string, SourcedField>): readonly ShownField[] {
  return [...fields]
    .map(([name, { value, from }]) => ({ name, value: shown(name, value), from }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function shown(name: string, value: unknown): string {
  if (value instanceof Secret || !SHOWN.has(name)) return String(new Secret(''));
  return typeof value === 'string' ? value : JSON.stringify(value);
}
