/**
 * Python's datetime.
 */
import { JinjaError, typeError, valueError } from '../error.js';
import { type CallArguments, type Operator, PyFunction, type Value } from '../value.js';
import { bindArguments, signature } from '../values/arguments.js';
import { reprText, toText } from '../values/describe.js';
import { PyFloat } from '../values/float.js';
import {
  type CalendarDay,
  checkDay,
  EPOCH_ORDINAL,
  fromOrdinal,
  isoDay,
  toOrdinal,
} from './calendar.js';
import {
  checkClock,
  clockMicroseconds,
  type ClockTime,
  dateInt,
  dayAttribute,
  isoClock,
  PyDate,
  requireDay,
} from './date.js';
import { matchFormat, type Moment, MONTHS, strftime } from './strftime.js';
import { CLOCK_PARAMETERS, clockArguments, momentOf, PyTime, zoneOf } from './time.js';
import { DAY_MICROSECONDS, PyTimeDelta } from './timedelta.js';
import { offsetText, PyTimeZone, ZonedValue } from './timezone.js';

/** A day and a time of day, with or without a zone. */
export class PyDateTime extends ZonedValue {
  readonly typeName = 'datetime.datetime';
  readonly day: CalendarDay;
  readonly clock: ClockTime;
  readonly zone: PyTimeZone | null;

  /** @throws ValueError if there is no such moment. */
  constructor(day: CalendarDay, clock: ClockTime, zone: PyTimeZone | null) {
    super();
    checkDay(day);
    checkClock(clock);
    this.day = day;
    this.clock = clock;
    this.zone = zone;
  }

  /** An instant, in UTC or without a zone. */
  static fromEpochMs(epochMs: number, zone: 'UTC' | null): PyDateTime {
    const microseconds = BigInt(Math.round(epochMs * 1000));
    return fromMicroseconds(microseconds, zone === null ? null : PyTimeZone.utc);
  }

  /** ISO 8601, with a `T` or a blank, up to nanoseconds (cut to microseconds). @throws ValueError in Python's words. */
  static parse(text: string): PyDateTime {
    const match = ISO.exec(text);
    if (match === null) throw valueError(`Invalid isoformat string: ${reprText(text)}`);
    const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', zone] = match;
    return new PyDateTime(
      { year: Number(year), month: Number(month), day: Number(day) },
      {
        hour: Number(hour),
        minute: Number(minute),
        second: Number(second),
        microsecond: Number(fraction.slice(0, 6).padEnd(6, '0')),
      },
      zone === undefined ? null : readOffset(zone),
    );
  }

  /** `strptime`. */
  static parseFormat(text: string, format: string): PyDateTime {
    const parts = matchFormat(text, format);
    const number = (letter: string): number | undefined => {
      const part = parts.get(letter);
      return part === undefined ? undefined : Number(part);
    };
    const monthName = (parts.get('B') ?? parts.get('b'))?.slice(0, 3).toLowerCase();
    const named = MONTHS.findIndex((name) => name.slice(0, 3).toLowerCase() === monthName) + 1;
    const shortYear = number('y');
    const year =
      number('Y') ?? (shortYear === undefined ? 1900 : shortYear + (shortYear < 69 ? 2000 : 1900));
    const yearDay = number('j');
    const day =
      yearDay === undefined
        ? {
            year,
            month: monthName === undefined ? (number('m') ?? 1) : named,
            day: number('d') ?? 1,
          }
        : fromOrdinal(toOrdinal({ year, month: 1, day: 1 }) + yearDay - 1);
    const half = parts.get('p')?.toLowerCase();
    const hour12 = number('I');
    const hour =
      number('H') ?? (hour12 === undefined ? 0 : (hour12 % 12) + (half === 'pm' ? 12 : 0));
    const zone = parts.get('z');
    return new PyDateTime(
      day,
      {
        hour,
        minute: number('M') ?? 0,
        second: number('S') ?? 0,
        microsecond: Number((parts.get('f') ?? '').padEnd(6, '0')),
      },
      zone === undefined ? null : readOffset(zone),
    );
  }

