/** Date and time parts, by all the names Snowflake gives them. */
import type { SqlNode } from '../../tree.js';
import { stringValue } from '../nodes.js';
import { type Scope, unsupported } from '../scope.js';

export type Unit =
  | 'year'
  | 'quarter'
  | 'month'
  | 'week'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'millisecond'
  | 'microsecond'
  | 'nanosecond';

/** Parts that only EXTRACT knows. */
export type Part =
  | Unit
  | 'weekiso'
  | 'dayofweek'
  | 'dayofweekiso'
  | 'dayofyear'
  | 'yearofweek'
  | 'yearofweekiso'
  | 'epoch_second'
  | 'epoch_millisecond'
  | 'epoch_microsecond'
  | 'epoch_nanosecond'
  | 'timezone_hour'
  | 'timezone_minute';

const NAMES: Readonly<Record<Part, string>> = {
  year: 'year y yy yyy yyyy yr years yrs',
  quarter: 'quarter q qtr qtrs quarters',
  month: 'month mm mon mons months',
  week: 'week w wk weekofyear woy wy weeks',
  day: 'day d dd days dayofmonth',
  hour: 'hour h hh hr hours hrs',
  minute: 'minute m mi min minutes mins',
  second: 'second s sec seconds secs',
  millisecond: 'millisecond ms msec milliseconds',
  microsecond: 'microsecond us usec microseconds',
  nanosecond: 'nanosecond ns nsec nanosec nsecond nanoseconds nanosecs nseconds',
  weekiso: 'weekiso week_iso weekofyeariso weekofyear_iso',
  dayofweek: 'dayofweek weekday dow dw',
  dayofweekiso: 'dayofweekiso dayofweek_iso weekday_iso dow_iso dw_iso',
  dayofyear: 'dayofyear yearday doy dy',
  yearofweek: 'yearofweek',
  yearofweekiso: 'yearofweekiso',
  epoch_second: 'epoch_second epoch epoch_seconds',
  epoch_millisecond: 'epoch_millisecond epoch_milliseconds',
  epoch_microsecond: 'epoch_microsecond epoch_microseconds',
  epoch_nanosecond: 'epoch_nanosecond epoch_nanoseconds',
  timezone_hour: 'timezone_hour tzh',
  timezone_minute: 'timezone_minute tzm',
};

const PARTS: ReadonlyMap<string, Part> = new Map(
  (Object.keys(NAMES) as Part[]).flatMap((part) =>
    NAMES[part].split(' ').map((name) => [name, part] as const),
  ),
);
const UNITS: ReadonlySet<string> = new Set([
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
  'microsecond',
  'nanosecond',
]);

/** True if a word or string names a date part. */
export function isUnit(node: SqlNode): boolean {
  return PARTS.has(textOf(node).toLowerCase());
}

/** The part that a word or string names. @throws DagbookError sql/unsupported for any other. */
export function readPart(nodes: readonly SqlNode[] | undefined, scope: Scope): Part {
  const [node] = nodes ?? [];
  const part = node === undefined ? undefined : PARTS.get(textOf(node).toLowerCase());
  if (part === undefined)
    throw unsupported(scope, `The date part ${node === undefined ? '' : textOf(node)}`, node);
  return part;
}

/** As `readPart`, for functions that count or cut by a unit of time. */
export function readUnit(nodes: readonly SqlNode[] | undefined, scope: Scope): Unit {
  const part = readPart(nodes, scope);
  const unit =
    part === 'weekiso' ? 'week' : part === 'dayofweek' || part === 'dayofyear' ? 'day' : part;
  if (!UNITS.has(unit)) throw unsupported(scope, `The unit ${part}`, nodes?.[0]);
  return unit as Unit;
}

/** True for units that leave a date a date. */
export function isDayOrLonger(unit: Unit): boolean {
  return (
    unit === 'year' || unit === 'quarter' || unit === 'month' || unit === 'week' || unit === 'day'
  );
}

function textOf(node: SqlNode): string {
  if (node.kind === 'group') return '';
  return node.kind === 'string'
    ? stringValue(node.text)
    : node.kind === 'quoted'
      ? node.text.slice(1, -1)
      : node.text;
}
