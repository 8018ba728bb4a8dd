/** Dates and times: arithmetic, cutting, parts. Week 1 and the first day of a week are ISO's, which is Snowflake's default. */
import type { SqlNode } from '../../tree.js';
import { castDate } from '../casts.js';
import { type Rule, type Rules, argument, everyArgument, forms } from '../rule.js';
import { type Scope, type Written, literal, unsupported } from '../scope.js';
import { stringValue } from '../nodes.js';
import { type Part, type Unit, isDayOrLonger, readPart, readUnit } from './units.js';

/** An argument as a date or time stamp: text is read as a time stamp. */
function moment(value: Written): Written {
  return value.hint === 'text' || value.hint === 'variant'
    ? { text: castDate(value, 'TIMESTAMP', 'CAST'), hint: 'timestamp' }
    : value;
}

/** A time stamp as the type of the value it was made from: DuckDB makes time stamps of dates. A constant null has no type. */
function likeDate(text: string, value: string): string {
  return `cast_to_type(${text}, coalesce(${value}, DATE '1970-01-01'))`;
}

const ADDERS: Readonly<Record<Exclude<Unit, 'nanosecond' | 'quarter'>, string>> = {
  year: 'to_years(CAST($n AS INTEGER))',
  month: 'to_months(CAST($n AS INTEGER))',
  week: 'to_days(CAST($n AS INTEGER) * 7)',
  day: 'to_days(CAST($n AS INTEGER))',
  hour: 'to_hours(CAST($n AS BIGINT))',
  minute: 'to_minutes(CAST($n AS BIGINT))',
  second: 'to_seconds(CAST($n AS BIGINT))',
  millisecond: 'to_microseconds(CAST($n AS BIGINT) * 1000)',
  microsecond: 'to_microseconds(CAST($n AS BIGINT))',
};

/** `value` moved by `amount` units. A date moved by days or longer stays a date: DuckDB would make it a time stamp. */
export function addTo(value: Written, amount: string, unit: Unit): Written {
  const source = moment(value);
  const interval = intervalOf(amount, unit);
  const sum = `(${source.text}) + ${interval}`;
  if (!isDayOrLonger(unit)) return { text: `(${sum})`, hint: 'timestamp' };
  if (source.hint === 'timestamp') return { text: `(${sum})`, hint: 'timestamp' };
  return { text: likeDate(sum, source.text), hint: source.hint };
}

function intervalOf(amount: string, unit: Unit): string {
  if (unit === 'quarter') return ADDERS.month.replace('$n', () => `((${amount}) * 3)`);
  if (unit === 'nanosecond') return ADDERS.microsecond.replace('$n', () => `((${amount}) / 1000)`);
  return ADDERS[unit].replace('$n', () => amount);
}

const dateAdd: Rule = (call, scope) => {
  if (call.args.length !== 3)
    throw unsupported(scope, `${call.name} with ${call.args.length} arguments`, call.node);
  return addTo(
    argument(call, 2, scope),
    argument(call, 1, scope).text,
    readUnit(call.args[0], scope),
  );
};

const addMonths: Rule = (call, scope) => {
  const value = moment(argument(call, 0, scope));
  const months = `to_months(CAST(${argument(call, 1, scope).text} AS INTEGER))`;
  const isLast = `last_day(${value.text}) = CAST(${value.text} AS DATE)`;
  const moved = `(${value.text}) + ${months}`;
  return {
    text: likeDate(
      `CASE WHEN ${isLast} THEN last_day(${moved}) + (CAST(${moved} AS TIMESTAMP) - date_trunc('day', CAST(${moved} AS TIMESTAMP))) ELSE ${moved} END`,
      value.text,
    ),
    hint: value.hint,
  };
};

/** Counts the boundaries of the unit between two moments, as Snowflake does; weeks begin on Monday. */
const dateDiff: Rule = (call, scope) => {
  if (call.args.length !== 3)
    throw unsupported(scope, `${call.name} with ${call.args.length} arguments`, call.node);
  const unit = readUnit(call.args[0], scope);
  const from = moment(argument(call, 1, scope)).text;
  const to = moment(argument(call, 2, scope)).text;
  if (unit === 'week')
    return {
      text: `(date_diff('day', date_trunc('week', ${from}), date_trunc('week', ${to})) // 7)`,
      hint: 'integer',
    };
  if (unit === 'nanosecond')
    return { text: `(date_diff('microsecond', ${from}, ${to}) * 1000)`, hint: 'integer' };
  return { text: `date_diff('${unit}', ${from}, ${to})`, hint: 'integer' };
};