  static fromCall(call: CallArguments): PyDateTime {
    requireDay(call);
    const [year, month, day, hour, minute, second, microsecond, zone] = bindArguments(
      DATETIME,
      call,
    );
    return new PyDateTime(
      { year: dateInt(year), month: dateInt(month), day: dateInt(day) },
      {
        hour: dateInt(hour),
        minute: dateInt(minute),
        second: dateInt(second),
        microsecond: dateInt(microsecond),
      },
      zoneOf(zone ?? null),
    );
  }

  /** Microseconds since the epoch of the wall clock, read as UTC. */
  get wallMicroseconds(): bigint {
    const days = BigInt(toOrdinal(this.day) - EPOCH_ORDINAL);
    return days * DAY_MICROSECONDS + BigInt(clockMicroseconds(this.clock));
  }

  get wallSeconds(): number {
    return Number(this.wallMicroseconds / 1_000_000n);
  }

  /** Microseconds since the epoch; a moment without a zone counts as UTC. */
  get microseconds(): bigint {
    return this.wallMicroseconds - BigInt(Math.round((this.zone?.offset ?? 0) * 1e6));
  }

  get epochMs(): number {
    return Number(this.microseconds) / 1000;
  }

  inZone(zone: PyTimeZone | null): PyDateTime {
    return new PyDateTime(this.day, this.clock, zone);
  }

  convertTo(zone: PyTimeZone): PyDateTime {
    const state = zone.at(Math.floor(Number(this.microseconds) / 1e6));
    return fromMicroseconds(this.microseconds + BigInt(state.offset) * 1_000_000n, state);
  }

  get moment(): Moment {
    return momentOf(this.day, this.clock, this.zone);
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'hour':
      case 'minute':
      case 'second':
      case 'microsecond':
        return this.clock[name];
      case 'tzinfo':
        return this.zone;
      case 'fold':
        return 0;
      case 'date':
        return new PyFunction(name, () => new PyDate(this.day));
      case 'time':
        return new PyFunction(name, () => new PyTime(this.clock));
      case 'timetz':
        return new PyFunction(name, () => new PyTime(this.clock, this.zone));
      case 'timestamp':
        return new PyFunction(name, () => new PyFloat(Number(this.microseconds) / 1e6));
      case 'isoformat':
        return new PyFunction(name, (call) => this.#isoFormat(call));
      case 'replace':
        return new PyFunction(name, (call) => this.#replace(call));
      case 'astimezone':
        return new PyFunction(name, (call) => {
          const [zone = null] = bindArguments(ASTIMEZONE, call);
          return this.convertTo(zoneOf(zone) ?? PyTimeZone.utc);
        });
      case 'utcoffset':
        return new PyFunction(name, () => this.#offset());
      case 'tzname':
        return new PyFunction(name, () => this.zone?.abbreviation ?? null);
      case 'dst':
        return new PyFunction(name, () =>
          this.zone === null ? null : new PyTimeDelta(BigInt(this.zone.saving) * 1_000_000n),
        );
      default:
        return dayAttribute(this.day, () => this.moment, name);
    }
  }

  #offset(): Value {
    return this.zone === null ? null : new PyTimeDelta(BigInt(this.zone.offset) * 1_000_000n);
  }

  #isoFormat(call: CallArguments): string {
    const [separator = 'T', precision = 'auto'] = bindArguments(ISOFORMAT, call);
    return this.#print(toText(separator), toText(precision));
  }

