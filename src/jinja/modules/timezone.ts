/**
 * Time zones as pytz has them: UTC, fixed offsets, and named zones whose offset at an instant Intl knows.
 */
import { JinjaError, typeError } from '../error.js';
import { PyFunction, PyObject, type Value } from '../value.js';
import { bindArguments, signature } from '../values/arguments.js';
import { two } from './calendar.js';

/** A date with a time, as far as a zone has to know it. */
export abstract class ZonedValue extends PyObject {
  /** Seconds since the epoch of the wall clock, read as UTC. */
  abstract readonly wallSeconds: number;
  abstract readonly zone: PyTimeZone | null;
  /** The same wall clock in a zone. */
  abstract inZone(zone: PyTimeZone | null): ZonedValue;
  /** The same instant in a zone. */
  abstract convertTo(zone: PyTimeZone): ZonedValue;
}

/** A zone, or one of its states: a localized time keeps the offset that held at its instant. */
export class PyTimeZone extends PyObject {
  readonly typeName = 'tzinfo';
  readonly name: string;
  /** Seconds east of UTC. */
  readonly offset: number;
  readonly abbreviation: string;
  /** Seconds of daylight saving in the offset. */
  readonly saving: number;
  readonly #kind: 'utc' | 'fixed' | 'zone';

  private constructor(
    kind: 'utc' | 'fixed' | 'zone',
    name: string,
    offset: number,
    abbreviation: string,
    saving: number = 0,
  ) {
    super();
    this.saving = saving;
    this.#kind = kind;
    this.name = name;
    this.offset = offset;
    this.abbreviation = abbreviation;
  }

  static readonly utc: PyTimeZone = new PyTimeZone('utc', 'UTC', 0, 'UTC');

  /** A fixed offset in seconds. */
  static fixed(offset: number): PyTimeZone {
    const name = offset === 0 ? 'UTC' : `UTC${offsetText(offset, ':')}`;
    return new PyTimeZone('fixed', name, offset, name);
  }

  /** A zone of the tz database; undefined if there is none of that name. Before it is localized it shows local mean time. */
  static named(name: string): PyTimeZone | undefined {
    if (/^utc$/iu.test(name)) return PyTimeZone.utc;
    const canonical = zoneName(name);
    if (canonical === undefined) return undefined;
    const meanTime = Math.round(offsetAt(canonical, BEFORE_RAILWAYS) / 60) * 60;
    return new PyTimeZone('zone', canonical, meanTime, 'LMT');
  }

