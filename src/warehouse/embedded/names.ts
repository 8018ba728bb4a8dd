/**
 * Where things are kept: one DuckDB file holds all databases, each Snowflake schema a DuckDB schema called `DATABASE.SCHEMA`.
 *
 * One file, and not one attached file for each database, because DuckDB writes to a single file in a transaction while
 * Snowflake's transactions span databases; because one lock then guards the whole warehouse; and because the sandbox can
 * be shut before any statement runs. Every name is written in full by the translator, so no search path is needed.
 * A schema whose name has no dot stands for a database: it holds nothing, and keeps an empty database in being.
 * DuckDB does not tell names apart by case, so two names that differ only in case cannot stand side by side here.
 */
import { quoteIdentifier } from '../../sql/index.js';

/** A relation's full name, in stored case. */
export interface FullName {
  readonly database: string;
  readonly schema: string;
  readonly identifier: string;
}

/** DuckDB's schema for a schema. Dots inside a name are doubled. */
export function keptSchema(database: string, schema: string): string {
  return `${escape(database)}.${escape(schema)}`;
}

/** DuckDB's schema that stands for a database. */
export function keptDatabase(database: string): string {
  return escape(database);
}

/** The database and schema that a DuckDB schema stands for; `schema` is absent for a database's own. Undefined for DuckDB's. */
export function readKept(
  name: string,
): { readonly database: string; readonly schema?: string } | undefined {
  if (OWN.has(name)) return undefined;
  const [database = '', schema] = name.replaceAll('..', '\u0000').split('.');
  const named = { database: database.replaceAll('\u0000', '.') };
  return schema === undefined ? named : { ...named, schema: schema.replaceAll('\u0000', '.') };
}

const OWN = new Set(['main', 'information_schema', 'pg_catalog', 'temp']);

function escape(name: string): string {
  return name.replaceAll('.', '..');
}

/** DuckDB's name of a relation, as ready SQL. */
export function keptText({ database, schema, identifier }: FullName): string {
  return `${quoteIdentifier(keptSchema(database, schema))}.${quoteIdentifier(identifier)}`;
}

/** Where a session keeps a temporary relation: DuckDB has one schema for all of them, so the full name becomes the name. */
export function temporaryText(name: FullName): string {
  return `temp.main.${quoteIdentifier(temporaryIdentifier(name))}`;
}

export function temporaryIdentifier({ database, schema, identifier }: FullName): string {
  return `${escape(database)}.${escape(schema)}.${identifier}`;
}

/** Names in a message as the user knows them: `"RAW.SHOP".ORDERS` becomes `RAW.SHOP.ORDERS`. */
export function readable(message: string): string {
  return message
    .replaceAll(/temp\.main\."((?:[^"]|"")+)"/gu, '$1')
    .replaceAll(/"([^".]+\.[^".]+)"\."?([^"\s!;,)]+)"?/gu, '$1.$2')
    .replaceAll(/"([A-Z0-9_$]+\.[A-Z0-9_$]+)"/gu, '$1');
}