/** `value` cut to the unit: a date stays a date. */
export function truncateDate(value: Written, unitNode: SqlNode, scope: Scope): Written {
  const unit = readUnit([unitNode], scope);
  const source = moment(value);
  const cut = `date_trunc('${unit}', ${source.text})`;
  if (source.hint === 'timestamp') return { text: cut, hint: 'timestamp' };
  if (source.hint === 'time')
    return {
      text: `CAST(date_trunc('${unit}', DATE '1970-01-01' + ${source.text}) AS TIME)`,
      hint: 'time',
    };
  return { text: likeDate(cut, source.text), hint: source.hint };
}

const dateTrunc: Rule = (call, scope) => {
  const [first] = call.args[0] ?? [];
  if (first === undefined) throw unsupported(scope, 'DATE_TRUNC without arguments', call.node);
  return truncateDate(argument(call, 1, scope), first, scope);
};

const lastDay: Rule = (call, scope) => {
  const value = moment(argument(call, 0, scope)).text;
  const unit = call.args.length > 1 ? readUnit(call.args[1], scope) : 'month';
  if (unit === 'month') return { text: `last_day(${value})`, hint: 'date' };
  if (!isDayOrLonger(unit) || unit === 'day')
    throw unsupported(scope, `LAST_DAY of a ${unit}`, call.node);
  const step = unit === 'quarter' ? '3 months' : `1 ${unit}`;
  return {
    text: `CAST(date_trunc('${unit}', ${value}) + INTERVAL '${step}' - INTERVAL '1 day' AS DATE)`,
    hint: 'date',
  };
};

const PART_SQL: Readonly<Record<Part, string>> = {
  year: "date_part('year', $1)",
  quarter: "date_part('quarter', $1)",
  month: "date_part('month', $1)",
  week: "date_part('week', $1)",
  day: "date_part('day', $1)",
  hour: "date_part('hour', $1)",
  minute: "date_part('minute', $1)",
  second: "date_part('second', $1)",
  millisecond: "(date_part('microsecond', $1) % 1000000 // 1000)",
  microsecond: "(date_part('microsecond', $1) % 1000000)",
  nanosecond: "(date_part('microsecond', $1) % 1000000 * 1000)",
  weekiso: "date_part('week', $1)",
  dayofweek: "date_part('dayofweek', $1)",
  dayofweekiso: "date_part('isodow', $1)",
  dayofyear: "date_part('dayofyear', $1)",
  yearofweek: "date_part('isoyear', $1)",
  yearofweekiso: "date_part('isoyear', $1)",
  epoch_second: '(epoch_us($1) // 1000000)',
  epoch_millisecond: '(epoch_us($1) // 1000)',
  epoch_microsecond: 'epoch_us($1)',
  epoch_nanosecond: '(epoch_us($1) * 1000)',
  timezone_hour: "date_part('timezone_hour', $1)",
  timezone_minute: "date_part('timezone_minute', $1)",
};

function partOf(part: Part, value: Written): Written {
  return { text: PART_SQL[part].replaceAll('$1', () => moment(value).text), hint: 'integer' };
}

const datePart: Rule = (call, scope) =>
  partOf(readPart(call.args[0], scope), argument(call, 1, scope));

function partFunction(part: Part): Rule {
  return (call, scope) => partOf(part, argument(call, 0, scope));
}

const dateFromParts: Rule = (call, scope) => {
  const [year, month, day] = everyArgument(call, scope).map(
    ({ text }) => `CAST(${text} AS INTEGER)`,
  );
  if (year === undefined || month === undefined || day === undefined || call.args.length !== 3)
    throw unsupported(scope, `${call.name} with ${call.args.length} arguments`, call.node);
  return {
    text: `CAST(make_date(${year}, 1, 1) + to_months(${month} - 1) + to_days(${day} - 1) AS DATE)`,
    hint: 'date',
  };
};

