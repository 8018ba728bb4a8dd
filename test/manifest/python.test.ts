import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ExactNumber, type Json } from '../../src/base/index.js';
import { fnmatch, globMatcher } from '../../src/manifest/fnmatch.js';
import { pythonRepr, pythonStr } from '../../src/manifest/python-text.js';
import { parseYamlDocument } from '../../src/project/index.js';

/** What Python 3.11 says. Floats are wrapped, as JSON has none that are whole. */
const golden: {
  readonly reprs: readonly {
    readonly value: unknown;
    readonly repr: string;
    readonly str: string;
  }[];
  readonly fnmatch: readonly (readonly [name: string, pattern: string, matches: boolean])[];
  readonly everything: readonly string[];
  readonly globs: readonly (readonly [pattern: string, paths: readonly string[]])[];
} = JSON.parse(readFileSync('test/golden/manifest/python.json', 'utf8'));

function plain(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    if ('$float' in value) return ExactNumber.float(Number(value.$float));
    if ('$dict' in value && Array.isArray(value.$dict)) {
      return Object.fromEntries(
        value.$dict.map(([key, item]: [string, unknown]) => [key, plain(item)]),
      );
    }
  }
  return value as Json;
}

test.each(golden.reprs)('$repr', ({ value, repr, str }) => {
  expect({ repr: pythonRepr(plain(value)), str: pythonStr(plain(value)) }).toEqual({ repr, str });
});

test('a float that yaml writes whole stays one', () => {
  const { value } = parseYamlDocument('[1.0, {a: 2.0, b: 2}]', 'a.yml');
  expect(pythonRepr(value)).toBe("[1.0, {'a': 2.0, 'b': 2}]");
});

test('fnmatch', () => {
  const ours = golden.fnmatch.map(([name, pattern]) => [name, pattern, fnmatch(name, pattern)]);
  expect(ours).toEqual(golden.fnmatch);
});

/** At the end of a pattern Python's `**` stands for folders alone; what lies in them is found by way of them. */
const folders = golden.everything.filter((path) => !/\.\w+$/u.test(path));

test.each(golden.globs)('glob %s', (pattern, paths) => {
  const candidates = pattern.endsWith('**') ? folders : golden.everything;
  expect(candidates.filter(globMatcher(pattern))).toEqual(paths);
});
