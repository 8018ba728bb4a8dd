/**
 * DDL that changes what is there: names, columns, comments, cluster keys.
 */
import { quoteIdentifier, type TableChange, type Translation } from '../../sql/index.js';
import { sqlText } from '../duckdb/sandbox.js';
import type { StatementResult } from '../port.js';
import { WarehouseError } from '../warehouse-error.js';
import { status } from './answers.js';
import { schemaName } from './define.js';
import { NOW, moveFacts, stateFact } from './facts.js';
import { factKey } from './grants.js';
import { keptSchema, keptText } from './names.js';
import type { Performer } from './perform.js';
import { isAbsence, isWrongKind } from './absence.js';
import { absent, isThere, noteVariants } from './relations.js';
import { placeOf } from './catalog.js';
import { makeLike, resizeText, textLengths } from './table-definition.js';

type Of<K extends Translation['kind']> = Extract<Translation, { readonly kind: K }>;

const DONE = status('Statement executed successfully.');

/** Renames a relation, also into another schema: DuckDB cannot move, so a table is then copied and a view refused. */
export async function rename(
  statement: Of<'rename'>,
  performer: Performer,
): Promise<StatementResult> {
  if (statement.object === 'schema' || statement.object === 'database')
    throw new WarehouseError(
      'warehouse/unsupported',
      `ALTER ${statement.object.toUpperCase()} … RENAME is not supported by the embedded warehouse.`,
    );
  await performer.endTransaction();
  const from = performer.session.fullName(statement.name);
  const to = performer.session.fullName(statement.to);
  const isMove =
    keptSchema(from.database, from.schema).toUpperCase() !==
    keptSchema(to.database, to.schema).toUpperCase();
  if (performer.session.hasColumnComments(from)) performer.session.noteColumnComments(to);
  const renameAs = async (kind: 'TABLE' | 'VIEW'): Promise<void> =>
    performer.atomically(async () => {
      if (isMove) {
        const source = { text: keptText(from), filter: placeOf(from, false), withRows: true };
        // What is no table is not made, and the DROP says so.
        await makeLike('CREATE TABLE', keptText(to), source, performer);
        await performer.run(`DROP TABLE ${keptText(from)}`);
      } else
        await performer.run(
          `ALTER ${kind} ${keptText(from)} RENAME TO ${quoteIdentifier(to.identifier)}`,
        );
      await performer.run(moveFacts(factKey(from), factKey(to)));
    });
  try {
    await renameAs('TABLE');
  } catch (error) {
    if (isAbsence(error)) {
      if (statement.ifExists) return DONE;
      throw absent(statement.name, performer);
    }
    if (!isWrongKind(error)) throw error;
    if (isMove)
      throw new WarehouseError(
        'warehouse/unsupported',
        'A view cannot be moved to another schema on the embedded warehouse.',
      );
    await renameAs('VIEW');
  }
  return DONE;
}

/** Exchanges the contents of two tables: three renames in one transaction. */
export async function swap(statement: Of<'swap'>, performer: Performer): Promise<StatementResult> {
  await performer.endTransaction();
  const one = performer.session.fullName(statement.name);
  const other = performer.session.fullName(statement.other);
  if (keptSchema(one.database, one.schema) !== keptSchema(other.database, other.schema))
    throw new WarehouseError(
      'warehouse/unsupported',
      'SWAP WITH a table of another schema is not supported by the embedded warehouse.',
    );
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const)
    if (performer.session.hasColumnComments(from)) performer.session.noteColumnComments(to);
  const held = { ...one, identifier: '__SWAP' };
  await performer.atomically(async () => {
    for (const [from, to] of [
      [one, held],
      [other, one],
      [held, other],
    ] as const) {
      await performer.run(
        `ALTER TABLE ${keptText(from)} RENAME TO ${quoteIdentifier(to.identifier)}`,
      );
      await performer.run(moveFacts(factKey(from), factKey(to)));
    }
  });
  return DONE;
}

/** Changes of a table's columns, comments and cluster key. */
export async function alter(
  statement: Of<'alter'>,
  performer: Performer,
): Promise<StatementResult> {
  const { session } = performer;
  const name = session.fullName(statement.name);
  const { changes } = statement;
  if (session.temporaryKind(name) === undefined) await performer.endTransaction();
  if (!(await isThere(statement.name, performer))) {
    if (statement.ifExists) return DONE;
    throw absent(statement.name, performer);
  }
  const { text } = session.resolve(statement.name);
  const place = placeOf(name, session.temporaryKind(name) !== undefined);
  const apply = async (change: TableChange): Promise<void> =>
    applyChange(change, { text, place, key: factKey(name) }, performer);
  if (changes.every(({ kind }) => kind === 'comment'))
    await performer.atomically(async () => {
      for (const change of changes) await apply(change);
    });
  // One by one: DuckDB does not alter a table twice in a transaction that has changed a column's type.
  else for (const change of changes) await performer.atomically(async () => apply(change));
  if (changes.some((change) => change.kind === 'comment' && change.column !== undefined))
    session.noteColumnComments(name);
  if (changes.some(({ kind }) => kind !== 'comment' && kind !== 'nothing'))
    await noteVariants(statement.name, performer);
  return DONE;
}

