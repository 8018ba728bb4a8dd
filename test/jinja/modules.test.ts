/** What host rooms use of dates; what templates see of them is in `python-cases.test.ts`. */
import { expect, test } from 'vitest';
import {
  callValue,
  argumentsOf,
  datetimeModule,
  isEffectGenerator,
  PyDate,
  PyDateTime,
  PyDict,
  PyFunction,
  PyTime,
  PyTimeDelta,
  PyTimeZone,
  pytzModule,
  reModule,
  toRepr,
  toText,
} from '../../src/jinja/index.js';

const NOON = Date.UTC(2026, 0, 15, 12);

test.each([
  [PyDateTime.fromEpochMs(NOON + 0.25, 'UTC'), '2026-01-15 12:00:00.000250+00:00'],
  [PyDateTime.fromEpochMs(-1, null), '1969-12-31 23:59:59.999000'],
  [PyDateTime.parse('2026-01-15T12:00:00.123456789Z'), '2026-01-15 12:00:00.123456+00:00'],
  [PyDateTime.parse('2026-01-15 12:00:00 +02:00'), '2026-01-15 12:00:00+02:00'],
  [PyDate.parse('2026-01-15'), '2026-01-15'],
  [new PyTime({ hour: 1, minute: 2, second: 3, microsecond: 0 }), '01:02:03'],
  [new PyTimeDelta(-1n), '-1 day, 23:59:59.999999'],
  [PyTimeZone.utc, 'UTC'],
])('%s', (value, text) => {
  expect(toText(value)).toBe(text);
});

test('instants', () => {
  expect(PyDateTime.parse('2026-01-15T14:00:00+02:00').epochMs).toBe(NOON);
  expect(PyTimeZone.named('Nowhere/Land')).toBeUndefined();
  expect(PyTimeZone.named('America/New_York')?.at(NOON / 1000).offset).toBe(-18_000);
});

test('the clock is the host’s', () => {
  const module = datetimeModule(() => NOON);
  const datetime = module.get('datetime');
  const now = datetime instanceof PyFunction ? undefined : datetime;
  if (now === undefined || typeof now !== 'object' || now === null || Array.isArray(now)) {
    throw new Error('datetime is a class');
  }
  const method = now.getAttribute('now') ?? null;
  const result = callValue(method, argumentsOf());
  expect(isEffectGenerator(result)).toBe(false);
  expect(toText(result)).toBe('2026-01-15 12:00:00');
});

test('modules are dicts, as dbt gives them', () => {
  for (const module of [datetimeModule(() => 0), pytzModule(), reModule()]) {
    expect(module).toBeInstanceOf(PyDict);
  }
  expect(toRepr(reModule().get('I') ?? null)).toBe('2');
});
