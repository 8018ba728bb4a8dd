/** Snowflake's format strings in DuckDB's words. DuckDB wants them constant, so they are read here. */
import type { SqlNode } from '../../tree.js';
import { type Scope, unsupported } from '../scope.js';

/** Longest first; the second text is for reading where it differs from writing. */
const ELEMENTS: readonly (readonly [string, string, string?])[] = [
  ['TZHTZM', '%z'],
  ['TZH:TZM', '%z'],
  ['TZH', '%z'],
  ['YYYY', '%Y'],
  ['UUUU', '%Y'],
  ['MMMM', '%B'],
  ['HH24', '%H'],
  ['HH12', '%I'],
  ['FF0', ''],
  ['FF3', '%g', '%f'],
  ['FF6', '%f'],
  ['FF9', '%n', '%f'],
  ['FF', '%n', '%f'],
  ['MON', '%b'],
  ['YY', '%y'],
  ['MM', '%m'],
  ['DD', '%d'],
  ['DY', '%a'],
  ['HH', '%H'],
  ['MI', '%M'],
  ['SS', '%S'],
  ['AM', '%p'],
  ['PM', '%p'],
];

/** Translates a date and time format; characters that are no element stand for themselves. */
export function dateFormat(format: string, direction: 'read' | 'write'): string {
  let out = '';
  let rest = format;
  while (rest !== '') {
    const quoted = /^"([^"]*)"/u.exec(rest);
    const upper = rest.toUpperCase();
    const element = ELEMENTS.find(([name]) => upper.startsWith(name));
    if (quoted !== null) {
      out += (quoted[1] ?? '').replaceAll('%', '%%');
      rest = rest.slice(quoted[0].length);
    } else if (element !== undefined) {
      out += direction === 'read' ? (element[2] ?? element[1]) : element[1];
      rest = rest.slice(element[0].length);
    } else {
      out += rest[0] === '%' ? '%%' : rest.charAt(0);
      rest = rest.slice(1);
    }
  }
  return out;
}

/** True for formats of numbers: `999,990.00`, `$9`, `FM000`. */
export function isNumberFormat(format: string): boolean {
  return (
    /^(?:FM|S|MI|\$|TM9|TME|TM)?[09,.GDSXFM$]*[09X](?:[09,.GDX]*)(?:S|MI)?$/iu.test(format) ||
    /^TM[9E]?$/iu.test(format)
  );
}

/**
 * A number printed by a format, as SQL over `value`: digits are grouped and padded, a sign takes one place, `FM` drops blanks.
 *
 * @throws DagbookError sql/unsupported for exponents, hexadecimal and signs at the end.
 */
export function formatNumber(value: string, format: string, at: SqlNode, scope: Scope): string {
  const isFilled = /^FM/iu.test(format);
  const body = format.replace(/^FM/iu, '').replaceAll(/G/giu, ',').replaceAll(/D/giu, '.');
  if (!/^\$?[09,]+(?:\.[09]*)?$/u.test(body))
    throw unsupported(scope, `The number format '${format}'`, at);
  const hasDollar = body.startsWith('$');
  const [whole = '', fraction = ''] = body.replace('$', '').split('.');
  const hasGroups = whole.includes(',');
  const minimum = whole.includes('0')
    ? whole.slice(whole.indexOf('0')).replaceAll(',', '').length
    : 0;
  const digits = `format('{:${hasGroups ? ',' : ''}.${fraction.length}f}', abs(CAST(${value} AS DECIMAL(38,${fraction.length}))))`;
  const trimmed = minimum === 0 ? `regexp_replace(${digits}, '^0\\.', '.')` : digits;
  const padded =
    minimum > 1 && !hasGroups
      ? `lpad(${trimmed}, greatest(length(${trimmed}), ${minimum + (fraction === '' ? 0 : fraction.length + 1)})::INTEGER, '0')`
      : trimmed;
  const signed = `CASE WHEN (${value}) < 0 THEN '-' ELSE '' END || ${hasDollar ? "'$' || " : ''}${padded}`;
  const width = body.length + 1;
  return isFilled ? `(${signed})` : `lpad(${signed}, ${width}, ' ')`;
}
