/**
 * Questions to DuckDB's catalog in Snowflake's terms: which databases, schemas, relations and columns there are.
 */
import { systemView } from './information-schema.js';
import { snowflakeTypeName } from '../../sql/index.js';
import { cellReader } from '../duckdb/cells.js';
import { sqlText } from '../duckdb/sandbox.js';
import type { CatalogColumn, Cell, CellKind, RelationKind, Row } from '../port.js';
import { isAbsence } from './absence.js';
import {
  type FullName,
  keptDatabase,
  keptSchema,
  keptText,
  readKept,
  temporaryIdentifier,
  temporaryText,
} from './names.js';
import { textLengths } from './table-definition.js';

/** Runs one question on a connection that the caller holds. */
export type Ask = (sql: string) => Promise<readonly Row[]>;

export interface SchemaEntry {
  readonly database: string;
  readonly schema: string;
  readonly comment: string;
}

export interface RelationEntry extends FullName {
  readonly kind: RelationKind;
  readonly comment: string;
  readonly rowCount: number | null;
  readonly text: string;
  readonly createdOn: string | null;
  readonly clusterBy: string;
  readonly isTransient: boolean;
  /** Set for dynamic tables: how it was declared, as JSON. */
  readonly dynamic: string | null;
}

export interface ColumnEntry extends CatalogColumn {
  readonly isNullable: boolean;
  readonly defaultText: string | null;
  readonly comment: string | null;
}

const OWN_SCHEMAS = "('main', 'information_schema', 'pg_catalog')";

/** Databases in order of their names. */
export async function listDatabases(ask: Ask): Promise<readonly string[]> {
  const rows = await ask(
    `SELECT schema_name FROM duckdb_schemas() WHERE NOT internal AND database_name = current_database() AND schema_name NOT IN ${OWN_SCHEMAS}`,
  );
  return [...new Set(rows.flatMap(([name]) => readKept(String(name))?.database ?? []))].sort();
}

/** Schemas of one database, or of all; without INFORMATION_SCHEMA. */
export async function listSchemas(
  ask: Ask,
  database: string | undefined,
): Promise<readonly SchemaEntry[]> {
  const rows = await ask(
    `SELECT schema_name, comment FROM duckdb_schemas() WHERE NOT internal AND database_name = current_database() AND schema_name NOT IN ${OWN_SCHEMAS} ORDER BY schema_name`,
  );
  return rows.flatMap(([name, comment]) => {
    const kept = readKept(String(name));
    if (
      kept?.schema === undefined ||
      (database !== undefined && kept.database.toUpperCase() !== database.toUpperCase())
    )
      return [];
    return [
      {
        database: kept.database,
        schema: kept.schema,
        comment: asText(comment) ?? '',
      },
    ];
  });
}

export async function hasDatabase(ask: Ask, database: string): Promise<boolean> {
  const own = sqlText(keptDatabase(database));
  const rows = await ask(
    `SELECT 1 FROM duckdb_schemas() WHERE database_name = current_database() AND (lower(schema_name) = lower(${own}) OR starts_with(lower(schema_name), lower(${own} || '.'))) LIMIT 1`,
  );
  return rows.length > 0;
}

export async function hasSchema(ask: Ask, database: string, schema: string): Promise<boolean> {
  const rows = await ask(
    `SELECT 1 FROM duckdb_schemas() WHERE database_name = current_database() AND lower(schema_name) = lower(${sqlText(keptSchema(database, schema))}) LIMIT 1`,
  );
  return rows.length > 0;
}