  #print(separator: string, precision: string): string {
    const full = isoClock({ ...this.clock, microsecond: 0 });
    const micro = String(this.clock.microsecond).padStart(6, '0');
    const times: ReadonlyMap<string, string> = new Map([
      ['auto', isoClock(this.clock)],
      ['hours', full.slice(0, 2)],
      ['minutes', full.slice(0, 5)],
      ['seconds', full],
      ['milliseconds', `${full}.${micro.slice(0, 3)}`],
      ['microseconds', `${full}.${micro}`],
    ]);
    const time = times.get(precision);
    if (time === undefined) throw valueError('Unknown timespec value');
    const zone = this.zone === null ? '' : offsetText(this.zone.offset, ':');
    return `${isoDay(this.day)}${separator}${time}${zone}`;
  }

  #replace(call: CallArguments): PyDateTime {
    const [year, month, day, hour, minute, second, microsecond, zone] = bindArguments(
      REPLACE,
      call,
    );
    return new PyDateTime(
      {
        year: dateInt(year ?? this.day.year),
        month: dateInt(month ?? this.day.month),
        day: dateInt(day ?? this.day.day),
      },
      {
        hour: dateInt(hour ?? this.clock.hour),
        minute: dateInt(minute ?? this.clock.minute),
        second: dateInt(second ?? this.clock.second),
        microsecond: dateInt(microsecond ?? this.clock.microsecond),
      },
      call.kwargs.has('tzinfo') || call.args.length > 7 ? zoneOf(zone ?? null) : this.zone,
    );
  }

  override toText(): string {
    return this.#print(' ', 'auto');
  }

  override toRepr(): string {
    const { year, month, day } = this.day;
    const zone = this.zone === null ? '' : `, tzinfo=${this.zone.toRepr()}`;
    return `datetime.datetime(${year}, ${month}, ${day}, ${clockArguments(this.clock)}${zone})`;
  }

  override format(spec: string): string {
    return spec === '' ? this.toText() : strftime(this.moment, spec);
  }

  override equals(other: Value): boolean {
    if (!(other instanceof PyDateTime)) return false;
    return (
      (other.zone === null) === (this.zone === null) && other.microseconds === this.microseconds
    );
  }

  override hashKey(): string {
    return `\0datetime${this.microseconds}`;
  }

  override compare(other: Value): number | undefined {
    if (other instanceof PyDate) {
      throw typeError("can't compare datetime.datetime to datetime.date");
    }
    if (!(other instanceof PyDateTime)) return undefined;
    if ((other.zone === null) !== (this.zone === null)) {
      throw typeError("can't compare offset-naive and offset-aware datetimes");
    }
    const [a, b] = [this.microseconds, other.microseconds];
    return a < b ? -1 : a > b ? 1 : 0;
  }

  override operate(operator: Operator, other: Value, isReflected: boolean): Value | undefined {
    if (other instanceof PyDateTime && operator === '-') {
      if ((other.zone === null) !== (this.zone === null)) {
        throw typeError("can't subtract offset-naive and offset-aware datetimes");
      }
      const span = this.microseconds - other.microseconds;
      return new PyTimeDelta(isReflected ? -span : span);
    }
    if (!(other instanceof PyTimeDelta)) return undefined;
    if (operator === '+') return fromMicroseconds(this.wallMicroseconds + other.total, this.zone);
    return operator === '-' && !isReflected
      ? fromMicroseconds(this.wallMicroseconds - other.total, this.zone)
      : undefined;
  }
}

const DATETIME = signature(`datetime(year, month, day, ${CLOCK_PARAMETERS})`);
const REPLACE = signature(
  'replace(year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=None, *, fold=0)',
);
const ASTIMEZONE = signature('astimezone(tz=None)');
const ISOFORMAT = signature("isoformat(sep='T', timespec='auto')");
const ISO =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?\s?(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?)?$/u;

function readOffset(text: string): PyTimeZone {
  if (/^z$/iu.test(text)) return PyTimeZone.fixed(0);
  const [hours = '0', minutes = '0', seconds = '0'] = text.slice(1).match(/\d\d/gu) ?? [];
  const size = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return PyTimeZone.fixed(text.startsWith('-') ? -size : size);
}

/** The moment so many microseconds after the epoch, on the wall clock of a zone. */
export function fromMicroseconds(wall: bigint, zone: PyTimeZone | null): PyDateTime {
  const days = wall / DAY_MICROSECONDS - (wall % DAY_MICROSECONDS < 0n ? 1n : 0n);
  let rest = Number(wall - days * DAY_MICROSECONDS);
  const take = (unit: number): number => {
    const whole = Math.floor(rest / unit);
    rest -= whole * unit;
    return whole;
  };
  const [hour, minute, second] = [take(3_600_000_000), take(60_000_000), take(1_000_000)];
  const ordinal = Number(days) + EPOCH_ORDINAL;
  if (!Number.isSafeInteger(ordinal))
    throw new JinjaError('OverflowError', 'date value out of range');
  return new PyDateTime(fromOrdinal(ordinal), { hour, minute, second, microsecond: rest }, zone);
}
