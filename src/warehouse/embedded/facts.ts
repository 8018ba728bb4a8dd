/**
 * What Snowflake's catalog tells of a relation and DuckDB's does not: when it was made and changed, its cluster key, how a dynamic table was declared, grants.
 *
 * Kept in one small table of the warehouse's file, written in the transaction that it describes.
 */
import { sqlText } from '../duckdb/sandbox.js';

export type FactName =
  | 'created'
  | 'altered'
  | 'cluster_by'
  | 'dynamic'
  | 'transient'
  | 'grant'
  | 'stage'
  | 'file_format'
  /** A file that was loaded into the table, and its digest. */
  | 'loaded';

/** DDL of the table; run once when a file is opened. */
export const FACTS_DDL =
  'CREATE TABLE IF NOT EXISTS main."__FACTS" (object VARCHAR NOT NULL, fact VARCHAR NOT NULL, value VARCHAR)';

/** SQL that states a fact anew: two statements, to be run in one go. `value` is ready SQL. */
export function stateFact(object: string, fact: FactName, value: string): string {
  return [
    `DELETE FROM main."__FACTS" WHERE object = ${sqlText(object)} AND fact = ${sqlText(fact)}`,
    `INSERT INTO main."__FACTS" VALUES (${sqlText(object)}, ${sqlText(fact)}, ${value})`,
  ].join('; ');
}

/** SQL that forgets what was known of a relation and states these facts. Values are ready SQL. */
export function newFacts(object: string, facts: readonly (readonly [FactName, string])[]): string {
  const rows = facts.map(([fact, value]) => `(${sqlText(object)}, ${sqlText(fact)}, ${value})`);
  return `${forgetFacts(object)}; INSERT INTO main."__FACTS" VALUES ${rows.join(', ')}`;
}

/** One statement that forgets all about a relation, or about a whole schema if `object` ends in a dot. */
export function forgetFacts(object: string): string {
  return object.endsWith('.')
    ? `DELETE FROM main."__FACTS" WHERE starts_with(object, ${sqlText(object)})`
    : `DELETE FROM main."__FACTS" WHERE object = ${sqlText(object)}`;
}

/** One statement that gives a relation's facts to its new name. */
export function moveFacts(from: string, to: string): string {
  return `UPDATE main."__FACTS" SET object = ${sqlText(to)} WHERE object = ${sqlText(from)}`;
}

/** The present moment as a fact's value. */
export const NOW = 'CAST(now() AS VARCHAR)';
