import { expect, test } from 'vitest';
import {
  createEnvironment,
  JinjaError,
  makeMacro,
  parseTemplate,
  PyFunction,
  render,
  type Value,
} from '../../src/jinja/index.js';

const contextOf = (values: Readonly<Record<string, Value>>) => {
  const names = new Map(Object.entries(values));
  return { lookup: (name: string): Value | undefined => names.get(name) };
};
const environment = createEnvironment({ undefinedMode: 'text' });

/** The error of a template that stands in `models/a.sql`, from line 10. */
function errorOf(text: string, values: Readonly<Record<string, Value>> = {}): JinjaError {
  try {
    render(
      parseTemplate(text, { name: 'models/a.sql', firstLine: 10 }),
      contextOf(values),
      environment,
    );
  } catch (error) {
    if (error instanceof JinjaError) return error;
    throw error;
  }
  throw new Error('It rendered');
}

test.each([
  ['select\n{{ foo.bar }}', 'UndefinedError', "'foo' is undefined", 11, 7],
  [
    '{{ 1 }}\n\n  {% if x %}',
    'TemplateSyntaxError',
    "Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.",
    12,
    11,
  ],
  ['a\r\nb {{ 1 + }}', 'TemplateSyntaxError', "unexpected 'end of print statement'", 11, 10],
  ['{{ "a"\n  + 1 }}', 'TypeError', 'can only concatenate str (not "int") to str', 11, 3],
  ['{{ x|nosuch }}', 'TemplateAssertionError', "No filter named 'nosuch'.", 10, 6],
  ['{% for i in 5 %}{% endfor %}', 'TypeError', "'int' object is not iterable", 10, 4],
  [
    '{% set q %}\n{{ 1 // 0 }}{% endset %}',
    'ZeroDivisionError',
    'integer division or modulo by zero',
    11,
    6,
  ],
] as const)('%s', (text, pythonClass, message, line, column) => {
  expect(errorOf(text)).toMatchObject({
    pythonClass,
    message,
    position: { file: 'models/a.sql', line, column },
    exitCode: 1,
  });
});

test('the stack of macro calls, innermost first', () => {
  const error = errorOf(
    '{% macro a() %}\n{{ nope.x }}{% endmacro %}\n{% macro b() %}{{ dbt_macro__a() }}{% endmacro %}\n{{ dbt_macro__b() }}',
  );
  expect(error.frames.map(({ name, position }) => [name, position.line])).toEqual([
    ['a', 11],
    ['b', 12],
    ['models/a.sql', 13],
  ]);
});

test('macros of other files keep their own positions', () => {
  const template = parseTemplate('{% macro m(a) %}\n{{ a.b.c }}{% endmacro %}', {
    name: 'macros/m.sql',
  });
  const [definition] = template.macros;
  if (definition === undefined) throw new Error('No macro');
  const macro = makeMacro(definition, template, contextOf({}), environment);
  expect(errorOf('{{ m(1) }}', { m: macro })).toMatchObject({
    message: "'int object' has no attribute 'b'",
    position: { file: 'macros/m.sql', line: 2 },
    frames: [{ name: 'm' }, { name: 'models/a.sql' }],
  });
});

test('what a host function throws passes through untouched', () => {
  class ReturnSignal extends Error {}
  const signal = new ReturnSignal();
  const host = new PyFunction('return', () => {
    throw signal;
  });
  const template = parseTemplate('{% macro m() %}{{ x() }}{% endmacro %}{{ dbt_macro__m() }}');
  expect(() => render(template, contextOf({ x: host }), environment)).toThrow(signal);
});

test('a JinjaError of a host function gets a position and frames', () => {
  const host = new PyFunction('ref', () => {
    throw new JinjaError('CompilationError', 'no such node');
  });
  expect(errorOf('a\n{{ ref("x") }}', { ref: host })).toMatchObject({
    pythonClass: 'CompilationError',
    position: { line: 11, column: 7 },
  });
});
