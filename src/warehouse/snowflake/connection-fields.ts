/**
 * The fields of a Snowflake target, each with where it comes from: profiles.yml first, then the connection that it names
 * (`connection_name`) in connections.toml or config.toml, whose values environment variables may replace.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { messageOf } from '../../base/index.js';
import { type Environment, homeFolder, readText } from '../../platform/index.js';
import { WarehouseError } from '../warehouse-error.js';
import { refuseShared } from './private-file.js';

export interface SourcedField {
  readonly value: unknown;
  /** `profiles.yml`, `connections.toml [dev]`, `SNOWFLAKE_CONNECTIONS_DEV_USER`. */
  readonly from: string;
}

/** Other tools' names of dbt's fields. */
const ALIASES: Readonly<Record<string, string>> = {
  username: 'user',
  accountname: 'account',
  dbname: 'database',
  databasename: 'database',
  schemaname: 'schema',
  rolename: 'role',
  warehousename: 'warehouse',
  private_key_file: 'private_key_path',
  private_key_file_pwd: 'private_key_passphrase',
  private_key_pass: 'private_key_passphrase',
  private_key_raw: 'private_key',
  workload_identity_azure_entra_id_resource: 'workload_identity_entra_resource',
  login_timeout: 'connect_timeout',
};

/**
 * Reads the fields by dbt's names.
 *
 * @param profile the fields of the target as rendered.
 * @throws WarehouseError warehouse/target if a named connection cannot be read.
 */
export function connectionFields(
  profile: Readonly<Record<string, unknown>>,
  env: Environment,
): ReadonlyMap<string, SourcedField> {
  const fields = new Map<string, SourcedField>();
  const name = profile['connection_name'];
  if (typeof name === 'string' && name !== '') {
    for (const [key, field] of namedConnection(name, env)) fields.set(key, field);
  }
  for (const [key, value] of Object.entries(profile)) {
    if (value !== null && value !== undefined) fields.set(key, { value, from: 'profiles.yml' });
  }
  return fields;
}

function namedConnection(
  name: string,
  env: Environment,
): readonly (readonly [string, SourcedField])[] {
  const { folder, files } = connectionFiles(env);
  const prefix = `SNOWFLAKE_CONNECTIONS_${name.toUpperCase().replaceAll(/\W/gu, '_')}_`;
  const variables = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[0].startsWith(prefix) && entry[1] !== undefined,
  );
  const found = files.map((file) => ({ file, table: connectionIn(file, name, env) }));
  const held = found.find(({ table }) => table !== null);
  if (held === undefined && variables.length === 0)
    throw new WarehouseError(
      'warehouse/target',
      `There is no connection '${name}' in ${files.length === 0 ? folder : files.join(' or ')}.`,
      { hint: 'Correct `connection_name` of the target, or add the connection.' },
    );
  const label = `${held?.file.endsWith('config.toml') === true ? 'config.toml' : 'connections.toml'} [${name}]`;
  return [
    ...Object.entries(held?.table ?? {}).map(
      ([key, value]) => [canonical(key), { value, from: label }] as const,
    ),
    ...variables.map(
      ([variable, value]) =>
        [canonical(variable.slice(prefix.length)), { value, from: variable }] as const,
    ),
  ];
}

/** connections.toml replaces the connections of config.toml where both are. */
function connectionFiles(env: Environment): {
  readonly folder: string;
  readonly files: readonly string[];
} {
  const folder = env['SNOWFLAKE_HOME'] ?? join(env['HOME'] ?? homeFolder(), '.snowflake');
  const files = ['connections.toml', 'config.toml'].map((file) => join(folder, file));
  return { folder, files: files.filter((file) => existsSync(file)) };
}

function connectionIn(
  file: string,
  name: string,
  env: Environment,
): Readonly<Record<string, unknown>> | null {
  refuseShared(file, env);
  let content: unknown;
  try {
    content = parse(readText(file));
  } catch (cause) {
    // The parser quotes the line, which may hold a secret.
    const line = /\b(\d+):/u.exec(messageOf(cause))?.[1];
    throw new WarehouseError(
      'warehouse/target',
      `${file} is not TOML${line === undefined ? '' : `, from line ${line}`}.`,
      { hint: 'Correct the file.' },
    );
  }
  const tables = file.endsWith('config.toml') ? field(content, 'connections') : content;
  const table = field(tables, name);
  return isTable(table) ? table : null;
}

function field(table: unknown, name: string): unknown {
  return isTable(table) ? table[name] : undefined;
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function canonical(key: string): string {
  const lower = key.toLowerCase();
  return ALIASES[lower] ?? lower;
}
