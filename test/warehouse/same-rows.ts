/**
 * Tells whether two results are the same, one of them as JSON can state it.
 */

/**
 * True if `actual` has the rows of `expected`: in order, or in any order if the statement asks for none.
 *
 * Cells are equal by value: `1.50` is 1.5, a time is the same with and without its zero fraction, JSON is JSON.
 */
export function sameRows(
  expected: readonly (readonly unknown[])[],
  actual: readonly (readonly unknown[])[],
  isOrdered: boolean,
): boolean {
  const left = expected.map((row) => keyOfRow(row));
  const right = actual.map((row) => keyOfRow(row));
  if (!isOrdered) {
    left.sort();
    right.sort();
  }
  return JSON.stringify(left) === JSON.stringify(right);
}

function keyOfRow(row: readonly unknown[]): string {
  return JSON.stringify(row.map((cell) => keyOf(cell)));
}

function keyOf(cell: unknown): unknown {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'boolean') return cell;
  if (typeof cell === 'number') return `#${rounded(cell)}`;
  if (typeof cell === 'object') return JSON.stringify(sorted(cell));
  if (typeof cell !== 'string') return `#${JSON.stringify(cell)}`;
  const text = cell;
  if (/^[[{]/u.test(text)) return jsonKey(text);
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/u.test(text)) return numberKey(text);
  const time = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d+?))??0*( ?[+-]\d\d:?\d\d|Z)?$/u.exec(
    text,
  );
  if (time !== null) return `${time[1]} ${time[2]}.${time[3] ?? ''}${zoneKey(time[4])}`;
  return text;
}

function zoneKey(zone: string | undefined): string {
  const text = (zone ?? '').replaceAll(/[ :]/gu, '');
  return text === 'Z' ? '+0000' : text;
}

/** A number's text by value; whole ones keep every digit. */
function numberKey(text: string): string {
  if (/^-?\d+$/u.test(text)) return `#${text}`;
  return `#${rounded(Number(text))}`;
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(14)));
}

function jsonKey(text: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(text)));
  } catch {
    return text;
  }
}

/** Objects by key: VARIANT keeps no order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => sorted(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [
    key,
    sorted(inner),
  ]);
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}
