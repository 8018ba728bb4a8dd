/**
 * Reads CSV as Python's `csv.DictReader` does: rows of texts by the names of the first line.
 */
import { type Json, type JsonObject, readCsv } from '../base/index.js';

/** Rows of a CSV text; an empty field is null. Lines without any field are skipped. */
export function csvRows(text: string): readonly JsonObject[] {
  const { header, rows } = readCsv(text);
  return rows.map((row) =>
    Object.fromEntries(
      header.map((name, at): [string, Json] => [name, row[at] === '' ? null : (row[at] ?? null)]),
    ),
  );
}