/** Relations of a schema, of a database, or of all, in order of their names. */
export async function listRelations(
  ask: Ask,
  where: { readonly database?: string; readonly schema?: string; readonly identifier?: string },
): Promise<readonly RelationEntry[]> {
  const filters: string[] = ['database_name = current_database()'];
  if (where.database !== undefined && where.schema !== undefined)
    filters.push(
      `lower(schema_name) = lower(${sqlText(keptSchema(where.database, where.schema))})`,
    );
  else if (where.database !== undefined)
    filters.push(
      `starts_with(lower(schema_name), lower(${sqlText(`${keptDatabase(where.database)}.`)}))`,
    );
  const named = (column: string): string =>
    where.identifier === undefined
      ? ''
      : ` AND lower(${column}) = lower(${sqlText(where.identifier)})`;
  const filter = filters.join(' AND ');
  const fact = (name: string): string => `max(value) FILTER (WHERE fact = '${name}') AS "${name}"`;
  const facts = `SELECT object, ${(['created', 'cluster_by', 'transient', 'dynamic'] as const).map((name) => fact(name)).join(', ')} FROM main."__FACTS" GROUP BY object`;
  const rows = await ask(
    `SELECT schema_name, name, kind, comment, row_count, text, "created", "cluster_by", "transient", "dynamic" FROM (
      SELECT schema_name, table_name AS name, 'table' AS kind, comment, estimated_size AS row_count, '' AS text FROM duckdb_tables() WHERE NOT internal AND ${filter}${named('table_name')}
      UNION ALL SELECT schema_name, view_name, 'view', comment, NULL, sql FROM duckdb_views() WHERE NOT internal AND ${filter}${named('view_name')}) AS r
      LEFT JOIN (${facts}) AS f ON f.object = r.schema_name || '.' || r.name ORDER BY schema_name, name`,
  );
  return rows.flatMap(
    ([kept, name, kind, comment, rowCount, text, created, clusterBy, transient, dynamic]) => {
      const place = readKept(String(kept));
      if (place?.schema === undefined) return [];
      return [
        {
          database: place.database,
          schema: place.schema,
          identifier: String(name),
          kind:
            dynamic !== null && dynamic !== undefined
              ? 'dynamic_table'
              : kind === 'view'
                ? 'view'
                : 'table',
          comment: asText(comment) ?? '',
          rowCount: typeof rowCount === 'number' ? rowCount : null,
          text: asText(text) ?? '',
          createdOn: asText(created),
          clusterBy: asText(clusterBy) ?? '',
          isTransient: transient !== null && transient !== undefined,
          dynamic: asText(dynamic),
        } satisfies RelationEntry,
      ];
    },
  );
}

export interface ColumnQuestion {
  readonly isTemporary: boolean;
  /** False if no column of it was ever commented on: the binder is then asked, which is much quicker than the catalog. */
  readonly hasComments: boolean;
  /** False if the warehouse has no column with a length. */
  readonly hasLengths: boolean;
}

function sizedName(type: string, length: number | undefined): string {
  return length === undefined ? snowflakeTypeName(type) : `VARCHAR(${length})`;
}

/** The condition on DuckDB's lists of columns and constraints that picks one relation. */
export function placeOf(name: FullName, isTemporary: boolean): string {
  return isTemporary
    ? `database_name = 'temp' AND lower(table_name) = lower(${sqlText(temporaryIdentifier(name))})`
    : `database_name = current_database() AND lower(schema_name) = lower(${sqlText(keptSchema(name.database, name.schema))}) AND lower(table_name) = lower(${sqlText(name.identifier)})`;
}

/**
 * Columns in order; empty if there is no such relation.
 */
export async function listColumns(
  ask: Ask,
  name: FullName,
  { isTemporary, hasComments, hasLengths }: ColumnQuestion,
): Promise<readonly ColumnEntry[]> {
  const rows = hasComments
    ? await commentedColumns(ask, name, isTemporary)
    : await boundColumns(ask, name, isTemporary);
  const lengths = hasLengths
    ? await textLengths(ask, placeOf(name, isTemporary))
    : new Map<string, number>();
  return rows.map(([column, type, isNullable, defaultText, comment]) => ({
    name: String(column),
    typeName: sizedName(String(type), lengths.get(String(column))),
    kind: snowflakeKind(String(type)),
    isNullable: isNullable === true,
    defaultText: asText(defaultText),
    comment: asText(comment),
  }));
}

async function commentedColumns(
  ask: Ask,
  name: FullName,
  isTemporary: boolean,
): Promise<readonly Row[]> {
  const place = placeOf(name, isTemporary);
  return ask(
    `SELECT column_name, data_type, is_nullable, column_default, comment FROM duckdb_columns() WHERE ${place} ORDER BY column_index`,
  );
}

async function boundColumns(
  ask: Ask,
  name: FullName,
  isTemporary: boolean,
): Promise<readonly Row[]> {
  const system = name.schema.toUpperCase() === 'INFORMATION_SCHEMA' ? systemView(name) : undefined;
  const text =
    system === undefined
      ? isTemporary
        ? temporaryText(name)
        : keptText(name)
      : `SELECT * FROM ${system}`;
  try {
    return await ask(
      `SELECT column_name, column_type, "null" = 'YES', "default", NULL FROM (DESCRIBE ${text})`,
    );
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

/** What a column holds: a DECIMAL without a scale is a whole number on Snowflake. */
export function snowflakeKind(duckdbType: string): CellKind {
  return /^DECIMAL\(\d+,\s*0\)$/u.test(duckdbType) ? 'integer' : cellReader(duckdbType).kind;
}

function asText(value: Cell | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
