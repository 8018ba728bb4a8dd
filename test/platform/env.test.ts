import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createClock, dbtSetting, withDotEnv } from '../../src/platform/index.js';

const dotEnv = (text: string): string => {
  const home = mkdtempSync(join(tmpdir(), 'dagbook-env-'));
  writeFileSync(join(home, '.env'), text);
  return home;
};

test.each([
  { text: 'A=1', expected: { A: '1' } },
  { text: 'export A = x y  # said\nB=', expected: { A: 'x y', B: '' } },
  { text: `A='$x\\n' \nB="a\\nb \\"c\\""`, expected: { A: '$x\\n', B: 'a\nb "c"' } },
  { text: 'A=1\nB=${A}-${C:-none}-${SHELL_SET}', expected: { A: '1', B: '1-none-s' } },
  { text: '# A=1\n\nB=#2', expected: { B: '#2' } },
  { text: 'A="two\nlines"', expected: { A: 'two\nlines' } },
  { text: 'SHELL_SET=file', expected: {} },
])('.env $text', ({ text, expected }) => {
  const home = dotEnv(text);
  mkdirSync(join(home, 'below'));
  expect(withDotEnv({ SHELL_SET: 's' }, join(home, 'below'))).toEqual({
    SHELL_SET: 's',
    ...expected,
  });
});

test.each([
  { env: { DBT_TARGET: 'a' }, expected: 'a' },
  { env: { DBT_TARGET: 'a', DBT_ENGINE_TARGET: 'b' }, expected: 'b' },
  { env: { DBT_TARGET: '' }, expected: undefined },
  { env: {}, expected: undefined },
])('dbt setting of $env', ({ env, expected }) => {
  expect(dbtSetting(env, 'TARGET')).toBe(expected);
});

describe('clock', () => {
  test.each([
    { now: '2026-01-15T12:00:00', expected: '2026-01-15T12:00:00.000Z' },
    { now: '2026-01-15T12:00:00+02:00', expected: '2026-01-15T10:00:00.000Z' },
    { now: '2026-01-15', expected: '2026-01-15T00:00:00.000Z' },
  ])('frozen at $now', ({ now, expected }) => {
    expect(createClock({ DAGBOOK_NOW: now }).now().toISOString()).toBe(expected);
  });

  test('refuses what is not a moment', () => {
    expect(() => createClock({ DAGBOOK_NOW: 'noon' })).toThrow('not a moment in time: noon');
  });

  test('runs when not frozen', () => {
    const clock = createClock({});
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1000);
    expect(clock.isFrozen).toBe(false);
  });
});
