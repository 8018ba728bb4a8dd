import { expect, test } from 'vitest';
import {
  ExactNumber,
  isJsonObject,
  type Json,
  membersOf,
  textOfJson,
} from '../../../src/base/index.js';
import { exactText, exactValue, Oddities } from '../../../src/manifest/cache/exact-json.js';
import { parseYaml } from '../../../src/project/index.js';

/** A value with all that can be told of it. */
function spelled(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => spelled(item)).join(', ')}]`;
  if (isJsonObject(value)) {
    const members = [...membersOf(value)].map(
      ([key, item]) => `${typeof key} ${String(key)}: ${spelled(item)}`,
    );
    return `{${members.join(', ')}}`;
  }
  const sign = Object.is(value, -0) ? '-' : '';
  const text = value instanceof ExactNumber ? `exact ${value.text}` : JSON.stringify(value);
  return Number.isFinite(value) ? `${sign}${text}` : `${text} ${textOfJson(value) ?? ''}`;
}

test.each([
  'plain: [1, a, true, null, {b: c}]',
  '1.0',
  '[1.0, 1, 1.5, -0.0]',
  '{a: {b: [12345678901234567890, {c: 2.0}]}}',
  '{10: a, 2: b, true: c, null: d, 1.5: e, 1.0: g, "3": f}',
  '{x: .inf, y: -.inf, z: .nan}',
  '{x: {20: {10: 1.0}}}',
  '"with a\\nnewline"',
  '{__proto__: 1, constructor: {toString: 2.0}}',
  '[]',
])('%s comes back as it was', (yaml) => {
  const value = parseYaml(yaml);
  const oddities = new Oddities();
  expect(spelled(exactValue(exactText(value, oddities)))).toBe(spelled(value));
  expect(spelled(exactValue(exactText(value, oddities)))).toBe(spelled(value));
});
