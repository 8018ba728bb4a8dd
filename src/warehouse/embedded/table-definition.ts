/**
 * What a table's columns are declared as, read from DuckDB's catalog: for tables that are made like another, or anew with one
 * thing changed.
 *
 * The length of a VARCHAR(n) is a check of the column, which DuckDB holds wherever a row is written.
 */
import { quoteIdentifier, textLengthCheck } from '../../sql/index.js';
import { sqlText } from '../duckdb/sandbox.js';
import type { Row } from '../port.js';
import type { Performer } from './perform.js';

/** Part of every check of a length, and of none other. */
const MARK = 'is too long and would be truncated';

/** Columns with a length, as a relation: SCHEMA_NAME, TABLE_NAME, DATABASE_NAME, COLUMN_NAME and TEXT_LENGTH. */
export const TEXT_LENGTHS: string = `(SELECT database_name, schema_name, table_name, constraint_column_names[1] AS column_name, CAST(regexp_extract(constraint_text, '\\) > ([0-9]+)\\)', 1) AS BIGINT) AS text_length FROM duckdb_constraints() WHERE constraint_type = 'CHECK' AND contains(constraint_text, '${MARK}'))`;

/** True for SQL that makes a column with a length. */
export function makesLength(sql: string): boolean {
  return sql.includes(MARK);
}

/** Lengths of a relation's columns, by their names. `filter` is a condition on the relation above. */
export async function textLengths(
  ask: (sql: string) => Promise<readonly Row[]>,
  filter: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await ask(`SELECT column_name, text_length FROM ${TEXT_LENGTHS} WHERE ${filter}`);
  return new Map(rows.map(([column, length]) => [String(column), Number(length)]));
}

interface TableDefinition {
  /** Columns with types, NOT NULL, defaults and checks, as the inside of a CREATE TABLE. */
  readonly columns: string;
  /** COMMENT statements that give a table of that name the same comments. */
  readonly comments: (table: string) => readonly string[];
}

/** The definition of a table that `filter` picks; `change` alters the lengths of its texts. Undefined if it is no table. */
async function readDefinition(
  filter: string,
  performer: Performer,
  change: (lengths: Map<string, number>) => void,
): Promise<TableDefinition | undefined> {
  const [table] = await performer.ask(`SELECT comment FROM duckdb_tables() WHERE ${filter}`);
  if (table === undefined) return undefined;
  const columns = await performer.ask(
    `SELECT column_name, data_type, is_nullable, column_default, comment FROM duckdb_columns() WHERE ${filter} ORDER BY column_index`,
  );
  const lengths = new Map(await textLengths(performer.ask, filter));
  change(lengths);
  const definitions = columns.map(([column, type, isNullable, value]) => {
    const name = String(column);
    const length = lengths.get(name);
    return [
      `${quoteIdentifier(name)} ${String(type)}`,
      ...(isNullable === true ? [] : ['NOT NULL']),
      ...(typeof value === 'string' ? [`DEFAULT ${value}`] : []),
      ...(length === undefined ? [] : [textLengthCheck(name, length)]),
    ].join(' ');
  });
  const texts: readonly Row[] = [
    ['TABLE ', table[0] ?? null],
    ...columns.map(([name, , , , text]): Row => [
      `COLUMN .${quoteIdentifier(String(name))}`,
      text ?? null,
    ]),
  ];
  return {
    columns: definitions.join(', '),
    comments: (target) =>
      texts.flatMap(([what, text]) =>
        typeof text === 'string'
          ? [`COMMENT ON ${String(what).replace(' ', ` ${target}`)} IS ${sqlText(text)}`]
          : [],
      ),
  };
}

/**
 * Makes a table like another, with what its columns are declared as.
 *
 * @param words of the statement, up to the name; `filter` picks the source.
 * @returns false if the source is no table, and nothing was made.
 */
export async function makeLike(
  words: string,
  target: string,
  source: { readonly text: string; readonly filter: string; readonly withRows: boolean },
  performer: Performer,
): Promise<boolean> {
  const definition = await readDefinition(source.filter, performer, () => {});
  if (definition === undefined) return false;
  await performer.run(`${words} ${target} (${definition.columns})`);
  if (source.withRows) await performer.run(`INSERT INTO ${target} SELECT * FROM ${source.text}`);
  for (const sql of definition.comments(target)) await performer.run(sql);
  return true;
}

/**
 * Makes a table anew with another length of one column, or none: DuckDB neither adds nor drops a check.
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
  const definition = await readDefinition(filter, performer, (lengths) => {
    if (length === undefined) lengths.delete(column);
    else lengths.set(column, length);
  });
  if (definition === undefined) return;
  const identifier = /"(?:[^"]|"")*"$/u.exec(table)?.[0] ?? table;
  const made = `${table.slice(0, -1)}__RESIZED"`;
  await performer.run(`CREATE TABLE ${made} (${definition.columns})`);
  await performer.run(`INSERT INTO ${made} SELECT * FROM ${table}`);
  await performer.run(`DROP TABLE ${table}`);
  await performer.run(`ALTER TABLE ${made} RENAME TO ${identifier}`);
  for (const sql of definition.comments(table)) await performer.run(sql);
}
