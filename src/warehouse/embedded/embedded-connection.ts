/**
 * One session of the embedded warehouse: takes Snowflake SQL, answers as Snowflake does.
 */
import { assertNever } from '../../base/index.js';
import { snowflakeTypeName, translate, type Translation } from '../../sql/index.js';
import type { RunResult, StatementRunner } from '../duckdb/statement-runner.js';
import type {
  Cell,
  Connection,
  ResultColumn,
  ResultPage,
  Row,
  StatementOptions,
  StatementResult,
} from '../port.js';
import { WarehouseError } from '../warehouse-error.js';
import { status } from './answers.js';
import { hasDatabase, hasSchema, snowflakeKind } from './catalog.js';
import { createDatabase, createFunction, createSchema, createSequence, drop } from './define.js';
import { alter, alterDynamic, comment, rename, swap } from './alter-relation.js';
import { embeddedError } from './embedded-error.js';
import { NOW, stateFact } from './facts.js';
import { factKey, grantStatements } from './grants.js';
import { Performer } from './perform.js';
import type { Session } from './session.js';
import { answerDescribe } from './describe.js';
import { answerShow } from './show.js';
import { sqlText } from '../duckdb/sandbox.js';
import { isThere } from './relations.js';
import { copyLoad, copyUnload } from './stages/copy.js';
import {
  createStage,
  getFiles,
  listFiles,
  putFiles,
  removeFiles,
} from './stages/stage-statements.js';
import { performCreate, performDml } from './write.js';

export class EmbeddedConnection implements Connection {
  readonly #runner: StatementRunner;
  readonly #session: Session;

  constructor(runner: StatementRunner, session: Session) {
    this.#runner = runner;
    this.#session = session;
  }

  async execute(sql: string, options: StatementOptions): Promise<StatementResult> {
    return this.#runner.exclusive(async () => {
      const performer = new Performer(this.#runner, this.#session, options.signal);
      return perform(this.#translate(sql), options, performer);
    });
  }