interface Altered {
  /** Ready SQL. */
  readonly text: string;
  /** The condition that picks it from DuckDB's lists. */
  readonly place: string;
  readonly key: string;
}

async function applyChange(
  change: TableChange,
  { text: table, place, key }: Altered,
  performer: Performer,
): Promise<void> {
  switch (change.kind) {
    case 'sql':
      await performer.run(`${change.sql}; ${stateFact(key, 'altered', NOW)}`);
      break;
    case 'set_type': {
      const { column, type, length } = change;
      const { lengths } = performer.session.shared;
      const known = lengths.areUsed ? await textLengths(performer.ask, place) : new Map();
      if (known.get(column) !== length) {
        lengths.areUsed = true;
        await resizeText(table, place, column, length, performer);
      }
      if (length === undefined)
        await performer.run(
          `ALTER TABLE ${table} ALTER ${quoteIdentifier(column)} SET DATA TYPE ${type}`,
        );
      await performer.run(stateFact(key, 'altered', NOW));
      break;
    }
    case 'add_column': {
      const column = quoteIdentifier(change.column);
      const words = change.ifNotExists ? 'ADD COLUMN IF NOT EXISTS' : 'ADD COLUMN';
      await performer.run(
        `ALTER TABLE ${table} ${words} ${column} ${[change.type, ...change.extras].join(' ')}`,
      );
      if (change.length !== undefined) {
        performer.session.shared.lengths.areUsed = true;
        await resizeText(table, place, change.column, change.length, performer);
      }
      if (change.isRequired)
        await performer.run(`ALTER TABLE ${table} ALTER ${column} SET NOT NULL`);
      await performer.run(stateFact(key, 'altered', NOW));
      break;
    }
    case 'cluster_by':
      await performer.run(stateFact(key, 'cluster_by', sqlText(change.expressions)));
      break;
    case 'comment':
      await performer.run(commentText(commentTarget(table, change.column), change.text));
      break;
    case 'nothing':
      break;
  }
}

/** DuckDB takes COMMENT ON TABLE for views as well. */
function commentTarget(table: string, column: string | undefined): string {
  return column === undefined ? `TABLE ${table}` : `COLUMN ${table}.${quoteIdentifier(column)}`;
}

function commentText(target: string, text: string): string {
  return `COMMENT ON ${target} IS ${text === '' ? 'NULL' : sqlText(text)}`;
}

/** COMMENT ON; a comment on what is not kept here is accepted. */
export async function comment(
  statement: Of<'comment'>,
  performer: Performer,
): Promise<StatementResult> {
  await performer.endTransaction();
  if (statement.object === 'SCHEMA') {
    const { database, schema } = schemaName(statement.name, performer);
    const target = `SCHEMA ${quoteIdentifier(keptSchema(database, schema))}`;
    await performer.atomically(() => performer.run(commentText(target, statement.text)));
    return DONE;
  }
  if (!['TABLE', 'VIEW', 'COLUMN'].includes(statement.object)) return DONE;
  const { text } = performer.session.resolve(statement.name);
  const sql = commentText(commentTarget(text, statement.column), statement.text);
  if (statement.column !== undefined)
    performer.session.noteColumnComments(performer.session.fullName(statement.name));
  try {
    await performer.atomically(() => performer.run(sql));
  } catch (error) {
    if (!isAbsence(error)) throw error;
    if (!statement.ifExists) throw absent(statement.name, performer);
  }
  return DONE;
}

/** Changes how a dynamic table is declared. */
export async function alterDynamic(
  statement: Of<'alter_dynamic'>,
  performer: Performer,
): Promise<StatementResult> {
  const key = factKey(performer.session.fullName(statement.name));
  await performer.endTransaction();
  const [row] = await performer.ask(
    `SELECT value FROM main."__FACTS" WHERE lower(object) = lower(${sqlText(key)}) AND fact = 'dynamic'`,
  );
  if (row === undefined) throw absent(statement.name, performer);
  const before: unknown = JSON.parse(String(row[0]));
  const value = JSON.stringify({ ...(typeof before === 'object' ? before : {}), ...statement.set });
  await performer.atomically(() => performer.run(stateFact(key, 'dynamic', sqlText(value))));
  return DONE;
}