const timestampFromParts: Rule = (call, scope) => {
  const parts = everyArgument(call, scope).map(({ text }) => text);
  if (parts.length === 2)
    return { text: `(CAST(${parts[0]} AS DATE) + CAST(${parts[1]} AS TIME))`, hint: 'timestamp' };
  const [year, month, day, hour, minute, second, nano = '0', ...rest] = parts.map(
    (part) => `CAST(${part} AS BIGINT)`,
  );
  if (second === undefined || rest.length > 0)
    throw unsupported(scope, `${call.name} with ${parts.length} arguments`, call.node);
  return {
    text: `(make_timestamp(${year}, 1, 1, 0, 0, 0) + to_months((${month} - 1)::INTEGER) + to_days((${day} - 1)::INTEGER) + to_hours(${hour}) + to_minutes(${minute}) + to_seconds(${second}) + to_microseconds(${nano} // 1000))`,
    hint: 'timestamp',
  };
};

/** Parts beyond their range carry over, as in a clock. */
const timeFromParts: Rule = forms(
  {
    3: "CAST(TIMESTAMP '1970-01-01' + to_hours($1::BIGINT) + to_minutes($2::BIGINT) + to_seconds($3::BIGINT) AS TIME)",
    4: "CAST(TIMESTAMP '1970-01-01' + to_hours($1::BIGINT) + to_minutes($2::BIGINT) + to_seconds($3::BIGINT) + to_microseconds($4::BIGINT // 1000) AS TIME)",
  },
  'time',
);

/** A wall clock in a zone, the session's if none is named. */
const zonedFromParts: Rule = (call, scope) => {
  const zone = call.args.length > 7 ? argument(call, 7, scope).text : "current_setting('TimeZone')";
  const clock = timestampFromParts({ ...call, args: call.args.slice(0, 7) }, scope).text;
  return { text: `timezone(${zone}, ${clock})`, hint: 'timestamp' };
};

const DAY_NAMES = ['su', 'mo', 'tu', 'we', 'th', 'fr', 'sa'] as const;

/** `NEXT_DAY` and `PREVIOUS_DAY`: the nearest such weekday that is not the day itself. */
function weekday(direction: 1 | -1): Rule {
  return (call, scope) => {
    const [name] = call.args[1] ?? [];
    const literalDay = DAY_NAMES.findIndex(
      (day) => name?.kind === 'string' && stringValue(name.text).toLowerCase().startsWith(day),
    );
    if (literalDay === -1 && name?.kind === 'string')
      throw unsupported(scope, `The day ${name.text}`, name);
    const days = DAY_NAMES.map((day) => `'${day}'`).join(', ');
    const wanted =
      literalDay === -1
        ? `(list_position([${days}], left(lower(${argument(call, 1, scope).text}), 2)) - 1)`
        : String(literalDay);
    const date = `CAST(${argument(call, 0, scope).text} AS DATE)`;
    const gap =
      direction === 1
        ? `(${wanted} - dayofweek(${date}) + 6) % 7 + 1`
        : `(dayofweek(${date}) - ${wanted} + 6) % 7 + 1`;
    return { text: `(${date} ${direction === 1 ? '+' : '-'} (${gap})::INTEGER)`, hint: 'date' };
  };
}

/** The start (or end) of the slice of `n` units that holds a moment, counted from 1970. */
const timeSlice: Rule = (call, scope) => {
  const value = moment(argument(call, 0, scope));
  const unit = readUnit(call.args[2], scope);
  const step = intervalOf(argument(call, 1, scope).text, unit);
  const [edge] = call.args[3] ?? [];
  const isEnd = edge?.kind === 'string' && stringValue(edge.text).toUpperCase() === 'END';
  const origin = unit === 'week' ? literal('1969-12-29') : literal('1970-01-01');
  const start = `time_bucket(${step}, CAST(${value.text} AS TIMESTAMP), TIMESTAMP ${origin})`;
  return {
    text: likeDate(isEnd ? `${start} + ${step}` : start, value.text),
    hint: value.hint,
  };
};

