/**
 * Dates and times as ISO text, from counts since 1970. Years before 1 and after 9999 keep their sign and digits.
 */

const DAY_MICROS = 86_400_000_000n;
// DuckDB's marks for infinity.
const INFINITE_DAYS = 2_147_483_647n;
const INFINITE_MICROS = 9_223_372_036_854_775_807n;

/** `2026-01-31`. */
export function dateText(days: bigint): string {
  if (days === INFINITE_DAYS) return 'infinity';
  if (days === -INFINITE_DAYS) return '-infinity';
  // The civil calendar from a day count, in eras of 400 years; Date stops at the year 275760.
  const shifted = Number(days) + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const sign = year < 0 ? '-' : '';
  return `${sign}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** `10:30:00`, with as many decimals as it has. `nanos` are the three digits after the microseconds. */
export function timeText(micros: bigint, nanos: number = 0): string {
  const total = Number(micros);
  const seconds = Math.floor(total / 1_000_000);
  const fraction =
    `${String(total % 1_000_000).padStart(6, '0')}${nanos === 0 ? '' : String(nanos).padStart(3, '0')}`.replace(
      /0+$/u,
      '',
    );
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return fraction === '' ? clock : `${clock}.${fraction}`;
}

/** `2026-01-31 10:30:00.123456`. */
export function timestampText(micros: bigint, nanos: number = 0): string {
  if (micros === INFINITE_MICROS) return 'infinity';
  if (micros === -INFINITE_MICROS) return '-infinity';
  const within = ((micros % DAY_MICROS) + DAY_MICROS) % DAY_MICROS;
  return `${dateText((micros - within) / DAY_MICROS)} ${timeText(within, nanos)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
