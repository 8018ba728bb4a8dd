/**
 * Files of a stage as a relation: Snowflake's file formats in the words of DuckDB's readers.
 */
import { quoteIdentifier, type StageOptions } from '../../../sql/index.js';
import { sqlText } from '../../duckdb/sandbox.js';
import { WarehouseError } from '../../warehouse-error.js';
import type { StagedFile } from './stage-store.js';

export type FileType = 'CSV' | 'JSON' | 'PARQUET';

const COMMON = [
  'TYPE',
  'COMPRESSION',
  'COMMENT',
  'TRIM_SPACE',
  'NULL_IF',
  'REPLACE_INVALID_CHARACTERS',
];
const KNOWN: Readonly<Record<FileType, ReadonlySet<string>>> = {
  CSV: new Set([
    ...COMMON,
    'FIELD_DELIMITER',
    'RECORD_DELIMITER',
    'SKIP_HEADER',
    'PARSE_HEADER',
    'FIELD_OPTIONALLY_ENCLOSED_BY',
    'ESCAPE',
    'ESCAPE_UNENCLOSED_FIELD',
    'EMPTY_FIELD_AS_NULL',
    'SKIP_BLANK_LINES',
    'ERROR_ON_COLUMN_COUNT_MISMATCH',
    'DATE_FORMAT',
    'TIME_FORMAT',
    'TIMESTAMP_FORMAT',
    'BINARY_FORMAT',
    'ENCODING',
    'FILE_EXTENSION',
    'HEADER',
  ]),
  JSON: new Set([
    ...COMMON,
    'STRIP_OUTER_ARRAY',
    'STRIP_NULL_VALUES',
    'MULTI_LINE',
    'FILE_EXTENSION',
  ]),
  PARQUET: new Set([
    ...COMMON,
    'SNAPPY_COMPRESSION',
    'BINARY_AS_TEXT',
    'USE_LOGICAL_TYPE',
    'USE_VECTORIZED_SCANNER',
  ]),
};
/** Options that change what is read and have one value here. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  RECORD_DELIMITER: ['\n', '\r\n', 'NONE'],
  DATE_FORMAT: ['AUTO'],
  TIME_FORMAT: ['AUTO'],
  TIMESTAMP_FORMAT: ['AUTO'],
  BINARY_FORMAT: ['HEX'],
  ENCODING: ['UTF8', 'UTF-8'],
  REPLACE_INVALID_CHARACTERS: ['FALSE'],
  STRIP_NULL_VALUES: ['FALSE'],
  ESCAPE: ['NONE', '\\', '"'],
};

/** The type of a format; CSV if it names none. @throws WarehouseError for types and options that are not supported. */
export function fileType(options: StageOptions): FileType {
  const type = (options['TYPE']?.[0] ?? 'CSV').toUpperCase();
  if (type !== 'CSV' && type !== 'JSON' && type !== 'PARQUET')
    throw unsupported(`The file type ${type}`);
  for (const [name, value] of Object.entries(options)) {
    if (!KNOWN[type].has(name)) throw unsupported(`The option ${name} of a ${type} file`);
    const allowed = FIXED[name];
    if (
      allowed !== undefined &&
      !value.every((one) => allowed.includes(one.toUpperCase()) || allowed.includes(one))
    )
      throw unsupported(`${name} = ${value.join(', ')}`);
  }
  return type;
}

function unsupported(what: string): WarehouseError {
  return new WarehouseError(
    'warehouse/unsupported',
    `${what} is not supported by the embedded warehouse.`,
  );
}

export function isSet(options: StageOptions, name: string): boolean {
  return options[name]?.[0]?.toUpperCase() === 'TRUE';
}

