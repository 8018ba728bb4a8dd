/**
 * COPY: files of a stage into a table, and rows into files of a stage.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { quoteIdentifier, type StageOptions, type Translation } from '../../../sql/index.js';
import { sqlText } from '../../duckdb/sandbox.js';
import type { Row, StatementResult } from '../../port.js';
import { WarehouseError } from '../../warehouse-error.js';
import { listing, status } from '../answers.js';
import { factKey } from '../grants.js';
import type { Performer } from '../perform.js';
import type { Session } from '../session.js';
import { delimiter, fileType, isSet, readCsv, readFiles } from './read-files.js';
import { type StagedFile, md5 } from './stage-store.js';

type Of<K extends Translation['kind']> = Extract<Translation, { readonly kind: K }>;

const LOAD_OPTIONS = new Set([
  'FILES',
  'PATTERN',
  'ON_ERROR',
  'FORCE',
  'PURGE',
  'MATCH_BY_COLUMN_NAME',
  'LOAD_UNCERTAIN_FILES',
  'ENFORCE_LENGTH',
  'RETURN_FAILED_ONLY',
]);
const UNLOAD_OPTIONS = new Set([
  'HEADER',
  'OVERWRITE',
  'SINGLE',
  'MAX_FILE_SIZE',
  'INCLUDE_QUERY_ID',
  'DETAILED_OUTPUT',
]);

function checkOptions(options: StageOptions, known: ReadonlySet<string>): void {
  const other = Object.keys(options).find((name) => !known.has(name));
  if (other !== undefined) throw refused(`The option ${other} of COPY`);
  const onError = onErrorOf(options);
  if (onError !== 'ABORT_STATEMENT' && onError !== 'SKIP_FILE')
    throw refused(`ON_ERROR = ${onError}`);
}

function onErrorOf(options: StageOptions): string {
  return (options['ON_ERROR']?.[0] ?? 'ABORT_STATEMENT').toUpperCase();
}

function refused(what: string): WarehouseError {
  return new WarehouseError(
    'warehouse/unsupported',
    `${what} is not supported by the embedded warehouse.`,
  );
}

/** Options of a COPY's or stage's format, the named format's under them. */
export function formatOptions(
  session: Session,
  stage: Parameters<Session['stageName']>[0] | undefined,
  format: Of<'copy_unload'>['format'],
): StageOptions {
  const name = stage === undefined ? undefined : session.stageName(stage);
  const own =
    stage?.kind === 'named' && name !== undefined
      ? session.shared.stages.stage(name).format
      : undefined;
  const chosen = format ?? own;
  const named =
    chosen?.name === undefined ? {} : session.shared.stages.format(session.fullName(chosen.name));
  return { ...named, ...chosen?.options };
}

/**
 * Loads files: each is one insert, all of them one transaction.
 *
 * A file that was loaded before and has not changed is passed over unless FORCE is on.
 */
export async function copyLoad(
  statement: Of<'copy_load'>,
  performer: Performer,
): Promise<StatementResult> {
  const { session } = performer;
  const { options } = statement;
  checkOptions(options, LOAD_OPTIONS);
  const target = session.resolve(statement.target).text;
  const key = factKey(session.fullName(statement.target));
  const columns = await columnsOf(statement, target, performer);
  const list = columns.map((name) => quoteIdentifier(name)).join(', ');
  if (statement.sql !== undefined) {
    const { sql } = statement;
    if (onErrorOf(options) !== 'ABORT_STATEMENT') throw refused('ON_ERROR for a query over files');
    const { rowsChanged } = await performer.atomically(() =>
      performer.run(`INSERT INTO ${target} (${list}) ${sql}`, { keepsLines: true }),
    );
    return loaded([{ file: null, count: rowsChanged }]);
  }
  const { stage, choice } = statement;
  if (stage === undefined) throw new Error('A COPY has a stage or a query.');
  const format = formatOptions(session, stage, choice?.format);
  const files = session.shared.stages.list(stage, session.stageName(stage), choice);
  const isForced = isSet(options, 'FORCE');
  const before = new Set(
    (
      await performer.ask(
        `SELECT value FROM main."__FACTS" WHERE object = ${sqlText(key)} AND fact = 'loaded'`,
      )
    ).map(([value]) => String(value)),
  );
  const due = files
    .map((file) => ({ file, mark: `${file.name} ${md5(file.path)}` }))
    .filter(({ mark }) => isForced || !before.has(mark));
  if (due.length === 0) return status('Copy executed with 0 files processed.');
  const load = async ({ file, mark }: (typeof due)[number]): Promise<FileOutcome> => {
    const { rowsChanged } = await performer.run(
      `INSERT INTO ${target} ${await insertOf(file, columns, format, options, performer)}`,
    );
    await performer.run(
      `INSERT INTO main."__FACTS" VALUES (${sqlText(key)}, 'loaded', ${sqlText(mark)})`,
    );
    return { file: file.name, count: rowsChanged };
  };
  const outcomes = await loadAll(due, load, onErrorOf(options) === 'SKIP_FILE', performer);
  if (isSet(options, 'PURGE'))
    for (const [index, { file }] of due.entries())
      if (outcomes[index]?.fault === undefined) rmSync(file.path);
  return loaded(outcomes);
}

