/**
 * The length of a VARCHAR(n): kept as a check of the column, which DuckDB holds wherever a row is written, and read from there.
 */
import { quoteIdentifier, textLengthCheck } from '../../sql/index.js';
import { sqlText } from '../duckdb/sandbox.js';
import type { Row } from '../port.js';
import type { Performer } from './perform.js';

/** Part of every check of a length, and of none other. */
const MARK = 'is too long and would be truncated';

/** Columns with a length, as a relation: SCHEMA_NAME, TABLE_NAME, DATABASE_NAME, COLUMN_NAME and TEXT_LENGTH. */
export const TEXT_LENGTHS: string = `(SELECT database_name, schema_name, table_name, constraint_column_names[1] AS column_name, CAST(regexp_extract(constraint_text, '\\) > ([0-9]+)\\)', 1) AS BIGINT) AS text_length FROM duckdb_constraints() WHERE constraint_type = 'CHECK' AND contains(constraint_text, '${MARK}'))`;

/** Lengths of a relation's columns, by their names. `filter` is a condition on the relation above. */
export async function textLengths(
  ask: (sql: string) => Promise<readonly Row[]>,
  filter: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await ask(`SELECT column_name, text_length FROM ${TEXT_LENGTHS} WHERE ${filter}`);
  return new Map(rows.map(([column, length]) => [String(column), Number(length)]));
}

/**
 * Makes a table anew with another check on one column, or none: DuckDB neither adds nor drops one. Comments go with it.
 *
 * @param table ready SQL; `length` in characters, undefined for the greatest.
 */
export async function resizeText(
  table: string,
  filter: string,
  column: string,
  length: number | undefined,
  performer: Performer,
): Promise<void> {
  const columns = await performer.ask(
    `SELECT column_name, data_type, is_nullable, column_default, comment FROM duckdb_columns() WHERE ${filter} ORDER BY column_index`,
  );
  const lengths = new Map(await textLengths(performer.ask, filter));
  lengths.delete(column);
  if (length !== undefined) lengths.set(column, length);
  const definitions = columns.map(([name, type, isNullable, value]) => {
    const own = lengths.get(String(name));
    return [
      `${quoteIdentifier(String(name))} ${String(type)}`,
      ...(isNullable === true ? [] : ['NOT NULL']),
      ...(value === null || value === undefined ? [] : [`DEFAULT ${String(value)}`]),
      ...(own === undefined ? [] : [textLengthCheck(String(name), own)]),
    ].join(' ');
  });
  const [comment] = await performer.ask(`SELECT comment FROM duckdb_tables() WHERE ${filter}`);
  const identifier = /"(?:[^"]|"")*"$/u.exec(table)?.[0] ?? table;
  const made = `${table.slice(0, -1)}__RESIZED"`;
  await performer.run(`CREATE TABLE ${made} (${definitions.join(', ')})`);
  await performer.run(`INSERT INTO ${made} SELECT * FROM ${table}`);
  await performer.run(`DROP TABLE ${table}`);
  await performer.run(`ALTER TABLE ${made} RENAME TO ${identifier}`);
  if (typeof comment?.[0] === 'string')
    await performer.run(`COMMENT ON TABLE ${table} IS ${sqlText(comment[0])}`);
  for (const [name, , , , text] of columns)
    if (typeof text === 'string')
      await performer.run(
        `COMMENT ON COLUMN ${table}.${quoteIdentifier(String(name))} IS ${sqlText(text)}`,
      );
}
