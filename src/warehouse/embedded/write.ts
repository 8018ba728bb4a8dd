/**
 * Statements that change rows or make relations.
 */
import { quoteIdentifier, toArray, type Translation } from '../../sql/index.js';
import type { Cell, StatementResult } from '../port.js';
import { WarehouseError } from '../warehouse-error.js';
import { type Changes, changed, status } from './answers.js';
import { NOW, newFacts, stateFact } from './facts.js';
import { factKey } from './grants.js';
import { keptText, temporaryIdentifier, temporaryText } from './names.js';
import { isThere, noteVariants } from './relations.js';
import { placeOf } from './catalog.js';
import { makeLike, makesLength } from './table-definition.js';
import type { Performer } from './perform.js';
import { sqlText } from '../duckdb/sandbox.js';

type Dml = Extract<Translation, { readonly kind: 'dml' }>;
type Create = Extract<Translation, { readonly kind: 'create' }>;

/** Runs DML and answers with its counts. A merge that hits a row twice is refused before anything is written. */
export async function performDml(
  statement: Dml,
  bindings: readonly Cell[] | undefined,
  performer: Performer,
): Promise<StatementResult> {
  const { session } = performer;
  const name = session.fullName(statement.target);
  const isTemporary = session.temporaryKind(name) !== undefined;
  const changes = await performer.atomically(async () => {
    const { guard } = statement;
    if (guard !== undefined) {
      const { rows } = await performer.run(guard.sql, { maxRows: 1 });
      if (rows.length > 0)
        throw new WarehouseError('warehouse/duplicate-row', guard.message, {
          hint: 'Make the source unique on the key that the merge matches by.',
        });
    }
    for (const sql of statement.before) await performer.run(sql, { keepsLines: true });
    const counts = await runCounted(statement, bindings, performer);
    for (const sql of statement.after) await performer.run(sql);
    if (!isTemporary && !session.isInTransaction)
      await performer.run(stateFact(factKey(name), 'altered', NOW));
    return counts;
  });
  return changed(statement.verb, statement.changes, changes);
}

async function runCounted(
  statement: Dml,
  bindings: readonly Cell[] | undefined,
  performer: Performer,
): Promise<Changes> {
  const counts = { inserted: 0, updated: 0, deleted: 0 };
  const [only, ...others] = statement.changes;
  if (others.length === 0 && only !== undefined) {
    const sent = inBulk(statement, bindings) ?? {
      sql: await fitted(statement, performer),
      bindings,
    };
    const { rowsChanged } = await performer.run(sent.sql, {
      keepsLines: true,
      ...(sent.bindings === undefined ? {} : { bindings: sent.bindings }),
    });
    counts[only] = rowsChanged;
    return counts;
  }
  // One word a changed row: counted as they pass, never kept.
  await performer.read(`${statement.sql} RETURNING merge_action`, bindings, (rows) => {
    for (const [action] of rows) {
      if (action === 'INSERT') counts.inserted += 1;
      else if (action === 'UPDATE') counts.updated += 1;
      else counts.deleted += 1;
    }
  });
  return counts;
}

/** The insert of a query with its values fitted to ARRAY columns, where Snowflake wraps what is no array. */
async function fitted({ sql, source }: Dml, performer: Performer): Promise<string> {
  if (source === undefined || performer.session.shared.variantColumns.size === 0) return sql;
  const rows = await performer.ask(`DESCRIBE ${source.target}`);
  const types = new Map(rows.map(([name, type]) => [quoteIdentifier(String(name)), String(type)]));
  const columns = source.columns ?? [...types.keys()];
  if (!columns.some((column) => types.get(column) === 'VARIANT[]')) return sql;
  const names = columns.map((_, index) => `"__C${index}"`);
  const values = columns.map((column, index) => {
    const value = names[index] ?? '';
    return types.get(column) === 'VARIANT[]' ? toArray(value) : value;
  });
  return `${source.insert} SELECT ${values.join(', ')} FROM (${source.query}) AS "__S"(${names.join(', ')})`;
}

/** Rows above which placeholders are sent as one JSON text: DuckDB binds thousands of them one by one. */
const BULK_ROWS = 20;

