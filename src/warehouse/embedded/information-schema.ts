/**
 * INFORMATION_SCHEMA's views as queries over DuckDB's catalog, with Snowflake's columns.
 */
import { sqlText } from '../duckdb/sandbox.js';
import { type FullName, keptDatabase } from './names.js';
import { TEXT_LENGTHS } from './table-definition.js';

/** Snowflake's name of a DuckDB type without its size, as COLUMNS.DATA_TYPE has it. */
const PLAIN_TYPE = `CASE
  WHEN data_type LIKE 'DECIMAL%' OR data_type LIKE '%INT%' AND data_type NOT LIKE '%[]' AND data_type NOT LIKE 'STRUCT%' THEN 'NUMBER'
  WHEN data_type LIKE '%[]' THEN 'ARRAY' WHEN data_type LIKE 'STRUCT%' OR data_type LIKE 'MAP%' THEN 'OBJECT'
  WHEN data_type IN ('DOUBLE', 'FLOAT') THEN 'FLOAT' WHEN data_type = 'VARCHAR' THEN 'TEXT'
  WHEN data_type = 'TIMESTAMP WITH TIME ZONE' THEN 'TIMESTAMP_TZ' WHEN data_type LIKE 'TIMESTAMP%' THEN 'TIMESTAMP_NTZ'
  WHEN data_type = 'BLOB' THEN 'BINARY' WHEN data_type = 'JSON' THEN 'VARIANT' ELSE data_type END`;

function fact(name: string, object: string): string {
  return `(SELECT any_value(value) FROM main."__FACTS" AS f WHERE f.object = ${object} AND f.fact = '${name}')`;
}

/** The part of a kept schema's name after the database's. */
function schemaOf(column: string, database: string): string {
  return `replace(substring(${column}, ${keptDatabase(database).length + 2}), '..', '.')`;
}

function inDatabase(column: string, database: string): string {
  return `starts_with(lower(${column}), lower(${sqlText(`${keptDatabase(database)}.`)})) AND database_name = current_database()`;
}

/** The query of a view, in brackets; undefined for a view that is not kept. */
export function systemView({ database, identifier }: FullName): string | undefined {
  switch (identifier.toUpperCase()) {
    case 'TABLES':
      return tables(database);
    case 'VIEWS':
      return views(database);
    case 'COLUMNS':
      return columns(database);
    case 'SCHEMATA':
      return schemata(database);
    case 'DATABASES':
      return databases();
    case 'FUNCTIONS':
    case 'PROCEDURES':
      return `(SELECT ${sqlText(database)} AS "${identifier.toUpperCase().slice(0, -1)}_CATALOG", '' AS "${identifier.toUpperCase().slice(0, -1)}_SCHEMA", '' AS "${identifier.toUpperCase().slice(0, -1)}_NAME" WHERE false)`;
    default:
      return undefined;
  }
}

function relations(database: string): string {
  const common = (name: string): string =>
    `schema_name, ${name} AS relation_name, comment, schema_name || '.' || ${name} AS object`;
  return `(SELECT ${common('table_name')}, 'BASE TABLE' AS table_type, estimated_size AS row_count FROM duckdb_tables() WHERE ${inDatabase('schema_name', database)}
    UNION ALL SELECT ${common('view_name')}, 'VIEW', NULL FROM duckdb_views() WHERE NOT internal AND ${inDatabase('schema_name', database)})`;
}

function tables(database: string): string {
  const altered = `CAST(coalesce(${fact('altered', 'r.object')}, ${fact('created', 'r.object')}) AS TIMESTAMPTZ)`;
  const isDynamic = `${fact('dynamic', 'r.object')} IS NOT NULL`;
  return `(SELECT ${sqlText(database)} AS "TABLE_CATALOG", ${schemaOf('r.schema_name', database)} AS "TABLE_SCHEMA", r.relation_name AS "TABLE_NAME",
    'OWNER' AS "TABLE_OWNER", CASE WHEN ${isDynamic} THEN 'BASE TABLE' ELSE r.table_type END AS "TABLE_TYPE",
    CASE WHEN r.table_type = 'VIEW' THEN NULL WHEN ${fact('transient', 'r.object')} IS NOT NULL THEN 'YES' ELSE 'NO' END AS "IS_TRANSIENT",
    ${fact('cluster_by', 'r.object')} AS "CLUSTERING_KEY", r.row_count AS "ROW_COUNT", CAST(NULL AS BIGINT) AS "BYTES", CAST(NULL AS BIGINT) AS "RETENTION_TIME",
    CAST(${fact('created', 'r.object')} AS TIMESTAMPTZ) AS "CREATED", ${altered} AS "LAST_ALTERED", ${altered} AS "LAST_DDL", r.comment AS "COMMENT",
    'YES' AS "IS_INSERTABLE_INTO", 'NO' AS "IS_TYPED", 'NO' AS "IS_TEMPORARY", 'NO' AS "IS_ICEBERG", CASE WHEN ${isDynamic} THEN 'YES' ELSE 'NO' END AS "IS_DYNAMIC", 'NO' AS "IS_HYBRID", 'NO' AS "IS_INTERACTIVE"
    FROM ${relations(database)} AS r)`;
}

