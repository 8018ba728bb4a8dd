/**
 * Seeds: a csv as the table that `load_agate_table()` gives, with agate's inference of types.
 */
import { isJsonObject, type JsonObject, readCsv } from '../base/index.js';
import { PyTable } from '../context/index.js';
import { PyDate, PyDateTime, PyDecimal, type Value } from '../jinja/index.js';

type Reader = (text: string) => Value | undefined;

/** What means "no value" in a column that is not forced to be text. */
const NULLS = new Set(['', 'null']);
const CURRENCY = /[$€£¥₩₪₫₱₽₹%,]/gu;

/** The types that agate tries, in its order; the first that reads every value of the column wins. */
const READERS: readonly Reader[] = [readInteger, readNumber, readDate, readTimestamp, readBoolean];

/**
 * Reads a seed's csv.
 *
 * @param config the seed's config: `delimiter`, and `column_types`, whose columns stay text.
 */
export function seedTable(text: string, config: JsonObject): PyTable {
  const delimiter = config['delimiter'];
  const { header, rows } = readCsv(
    text,
    typeof delimiter === 'string' && delimiter !== '' ? delimiter : ',',
  );
  const types = config['column_types'];
  const forced = new Set(isJsonObject(types) ? Object.keys(types) : []);
  const columns = header.map((name, index) => {
    const cells = rows.map((row) => row[index] ?? '');
    return forced.has(name) ? cells.map(textOrNull) : inferColumn(cells);
  });
  return new PyTable(
    header,
    rows.map((_, index) => columns.map((column) => column[index] ?? null)),
  );
}

function inferColumn(cells: readonly string[]): readonly Value[] {
  for (const read of READERS) {
    const values: Value[] = [];
    for (const cell of cells) {
      const trimmed = cell.trim();
      if (NULLS.has(trimmed.toLowerCase())) {
        values.push(null);
        continue;
      }
      const value = read(trimmed);
      if (value === undefined) break;
      values.push(value);
    }
    if (values.length === cells.length) return values;
  }
  return cells.map(textOrNull);
}

function textOrNull(cell: string): Value {
  return NULLS.has(cell.toLowerCase()) ? null : cell;
}

function readInteger(text: string): Value | undefined {
  const plain = text.replace(CURRENCY, '');
  if (!/^[+-]?\d+$/u.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isSafeInteger(value) ? value : BigInt(plain);
}

function readNumber(text: string): Value | undefined {
  const plain = text.replace(CURRENCY, '');
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u.test(plain)
    ? PyDecimal.parse(plain)
    : undefined;
}

function readDate(text: string): Value | undefined {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && isRealDate(text) ? PyDate.parse(text) : undefined;
}

function readTimestamp(text: string): Value | undefined {
  const match =
    /^(?<date>\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/u.exec(
      text,
    );
  return match?.groups?.['date'] !== undefined && isRealDate(match.groups['date'])
    ? PyDateTime.parse(text)
    : undefined;
}

function isRealDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function readBoolean(text: string): Value | undefined {
  const lower = text.toLowerCase();
  if (lower === 'true') return true;
  return lower === 'false' ? false : undefined;
}
