/**
 * DDL that must ask the catalog first: schemas and databases, drops, renames, swaps, changes of columns, comments.
 */
import { quoteIdentifier, type TableChange, type Translation } from '../../sql/index.js';
import { sqlText } from '../duckdb/sandbox.js';
import type { StatementResult } from '../port.js';
import { WarehouseError } from '../warehouse-error.js';
import { status } from './answers.js';
import { hasDatabase, hasSchema, listSchemas } from './catalog.js';
import { NOW, forgetFacts, moveFacts, stateFact } from './facts.js';
import { factKey } from './grants.js';
import { keptDatabase, keptSchema, keptText } from './names.js';
import type { Performer } from './perform.js';
import { absent, findRelation, noteVariants } from './write.js';

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
    if (statement.comment !== undefined)
      await performer.run(`COMMENT ON SCHEMA ${kept} IS ${sqlText(statement.comment)}`);
  });
  return status(`Schema ${schema} successfully created.`);
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
      `CREATE ${words} ${keptText(name)} START ${statement.start} INCREMENT ${statement.step}`,
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
      if (isThere) await performer.run(`DROP MACRO IF EXISTS ${kept}`);
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
  const found = await findRelation(statement.name, performer);
  if (found === undefined) {
    if (statement.ifExists) return nothing;
    throw absent(statement.name, performer);
  }
  const [facts] = isTemporary
    ? []
    : await performer.ask(
        `SELECT 1 FROM main."__FACTS" WHERE object = ${sqlText(factKey(name))} AND fact = 'dynamic'`,
      );
  const wanted = statement.object === 'view' ? 'VIEW' : 'TABLE';
  if (found.kind !== wanted && facts === undefined)
    throw new WarehouseError(
      'warehouse/wrong-kind',
      `001003 (42000): SQL compilation error:\nObject found is of type '${found.kind}' not specified type '${wanted}'.`,
    );
  await performer.atomically(async () => {
    await performer.run(`DROP ${found.kind} ${found.text}`);
    if (!isTemporary) await performer.run(forgetFacts(factKey(name)));
  });
  if (isTemporary) performer.session.removeTemporary(name);
  return done;
}

async function dropDatabaseNow(name: string, performer: Performer): Promise<void> {
  for (const { schema } of await listSchemas(performer.ask, name)) {
    await performer.run(`DROP SCHEMA ${quoteIdentifier(keptSchema(name, schema))} CASCADE`);
    await performer.run(forgetFacts(`${keptSchema(name, schema)}.`));
  }
  await performer.run(`DROP SCHEMA IF EXISTS ${quoteIdentifier(keptDatabase(name))} CASCADE`);
}

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
  const found = await findRelation(statement.name, performer);
  if (found === undefined) {
    if (statement.ifExists) return status('Statement executed successfully.');
    throw absent(statement.name, performer);
  }
  const from = performer.session.fullName(statement.name);
  const to = performer.session.fullName(statement.to);
  await performer.atomically(async () => {
    if (
      keptSchema(from.database, from.schema).toUpperCase() ===
      keptSchema(to.database, to.schema).toUpperCase()
    )
      await performer.run(
        `ALTER ${found.kind} ${found.text} RENAME TO ${quoteIdentifier(to.identifier)}`,
      );
    else if (found.kind === 'TABLE') {
      await performer.run(`CREATE TABLE ${keptText(to)} AS SELECT * FROM ${found.text}`);
      await performer.run(`DROP TABLE ${found.text}`);
    } else
      throw new WarehouseError(
        'warehouse/unsupported',
        'A view cannot be moved to another schema on the embedded warehouse.',
      );
    await performer.run(moveFacts(factKey(from), factKey(to)));
  });
  return status('Statement executed successfully.');
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
  return status('Statement executed successfully.');
}

/** Changes of a table's columns, comments and cluster key, one after another in one transaction. */
export async function alter(
  statement: Of<'alter'>,
  performer: Performer,
): Promise<StatementResult> {
  const { session } = performer;
  const name = session.fullName(statement.name);
  if (session.temporaryKind(name) === undefined) await performer.endTransaction();
  const found = await findRelation(statement.name, performer);
  if (found === undefined) {
    if (statement.ifExists) return status('Statement executed successfully.');
    throw absent(statement.name, performer);
  }
  // One by one: DuckDB cannot alter a table twice in a transaction that has also changed its type.
  for (const change of statement.changes)
    await performer.atomically(() => applyChange(change, found, factKey(name), performer));
  await noteVariants(statement.name, performer);
  return status('Statement executed successfully.');
}

async function applyChange(
  change: TableChange,
  found: { readonly text: string; readonly kind: string },
  key: string,
  performer: Performer,
): Promise<void> {
  switch (change.kind) {
    case 'sql':
      await performer.run(change.sql);
      break;
    case 'add_column': {
      const column = quoteIdentifier(change.column);
      const words = change.ifNotExists ? 'ADD COLUMN IF NOT EXISTS' : 'ADD COLUMN';
      await performer.run(
        `ALTER TABLE ${found.text} ${words} ${column} ${[change.type, ...change.extras].join(' ')}`,
      );
      if (change.isRequired)
        await performer.run(`ALTER TABLE ${found.text} ALTER ${column} SET NOT NULL`);
      break;
    }
    case 'cluster_by':
      for (const sql of stateFact(key, 'cluster_by', sqlText(change.expressions)))
        await performer.run(sql);
      break;
    case 'comment':
      await performer.run(
        commentText(
          change.column === undefined
            ? `${found.kind} ${found.text}`
            : `COLUMN ${found.text}.${quoteIdentifier(change.column)}`,
          change.text,
        ),
      );
      break;
    case 'nothing':
      return;
  }
  if (change.kind === 'sql' || change.kind === 'add_column')
    for (const sql of stateFact(key, 'altered', NOW)) await performer.run(sql);
}

function commentText(target: string, text: string): string {
  return `COMMENT ON ${target} IS ${text === '' ? 'NULL' : sqlText(text)}`;
}

/** COMMENT ON; a comment on what is not kept here is accepted. */
export async function comment(
  statement: Of<'comment'>,
  performer: Performer,
): Promise<StatementResult> {
  const done = status('Statement executed successfully.');
  await performer.endTransaction();
  if (statement.object === 'SCHEMA') {
    const { database, schema } = schemaName(statement.name, performer);
    await performer.atomically(() =>
      performer.run(
        commentText(`SCHEMA ${quoteIdentifier(keptSchema(database, schema))}`, statement.text),
      ),
    );
    return done;
  }
  if (!['TABLE', 'VIEW', 'COLUMN'].includes(statement.object)) return done;
  const found = await findRelation(statement.name, performer);
  if (found === undefined) {
    if (statement.ifExists) return done;
    throw absent(statement.name, performer);
  }
  const target =
    statement.column === undefined
      ? `${found.kind} ${found.text}`
      : `COLUMN ${found.text}.${quoteIdentifier(statement.column)}`;
  await performer.atomically(() => performer.run(commentText(target, statement.text)));
  return done;
}

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
  await performer.atomically(async () => {
    for (const sql of stateFact(key, 'dynamic', sqlText(value))) await performer.run(sql);
  });
  return status('Statement executed successfully.');
}

/** `db.schema`, or `schema` in the session's database. */
function schemaName(
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
