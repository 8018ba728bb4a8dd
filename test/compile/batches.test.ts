/**
 * How the time of a microbatch model is cut, as dbt cuts it.
 */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/base/index.js';
import { batchesOf } from '../../src/compile/batches.js';
import type { ModelNode } from '../../src/manifest/index.js';

const model = (config: JsonObject): ModelNode =>
  ({ name: 'm', config: { begin: '2024-01-30', lookback: 1, ...config } }) as unknown as ModelNode;

const starts = (
  config: JsonObject,
  {
    now = '2024-02-02T10:30:00Z',
    isIncremental = false,
    flags = {},
  }: { now?: string; isIncremental?: boolean; flags?: JsonObject } = {},
): readonly string[] =>
  batchesOf(model(config), { flags, runStartedAt: new Date(now) }, isIncremental).map(
    ({ id, start, end }) => `${id}: ${start} to ${end}`,
  );

test('a first run goes from begin to now', () => {
  expect(starts({ batch_size: 'day' })).toEqual([
    '20240130: 2024-01-30 00:00:00+00:00 to 2024-01-31 00:00:00+00:00',
    '20240131: 2024-01-31 00:00:00+00:00 to 2024-02-01 00:00:00+00:00',
    '20240201: 2024-02-01 00:00:00+00:00 to 2024-02-02 00:00:00+00:00',
    '20240202: 2024-02-02 00:00:00+00:00 to 2024-02-03 00:00:00+00:00',
  ]);
  expect(starts({ batch_size: 'month' })).toEqual([
    '202401: 2024-01-01 00:00:00+00:00 to 2024-02-01 00:00:00+00:00',
    '202402: 2024-02-01 00:00:00+00:00 to 2024-03-01 00:00:00+00:00',
  ]);
  expect(starts({ batch_size: 'year' })).toEqual([
    '2024: 2024-01-01 00:00:00+00:00 to 2025-01-01 00:00:00+00:00',
  ]);
});

test('a table that is there gets the batch of now and so many before it', () => {
  expect(starts({ batch_size: 'hour', lookback: 1 }, { isIncremental: true })).toEqual([
    '20240202T09: 2024-02-02 09:00:00+00:00 to 2024-02-02 10:00:00+00:00',
    '20240202T10: 2024-02-02 10:00:00+00:00 to 2024-02-02 11:00:00+00:00',
  ]);
});

test('a run may say which time it is about', () => {
  const flags = { EVENT_TIME_START: '2024-01-01 12:00:00', EVENT_TIME_END: '2024-01-02 12:00:00' };
  expect(starts({ batch_size: 'day' }, { flags, isIncremental: true })).toEqual([
    '20240101: 2024-01-01 00:00:00+00:00 to 2024-01-02 00:00:00+00:00',
    '20240102: 2024-01-02 00:00:00+00:00 to 2024-01-03 00:00:00+00:00',
  ]);
});

test.each([
  { flags: { EVENT_TIME_START: '2024-01-01' }, message: /go together/u },
  {
    flags: { EVENT_TIME_START: '2024-01-02', EVENT_TIME_END: '2024-01-01' },
    message: /must be before/u,
  },
  { flags: { EVENT_TIME_START: 'soon', EVENT_TIME_END: '2024-01-01' }, message: /no moment/u },
])('$flags is refused', ({ flags, message }) => {
  expect(() => starts({ batch_size: 'day' }, { flags })).toThrow(message);
});
