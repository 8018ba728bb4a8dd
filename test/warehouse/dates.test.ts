import { describe } from 'vitest';
import { caseTable } from './case-table.js';

const D = "'2024-01-31'::date";
const T = "'2024-01-31 10:20:30.456'::timestamp_ntz";

describe('dates and times', () => {
  caseTable([
    [
      `select dateadd(day, 1, ${D}), dateadd('month', 1, ${D}), dateadd(hour, 1, ${D})`,
      [['2024-02-01', '2024-02-29', '2024-01-31 01:00:00']],
    ],
    [
      `select dateadd(year, -1, ${T}), dateadd(week, 1, ${T}), dateadd(quarter, 1, ${D}), dateadd(ms, 5, ${T})`,
      [
        [
          '2023-01-31 10:20:30.456',
          '2024-02-07 10:20:30.456',
          '2024-04-30',
          '2024-01-31 10:20:30.461',
        ],
      ],
    ],
    ["select dateadd(day, 1, '2024-01-31')", [['2024-02-01 00:00:00']]],
    [
      "select dateadd(day, n, d) from (select column1::int n, column2::date d from values (1, '2024-01-01'), (-1, '2024-01-01'))",
      [['2024-01-02'], ['2023-12-31']],
    ],
    ["select timestampadd(minute, 90, '2024-01-31 10:00'::timestamp)", [['2024-01-31 11:30:00']]],
    [
      "select datediff(day, '2024-01-01'::timestamp, '2024-01-02 23:00'::timestamp), datediff('hour', '2024-01-01 10:59'::timestamp, '2024-01-01 11:01'::timestamp)",
      [[1, 1]],
    ],
    [
      "select datediff(week, '2024-01-06'::date, '2024-01-08'::date), datediff(week, '2024-01-07 10:00'::timestamp, '2024-01-08 01:00'::timestamp), datediff(month, '2024-01-31'::date, '2024-02-01'::date), datediff(year, '2023-12-31'::date, '2024-01-01'::date), datediff(quarter, '2024-03-31'::date, '2024-04-01'::date)",
      [[1, 1, 1, 1, 1]],
    ],
    [
      "select datediff(second, '2024-01-01', '2024-01-01 00:01:00'), timestampdiff('minute', '2024-01-01 00:00:59', '2024-01-01 00:01:00'), datediff(millisecond, '2024-01-01 00:00:00.001', '2024-01-01 00:00:00.005')",
      [[60, 1, 4]],
    ],
    [
      `select date_trunc('month', ${D}), date_trunc(week, ${D}), date_trunc('hour', ${T}), date_trunc('quarter', ${T}), trunc(${D}, 'year')`,
      [['2024-01-01', '2024-01-29', '2024-01-31 10:00:00', '2024-01-01 00:00:00', '2024-01-01']],
    ],
    [
      `select last_day(${D}), last_day('2024-02-03'::date, 'week'), last_day('2024-02-03'::date, year)`,
      [['2024-01-31', '2024-02-04', '2024-12-31']],
    ],
    [
      `select year(${D}), month(${D}), day(${D}), quarter(${D}), dayofweek(${D}), dayofweekiso(${D}), dayofyear(${D}), week(${D}), weekiso(${D}), hour(${T}), minute(${T}), second(${T})`,
      [[2024, 1, 31, 1, 3, 3, 31, 5, 5, 10, 20, 30]],
    ],
    [
      `select extract(year from ${D}), date_part('epoch_second', ${T}), date_part(epoch_millisecond, ${T}), extract(dow from ${D}), date_part(weekday, ${D})`,
      [[2024, 1706696430, 1706696430456, 3, 3]],
    ],
    [
      `select dayname(${D}), monthname(${D}), next_day(${D}, 'fr'), previous_day(${D}, 'we'), next_day(${D}, 'we')`,
      [['Wed', 'Jan', '2024-02-02', '2024-01-24', '2024-02-07']],
    ],
    [
      "select add_months('2024-02-29'::date, 1), add_months('2024-01-15'::date, -2), months_between('2024-03-31'::date, '2024-02-29'::date), months_between('2024-02-15'::date, '2024-01-01'::date)",
      [['2024-03-31', '2023-11-15', '1.000000', '1.451613']],
    ],
    [
      "select date_from_parts(2024, 2, 30), timestamp_from_parts(2024, 1, 31, 10, 20, 30), timestamp_ntz_from_parts('2024-01-31'::date, '10:20:30'::time)",
      [['2024-03-01', '2024-01-31 10:20:30', '2024-01-31 10:20:30']],
    ],
    [
      "select time_slice('2024-01-31 10:20:30'::timestamp, 15, 'minute'), time_slice('2024-01-31 10:20:30'::timestamp, 15, 'minute', 'END'), time_slice('2024-01-31'::date, 1, 'week')",
      [['2024-01-31 10:15:00', '2024-01-31 10:30:00', '2024-01-29']],
    ],
    [
      "select to_date('2024-01-31'), to_date('31/01/2024', 'DD/MM/YYYY'), to_date('2024-01-31 10:00:00'::timestamp), try_to_date('nope'), try_to_date('20240131', 'YYYYMMDD'), date('2024-01-31')",
      [['2024-01-31', '2024-01-31', '2024-01-31', null, '2024-01-31', '2024-01-31']],
    ],
    [
      "select to_timestamp('2024-01-31 10:20:30'), to_timestamp_ntz('2024-01-31T10:20:30Z'), to_timestamp_ntz('2024-01-31T10:20:30.5+02:00'), to_timestamp(1706696430), to_timestamp(1706696430456, 3), to_timestamp('1706696430'), to_timestamp('1706696430456'), to_timestamp_ntz(1706696430456789012, 9)",
      [
        [
          '2024-01-31 10:20:30',
          '2024-01-31 10:20:30',
          '2024-01-31 10:20:30.5',
          '2024-01-31 10:20:30',
          '2024-01-31 10:20:30.456',
          '2024-01-31 10:20:30',
          '2024-01-31 10:20:30.456',
          '2024-01-31 10:20:30.456789',
        ],
      ],
    ],
    [
      "select to_timestamp('31-JAN-2024 10.20', 'DD-MON-YYYY HH24.MI'), try_to_timestamp('x'), try_to_timestamp_ntz('2024-13-01')",
      [['2024-01-31 10:20:00', null, null]],
    ],
    [
      "select to_timestamp_ntz(x), to_timestamp_ntz(y), to_timestamp(d) from (select 1706696430 x, '2024-01-31 10:00' y, '2024-01-31'::date d)",
      [['2024-01-31 10:20:30', '2024-01-31 10:00:00', '2024-01-31 00:00:00']],
    ],
    [
      "select to_timestamp_tz('2024-01-02 00:00:00+02:00'), '2024-01-02 00:00:00+02:00'::timestamp_tz, '2024-01-02 05:00:00'::timestamp_ltz",
      [['2024-01-01 22:00:00+00:00', '2024-01-01 22:00:00+00:00', '2024-01-02 05:00:00+00:00']],
    ],
    [
      "select convert_timezone('America/New_York', 'UTC', '2024-01-31 10:00'::timestamp_ntz), convert_timezone('America/New_York', '2024-01-31 10:00:00+00:00'::timestamp_tz)::timestamp_ntz, to_timestamp_ntz(convert_timezone('UTC', '2024-01-31 10:00'::timestamp_ntz))",
      [['2024-01-31 15:00:00', '2024-01-31 05:00:00', '2024-01-31 10:00:00']],
    ],
    [
      `select to_char(${T}, 'YYYY-MM-DD HH24:MI:SS.FF3'), to_varchar(${D}, 'yyyymmdd'), to_char(${D}, 'DD MON YY'), to_char(${D}, 'MMMM DY'), to_char(${T}, 'HH12:MI AM'), to_varchar(${T}, 'yyyy-mm-dd HH24:MI' || 'UTC')`,
      [
        [
          '2024-01-31 10:20:30.456',
          '20240131',
          '31 Jan 24',
          'January Wed',
          '10:20 AM',
          '2024-01-31 10:20UTC',
        ],
      ],
    ],
    [
      `select ${T}::varchar, ${D}::varchar, to_varchar(${T}), '2024-01-02 00:00:00+02:00'::timestamp_tz::varchar, ${T}::date::string, cast(${T} as text)`,
      [
        [
          '2024-01-31 10:20:30.456',
          '2024-01-31',
          '2024-01-31 10:20:30.456',
          '2024-01-01 22:00:00.000 +0000',
          '2024-01-31',
          '2024-01-31 10:20:30.456',
        ],
      ],
    ],
    [
      `select ${D} + 1, ${D} - 31, ${D} - '2024-01-01'::date, ${D} + interval '1 day', ${T} + interval '1 hour, 30 minutes', ${D} - interval '1 month'`,
      [['2024-02-01', '2023-12-31', 30, '2024-02-01', '2024-01-31 11:50:30.456', '2023-12-31']],
    ],
    [
      'select current_date() = current_date, current_timestamp() is not null, sysdate() is not null, getdate() is not null, current_date::varchar rlike $$\\d{4}-\\d\\d-\\d\\d$$',
      [[true, true, true, true, true]],
    ],
    [
      "select '10:20:30'::time, time_from_parts(1, 2, 3), to_time('10:20'), timediff(minute, '10:00'::time, '11:30'::time)",
      [['10:20:30', '01:02:03', '10:20:00', 90]],
    ],
    [
      "select dateadd('day', 1, null::date), datediff(day, null, '2024-01-01'), date_trunc('day', null::timestamp)",
      [[null, null, null]],
    ],
    [
      "select date_part('fortnight', current_date())",
      'The date part fortnight at line 1, column 18',
    ],
    [
      "select to_date('01/31/2024'), '31-Jan-2024'::date, cast('2024-01-31T10:00:00' as date)",
      [['2024-01-31', '2024-01-31', '2024-01-31']],
    ],
    [
      "select '2024-01-31T10:00:00.5Z'::timestamp_tz, to_timestamp_tz('2024-01-31 10:00:00 +0200'), to_timestamp_tz(x), to_timestamp_ltz(y) from (select '2024-01-31 10:00:00.5-0130' x, '2024-01-31 10:00'::timestamp_ntz y)",
      [
        [
          '2024-01-31 10:00:00.5+00:00',
          '2024-01-31 08:00:00+00:00',
          '2024-01-31 11:30:00.5+00:00',
          '2024-01-31 10:00:00+00:00',
        ],
      ],
    ],
  ]);
});
