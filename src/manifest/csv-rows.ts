/**
 * Reads CSV as Python's `csv.DictReader` does: rows of texts by the names of the first line.
 */
import type { Json, JsonObject } from '../base/index.js';

/** Rows of a CSV text; an empty field is null. Lines without any field are skipped. */
export function csvRows(text: string): readonly JsonObject[] {
  const [header, ...records] = recordsOf(text);
  if (header === undefined) return [];
  return records.map((record) =>
    Object.fromEntries(
      header.map((name, at): [string, Json] => [
        name,
        (record[at] ?? '') === '' ? null : (record[at] ?? null),
      ]),
    ),
  );
}

function recordsOf(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let isQuoted = false;
  const endRecord = (): void => {
    // A line with nothing on it is no record.
    if (record.length > 0 || field !== '') records.push([...record, field]);
    record = [];
    field = '';
  };
  const body = text.replaceAll(/\r\n?/gu, '\n');
  for (let at = 0; at < body.length; at += 1) {
    const character = body.charAt(at);
    if (isQuoted) {
      if (character !== '"') field += character;
      else if (body.charAt(at + 1) === '"') {
        field += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"' && field === '') isQuoted = true;
    else if (character === ',') {
      record.push(field);
      field = '';
    } else if (character === '\n') endRecord();
    else field += character;
  }
  endRecord();
  return records;
}
