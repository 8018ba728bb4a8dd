/**
 * `strftime` and `strptime`, in the C locale.
 */
import { valueError } from '../error.js';
import { reprText } from '../values/describe.js';
import { isoWeek, two, weekday, yearDay } from './calendar.js';

export const WEEKDAYS: readonly string[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];
export const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A moment taken apart. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** `+0200`, or empty if there is no zone. */
  readonly offset: string;
  readonly zoneName: string;
  /** Seconds since the epoch. */
  readonly epochSeconds: number;
}

const hour12 = (hour: number): number => (hour % 12 === 0 ? 12 : hour % 12);
const week = (moment: Moment, firstDay: number): number =>
  Math.floor((yearDay(moment) + 6 - ((weekday(moment) - firstDay + 7) % 7)) / 7);
const monthName = (moment: Moment): string => MONTHS[moment.month - 1] ?? '';
const dayName = (moment: Moment): string => WEEKDAYS[weekday(moment)] ?? '';

const DIRECTIVES: Readonly<Record<string, (moment: Moment) => string>> = {
  a: (m) => dayName(m).slice(0, 3),
  A: dayName,
  b: (m) => monthName(m).slice(0, 3),
  B: monthName,
  c: (m) =>
    `${dayName(m).slice(0, 3)} ${monthName(m).slice(0, 3)} ${String(m.day).padStart(2)} ${clock(m)} ${m.year}`,
  C: (m) => two(Math.floor(m.year / 100)),
  d: (m) => two(m.day),
  D: (m) => `${two(m.month)}/${two(m.day)}/${two(m.year % 100)}`,
  e: (m) => String(m.day).padStart(2),
  f: (m) => String(m.microsecond).padStart(6, '0'),
  F: (m) => `${m.year}-${two(m.month)}-${two(m.day)}`,
  g: (m) => two(isoWeek(m)[0] % 100),
  G: (m) => String(isoWeek(m)[0]),
  h: (m) => monthName(m).slice(0, 3),
  H: (m) => two(m.hour),
  I: (m) => two(hour12(m.hour)),
  j: (m) => String(yearDay(m)).padStart(3, '0'),
  k: (m) => String(m.hour).padStart(2),
  l: (m) => String(hour12(m.hour)).padStart(2),
  m: (m) => two(m.month),
  M: (m) => two(m.minute),
  n: () => '\n',
  p: (m) => (m.hour < 12 ? 'AM' : 'PM'),
  P: (m) => (m.hour < 12 ? 'am' : 'pm'),
  r: (m) => `${two(hour12(m.hour))}:${two(m.minute)}:${two(m.second)} ${m.hour < 12 ? 'AM' : 'PM'}`,
  R: (m) => `${two(m.hour)}:${two(m.minute)}`,
  s: (m) => String(Math.floor(m.epochSeconds)),
  S: (m) => two(m.second),
  t: () => '\t',
  T: clock,
  u: (m) => String(weekday(m) + 1),
  U: (m) => two(week(m, 6)),
  V: (m) => two(isoWeek(m)[1]),
  w: (m) => String((weekday(m) + 1) % 7),
  W: (m) => two(week(m, 0)),
  x: (m) => `${two(m.month)}/${two(m.day)}/${two(m.year % 100)}`,
  X: clock,
  y: (m) => two(m.year % 100),
  Y: (m) => String(m.year),
  z: (m) => m.offset,
  Z: (m) => m.zoneName,
  '%': () => '%',
};

const BY_LETTER: ReadonlyMap<string, (moment: Moment) => string> = new Map(
  Object.entries(DIRECTIVES),
);

function clock(moment: Moment): string {
  return `${two(moment.hour)}:${two(moment.minute)}:${two(moment.second)}`;
}

/** Prints a moment. A directive that nobody knows is printed as written; `%-d` drops leading zeros. */
export function strftime(moment: Moment, format: string): string {
  return format.replaceAll(/%(-?)(.)/gsu, (whole: string, flag: string, letter: string) => {
    const print = BY_LETTER.get(letter);
    if (print === undefined) return whole;
    const text = print(moment);
    return flag === '-' ? text.replace(/^[0 ]+(?=.)/u, '') : text;
  });
}

const names = (list: readonly string[], length?: number): string =>
  list.map((name) => name.slice(0, length)).join('|');

const PATTERNS: ReadonlyMap<string, string> = new Map([
  ['a', names(WEEKDAYS, 3)],
  ['A', names(WEEKDAYS)],
  ['b', names(MONTHS, 3)],
  ['B', names(MONTHS)],
  ['d', '3[01]|[12]\\d|0[1-9]|[1-9]| [1-9]'],
  ['f', '\\d{1,6}'],
  ['H', '2[0-3]|[01]\\d|\\d'],
  ['I', '1[0-2]|0[1-9]|[1-9]'],
  ['j', '36[0-6]|3[0-5]\\d|[12]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]'],
  ['m', '1[0-2]|0[1-9]|[1-9]'],
  ['M', '[0-5]\\d|\\d'],
  ['p', 'am|pm'],
  ['S', '6[01]|[0-5]\\d|\\d'],
  ['w', '[0-6]'],
  ['y', '\\d\\d'],
  ['Y', '\\d{4}'],
  ['z', '[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z'],
  ['Z', 'utc|gmt'],
]);

const COMPOSITES: ReadonlyMap<string, string> = new Map([
  ['c', '%a %b %d %H:%M:%S %Y'],
  ['x', '%m/%d/%y'],
  ['X', '%H:%M:%S'],
]);

/**
 * Reads a text by a format.
 *
 * @returns the text of each directive by its letter.
 * @throws ValueError in Python's words if they do not fit.
 */
export function matchFormat(text: string, format: string): ReadonlyMap<string, string> {
  const expanded = format.replaceAll(
    /%([cxX])/gu,
    (whole: string, letter: string) => COMPOSITES.get(letter) ?? whole,
  );
  const letters: string[] = [];
  const pattern = expanded
    .replaceAll(/[\\.^$*+?(){}[\]|]/gu, '\\$&')
    .replaceAll(/\s+/gu, '\\s+')
    .replaceAll(/%(.?)/gu, (_, letter: string) => {
      if (letter === '%') return '%';
      const part = PATTERNS.get(letter);
      if (part === undefined) {
        throw valueError(`'${letter}' is a bad directive in format ${reprText(format)}`);
      }
      letters.push(letter);
      return `(${part})`;
    });
  const match = new RegExp(`^${pattern}`, 'iu').exec(text);
  if (match === null) {
    throw valueError(`time data ${reprText(text)} does not match format ${reprText(format)}`);
  }
  if (match[0].length < text.length) {
    throw valueError(`unconverted data remains: ${text.slice(match[0].length)}`);
  }
  return new Map(letters.map((letter, index) => [letter, match[index + 1] ?? '']));
}
