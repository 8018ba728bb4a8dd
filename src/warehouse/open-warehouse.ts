/**
 * Opens the warehouse that a target names. Each engine is loaded only when it is asked for.
 */
import type { Environment } from '../platform/index.js';
import type { Warehouse } from './port.js';
import type { ShownField } from './snowflake/connection-sources.js';
import { targetFields } from './target-fields.js';
import { WarehouseError } from './warehouse-error.js';

/** A target as the profile has it. */
export interface TargetConfig {
  readonly type: 'snowflake' | 'duckdb';
  /** Another engine than the type's own. */
  readonly engine?: 'embedded' | 'none';
  readonly name: string;
  /** The output's fields as read, in the profile's own spelling. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Absolute. */
  readonly projectRoot: string;
}

export interface OpenOptions {
  readonly signal: AbortSignal;
  /** True lets SQL on DuckDB read and write files outside the project. */
  readonly allowExternal?: boolean;
  /** Variables that connections of Snowflake's own files are found by. Default: none. */
  readonly env?: Environment;
  /** Tells the user what cannot wait: where to sign in. */
  readonly notify?: (message: string) => void;
}

/**
 * Opens a warehouse.
 *
 * @throws WarehouseError warehouse/target for a field that is missing or of the wrong kind; what the engine throws.
 */
export async function openWarehouse(
  target: TargetConfig,
  options: OpenOptions,
): Promise<Warehouse> {
  options.signal.throwIfAborted();
  const fields = targetFields(target);
  const allowExternal = options.allowExternal ?? fields.flag('allow_external') ?? false;
  if (target.engine === 'none') {
    const { openNone } = await import('./none/open-none.js');
    if (target.type === 'snowflake') return openNone(target.type);
    const { emptyDuckdb } = await import('./none/empty-duckdb.js');
    return openNone(target.type, emptyDuckdb(target.projectRoot));
  }
  if (target.type === 'duckdb') {
    if (target.engine === 'embedded')
      throw new WarehouseError(
        'warehouse/target',
        `Target ${target.name} is of type duckdb and cannot run on the embedded Snowflake warehouse.`,
        { hint: 'Remove `engine: embedded`, or use `type: snowflake`.' },
      );
    const { openDuckdb } = await import('./duckdb/open-duckdb.js');
    const threads = fields.number('duckdb_threads');
    return openDuckdb({
      path: fields.text('path') ?? ':memory:',
      attach: fields.attachments(),
      extensions: fields.texts('extensions'),
      settings: fields.settings(),
      projectRoot: target.projectRoot,
      allowExternal,
      ...(threads === undefined ? {} : { threads }),
    });
  }
  if (target.engine === 'embedded') {
    const { openEmbedded } = await import('./embedded/open-embedded.js');
    const threads = fields.number('duckdb_threads');
    return openEmbedded({
      path: fields.text('path') ?? '.dagbook/warehouse.duckdb',
      database: fields.name('database') ?? null,
      schema: fields.name('schema') ?? null,
      warehouse: fields.name('warehouse') ?? null,
      role: fields.name('role') ?? null,
      user: fields.name('user') ?? 'EMBEDDED',
      projectRoot: target.projectRoot,
      allowExternal,
      ...(threads === undefined ? {} : { threads }),
    });
  }
  const { openSnowflake, connectionFields, connectionOptions, policyOf } =
    await import('./snowflake/index.js');
  const { env = {}, notify = () => undefined } = options;
  const sourced = connectionFields(target.fields, env);
  const known = Object.fromEntries([...sourced].map(([name, { value }]) => [name, value]));
  const named = targetFields({ ...target, fields: known });
  return openSnowflake({
    connection: connectionOptions(named, env),
    policy: policyOf(named),
    notify,
  });
}

/**
 * What `debug` says of a Snowflake target: every value, secrets as stars, and its source. Loads no driver.
 *
 * @throws WarehouseError warehouse/target if a connection that it names cannot be read.
 */
export async function connectionSources(
  target: Pick<TargetConfig, 'fields'>,
  env: Environment,
): Promise<readonly ShownField[]> {
  const { connectionFields, shownFields } = await import('./snowflake/index.js');
  return shownFields(connectionFields(target.fields, env));
}
