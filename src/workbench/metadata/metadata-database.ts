/**
 * The metadata tables in a DuckDB of their own, in memory, made when first asked for.
 */
import { DagbookError } from '../../base/index.js';
import type { Session } from '../../session/index.js';
import { tokenize } from '../../sql/index.js';
import { openWarehouse, type Connection, type Warehouse } from '../../warehouse/index.js';
import { METADATA_TABLES } from './metadata-rows.js';

/** Answers queries over the schema `dbt`, in DuckDB's dialect. */
export class MetadataDatabase {
  readonly #session: Session;
  readonly #unsubscribe: () => void;
  #opened: Promise<{ readonly warehouse: Warehouse; readonly connection: Connection }> | null =
    null;

  constructor(session: Session) {
    this.#session = session;
    this.#unsubscribe = session.subscribe((event) => {
      // The next question reads the new manifest.
      if (event.type === 'manifest_changed') void this.#letGo();
    });
  }

  /** A connection with the tables filled. It is one for all questions, which are asked one after another. */
  async connection(signal: AbortSignal): Promise<Connection> {
    this.#opened ??= this.#open(signal).catch((error: unknown) => {
      this.#opened = null;
      throw error;
    });
    return (await this.#opened).connection;
  }

  /** Safe to call twice. */
  async close(): Promise<void> {
    this.#unsubscribe();
    await this.#letGo();
  }

  async #letGo(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    if (opened === null) return;
    const { warehouse, connection } = await opened;
    await connection.close();
    await warehouse.close();
  }

  async #open(signal: AbortSignal): Promise<{ warehouse: Warehouse; connection: Connection }> {
    const { manifest, facts } = this.#session;
    const warehouse = await openWarehouse(
      {
        type: 'duckdb',
        name: 'metadata',
        fields: { path: ':memory:', duckdb_threads: 1 },
        projectRoot: facts.projectDir,
      },
      { signal },
    );
    try {
      const connection = await warehouse.connect({ name: 'metadata', signal });
      await connection.execute('create schema dbt', { signal });
      for (const { name, columns, rows } of METADATA_TABLES) {
        const list = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
        await connection.execute(`create table dbt.${name} (${list.join(', ')})`, { signal });
        await connection.execute(
          `insert into dbt.${name} select unnest(from_json($1::json, '${JSON.stringify([columns])}'), recursive := true)`,
          { signal, bindings: [JSON.stringify(rows(manifest))] },
        );
      }
      return { warehouse, connection };
    } catch (error) {
      await warehouse.close();
      throw error;
    }
  }
}

/**
 * Whether a query reads the metadata tables: `dbt.nodes` and the like, after `from`, `join` or a comma.
 *
 * @param hasOwnSchema true if the project has a schema `dbt` in its warehouse: other names are then looked for there.
 * @throws DagbookError metadata/unknown-table for `from dbt.something` where no such table is.
 */
export function readsMetadata(sql: string, hasOwnSchema: boolean): boolean {
  const tokens = tokenize(sql, 'duckdb').filter(
    ({ kind }) => kind !== 'space' && kind !== 'comment',
  );
  return tokens.some((token, at) => {
    const isSchema = token.kind === 'word' && token.text.toLowerCase() === 'dbt';
    const before = tokens[at - 1]?.text.toLowerCase() ?? '';
    const name = tokens[at + 2];
    if (!isSchema || tokens[at + 1]?.text !== '.' || name?.kind !== 'word') return false;
    // `db.dbt.nodes` is a table of the warehouse, `dbt.name` in a select list a column.
    if (!['from', 'join', ','].includes(before) || tokens[at + 3]?.text === '.') return false;
    if (METADATA_TABLES.some((table) => table.name === name.text.toLowerCase())) return true;
    if (before === ',' || hasOwnSchema) return false;
    throw new DagbookError('metadata/unknown-table', `There is no table dbt.${name.text}.`, {
      hint: `The project's own metadata is in ${METADATA_TABLES.map((table) => `dbt.${table.name}`).join(', ')}.`,
      exitCode: 1,
    });
  });
}