/** A seed's insert as one value. Cells travel as text and are cast by the insert, so that decimals keep their digits. */
function inBulk(
  { rows }: Dml,
  bindings: readonly Cell[] | undefined,
): { readonly sql: string; readonly bindings: readonly Cell[] } | undefined {
  if (rows === undefined || bindings === undefined) return undefined;
  const { insert, width } = rows;
  const count = bindings.length / width;
  if (count < BULK_ROWS || !Number.isInteger(count)) return undefined;
  const lines: string[] = [];
  for (let at = 0; at < bindings.length; at += width)
    lines.push(
      `[${bindings
        .slice(at, at + width)
        .map((cell) => cellJson(cell))
        .join(',')}]`,
    );
  const cells = Array.from({ length: width }, (_, index) => `r ->> '$[${index}]'`).join(', ');
  return {
    sql: `${insert} SELECT ${cells} FROM (SELECT unnest(CAST($1 AS JSON[])) AS r)`,
    bindings: [`[${lines.join(',')}]`],
  };
}

function cellJson(cell: Cell): string {
  return cell === null ? 'null' : JSON.stringify(String(cell));
}

/** Makes a table or view, with its comments and constraints, in one step. */
export async function performCreate(
  statement: Create,
  bindings: readonly Cell[] | undefined,
  performer: Performer,
): Promise<StatementResult> {
  const { session } = performer;
  const name = session.fullName(statement.name);
  const label = statement.object === 'view' && statement.dynamic === undefined ? 'View' : 'Table';
  if (!statement.isTemporary) await performer.endTransaction();
  if (statement.ifNotExists && (await exists(statement, performer)))
    return status(`${name.identifier} already exists, statement succeeded.`);
  if (
    statement.orReplace &&
    statement.isTemporary &&
    session.temporaryKind(name) === 'view' &&
    statement.object === 'table'
  )
    await performer.run(`DROP VIEW IF EXISTS ${session.resolve(statement.name).text}`);
  await performer.atomically(async () => {
    for (const sql of statement.before) await performer.run(sql);
    if (!(await copied(statement, performer)))
      await performer.run(statement.sql, {
        keepsLines: true,
        ...(bindings === undefined ? {} : { bindings }),
      });
    if (statement.replaces !== undefined) await takePlace(statement.replaces, statement, performer);
    for (const sql of statement.after) await performer.run(sql);
    if (!statement.isTemporary) await performer.run(factsOf(statement, factKey(name)));
  });
  if (statement.isTemporary) session.addTemporary(name, statement.object);
  if (
    statement.after.some((sql) => sql.startsWith('COMMENT ON COLUMN')) ||
    statement.copyOf !== undefined
  )
    session.noteColumnComments(name);
  // A dropped table's length does no harm: it is only looked for in vain.
  if (statement.before.some((sql) => makesLength(sql)) || makesLength(statement.sql))
    session.shared.lengths.areUsed = true;
  await noteVariants(statement.name, performer);
  return status(`${label} ${name.identifier} successfully created.`);
}

/** Makes the table of a LIKE or CLONE; false for any other statement, and for a source that is no table. */
async function copied(statement: Create, performer: Performer): Promise<boolean> {
  const { copyOf, isTemporary, orReplace } = statement;
  if (copyOf === undefined) return false;
  const { session } = performer;
  const source = session.fullName(copyOf.source);
  const name = session.fullName(statement.name);
  const words = `CREATE ${orReplace ? 'OR REPLACE ' : ''}${isTemporary ? 'TEMPORARY ' : ''}TABLE`;
  return makeLike(
    words,
    isTemporary ? temporaryText(name) : keptText(name),
    {
      text: session.resolve(copyOf.source).text,
      filter: placeOf(source, session.temporaryKind(source) !== undefined),
      withRows: copyOf.withRows,
    },
    performer,
  );
}

async function takePlace(made: string, statement: Create, performer: Performer): Promise<void> {
  const { session } = performer;
  const name = session.fullName(statement.name);
  const target = statement.isTemporary ? temporaryText(name) : keptText(name);
  const identifier = statement.isTemporary ? temporaryIdentifier(name) : name.identifier;
  await performer.run(`DROP TABLE IF EXISTS ${target}`);
  await performer.run(`ALTER TABLE ${made} RENAME TO ${quoteIdentifier(identifier)}`);
}

async function exists(statement: Create, performer: Performer): Promise<boolean> {
  const name = performer.session.fullName(statement.name);
  if (statement.isTemporary) return performer.session.temporaryKind(name) !== undefined;
  return isThere(statement.name, performer);
}

function factsOf(statement: Create, key: string): string {
  const { clusterBy, isTransient, dynamic } = statement;
  return newFacts(key, [
    ['created', NOW],
    ...(clusterBy === undefined ? [] : [['cluster_by', sqlText(clusterBy)] as const]),
    ...(isTransient ? [['transient', "'yes'"] as const] : []),
    ...(dynamic === undefined ? [] : [['dynamic', sqlText(JSON.stringify(dynamic))] as const]),
  ]);
}
