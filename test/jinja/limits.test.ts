/**
 * Packages are untrusted text: whatever a template does, it ends soon and reaches nothing of ours.
 */
import { expect, test } from 'vitest';
import {
  createEnvironment,
  itertoolsModule,
  JinjaError,
  parseTemplate,
  PyDict,
  PyFunction,
  render,
  type Value,
} from '../../src/jinja/index.js';

const values: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['f', new PyFunction('f', () => 'called')],
  ['d', PyDict.fromObject({ a: 1 })],
  ['it', itertoolsModule()],
]);
const run = (text: string): string =>
  render(
    parseTemplate(text),
    { lookup: (name) => values.get(name) },
    createEnvironment({ undefinedMode: 'text' }),
  );

test.each([
  '{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}',
  '{% set l = [1] %}{% for i in l %}{% do l.append(1) %}{% endfor %}',
  '{% set l = [1] %}{% for i in range(99) %}{% do l.extend(l) %}{% endfor %}',
  '{% for i in range(100000) %}{{ range(100000)|sum }}{% endfor %}',
  '{% for i in range(100000) %}{{ range(100000)|list|sort }}{% endfor %}',
  "{% for i in range(100000) %}{{ ('a' * 100000).replace('a', 'b')|length }}{% endfor %}",
  '{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}',
  '{% macro m() %}{{ dbt_macro__m() }}{{ dbt_macro__m() }}{% endmacro %}{{ dbt_macro__m() }}',
  "{{ 'a' * 10000000000 }}",
  '{{ [1] * 10000000000 }}',
  '{{ 2 ** 10000000000 }}',
  '{{ range(1000000000) }}',
  "{{ '%1000000000d' % 1 }}",
  "{{ '{:1000000000}'.format(1) }}",
  "{{ 'a'|center(1000000000) }}",
  '{{ [1]|batch(1000000000, 0)|list }}',
  '{{ it.count()|list }}',
  '{{ it.product(range(1000), range(1000), range(1000))|list }}',
  "{% set ns = namespace(s='a') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
  '{% set ns = namespace(s=3) %}{% for i in range(99) %}{% set ns.s = ns.s * ns.s %}{% endfor %}',
  `{{ ${'('.repeat(30_000)} }}`,
  `{{ ${'-'.repeat(30_000)}1 }}`,
  `{{ 1${'|abs'.repeat(30_000)} }}`,
  '{% if x %}'.repeat(20_000),
])('%.70s', (text) => {
  const started = process.threadCpuUsage();
  expect(() => run(text)).toThrow(JinjaError);
  // Two seconds is what we promise, of this thread's own time; a slow machine gets some more.
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(5000);
});

const NAMES = [
  'constructor',
  'prototype',
  '__proto__',
  '__class__',
  '__init__',
  '__globals__',
  '__subclasses__',
  '__defineGetter__',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'call',
  'apply',
  'bind',
  'caller',
  'arguments',
];
const OBJECTS = [
  "''",
  '0',
  '1.5',
  '[]',
  '{}',
  '()',
  'none',
  'true',
  'f',
  'd',
  'range',
  'namespace()',
  'cycler(1)',
  "''.upper",
  'd.items()',
  'it',
];
const WAYS = [
  '%o.%n',
  "%o['%n']",
  "%o|attr('%n')",
  "'{0.%n}'.format(%o)",
  "'{0[%n]}'.format(%o)",
  "[%o]|map(attribute='%n')|first",
];

test.each(WAYS)('%s reaches nothing', (way) => {
  for (const object of OBJECTS) {
    for (const name of NAMES) {
      const expression = way.replaceAll('%o', object).replaceAll('%n', name);
      expect([expression, run(`{{ ${expression} }}`)]).toEqual([expression, '']);
      expect(() => run(`{{ (${expression})('return process')() }}`)).toThrow(JinjaError);
    }
  }
});

test.each([
  ["{% do d.update({'__proto__': {'polluted': 1}}) %}{{ {}.polluted }}{{ d.polluted }}", ''],
  ['{% set ns = namespace() %}{% set ns.__proto__ = 1 %}{{ {}.__proto__ }}', ''],
  ["{{ dict(__proto__=1)['__proto__'] }}", '1'],
  ["{{ {'constructor': 1}.constructor }}", '1'],
])('%s', (text, expected) => {
  expect(run(text)).toBe(expected);
  expect(Object.keys(Object.prototype)).toEqual([]);
});