function views(database: string): string {
  return `(SELECT ${sqlText(database)} AS "TABLE_CATALOG", ${schemaOf('schema_name', database)} AS "TABLE_SCHEMA", view_name AS "TABLE_NAME", 'OWNER' AS "TABLE_OWNER", sql AS "VIEW_DEFINITION", 'NONE' AS "CHECK_OPTION",
    'NO' AS "IS_UPDATABLE", 'NO' AS "INSERTABLE_INTO", 'NO' AS "IS_SECURE", comment AS "COMMENT" FROM duckdb_views() WHERE NOT internal AND ${inDatabase('schema_name', database)})`;
}

function columns(database: string): string {
  return `(SELECT ${sqlText(database)} AS "TABLE_CATALOG", ${schemaOf('schema_name', database)} AS "TABLE_SCHEMA", table_name AS "TABLE_NAME", column_name AS "COLUMN_NAME", CAST(column_index AS BIGINT) AS "ORDINAL_POSITION",
    column_default AS "COLUMN_DEFAULT", CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END AS "IS_NULLABLE", ${PLAIN_TYPE} AS "DATA_TYPE",
    CASE WHEN data_type = 'VARCHAR' THEN coalesce(text_length, 16777216) END AS "CHARACTER_MAXIMUM_LENGTH", CASE WHEN data_type = 'VARCHAR' THEN least(4 * coalesce(text_length, 16777216), 16777216) END AS "CHARACTER_OCTET_LENGTH",
    CASE WHEN data_type LIKE 'DECIMAL%' THEN numeric_precision WHEN (${PLAIN_TYPE}) = 'NUMBER' THEN 38 END AS "NUMERIC_PRECISION", CASE WHEN (${PLAIN_TYPE}) = 'NUMBER' THEN 10 END AS "NUMERIC_PRECISION_RADIX",
    CASE WHEN data_type LIKE 'DECIMAL%' THEN numeric_scale WHEN (${PLAIN_TYPE}) = 'NUMBER' THEN 0 END AS "NUMERIC_SCALE", CASE WHEN data_type LIKE 'TIMESTAMP%' THEN 9 END AS "DATETIME_PRECISION",
    'NO' AS "IS_IDENTITY", comment AS "COMMENT" FROM duckdb_columns() LEFT JOIN ${TEXT_LENGTHS} USING (database_name, schema_name, table_name, column_name) WHERE NOT internal AND ${inDatabase('schema_name', database)})`;
}

function schemata(database: string): string {
  return `(SELECT ${sqlText(database)} AS "CATALOG_NAME", ${schemaOf('schema_name', database)} AS "SCHEMA_NAME", 'OWNER' AS "SCHEMA_OWNER", 'NO' AS "IS_TRANSIENT", CAST(NULL AS TIMESTAMPTZ) AS "CREATED", CAST(NULL AS TIMESTAMPTZ) AS "LAST_ALTERED", comment AS "COMMENT"
    FROM duckdb_schemas() WHERE NOT internal AND ${inDatabase('schema_name', database)}
    UNION ALL SELECT ${sqlText(database)}, 'INFORMATION_SCHEMA', NULL, 'NO', NULL, NULL, NULL)`;
}

function databases(): string {
  return `(SELECT DISTINCT replace(split_part(replace(schema_name, '..', chr(1)), '.', 1), chr(1), '.') AS "DATABASE_NAME", 'OWNER' AS "DATABASE_OWNER", 'NO' AS "IS_TRANSIENT", CAST(NULL AS VARCHAR) AS "COMMENT" FROM duckdb_schemas()
    WHERE NOT internal AND database_name = current_database() AND schema_name NOT IN (${['main', 'information_schema', 'pg_catalog'].map((name) => sqlText(name)).join(', ')}))`;
}