interface FileOutcome {
  readonly file: string | null;
  readonly count: number;
  /** Why the file was passed over. */
  readonly fault?: string;
}

/** All files or none; or, where one with a fault is passed over, each by itself. */
async function loadAll<T extends { readonly file: StagedFile }>(
  due: readonly T[],
  load: (one: T) => Promise<FileOutcome>,
  skipsFaults: boolean,
  performer: Performer,
): Promise<readonly FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  if (!skipsFaults)
    return performer.atomically(async () => {
      outcomes.length = 0;
      for (const one of due) outcomes.push(await load(one));
      return outcomes;
    });
  if (performer.session.isInTransaction)
    throw refused('ON_ERROR = SKIP_FILE inside of a transaction');
  for (const one of due) {
    try {
      outcomes.push(await performer.atomically(() => load(one)));
    } catch (error) {
      if (!(error instanceof WarehouseError) || error.isCancelled) throw error;
      outcomes.push({ file: one.file.name, count: 0, fault: error.message });
    }
  }
  return outcomes;
}

async function columnsOf(
  statement: Of<'copy_load'>,
  target: string,
  performer: Performer,
): Promise<readonly string[]> {
  const rows = await performer.ask(`SELECT column_name FROM (DESCRIBE ${target})`);
  return statement.columns ?? rows.map(([name]) => String(name));
}

/** What an INSERT into the table says after its name, for one file. */
async function insertOf(
  file: StagedFile,
  columns: readonly string[],
  format: StageOptions,
  options: StageOptions,
  performer: Performer,
): Promise<string> {
  const type = fileType(format);
  const names = columns.map((name) => quoteIdentifier(name)).join(', ');
  const [match = 'NONE'] = options['MATCH_BY_COLUMN_NAME'] ?? [];
  const list = `[${sqlText(file.path)}]`;
  if (match.toUpperCase() === 'NONE') {
    if (type === 'CSV') {
      const fields = columns.map((_, index) => `COLUMN${index + 1}`);
      const trimmed = fields.map((name) =>
        isSet(format, 'TRIM_SPACE') ? `trim("${name}")` : `"${name}"`,
      );
      return `(${names}) SELECT ${trimmed.join(', ')} FROM ${readCsv(list, fields, format, false)}`;
    }
    if (columns.length !== 1)
      throw new WarehouseError(
        'warehouse/copy',
        `SQL compilation error:\n${type} file format can produce one and only one column of variant, object, or array type. Load data into separate columns using the MATCH_BY_COLUMN_NAME copy option or copy with transformation.`,
      );
    return `(${names}) SELECT "COLUMN1" FROM ${readFiles([file], format, 1).text}`;
  }
  if (type !== 'PARQUET') throw refused(`MATCH_BY_COLUMN_NAME of a ${type} file`);
  const isExact = match.toUpperCase() === 'CASE_SENSITIVE';
  const source = `read_parquet(${list})`;
  const found = (
    await performer.ask(`SELECT column_name FROM (DESCRIBE SELECT * FROM ${source})`)
  ).map(([name]) => String(name));
  const pairs = columns.flatMap((name) => {
    const own = found.find((one) =>
      isExact ? one === name : one.toUpperCase() === name.toUpperCase(),
    );
    return own === undefined ? [] : [{ name, own }];
  });
  if (pairs.length === 0)
    return `(${names}) SELECT * FROM (SELECT ${columns.map(() => 'NULL').join(', ')}) WHERE false`;
  return `(${pairs.map(({ name }) => quoteIdentifier(name)).join(', ')}) SELECT ${pairs.map(({ own }) => quoteIdentifier(own)).join(', ')} FROM ${source}`;
}

