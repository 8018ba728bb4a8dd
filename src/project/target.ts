/**
 * What a target says: its database and schema, and the part of it that templates may see.
 */
import { DagbookError, isJsonObject, type Json, type JsonObject } from '../base/index.js';
import { jsonText } from './fields.js';
import type { Target } from './project.js';

/** Keys that dbt shows as `{{ target }}`; all others (passwords, keys, tokens) stay out. */
const SHOWN: Readonly<Record<Target['type'], readonly string[]>> = {
  snowflake: [
    'account',
    'user',
    'database',
    'warehouse',
    'role',
    'schema',
    'authenticator',
    'oauth_client_id',
    'query_tag',
    'client_session_keep_alive',
    'host',
    'port',
    'proxy_host',
    'proxy_port',
    'protocol',
    'connect_retries',
    'connect_timeout',
    'retry_on_database_errors',
    'retry_all',
    'insecure_mode',
    'reuse_connections',
    's3_stage_vpce_dns_name',
    'workload_identity_provider',
    'workload_identity_entra_resource',
    'platform_detection_timeout_seconds',
  ],
  duckdb: [
    'database',
    'schema',
    'path',
    'config_options',
    'extensions',
    'settings',
    'external_root',
    'use_credential_provider',
    'attach',
    'filesystems',
    'remote',
    'plugins',
    'disable_transactions',
  ],
};

const DEFAULTS: Readonly<Record<Target['type'], JsonObject>> = {
  snowflake: {
    client_session_keep_alive: false,
    connect_retries: 1,
    retry_on_database_errors: false,
    retry_all: false,
    insecure_mode: false,
    platform_detection_timeout_seconds: 0,
  },
  duckdb: {
    path: ':memory:',
    settings: {},
    external_root: '.',
    disable_transactions: false,
  },
};

/** `{{ target }}`: dbt's dict of the connection, without any secret. */
export function targetDict(target: Target): JsonObject {
  const shown = SHOWN[target.type].map((key): [string, Json] => [
    key,
    target.fields[key] ?? DEFAULTS[target.type][key] ?? late(key, target),
  ]);
  return {
    ...Object.fromEntries(shown),
    database: target.database,
    schema: target.schema,
    type: target.type,
    threads: target.threads,
    name: target.name,
    target_name: target.name,
    profile_name: target.profileName,
  };
}

/** What another field decides: connections are used again unless sessions are kept alive. */
function late(key: string, { type, fields }: Target): Json {
  const isReused = type === 'snowflake' && fields['client_session_keep_alive'] !== true;
  return key === 'reuse_connections' && isReused ? true : null;
}

/**
 * Makes a target of a profile's output.
 *
 * @param output rendered.
 * @throws DagbookError profile/invalid if the type is missing, unknown, or lacks what it needs.
 */
export function targetOf(
  output: JsonObject,
  names: { readonly profile: string; readonly target: string },
  threads: number | undefined,
): Target {
  const { type } = output;
  const where = `target '${names.target}' of profile '${names.profile}'`;
  if (type !== 'snowflake' && type !== 'duckdb') {
    throw new DagbookError(
      'profile/invalid',
      type === undefined
        ? `The ${where} has no type.`
        : `The ${where} is of type '${jsonText(type)}', which is not supported.`,
      { hint: 'Supported types are snowflake and duckdb.' },
    );
  }
  const database =
    type === 'duckdb' ? duckdbDatabase(output, where) : text(output, 'database', where);
  const schema =
    type === 'duckdb' && output['schema'] === undefined ? 'main' : text(output, 'schema', where);
  return {
    profileName: names.profile,
    name: names.target,
    type,
    threads: threads ?? threadsOf(output['threads'], where),
    database,
    schema,
    fields: output,
  };
}

function threadsOf(value: Json | undefined, where: string): number {
  if (value === undefined || value === null) return 1;
  const threads = Number(value);
  if (Number.isInteger(threads) && threads >= 1) return threads;
  throw new DagbookError(
    'profile/invalid',
    `The threads of ${where} must be a whole number from 1.`,
  );
}

function text(output: JsonObject, key: string, where: string): string {
  const value = output[key];
  if (typeof value === 'string' && value !== '') return value;
  throw new DagbookError('profile/invalid', `The ${where} has no ${key}.`, {
    hint: `Add \`${key}:\` to it in profiles.yml.`,
  });
}

/** DuckDB names a database after its file: up to the first dot. */
function duckdbDatabase(output: JsonObject, where: string): string {
  const path = typeof output['path'] === 'string' ? output['path'] : ':memory:';
  const derived = databaseOfPath(path);
  const { database } = output;
  if (typeof database !== 'string') return derived;
  const attached = Array.isArray(output['attach']) ? output['attach'] : [];
  const isAttached = attached.some((one: Json) => isJsonObject(one) && one['alias'] === database);
  if (database === derived || isAttached || output['remote'] !== undefined) return database;
  throw new DagbookError(
    'profile/invalid',
    `The ${where} has the path '${path}' but the database '${database}'.`,
    { hint: `Set the database to '${derived}', or leave it out.` },
  );
}

function databaseOfPath(path: string): string {
  if (path === ':memory:') return 'memory';
  const { scheme = '', rest = path } =
    /^(?<scheme>[a-z][a-z0-9+.-]*):(?<rest>[^?]*)/iu.exec(path)?.groups ?? {};
  const base = rest.slice(rest.lastIndexOf('/') + 1);
  if (/^(?:md|motherduck)$/iu.test(scheme)) return base.replace(/\.[^.]*$/u, '') || 'my_db';
  const name = base.replace(/^\.+/u, '').split('.')[0] ?? '';
  return name === '' ? 'memory' : name;
}