/** A relation of the files' rows, as a subquery: `COLUMN1`… of texts for CSV, one VARIANT `COLUMN1` for the others; beside them METADATA$FILENAME. */
export function readFiles(
  files: readonly StagedFile[],
  options: StageOptions,
  width: number,
): { readonly text: string; readonly isVariant: boolean } {
  const type = fileType(options);
  const columns = Array.from(
    { length: type === 'CSV' ? width : 1 },
    (_, index) => `COLUMN${index + 1}`,
  );
  if (files.length === 0) {
    const empty = columns.map(
      (name) => `NULL::${type === 'CSV' ? 'VARCHAR' : 'VARIANT'} AS "${name}"`,
    );
    return {
      text: `(SELECT ${empty.join(', ')}, NULL::VARCHAR AS "METADATA$FILENAME" WHERE false)`,
      isVariant: type !== 'CSV',
    };
  }
  const list = `[${files.map(({ path }) => sqlText(path)).join(', ')}]`;
  const names = files.map(({ path, name }) => `WHEN ${sqlText(path)} THEN ${sqlText(name)}`);
  const fileName = `CASE filename ${names.join(' ')} END AS "METADATA$FILENAME"`;
  if (type === 'CSV') {
    const shown = columns.map((name) => column(name, options)).join(', ');
    return {
      text: `(SELECT ${shown}, ${fileName} FROM ${readCsv(list, columns, options, true)})`,
      isVariant: false,
    };
  }
  if (type === 'JSON') {
    const form = isSet(options, 'STRIP_OUTER_ARRAY') ? 'array' : 'unstructured';
    return {
      text: `(SELECT CAST(json AS VARIANT) AS "COLUMN1", ${fileName} FROM read_json_objects(${list}, format = '${form}', filename = true))`,
      isVariant: true,
    };
  }
  return {
    text: `(SELECT CAST(to_json("__ROW") AS VARIANT) AS "COLUMN1", ${fileName} FROM (SELECT "__FILE" AS "__ROW", filename FROM (SELECT * EXCLUDE (filename), filename FROM read_parquet(${list}, filename = true, union_by_name = true)) AS "__FILE"))`,
    isVariant: true,
  };
}

function column(name: string, options: StageOptions): string {
  const quoted = quoteIdentifier(name);
  return isSet(options, 'TRIM_SPACE') ? `trim(${quoted}) AS ${quoted}` : quoted;
}

/** DuckDB's reader of CSV with Snowflake's defaults: no quotes, no header, an empty field is null. */
export function readCsv(
  list: string,
  columns: readonly string[],
  options: StageOptions,
  isPartial: boolean,
): string {
  const text = (name: string): string | undefined => {
    const [value] = options[name] ?? [];
    return value === undefined || value.toUpperCase() === 'NONE' ? undefined : value;
  };
  const quote = text('FIELD_OPTIONALLY_ENCLOSED_BY') ?? '';
  const nulls = [
    ...(options['NULL_IF'] ?? ['\\N']),
    ...(options['EMPTY_FIELD_AS_NULL']?.[0]?.toUpperCase() === 'FALSE' ? [] : ['']),
  ];
  const isLoose =
    isPartial || options['ERROR_ON_COLUMN_COUNT_MISMATCH']?.[0]?.toUpperCase() === 'FALSE';
  const types = columns.map((name) => `${sqlText(name)}: 'VARCHAR'`).join(', ');
  const compression = text('COMPRESSION')?.toLowerCase();
  const settings = [
    'auto_detect = false',
    `header = ${isSet(options, 'PARSE_HEADER')}`,
    `columns = {${types}}`,
    `delim = ${sqlText(delimiter(text('FIELD_DELIMITER') ?? ','))}`,
    `quote = ${sqlText(quote)}`,
    `escape = ${sqlText(quote === '' ? '' : (text('ESCAPE') ?? quote))}`,
    `skip = ${text('SKIP_HEADER') ?? '0'}`,
    `nullstr = [${[...new Set(nulls)].map((value) => sqlText(value)).join(', ')}]`,
    'allow_quoted_nulls = false',
    `null_padding = ${isLoose}`,
    `strict_mode = ${!isLoose}`,
    'filename = true',
    ...(compression === undefined || compression === 'auto'
      ? []
      : [`compression = '${compression}'`]),
  ];
  return `read_csv(${list}, ${settings.join(', ')})`;
}

export function delimiter(text: string): string {
  return text.replaceAll('\\t', '\t');
}