  async *stream(
    sql: string,
    options: { readonly signal: AbortSignal; readonly pageRows: number },
  ): AsyncGenerator<ResultPage> {
    const translation = this.#translate(sql);
    if (translation.kind !== 'query') {
      const { columns, rows } = await this.execute(sql, options);
      yield { columns, rows };
      return;
    }
    try {
      for await (const page of this.#runner.stream(translation.sql, options))
        yield snowflakePage(page);
    } catch (error) {
      throw embeddedError(error, translation.sql, true);
    }
  }

  async close(): Promise<void> {
    await this.#runner.close();
  }

  #translate(sql: string): Translation {
    try {
      return translate(sql, this.#session.translateOptions());
    } catch (error) {
      throw embeddedError(error, sql, true);
    }
  }
}

async function perform(
  statement: Translation,
  options: StatementOptions,
  performer: Performer,
): Promise<StatementResult> {
  const { session } = performer;
  switch (statement.kind) {
    case 'query':
      return query(statement.sql, options, performer);
    case 'dml':
      return performDml(statement, options.bindings, performer);
    case 'create':
      return performCreate(statement, options.bindings, performer);
    case 'create_database':
      return createDatabase(statement, performer);
    case 'create_schema':
      return createSchema(statement, performer);
    case 'create_function':
      return createFunction(statement, performer);
    case 'create_stage':
    case 'create_file_format':
      return createStage(statement, performer);
    case 'files':
      return statement.verb === 'list'
        ? listFiles(statement, performer)
        : removeFiles(statement, performer);
    case 'transfer':
      return statement.verb === 'put'
        ? putFiles(statement, performer)
        : getFiles(statement, performer);
    case 'copy_load':
      return copyLoad(statement, performer);
    case 'copy_unload':
      return copyUnload(statement, performer);
    case 'create_sequence':
      return createSequence(statement, performer);
    case 'drop':
      return drop(statement, performer);
    case 'truncate':
      return truncate(statement, performer);
    case 'rename':
      return rename(statement, performer);
    case 'swap':
      return swap(statement, performer);
    case 'alter':
      return alter(statement, performer);
    case 'alter_dynamic':
      return alterDynamic(statement, performer);
    case 'comment':
      return comment(statement, performer);
    case 'use':
      return changePlace(statement, performer);
    case 'set_parameters':
      return setParameters(statement, performer);
    case 'set_variables':
      return setVariables(statement, performer);
    case 'transaction':
      await (statement.verb === 'begin'
        ? performer.begin()
        : statement.verb === 'commit'
          ? performer.commit()
          : performer.rollback());
      return status('Statement executed successfully.');
    case 'show':
      return answerShow(statement.request, session, performer.ask);
    case 'describe':
      return answerDescribe(statement.object, statement.name, session, performer.ask);
    case 'grant':
      await performer.endTransaction();
      await performer.atomically(async () => {
        for (const sql of grantStatements(statement, session)) await performer.run(sql);
      });
      return status('Statement executed successfully.');
    case 'absent':
      throw new WarehouseError('warehouse/absent', statement.message);
    case 'nothing':
      return status(statement.message);
    default:
      return assertNever(statement);
  }
}

async function query(
  sql: string,
  options: StatementOptions,
  performer: Performer,
): Promise<StatementResult> {
  const { maxRows, bindings } = options;
  const result = await performer.run(sql, {
    keepsLines: true,
    ...(maxRows === undefined ? {} : { maxRows }),
    ...(bindings === undefined ? {} : { bindings }),
  });
  const { columns, rows } = snowflakePage(result);
  return { columns, rows, rowCount: rows.length, message: `SUCCESS ${rows.length}` };
}

/** DuckDB's columns in Snowflake's words; whole DECIMALs become numbers. */
function snowflakePage(result: Pick<RunResult, 'columns' | 'rows'>): ResultPage {
  const whole: number[] = [];
  const columns = result.columns.map((column, index): ResultColumn => {
    const kind = snowflakeKind(column.typeName);
    if (kind === 'integer' && column.kind === 'decimal') whole.push(index);
    return { name: column.name, kind, typeName: snowflakeTypeName(column.typeName) };
  });
  if (whole.length === 0) return { columns, rows: result.rows };
  const rows = result.rows.map((row): Row => {
    const cells: Cell[] = [...row];
    for (const index of whole) cells[index] = wholeNumber(cells[index] ?? null);
    return cells;
  });
  return { columns, rows };
}

function wholeNumber(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell;
  const number = Number(cell);
  return Number.isSafeInteger(number) ? number : BigInt(cell);
}

async function truncate(
  statement: Extract<Translation, { readonly kind: 'truncate' }>,
  performer: Performer,
): Promise<StatementResult> {
  if (statement.ifExists && !(await isThere(statement.name, performer)))
    return status('Statement executed successfully.');
  const { text } = performer.session.resolve(statement.name);
  const key = factKey(performer.session.fullName(statement.name));
  await performer.atomically(async () => {
    await performer.run(`DELETE FROM ${text}`);
    if (!performer.session.isInTransaction) await performer.run(stateFact(key, 'altered', NOW));
  });
  return status('Statement executed successfully.');
}

async function changePlace(
  statement: Extract<Translation, { readonly kind: 'use' }>,
  performer: Performer,
): Promise<StatementResult> {
  const { session } = performer;
  const [last = '', before] = [...statement.name].reverse();
  switch (statement.object) {
    case 'warehouse':
      session.warehouse = last;
      break;
    case 'role':
      session.role = last;
      break;
    case 'secondary_roles':
      break;
    case 'database':
      await mustExist(await hasDatabase(performer.ask, last), last);
      session.database = last;
      session.schema = (await hasSchema(performer.ask, last, 'PUBLIC')) ? 'PUBLIC' : null;
      break;
    case 'schema':
    case 'any': {
      // `use x` alone is a database.
      if (statement.object === 'any' && before === undefined)
        return changePlace({ kind: 'use', object: 'database', name: statement.name }, performer);
      const database = before ?? session.database ?? '';
      const isSystem = last.toUpperCase() === 'INFORMATION_SCHEMA';
      await mustExist(
        isSystem || (await hasSchema(performer.ask, database, last)),
        `${database}.${last}`,
      );
      session.database = database;
      session.schema = last;
      break;
    }
    default:
      return assertNever(statement.object);
  }
  return status('Statement executed successfully.');
}

async function mustExist(isThere: boolean, name: string): Promise<void> {
  if (!isThere)
    throw new WarehouseError(
      'warehouse/absent',
      `002043 (02000): SQL compilation error:\nObject does not exist, or operation cannot be performed: ${name}`,
    );
}

async function setParameters(
  statement: Extract<Translation, { readonly kind: 'set_parameters' }>,
  performer: Performer,
): Promise<StatementResult> {
  for (const [name, value] of Object.entries(statement.set)) {
    if (name === 'TIMEZONE') await performer.run(`SET TimeZone = ${sqlText(value)}`);
    if ((name === 'WEEK_START' || name === 'WEEK_OF_YEAR_POLICY') && value !== '0')
      throw new WarehouseError(
        'warehouse/unsupported',
        `The session parameter ${name} = ${value} is not supported by the embedded warehouse.`,
      );
    performer.session.setParameter(name, value);
  }
  for (const name of statement.unset) {
    if (name === 'TIMEZONE') await performer.run("SET TimeZone = 'UTC'");
    performer.session.setParameter(name, undefined);
  }
  return status('Statement executed successfully.');
}

/** Values are computed once and kept as literals. */
async function setVariables(
  statement: Extract<Translation, { readonly kind: 'set_variables' }>,
  performer: Performer,
): Promise<StatementResult> {
  for (const { name, sql } of statement.values) {
    const { columns, rows } = await performer.run(`SELECT ${sql}`);
    const cell = rows[0]?.[0] ?? null;
    const text = cell === null ? 'NULL' : typeof cell === 'string' ? sqlText(cell) : String(cell);
    const type = columns[0]?.typeName;
    performer.session.variables.set(
      name,
      type === undefined || type === 'VARCHAR' || typeof cell !== 'string'
        ? text
        : `CAST(${text} AS ${type})`,
    );
  }
  for (const name of statement.unset) performer.session.variables.delete(name);
  return status('Statement executed successfully.');
}
