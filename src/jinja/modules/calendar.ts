/**
 * The proleptic Gregorian calendar, by day numbers: 1 is January 1 of the year 1, as Python's `toordinal` has it.
 */
import { JinjaError, valueError } from '../error.js';

export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export const MIN_YEAR = 1;
export const MAX_YEAR = 9999;

const MONTH_DAYS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days in a month, 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** The number of a day. */
export function toOrdinal({ year, month, day }: CalendarDay): number {
  const before = year - 1;
  let days =
    before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  for (let one = 1; one < month; one += 1) days += daysInMonth(year, one);
  return days + day;
}

const LAST_ORDINAL = 3_652_059;

/** The day that the epoch of Unix began with. */
export const EPOCH_ORDINAL = 719_163;

/** The day of a number. @throws OverflowError outside the years 1 to 9999. */
export function fromOrdinal(ordinal: number): CalendarDay {
  if (ordinal < 1 || ordinal > LAST_ORDINAL) {
    throw new JinjaError('OverflowError', 'date value out of range');
  }
  let year = Math.floor((ordinal - 1) / 365.2425) + 1;
  while (toOrdinal({ year, month: 1, day: 1 }) > ordinal) year -= 1;
  while (toOrdinal({ year: year + 1, month: 1, day: 1 }) <= ordinal) year += 1;
  let rest = ordinal - toOrdinal({ year, month: 1, day: 1 });
  let month = 1;
  while (rest >= daysInMonth(year, month)) {
    rest -= daysInMonth(year, month);
    month += 1;
  }
  return { year, month, day: rest + 1 };
}

/** 0 is Monday. */
export function weekday(day: CalendarDay): number {
  return (toOrdinal(day) + 6) % 7;
}

/** Day of the year, from 1. */
export function yearDay(day: CalendarDay): number {
  return toOrdinal(day) - toOrdinal({ year: day.year, month: 1, day: 1 }) + 1;
}

/** ISO 8601's year, week and weekday (1 is Monday). */
export function isoWeek(day: CalendarDay): readonly [number, number, number] {
  const ordinal = toOrdinal(day);
  const firstMonday = (year: number): number => {
    const first = toOrdinal({ year, month: 1, day: 1 });
    const start = (first + 6) % 7;
    return start > 3 ? first + 7 - start : first - start;
  };
  let { year } = day;
  if (ordinal < firstMonday(year)) year -= 1;
  else if (ordinal >= firstMonday(year + 1)) year += 1;
  const offset = ordinal - firstMonday(year);
  return [year, Math.floor(offset / 7) + 1, (offset % 7) + 1];
}

/** @throws ValueError, worded as Python's, if there is no such day. */
export function checkDay({ year, month, day }: CalendarDay): void {
  if (year < MIN_YEAR || year > MAX_YEAR) throw valueError(`year ${year} is out of range`);
  if (month < 1 || month > 12) throw valueError('month must be in 1..12');
  if (day < 1 || day > daysInMonth(year, month)) throw valueError('day is out of range for month');
}

/** Two digits. */
export function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** `2024-01-31`. */
export function isoDay({ year, month, day }: CalendarDay): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}
