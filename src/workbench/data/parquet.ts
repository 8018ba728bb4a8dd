/**
 * Parquet, written by a DuckDB in memory: the rows may have come from any warehouse.
 */
import { DagbookError } from '../../base/index.js';
import { joinPath, moveFolder, randomId, removePath } from '../../platform/index.js';
import { quoteIdentifier } from '../../sql/index.js';
import {
  type Cell,
  type Connection,
  openWarehouse,
  type ResultColumn,
  type ResultPage,
} from '../../warehouse/index.js';
import { textLiteral } from './result-shape.js';

/**
 * Writes all pages, whole or not at all; returns the number of rows.
 *
 * Texts, JSON among them, are strings; decimals keep their digits; binary is bytes.
 * @throws DagbookError export/no-columns; what the pages and DuckDB throw.
 */
export async function writeParquet(
  pages: AsyncIterable<ResultPage>,
  file: string,
  signal: AbortSignal,
): Promise<number> {
  const folder = joinPath(file, '..');
  const draft = joinPath(folder, `.${randomId()}.parquet.tmp`);
  const warehouse = await openWarehouse(
    // DuckDB may write where its project is, and nowhere else.
    { type: 'duckdb', name: 'export', fields: { path: ':memory:' }, projectRoot: folder },
    { signal },
  );
  try {
    const connection = await warehouse.connect({ name: 'export', signal });
    let rowCount = 0;
    let hasTable = false;
    for await (const page of pages) {
      if (!hasTable) await createTable(connection, page.columns, signal);
      hasTable = true;
      await insertRows(connection, page, signal);
      rowCount += page.rows.length;
    }
    if (!hasTable) {
      throw new DagbookError('export/no-columns', 'There is nothing to write.', { exitCode: 1 });
    }
    const sql = `copy rows to ${textLiteral(draft, 'duckdb')} (format parquet)`;
    await connection.execute(sql, { signal });
    await connection.close();
    moveFolder(draft, file);
    return rowCount;
  } finally {
    await warehouse.close();
    removePath(draft);
  }
}

async function createTable(
  connection: Connection,
  columns: readonly ResultColumn[],
  signal: AbortSignal,
): Promise<void> {
  const list = columns.map((column) => `${quoteIdentifier(column.name)} ${typeOf(column)}`);
  await connection.execute(`create table rows (${list.join(', ')})`, { signal });
}

async function insertRows(
  connection: Connection,
  { columns, rows }: ResultPage,
  signal: AbortSignal,
): Promise<void> {
  if (rows.length === 0) return;
  const shape = JSON.stringify([
    Object.fromEntries(columns.map((_, index) => [`c${index}`, 'VARCHAR'])),
  ]);
  const values = columns.map((column, index) =>
    column.kind === 'binary' ? `unhex(c${index})` : `cast(c${index} as ${typeOf(column)})`,
  );
  const objects = rows.map((row) =>
    Object.fromEntries(row.map((cell, index) => [`c${index}`, textOf(cell)])),
  );
  await connection.execute(
    `insert into rows select ${values.join(', ')} from (select unnest(from_json($1::json, '${shape}'), recursive := true))`,
    { signal, bindings: [JSON.stringify(objects)] },
  );
}

function textOf(cell: Cell): string | null {
  return cell === null ? null : String(cell);
}

/** The type in DuckDB's words. */
function typeOf({ kind, typeName }: ResultColumn): string {
  const [, precision, scale] = /\((\d+)(?:,\s*(\d+))?\)/u.exec(typeName) ?? [];
  switch (kind) {
    case 'integer':
      // Wider than eight bytes: a decimal without places.
      return Number(precision ?? 0) > 18 || /^hugeint$/iu.test(typeName)
        ? 'decimal(38, 0)'
        : 'bigint';
    case 'decimal':
      return `decimal(${precision ?? '38'}, ${scale ?? '10'})`;
    case 'float':
      return 'double';
    case 'timestamp_tz':
      return 'timestamptz';
    case 'binary':
      return 'blob';
    case 'text':
    case 'json':
      return 'varchar';
    default:
      return kind;
  }
}
