/**
 * Whether a relation is there and what it is, asked of the binder: DuckDB's lists of its catalog print every object for each question.
 */
import { WarehouseError } from '../warehouse-error.js';
import { isAbsence } from './absence.js';
import type { Performer } from './perform.js';

/** True if a table or view of that name exists. */
export async function isThere(parts: readonly string[], performer: Performer): Promise<boolean> {
  const { text } = performer.session.resolve(parts);
  try {
    await performer.run(`SELECT 1 FROM (DESCRIBE ${text}) LIMIT 1`);
    return true;
  } catch (error) {
    if (isAbsence(error)) return false;
    throw error;
  }
}

/** Snowflake's words for a relation that is not there. */
export function absent(parts: readonly string[], performer: Performer): WarehouseError {
  const { database, schema, identifier } = performer.session.fullName(parts);
  return new WarehouseError(
    'warehouse/absent',
    `002003 (42S02): SQL compilation error:\nObject '${database}.${schema}.${identifier}' does not exist or not authorized.`,
  );
}

/** Adds a relation's VARIANT columns to those that the translator is careful with. */
export async function noteVariants(parts: readonly string[], performer: Performer): Promise<void> {
  const { text } = performer.session.resolve(parts);
  const rows = await performer.ask(
    `SELECT upper(column_name) FROM (DESCRIBE ${text}) WHERE column_type LIKE 'VARIANT%'`,
  );
  for (const [column] of rows) performer.session.shared.variantColumns.add(String(column));
}