/** The answer of a load: one row a file. How many rows a file with a fault has, and where the fault is, is not known. */
function loaded(outcomes: readonly FileOutcome[]): StatementResult {
  const rows = outcomes.map(({ file, count, fault }): Row => [
    file,
    fault === undefined ? 'LOADED' : 'LOAD_FAILED',
    fault === undefined ? count : null,
    count,
    1,
    fault === undefined ? 0 : 1,
    fault ?? null,
    null,
    null,
    null,
  ]);
  const answer = listing(
    [
      'file',
      'status',
      'rows_parsed',
      'rows_loaded',
      'error_limit',
      'errors_seen',
      'first_error',
      'first_error_line',
      'first_error_character',
      'first_error_column_name',
    ],
    rows,
    [
      'rows_parsed',
      'rows_loaded',
      'error_limit',
      'errors_seen',
      'first_error_line',
      'first_error_character',
    ],
  );
  return { ...answer, rowCount: outcomes.reduce((sum, { count }) => sum + count, 0) };
}

/** Writes one file; a path that ends in `/`, or none, is filled up to `data_0_0_0.csv.gz`. */
export async function copyUnload(
  statement: Of<'copy_unload'>,
  performer: Performer,
): Promise<StatementResult> {
  const { session } = performer;
  const { stages: store } = session.shared;
  const { options, stage, sql } = statement;
  checkOptions(options, UNLOAD_OPTIONS);
  const format = formatOptions(session, stage, statement.format);
  const type = fileType(format);
  const folder = store.folder(stage, session.stageName(stage));
  const isPacked =
    type !== 'PARQUET' && (format['COMPRESSION']?.[0] ?? 'AUTO').toUpperCase() !== 'NONE';
  const extension = `${type.toLowerCase()}${isPacked ? '.gz' : ''}`;
  const relative = isSet(options, 'SINGLE')
    ? stage.path === '' || stage.path.endsWith('/')
      ? `${stage.path}data`
      : stage.path
    : stage.path === '' || stage.path.endsWith('/')
      ? `${stage.path}data_0_0_0.${extension}`
      : `${stage.path}_0_0_0.${extension}`;
  const path = join(folder, relative);
  if (path !== folder && !path.startsWith(`${folder}/`))
    throw refused('A path that leaves its stage');
  if (statSync(path, { throwIfNoEntry: false }) !== undefined && !isSet(options, 'OVERWRITE'))
    throw new WarehouseError(
      'warehouse/exists',
      `Files already existing at the unload destination: @${stage.name.join('.')}/${relative}. Use overwrite option to force unloading.`,
    );
  mkdirSync(dirname(path), { recursive: true });
  const { rowsChanged } = await performer.run(
    `COPY (${await namedColumns(sql, type, options, performer)}) TO ${sqlText(path)} (${writerOptions(type, format, options, isPacked).join(', ')})`,
  );
  const size = statSync(path).size;
  return listing(
    ['rows_unloaded', 'input_bytes', 'output_bytes'],
    [[rowsChanged, size, size]],
    ['rows_unloaded', 'input_bytes', 'output_bytes'],
  );
}

/** Without HEADER the columns of a Parquet file have no names of their own. */
async function namedColumns(
  sql: string,
  type: ReturnType<typeof fileType>,
  options: StageOptions,
  performer: Performer,
): Promise<string> {
  if (type !== 'PARQUET' || isSet(options, 'HEADER')) return sql;
  const columns = await performer.ask(`SELECT column_name FROM (DESCRIBE ${sql})`);
  const names = columns.map((_, index) => `"_COL_${index}"`).join(', ');
  return `SELECT * FROM (${sql}) AS "__OUT" (${names})`;
}

function writerOptions(
  type: ReturnType<typeof fileType>,
  format: StageOptions,
  options: StageOptions,
  isPacked: boolean,
): readonly string[] {
  if (type === 'PARQUET') return ['FORMAT parquet'];
  const packing = isPacked ? ["COMPRESSION 'gzip'"] : [];
  if (type === 'JSON') return ['FORMAT json', ...packing];
  const [quote = 'NONE'] = format['FIELD_OPTIONALLY_ENCLOSED_BY'] ?? [];
  const [separator = ','] = format['FIELD_DELIMITER'] ?? [];
  return [
    'FORMAT csv',
    `HEADER ${isSet(options, 'HEADER')}`,
    `DELIMITER ${sqlText(delimiter(separator))}`,
    `NULLSTR ${sqlText(format['NULL_IF']?.[0] ?? '\\N')}`,
    ...(quote.toUpperCase() === 'NONE'
      ? ["QUOTE ''", "ESCAPE ''"]
      : [`QUOTE ${sqlText(quote)}`, `ESCAPE ${sqlText(quote)}`]),
    ...packing,
  ];
}
