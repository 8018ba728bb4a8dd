/** Interval literals. */
import type { SqlNode } from '../tree.js';
import { type Scope, type Written, literal, unsupported } from './scope.js';

const PART = /^\s*([+-]?\d+)\s*([A-Za-z]*)\s*$/u;

const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    year: 'y yy yyyy yr yrs years',
    quarter: 'q qtr qtrs quarters',
    month: 'mm mon mons months',
    week: 'w wk weeks',
    day: 'd dd days',
    hour: 'h hh hr hrs hours',
    minute: 'm mi min mins minutes',
    second: 's sec secs seconds',
    millisecond: 'ms msec milliseconds',
    microsecond: 'us usec microseconds',
  }).flatMap(([unit, names]) => [
    [unit, unit] as const,
    ...names.split(' ').map((name) => [name, unit] as const),
  ]),
);
const DAYS = new Set(['year', 'quarter', 'month', 'week', 'day']);

/**
 * Reads the text of `interval '2 days, 3 hours'`: commas part the pieces, a bare number is seconds.
 *
 * @throws DagbookError sql/unsupported for a unit that is none.
 */
export function readInterval(value: string, at: SqlNode, scope: Scope): Written {
  const parts = value.split(',').map((part) => {
    const found = PART.exec(part);
    const unit = UNITS.get((found?.[2] ?? '').toLowerCase() || 'second');
    if (found === null || unit === undefined)
      throw unsupported(scope, `The interval '${value}'`, at);
    return { amount: found[1] ?? '', unit };
  });
  const text = parts
    .map(({ amount, unit }) =>
      unit === 'quarter' ? `${Number(amount) * 3} month` : `${amount} ${unit}`,
    )
    .join(' ');
  const isDays = parts.every(({ unit }) => DAYS.has(unit));
  return { text: `INTERVAL ${literal(text)}`, ...(isDays ? { hint: 'days' } : {}) };
}
