import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ExactNumber, isJsonObject, type Json } from '../../src/base/index.js';
import { parseYamlDocument } from '../../src/project/yaml.js';

interface Case {
  readonly text: string;
  /** What PyYAML's loader gave: dicts as `{$d: pairs}`, floats as `{$f: repr}`, dates as their `str()`. */
  readonly value?: unknown;
  readonly error?: string;
}

const cases: readonly Case[] = JSON.parse(readFileSync('test/golden/project/yaml.json', 'utf8'));

/** Our value in the golden's spelling. */
function spelled(value: Json): unknown {
  if (Array.isArray(value)) return value.map(spelled);
  if (isJsonObject(value)) {
    return { $d: Object.entries(value).map(([key, item]) => [key, spelled(item)]) };
  }
  if (value instanceof ExactNumber) return value.isFloat ? { $f: value.text } : value.value;
  if (typeof value !== 'number') return value;
  if (Number.isNaN(value)) return { $f: 'nan' };
  if (!Number.isFinite(value)) return { $f: value > 0 ? 'inf' : '-inf' };
  return Number.isInteger(value) ? value : { $f: String(value) };
}

describe('values and refusals are those of PyYAML', () => {
  test.each(cases)('$text', ({ text, value, error }) => {
    const document = parseYamlDocument(text, 'a.yml');
    const isRefused = document.diagnostics.some((one) => one.severity === 'error');
    const outcome = isRefused ? { isRefused } : { value: spelled(document.value) };
    expect(outcome).toEqual(error === undefined ? { value } : { isRefused: true });
  });
});

test.each([
  { text: 'a: [1, 2', line: 1 },
  { text: '\n\nmodels:\n  - name: x\n   bad: 1', line: 5 },
  { text: 'a: *nope', line: 1 },
])('$text is refused at line $line', ({ text, line }) => {
  const [diagnostic] = parseYamlDocument(text, 'm.yml').diagnostics;
  expect(diagnostic).toMatchObject({
    code: 'yaml/syntax',
    severity: 'error',
    position: { file: 'm.yml', line },
  });
});

test('the second of two equal keys is warned of', () => {
  expect(parseYamlDocument('\na: 1\nb: 2\na: 3', 'm.yml')).toMatchObject({
    value: { a: 3, b: 2 },
    diagnostics: [
      { severity: 'warning', code: 'yaml/duplicate-key', position: { line: 4, column: 1 } },
    ],
  });
});

test.each([
  { path: ['models', 1, 'name'], line: 6, column: 5 },
  { path: ['models', 1, 'columns', 0], line: 8, column: 9 },
  { path: ['models', 1, 'columns', 0, 'tests', 1], line: 10, column: 13 },
  { path: ['models', 9], line: 3, column: 1 },
  { path: [], line: 3, column: 1 },
])('$path stands at $line:$column', ({ path, line, column }) => {
  const text = `

models:
  - name: a
    # b follows
  - name: b
    columns:
      - name: c
        tests: [unique,
            not_null]
`;
  const expected = path.length === 0 ? { line: 3, column: 1 } : { line, column };
  expect(parseYamlDocument(text, 'm.yml').positionOf(path)).toMatchObject(expected);
});