  /** The state of the zone at an instant. */
  at(utcSeconds: number): PyTimeZone {
    if (this.#kind !== 'zone') return this;
    const offset = offsetAt(this.name, utcSeconds);
    const year = new Date(utcSeconds * 1000).getUTCFullYear();
    // The lower offset of winter and summer, north or south, is the one without daylight saving.
    const standard = Math.min(
      ...[0, 6].map((month) => offsetAt(this.name, Date.UTC(year, month, 1) / 1000)),
    );
    const saving = Math.max(0, offset - standard);
    const abbreviation = abbreviationAt(this.name, utcSeconds, offset);
    return new PyTimeZone('zone', this.name, offset, abbreviation, saving);
  }

  /** The state of the zone at a wall clock's time; of two the one without daylight saving. */
  atWall(wallSeconds: number): PyTimeZone {
    if (this.#kind !== 'zone') return this;
    const [before, after] = [wallSeconds - 86_400, wallSeconds + 86_400].map((at) => this.at(at));
    const states = [before, after].filter((state) => state !== undefined);
    const exact = states.filter(
      ({ offset }) => offsetAt(this.name, wallSeconds - offset) === offset,
    );
    // In the hour that a clock skips there is none; pytz takes the offset without daylight saving.
    const [first, second] = exact.length > 0 ? exact : states;
    if (first === undefined) return this;
    return second === undefined || first.offset <= second.offset ? first : second;
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'zone':
        return this.#kind === 'fixed' ? null : this.name;
      case 'localize':
        return new PyFunction(name, (call) => {
          const [value = null] = bindArguments(LOCALIZE, call);
          const moment = zoned(value);
          if (moment.zone !== null) {
            throw new JinjaError('ValueError', 'Not naive datetime (tzinfo is already set)');
          }
          return moment.inZone(this.atWall(moment.wallSeconds));
        });
      case 'normalize':
        return new PyFunction(name, (call) => {
          const [value = null] = bindArguments(LOCALIZE, call);
          return zoned(value).convertTo(this);
        });
      default:
        return undefined;
    }
  }

  override equals(other: Value): boolean {
    return (
      other instanceof PyTimeZone &&
      other.name === this.name &&
      other.offset === this.offset &&
      other.abbreviation === this.abbreviation
    );
  }

  override hashKey(): string {
    return `\0zone${this.name} ${this.offset}`;
  }

  override toText(): string {
    return this.name;
  }

  override toRepr(): string {
    switch (this.#kind) {
      case 'utc':
        return '<UTC>';
      case 'fixed':
        return this.offset === 0
          ? 'datetime.timezone.utc'
          : `datetime.timezone(datetime.timedelta(seconds=${this.offset}))`;
      default:
        return `<DstTzInfo '${this.name}' ${this.abbreviation}${spanText(this.offset)} ${this.saving === 0 ? 'STD' : 'DST'}>`;
    }
  }
}

const LOCALIZE = signature('localize(dt, is_dst=False)');
// Zones had no common time yet: what Intl gives is local mean time.
const BEFORE_RAILWAYS = Date.UTC(1800, 0, 1) / 1000;

function zoned(value: Value): ZonedValue {
  if (value instanceof ZonedValue) return value;
  throw typeError('expected a datetime');
}

/** An offset as Python prints a timedelta: `+1:00:00`, `-1 day, 19:00:00`. */
function spanText(offset: number): string {
  const days = Math.floor(offset / 86_400);
  const rest = offset - days * 86_400;
  const clock = `${Math.floor(rest / 3600)}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  return days === 0 ? `+${clock}` : `${days} day, ${clock}`;
}

/** `+02:00`, `-05`, with seconds if there are any. */
export function offsetText(offset: number, separator: string): string {
  const size = Math.abs(offset);
  const [hours, minutes, seconds] = [
    Math.floor(size / 3600),
    Math.floor(size / 60) % 60,
    Math.floor(size) % 60,
  ];
  const tail = seconds === 0 ? '' : `${separator}${two(seconds)}`;
  return `${offset < 0 ? '-' : '+'}${two(hours)}${separator}${two(minutes)}${tail}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

function zoneName(name: string): string | undefined {
  if (!/^[A-Za-z][\w+/-]*$/u.test(name)) return undefined;
  try {
    const { timeZone } = wallFormat(name).resolvedOptions();
    // Intl may answer with another spelling of the zone; Python keeps the one that was asked for.
    return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function offsetAt(zone: string, utcSeconds: number): number {
  const parts = new Map(
    wallFormat(zone)
      .formatToParts(new Date(utcSeconds * 1000))
      .map(({ type, value }) => [type, value] as const),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name) ?? 0);
  const wall = new Date(0);
  wall.setUTCFullYear(part('year'), part('month') - 1, part('day'));
  wall.setUTCHours(part('hour'), part('minute'), part('second'));
  return wall.getTime() / 1000 - Math.floor(utcSeconds);
}

/** Languages whose short zone names Intl knows, between them, for most of the world. */
const LANGUAGES: readonly string[] = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA'];

function abbreviationAt(zone: string, utcSeconds: number, offset: number): string {
  for (const language of LANGUAGES) {
    const name = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' })
      .formatToParts(new Date(utcSeconds * 1000))
      .find(({ type }) => type === 'timeZoneName')?.value;
    if (name !== undefined && /^[A-Z]{2,5}$/u.test(name)) return name;
  }
  return offsetText(offset, '').replace(/00$/u, '');
}