const monthsBetween: Rule = (call, scope) => {
  const [first, second] = everyArgument(call, scope).map(
    (value) => `CAST(${moment(value).text} AS TIMESTAMP)`,
  );
  const whole = `(date_part('year', ${first}) - date_part('year', ${second})) * 12 + date_part('month', ${first}) - date_part('month', ${second})`;
  const sameDay = `date_part('day', ${first}) = date_part('day', ${second}) OR (last_day(${first}) = CAST(${first} AS DATE) AND last_day(${second}) = CAST(${second} AS DATE))`;
  const day = (text: string | undefined): string =>
    `(date_part('day', ${text}) + epoch(${text} - date_trunc('day', ${text})) / 86400)`;
  return {
    text: `CAST(CASE WHEN ${sameDay} THEN ${whole} ELSE ${whole} + (${day(first)} - ${day(second)}) / 31 END AS DECIMAL(38,6))`,
    hint: 'decimal',
  };
};

/**
 * The wall clock in another zone, as a time stamp without one: the zone of the answer cannot be kept beside it here.
 * With two arguments the source is an instant; without a zone it is read in the session's.
 */
const convertTimezone: Rule = (call, scope) => {
  const args = everyArgument(call, scope);
  if (args.length === 2) {
    const [zone, value] = args;
    return {
      text: `timezone(${zone?.text}, CAST(${value === undefined ? 'NULL' : moment(value).text} AS TIMESTAMPTZ))`,
      hint: 'timestamp',
    };
  }
  const [source, target, value] = args;
  if (value === undefined)
    throw unsupported(scope, `CONVERT_TIMEZONE with ${args.length} arguments`, call.node);
  return {
    text: `timezone(${target?.text}, timezone(${source?.text}, CAST(${moment(value).text} AS TIMESTAMP)))`,
    hint: 'timestamp',
  };
};

/** The first three letters of a name; a text is read as a time stamp. */
function named(name: 'dayname' | 'monthname'): Rule {
  return (call, scope) => {
    const value = argument(call, 0, scope);
    const date = moment(value).text;
    return { text: `left(${name}(${date}), 3)`, hint: 'text' };
  };
}

export const DATES: Rules = {
  ADD_MONTHS: addMonths,
  CONVERT_TIMEZONE: convertTimezone,
  DATEADD: dateAdd,
  DATEDIFF: dateDiff,
  DATEFROMPARTS: dateFromParts,
  DATE_FROM_PARTS: dateFromParts,
  DATE_PART: datePart,
  DATE_TRUNC: dateTrunc,
  DAY: partFunction('day'),
  DAYNAME: named('dayname'),
  DAYOFMONTH: partFunction('day'),
  DAYOFWEEK: partFunction('dayofweek'),
  DAYOFWEEKISO: partFunction('dayofweekiso'),
  DAYOFYEAR: partFunction('dayofyear'),
  EXTRACT: datePart,
  HOUR: partFunction('hour'),
  LAST_DAY: lastDay,
  MINUTE: partFunction('minute'),
  MONTH: partFunction('month'),
  MONTHNAME: named('monthname'),
  MONTHS_BETWEEN: monthsBetween,
  NEXT_DAY: weekday(1),
  PREVIOUS_DAY: weekday(-1),
  QUARTER: partFunction('quarter'),
  SECOND: partFunction('second'),
  TIMEADD: dateAdd,
  TIMEDIFF: dateDiff,
  TIMESTAMPADD: dateAdd,
  TIMESTAMPDIFF: dateDiff,
  TIMESTAMP_FROM_PARTS: timestampFromParts,
  TIMESTAMP_NTZ_FROM_PARTS: timestampFromParts,
  TIMESTAMPFROMPARTS: timestampFromParts,
  TIMEFROMPARTS: timeFromParts,
  TIMESTAMPNTZFROMPARTS: timestampFromParts,
  TIMESTAMPLTZFROMPARTS: zonedFromParts,
  TIMESTAMPTZFROMPARTS: zonedFromParts,
  TIMESTAMP_LTZ_FROM_PARTS: zonedFromParts,
  TIMESTAMP_TZ_FROM_PARTS: zonedFromParts,
  TIME_FROM_PARTS: timeFromParts,
  TIME_SLICE: timeSlice,
  WEEK: partFunction('week'),
  WEEKISO: partFunction('weekiso'),
  WEEKOFYEAR: partFunction('week'),
  YEAR: partFunction('year'),
  YEAROFWEEK: partFunction('yearofweek'),
  YEAROFWEEKISO: partFunction('yearofweekiso'),
};
