/**
 * Python's time of day, and what it shares with datetime.
 */
import { typeError } from '../error.js';
import { type CallArguments, PyFunction, PyObject, type Value } from '../value.js';
import { bindArguments, signature } from '../values/arguments.js';
import { toText } from '../values/describe.js';
import { type CalendarDay, EPOCH_ORDINAL, toOrdinal } from './calendar.js';
import { checkClock, clockMicroseconds, type ClockTime, dateInt, isoClock } from './date.js';
import { type Moment, strftime } from './strftime.js';
import { offsetText, PyTimeZone } from './timezone.js';

/** The parameters of a time, in Python's constructors. */
export const CLOCK_PARAMETERS = 'hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0';

const TIME = signature(`time(${CLOCK_PARAMETERS})`);

/** A time of day. */
export class PyTime extends PyObject {
  readonly typeName = 'datetime.time';
  readonly clock: ClockTime;
  readonly zone: PyTimeZone | null;

  constructor(clock: ClockTime, zone: PyTimeZone | null = null) {
    super();
    checkClock(clock);
    this.clock = clock;
    this.zone = zone;
  }

  static fromCall(call: CallArguments): PyTime {
    const [hour, minute, second, microsecond, zone] = bindArguments(TIME, call);
    return new PyTime(
      {
        hour: dateInt(hour),
        minute: dateInt(minute),
        second: dateInt(second),
        microsecond: dateInt(microsecond),
      },
      zoneOf(zone ?? null),
    );
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
      case 'isoformat':
        return new PyFunction(name, () => this.toText());
      case 'strftime':
        return new PyFunction(name, ({ args: [format = ''] }) =>
          strftime(
            momentOf({ year: 1900, month: 1, day: 1 }, this.clock, this.zone),
            toText(format),
          ),
        );
      default:
        return undefined;
    }
  }

  override toText(): string {
    return isoClock(this.clock) + (this.zone === null ? '' : offsetText(this.zone.offset, ':'));
  }

  override toRepr(): string {
    return `datetime.time(${clockArguments(this.clock)})`;
  }

  override equals(other: Value): boolean {
    return this.compare(other) === 0;
  }

  override hashKey(): string {
    return `\0time${clockMicroseconds(this.clock)}`;
  }

  override compare(other: Value): number | undefined {
    if (!(other instanceof PyTime)) return undefined;
    return clockMicroseconds(this.clock) - clockMicroseconds(other.clock);
  }
}

/** A clock as the arguments that make it: seconds only if there are any. */
export function clockArguments({ hour, minute, second, microsecond }: ClockTime): string {
  const tail = microsecond === 0 ? (second === 0 ? [] : [second]) : [second, microsecond];
  return [hour, minute, ...tail].join(', ');
}

/** A zone argument. @throws TypeError in Python's words. */
export function zoneOf(value: Value): PyTimeZone | null {
  if (value === null || value instanceof PyTimeZone) return value;
  throw typeError("tzinfo argument must be None or of a tzinfo subclass, not type 'str'");
}

/** A moment taken apart, for printing. */
export function momentOf(day: CalendarDay, clock: ClockTime, zone: PyTimeZone | null): Moment {
  const days = toOrdinal(day) - EPOCH_ORDINAL;
  return {
    ...day,
    ...clock,
    offset: zone === null ? '' : offsetText(zone.offset, ''),
    zoneName: zone?.abbreviation ?? '',
    epochSeconds: days * 86_400 + clockMicroseconds(clock) / 1e6 - (zone?.offset ?? 0),
  };
}
