/**
 * `modules.datetime`.
 */
import { typeError } from '../error.js';
import { wholeOf } from '../methods/number-methods.js';
import type { CallArguments, Value } from '../value.js';
import { bindArguments, signature } from '../values/arguments.js';
import { toText, typeName } from '../values/describe.js';
import { PyDict } from '../values/dict.js';
import { numberOf } from '../values/float.js';
import { fromOrdinal } from './calendar.js';
import { dateInt, PyDate } from './date.js';
import { PyDateTime } from './datetime.js';
import { HostClass } from './host-class.js';
import { PyTime, zoneOf } from './time.js';
import { DAY_MICROSECONDS, makeTimeDelta, PyTimeDelta } from './timedelta.js';
import { PyTimeZone } from './timezone.js';

const NOW = signature('now(tz=None)');
const FROMTIMESTAMP = signature('fromtimestamp(timestamp, tz=None)');
const COMBINE = signature('combine(date, time, tzinfo=None)');
const MAX_TIME = { hour: 23, minute: 59, second: 59, microsecond: 999_999 };
const MIDNIGHT = { hour: 0, minute: 0, second: 0, microsecond: 0 };
const FIRST_DAY = { year: 1, month: 1, day: 1 };
const LAST_DAY = { year: 9999, month: 12, day: 31 };

/**
 * dbt's `modules.datetime`: `date`, `datetime`, `time`, `timedelta` and `tzinfo`.
 *
 * @param clock the epoch in milliseconds. Naive local time is UTC.
 */
export function datetimeModule(clock: () => number): PyDict {
  const now = (zone: PyTimeZone | null): PyDateTime => {
    const moment = PyDateTime.fromEpochMs(clock(), 'UTC');
    return zone === null ? moment.inZone(null) : moment.convertTo(zone);
  };
  const stamp = (call: CallArguments): PyDateTime => {
    const [seconds = 0, zone = null] = bindArguments(FROMTIMESTAMP, call);
    const number = numberOf(seconds) ?? wholeOf(seconds);
    if (number === undefined) {
      throw typeError(`'${typeName(seconds)}' object cannot be interpreted as an integer`);
    }
    const moment = PyDateTime.fromEpochMs(Number(number) * 1000, 'UTC');
    const wanted = zoneOf(zone);
    return wanted === null ? moment.inZone(null) : moment.convertTo(wanted);
  };

  const datetime = new HostClass('datetime.datetime', (call) => PyDateTime.fromCall(call), {
    now: (call) => now(zoneOf(bindArguments(NOW, call)[0] ?? null)),
    today: () => now(null),
    utcnow: () => now(null),
    fromtimestamp: stamp,
    utcfromtimestamp: (call) => stamp({ ...call, args: call.args.slice(0, 1) }),
    fromisoformat: ({ args: [text = null] }) => PyDateTime.parse(isoText(text)),
    fromordinal: ({ args: [ordinal] }) =>
      new PyDateTime(fromOrdinal(dateInt(ordinal)), MIDNIGHT, null),
    strptime: ({ args: [text = null, format = null] }) =>
      PyDateTime.parseFormat(formatText(text, 1), formatText(format, 2)),
    combine,
    min: new PyDateTime(FIRST_DAY, MIDNIGHT, null),
    max: new PyDateTime(LAST_DAY, MAX_TIME, null),
  });

  const date = new HostClass('datetime.date', (call) => PyDate.fromCall(call), {
    today: () => new PyDate(now(null).day),
    fromisoformat: ({ args: [text = null] }) => PyDate.parse(isoText(text)),
    fromtimestamp: (call) => new PyDate(stamp(call).day),
    fromordinal: ({ args: [ordinal] }) => new PyDate(fromOrdinal(dateInt(ordinal))),
    min: new PyDate(FIRST_DAY),
    max: new PyDate(LAST_DAY),
  });

  const time = new HostClass('datetime.time', (call) => PyTime.fromCall(call), {
    fromisoformat: ({ args: [text = null] }) => {
      const { clock: wall, zone } = PyDateTime.parse(`1900-01-01T${isoText(text)}`);
      return new PyTime(wall, zone);
    },
    min: new PyTime(MIDNIGHT),
    max: new PyTime(MAX_TIME),
  });

  const span = 999_999_999n * DAY_MICROSECONDS;
  return PyDict.fromObject({
    date,
    datetime,
    time,
    timedelta: new HostClass('datetime.timedelta', makeTimeDelta, {
      min: new PyTimeDelta(-span),
      max: new PyTimeDelta(span + DAY_MICROSECONDS - 1n),
    }),
    tzinfo: new HostClass('datetime.tzinfo', () => PyTimeZone.utc),
  });
}

function isoText(value: Value): string {
  if (typeof value === 'string') return value;
  throw typeError('fromisoformat: argument must be str');
}

function formatText(value: Value, index: number): string {
  if (typeof value === 'string') return value;
  throw typeError(`strptime() argument ${index} must be str, not ${typeName(value)}`);
}

function combine(call: CallArguments): PyDateTime {
  const [date = null, time = null, zone = null] = bindArguments(COMBINE, call);
  const day = date instanceof PyDate || date instanceof PyDateTime ? date.day : undefined;
  if (day === undefined || !(time instanceof PyTime)) {
    throw typeError(
      `combine() argument ${day === undefined ? 1 : 2} must be datetime.${day === undefined ? 'date' : 'time'}, not ${toText(typeName(day === undefined ? date : time))}`,
    );
  }
  return new PyDateTime(day, time.clock, zoneOf(zone) ?? time.zone);
}
