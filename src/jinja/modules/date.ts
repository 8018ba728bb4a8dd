/**
 * Python's date and time of day.
 */
import { typeError, valueError } from '../error.js';
import { type CallArguments, type Operator, PyFunction, PyObject, type Value } from '../value.js';
import { bindArguments, signature } from '../values/arguments.js';
import { reprText, toText, typeName } from '../values/describe.js';
import { intOf } from '../values/float.js';
import { NamedTuple } from '../values/tuple.js';
import {
  type CalendarDay,
  checkDay,
  EPOCH_ORDINAL,
  fromOrdinal,
  isoDay,
  isoWeek,
  toOrdinal,
  two,
  weekday,
  yearDay,
} from './calendar.js';
import { type Moment, strftime } from './strftime.js';
import { DAY_MICROSECONDS, PyTimeDelta } from './timedelta.js';

/** An int argument of a date's constructor. */
export function dateInt(value: Value | undefined): number {
  const int = value === undefined ? undefined : intOf(value);
  if (int === undefined) {
    throw typeError(`'${typeName(value ?? null)}' object cannot be interpreted as an integer`);
  }
  return Number(int);
}

/** @throws TypeError, in the words of C functions, if a call has no year, month or day. */
export function requireDay({ args, kwargs }: CallArguments): void {
  for (const [index, name] of ['year', 'month', 'day'].entries()) {
    if (index < args.length || kwargs.has(name)) continue;
    throw typeError(`function missing required argument '${name}' (pos ${index + 1})`);
  }
}

const DATE = signature('date(year, month, day)');
const REPLACE = signature('replace(year=None, month=None, day=None)');
/** A day. */
export class PyDate extends PyObject {
  readonly typeName = 'datetime.date';
  readonly day: CalendarDay;

  /** @throws ValueError if there is no such day. */
  constructor(day: CalendarDay) {
    super();
    checkDay(day);
    this.day = day;
  }

  /** `2024-01-31`. @throws ValueError in Python's words. */
  static parse(text: string): PyDate {
    const match = /^(\d{4})-?(\d\d)-?(\d\d)$/u.exec(text);
    if (match === null) throw valueError(`Invalid isoformat string: ${reprText(text)}`);
    const [, year, month, day] = match;
    return new PyDate({ year: Number(year), month: Number(month), day: Number(day) });
  }

  static fromCall(call: CallArguments): PyDate {
    requireDay(call);
    const [year, month, day] = bindArguments(DATE, call);
    return new PyDate({ year: dateInt(year), month: dateInt(month), day: dateInt(day) });
  }

  get ordinal(): number {
    return toOrdinal(this.day);
  }

  get moment(): Moment {
    const epochSeconds = (this.ordinal - EPOCH_ORDINAL) * 86_400;
    const midnight = { hour: 0, minute: 0, second: 0, microsecond: 0 };
    return { ...this.day, ...midnight, offset: '', zoneName: '', epochSeconds };
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'replace') {
      return new PyFunction(name, (call) => {
        const [year, month, day] = bindArguments(REPLACE, call);
        return new PyDate({
          year: dateInt(year ?? this.day.year),
          month: dateInt(month ?? this.day.month),
          day: dateInt(day ?? this.day.day),
        });
      });
    }
    return dayAttribute(this.day, () => this.moment, name);
  }

  override toText(): string {
    return isoDay(this.day);
  }

  override toRepr(): string {
    return `datetime.date(${this.day.year}, ${this.day.month}, ${this.day.day})`;
  }

  override format(spec: string): string {
    return spec === '' ? this.toText() : strftime(this.moment, spec);
  }

  override equals(other: Value): boolean {
    return other instanceof PyDate && other.ordinal === this.ordinal;
  }

  override hashKey(): string {
    return `\0date${this.ordinal}`;
  }

  override compare(other: Value): number | undefined {
    return other instanceof PyDate ? this.ordinal - other.ordinal : undefined;
  }

  override operate(operator: Operator, other: Value, isReflected: boolean): Value | undefined {
    if (other instanceof PyDate && operator === '-') {
      const days = isReflected ? other.ordinal - this.ordinal : this.ordinal - other.ordinal;
      return new PyTimeDelta(BigInt(days) * DAY_MICROSECONDS);
    }
    if (!(other instanceof PyTimeDelta)) return undefined;
    if (operator === '+') return this.#plus(other.days);
    return operator === '-' && !isReflected ? this.#plus(-other.days) : undefined;
  }

  #plus(days: bigint): PyDate {
    return new PyDate(fromOrdinal(Number(BigInt(this.ordinal) + days)));
  }
}

/** What dates and datetimes share. */
export function dayAttribute(
  day: CalendarDay,
  moment: () => Moment,
  name: string,
): Value | undefined {
  switch (name) {
    case 'year':
    case 'month':
    case 'day':
      return day[name];
    case 'strftime':
      return new PyFunction(name, ({ args: [format = ''] }) => strftime(moment(), toText(format)));
    case 'isoformat':
      return new PyFunction(name, () => isoDay(day));
    case 'weekday':
      return new PyFunction(name, () => weekday(day));
    case 'isoweekday':
      return new PyFunction(name, () => weekday(day) + 1);
    case 'isocalendar':
      return new PyFunction(
        name,
        () =>
          new NamedTuple(
            ['year', 'week', 'weekday'],
            [...isoWeek(day)],
            'datetime.IsoCalendarDate',
          ),
      );
    case 'toordinal':
      return new PyFunction(name, () => toOrdinal(day));
    case 'timetuple':
      return new PyFunction(name, () => timeTuple(moment()));
    case 'ctime':
      return new PyFunction(name, () => strftime(moment(), '%a %b %e %H:%M:%S %Y'));
    default:
      return undefined;
  }
}

function timeTuple(moment: Moment): Value {
  return new NamedTuple(
    [
      'tm_year',
      'tm_mon',
      'tm_mday',
      'tm_hour',
      'tm_min',
      'tm_sec',
      'tm_wday',
      'tm_yday',
      'tm_isdst',
    ],
    [
      moment.year,
      moment.month,
      moment.day,
      moment.hour,
      moment.minute,
      moment.second,
      weekday(moment),
      yearDay(moment),
      -1,
    ],
    'time.struct_time',
  );
}

/** The wall clock of a day: what is left of a datetime without its date. */
export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** @throws ValueError in Python's words if there is no such time. */
export function checkClock({ hour, minute, second, microsecond }: ClockTime): void {
  if (hour < 0 || hour > 23) throw valueError('hour must be in 0..23');
  if (minute < 0 || minute > 59) throw valueError('minute must be in 0..59');
  if (second < 0 || second > 59) throw valueError('second must be in 0..59');
  if (microsecond < 0 || microsecond > 999_999) {
    throw valueError('microsecond must be in 0..999999');
  }
}

/** `12:30:00.5` as Python prints it: six digits after the point, or none. */
export function isoClock({ hour, minute, second, microsecond }: ClockTime): string {
  const fraction = microsecond === 0 ? '' : `.${String(microsecond).padStart(6, '0')}`;
  return `${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
}

/** Microseconds since midnight. */
export function clockMicroseconds({ hour, minute, second, microsecond }: ClockTime): number {
  return ((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond;
}
