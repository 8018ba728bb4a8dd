/**
 * DDL that makes and drops: databases, schemas, sequences, functions, relations.
 */
import { quoteIdentifier, type Translation } from '../../sql/index.js';
import { sqlText } from '../duckdb/sandbox.js';
import type { StatementResult } from '../port.js';
import { WarehouseError } from '../warehouse-error.js';
import { status } from './answers.js';
import { hasDatabase, hasSchema, listRelations, listSchemas, placeOf } from './catalog.js';
import { forgetFacts } from './facts.js';
import { factKey } from './grants.js';
import { type FullName, keptDatabase, keptSchema, keptText } from './names.js';
import type { Performer } from './perform.js';
import { isAbsence, isWrongKind } from './absence.js';
import { stageKey } from './stages/stage-store.js';
import { absent } from './relations.js';
import { makeLike } from './table-definition.js';

type Of<K extends Translation['kind']> = Extract<Translation, { readonly kind: K }>;

export async function createDatabase(
  statement: Of<'create_database'>,
  performer: Performer,
): Promise<StatementResult> {
  const { name, orReplace, ifNotExists } = statement;
  await performer.endTransaction();
  const isThere = await hasDatabase(performer.ask, name);
  if (isThere && ifNotExists) return status(`${name} already exists, statement succeeded.`);
  if (isThere && !orReplace) throw taken(name);
  await performer.atomically(async () => {
    if (isThere) await dropDatabaseNow(name, performer);
    await performer.run(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(keptDatabase(name))}`);
    await performer.run(
      `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(keptSchema(name, 'PUBLIC'))}`,
    );
    const [source] = statement.clone ?? [];
    if (source === undefined) return;
    if (!(await hasDatabase(performer.ask, source))) throw missing('Database', source);
    for (const { schema } of await listSchemas(performer.ask, source)) {
      const kept = quoteIdentifier(keptSchema(name, schema));
      await performer.run(`CREATE SCHEMA IF NOT EXISTS ${kept}`);
      await cloneTables({ database: source, schema }, { database: name, schema }, performer);
    }
  });
  performer.session.database = name;
  performer.session.schema = 'PUBLIC';
  return status(`Database ${name} successfully created.`);
}

export async function createSchema(
  statement: Of<'create_schema'>,
  performer: Performer,
): Promise<StatementResult> {
  const { database, schema } = schemaName(statement.name, performer);
  await performer.endTransaction();
  if (!(await hasDatabase(performer.ask, database))) throw missing('Database', database);
  const isThere = await hasSchema(performer.ask, database, schema);
  if (isThere && statement.ifNotExists)
    return status(`${schema} already exists, statement succeeded.`);
  if (isThere && !statement.orReplace) throw taken(schema);
  const kept = quoteIdentifier(keptSchema(database, schema));
  await performer.atomically(async () => {
    if (isThere) {
      await performer.run(`DROP SCHEMA ${kept} CASCADE`);
      await performer.run(forgetFacts(`${keptSchema(database, schema)}.`));
    }
    // Another session may have made it meanwhile.
    await performer.run(`CREATE SCHEMA ${statement.ifNotExists ? 'IF NOT EXISTS ' : ''}${kept}`);
    if (statement.clone !== undefined) {
      const source = schemaName(statement.clone, performer);
      if (!(await hasSchema(performer.ask, source.database, source.schema)))
        throw missing('Schema', `${source.database}.${source.schema}`);
      await cloneTables(source, { database, schema }, performer);
    }
    if (statement.comment !== undefined)
      await performer.run(`COMMENT ON SCHEMA ${kept} IS ${sqlText(statement.comment)}`);
  });
  return status(`Schema ${schema} successfully created.`);
}

/** Copies the tables of a schema; a view would still read the old ones, so it is refused. */
async function cloneTables(
  from: { readonly database: string; readonly schema: string },
  to: { readonly database: string; readonly schema: string },
  performer: Performer,
): Promise<void> {
  for (const { identifier, kind } of await listRelations(performer.ask, from)) {
    if (kind !== 'table')
      throw new WarehouseError(
        'warehouse/unsupported',
        `CLONE of a schema with views (${identifier}) is not supported by the embedded warehouse.`,
      );
    const source = { ...from, identifier };
    await makeLike(
      'CREATE TABLE',
      keptText({ ...to, identifier }),
      { text: keptText(source), filter: placeOf(source, false), withRows: true },
      performer,
    );
  }
}

export async function createSequence(
  statement: Of<'create_sequence'>,
  performer: Performer,
): Promise<StatementResult> {
  const name = performer.session.fullName(statement.name);
  const words = statement.orReplace
    ? 'OR REPLACE SEQUENCE'
    : statement.ifNotExists
      ? 'SEQUENCE IF NOT EXISTS'
      : 'SEQUENCE';
  await performer.endTransaction();
  await performer.atomically(() =>
    performer.run(
      `CREATE ${words} ${keptText(name)} INCREMENT ${statement.step} MINVALUE -9223372036854775808 MAXVALUE 9223372036854775807 START ${statement.start}`,
    ),
  );
  return status(`Sequence ${name.identifier} successfully created.`);
}

/** Makes a function; the sessions know it from then on. */
export async function createFunction(
  statement: Of<'create_function'>,
  performer: Performer,
): Promise<StatementResult> {
  const name = performer.session.fullName(statement.name);
  await performer.endTransaction();
  await performer.atomically(() => performer.run(statement.sql));
  performer.session.shared.functions.add(keptText(name).toUpperCase());
  return status(`Function ${name.identifier} successfully created.`);
}

/** Drops; an object of another kind is an error even with IF EXISTS, as on Snowflake. */
export async function drop(statement: Of<'drop'>, performer: Performer): Promise<StatementResult> {
  const shown = statement.name.at(-1) ?? '';
  const done = status(`${shown} successfully dropped.`);
  const nothing = status('Drop statement executed successfully.');
  switch (statement.object) {
    case 'table':
    case 'view':
      return dropRelation(statement, performer, done, nothing);
    case 'schema': {
      const { database, schema } = schemaName(statement.name, performer);
      await performer.endTransaction();
      if (!(await hasSchema(performer.ask, database, schema))) {
        if (statement.ifExists) return nothing;
        throw missing('Schema', `${database}.${schema}`);
      }
      await performer.atomically(async () => {
        await performer.run(`DROP SCHEMA ${quoteIdentifier(keptSchema(database, schema))} CASCADE`);
        await performer.run(forgetFacts(`${keptSchema(database, schema)}.`));
      });
      return done;
    }
    case 'database': {
      await performer.endTransaction();
      if (!(await hasDatabase(performer.ask, shown))) {
        if (statement.ifExists) return nothing;
        throw missing('Database', shown);
      }
      await performer.atomically(() => dropDatabaseNow(shown, performer));
      return done;
    }
    case 'sequence':
      await performer.endTransaction();
      await performer.run(
        `DROP SEQUENCE ${statement.ifExists ? 'IF EXISTS ' : ''}${keptText(performer.session.fullName(statement.name))}`,
      );
      return done;
    case 'function': {
      const kept = keptText(performer.session.fullName(statement.name));
      const isThere = performer.session.shared.functions.delete(kept.toUpperCase());
      if (!isThere && !statement.ifExists) throw missing('Function', shown);
      await performer.endTransaction();
      if (isThere) await dropMacro(performer.session.fullName(statement.name), performer);
      return isThere ? done : nothing;
    }
    case 'stage':
    case 'file_format': {
      const name = performer.session.fullName(statement.name);
      const { stages: store } = performer.session.shared;
      const key = stageKey(statement.object, name);
      await performer.endTransaction();
      const isThere = (statement.object === 'stage' ? store.stages : store.formats).delete(key);
      if (!isThere && !statement.ifExists)
        throw missing(statement.object === 'stage' ? 'Stage' : 'File format', shown);
      await performer.run(forgetFacts(key));
      return isThere ? done : nothing;
    }
    case 'other':
      if (statement.ifExists) return nothing;
      throw new WarehouseError(
        'warehouse/unsupported',
        `DROP of ${shown}: the embedded warehouse keeps no such object.`,
      );
  }
}

async function dropRelation(
  statement: Of<'drop'>,
  performer: Performer,
  done: StatementResult,
  nothing: StatementResult,
): Promise<StatementResult> {
  const name = performer.session.fullName(statement.name);
  const isTemporary = performer.session.temporaryKind(name) !== undefined;
  if (!isTemporary) await performer.endTransaction();
  const { text } = performer.session.resolve(statement.name);
  const dropAs = async (kind: 'TABLE' | 'VIEW'): Promise<void> =>
    performer.atomically(async () => {
      await performer.run(`DROP ${kind} ${text}`);
      if (!isTemporary) await performer.run(forgetFacts(factKey(name)));
    });
  const wanted = statement.object === 'view' ? 'VIEW' : 'TABLE';
  try {
    await dropAs(wanted);
  } catch (error) {
    if (isAbsence(error)) {
      if (statement.ifExists) return nothing;
      throw absent(statement.name, performer);
    }
    if (!isWrongKind(error)) throw error;
    const other = wanted === 'VIEW' ? 'TABLE' : 'VIEW';
    // A dynamic table is kept as a view, and dropped as a table.
    if (!(await isDynamic(factKey(name), performer)))
      throw new WarehouseError(
        'warehouse/wrong-kind',
        `001003 (42000): SQL compilation error:\nObject found is of type '${other}' not specified type '${wanted}'.`,
      );
    await dropAs(other);
  }
  if (isTemporary) performer.session.removeTemporary(name);
  return done;
}

async function isDynamic(key: string, performer: Performer): Promise<boolean> {
  const rows = await performer.ask(
    `SELECT 1 FROM main."__FACTS" WHERE object = ${sqlText(key)} AND fact = 'dynamic'`,
  );
  return rows.length > 0;
}

/** A function of values or of tables: DuckDB wants to be told which. */
async function dropMacro(name: FullName, performer: Performer): Promise<void> {
  const { database, schema, identifier } = name;
  const kinds = await performer.ask(
    `SELECT DISTINCT function_type FROM duckdb_functions() WHERE NOT internal AND schema_name = ${sqlText(keptSchema(database, schema))} AND function_name = ${sqlText(identifier)}`,
  );
  for (const [kind] of kinds)
    await performer.run(`DROP MACRO${kind === 'table_macro' ? ' TABLE' : ''} ${keptText(name)}`);
}

async function dropDatabaseNow(name: string, performer: Performer): Promise<void> {
  for (const { schema } of await listSchemas(performer.ask, name)) {
    await performer.run(`DROP SCHEMA ${quoteIdentifier(keptSchema(name, schema))} CASCADE`);
    await performer.run(forgetFacts(`${keptSchema(name, schema)}.`));
  }
  await performer.run(`DROP SCHEMA IF EXISTS ${quoteIdentifier(keptDatabase(name))} CASCADE`);
}

/** `db.schema`, or `schema` in the session's database. */
export function schemaName(
  parts: readonly string[],
  performer: Performer,
): { readonly database: string; readonly schema: string } {
  const { database, schema } = performer.session.fullName([...parts, '']);
  return { database, schema };
}

function missing(kind: string, name: string): WarehouseError {
  return new WarehouseError(
    'warehouse/absent',
    `002003 (02000): SQL compilation error:\n${kind} '${name}' does not exist or not authorized.`,
  );
}

function taken(name: string): WarehouseError {
  return new WarehouseError(
    'warehouse/exists',
    `002002 (42710): SQL compilation error:\nObject '${name}' already exists.`,
  );
}
