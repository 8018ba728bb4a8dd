/**
 * Answers that are not rows of a table: status lines, counts of changes, lists of the catalog.
 */
import type { Cell, ResultColumn, Row, StatementResult } from '../port.js';

export function textColumn(name: string): ResultColumn {
  return { name, kind: 'text', typeName: 'VARCHAR(16777216)' };
}

function countColumn(name: string): ResultColumn {
  return { name, kind: 'integer', typeName: 'NUMBER(38,0)' };
}

/** The one-row answer of DDL and session statements. */
export function status(text: string): StatementResult {
  return { columns: [textColumn('status')], rows: [[text]], rowCount: 1, message: 'SUCCESS 1' };
}

/** Rows of a list of texts and numbers; every column is text unless it is in `numbers`. */
export function listing(
  names: readonly string[],
  rows: readonly Row[],
  numbers: readonly string[] = [],
): StatementResult {
  const columns = names.map((name) =>
    numbers.includes(name) ? countColumn(name) : textColumn(name),
  );
  return { columns, rows, rowCount: rows.length, message: `SUCCESS ${rows.length}` };
}

export interface Changes {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

/** The answer of DML: one row of counts, named as Snowflake names them. dbt prints what was inserted, else what was changed. */
export function changed(
  verb: 'insert' | 'update' | 'delete' | 'merge',
  kinds: readonly (keyof Changes)[],
  changes: Changes,
): StatementResult {
  const names = kinds.map((kind) => `number of rows ${kind}`);
  const cells: Cell[] = kinds.map((kind) => changes[kind]);
  if (verb === 'update') {
    names.push('number of multi-joined rows updated');
    cells.push(0);
  }
  const rowCount = changes.inserted + changes.updated + changes.deleted;
  return {
    columns: names.map((name) => countColumn(name)),
    rows: [cells],
    rowCount,
    message: `SUCCESS ${changes.inserted > 0 ? changes.inserted : rowCount}`,
    changes,
  };
}
