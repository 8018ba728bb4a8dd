import { expect, test } from 'vitest';
import {
  argumentsOf,
  asText,
  bindArguments,
  createEnvironment,
  equals,
  fromJson,
  iterate,
  parseTemplate,
  printJson,
  PyDecimal,
  PyDict,
  PyFloat,
  PyIterator,
  PySet,
  PyText,
  PyTuple,
  render,
  renderNative,
  signature,
  toJson,
  toList,
  toRepr,
  toText,
  typeName,
  type Value,
} from '../../src/jinja/index.js';

test.each([
  [
    { a: 1, b: [1.5, 'x', null, true], c: 1e21 },
    "{'a': 1, 'b': [1.5, 'x', None, True], 'c': 1e+21}",
  ],
  [12345678901234567890n, '12345678901234567890'],
  [undefined, 'None'],
  [new Map([[1, 'a']]), "{1: 'a'}"],
])('JSON in: %s', (json, repr) => {
  expect(toRepr(fromJson(json))).toBe(repr);
});

test('JSON out', () => {
  const value = PyDict.fromEntries([
    ['a', new PyTuple([1, new PyFloat(1.5)])],
    [1, null],
    [true, new PyText('Markup', 'x')],
  ]);
  expect(toJson(value)).toEqual({ a: [1, 1.5], '1': 'x' });
  expect(() => toJson(new PySet([1]))).toThrow('Object of type set is not JSON serializable');
  expect(printJson(fromJson({ é: [1.0, '<'] }))).toBe('{"\\u00e9": [1, "<"]}');
});

test('dict keys meet where Python finds them equal', () => {
  const dict = PyDict.fromEntries([
    [1, 'int'],
    ['1', 'str'],
    [new PyTuple([1, 'a']), 'tuple'],
  ]);
  dict.set(true, 'bool');
  dict.set(new PyFloat(1), 'float');
  dict.set(PyDecimal.parse('1.0'), 'decimal');
  expect(toRepr(dict)).toBe("{1: 'decimal', '1': 'str', (1, 'a'): 'tuple'}");
  expect(dict.get(new PyTuple([new PyFloat(1), 'a']))).toBe('tuple');
  expect(() => dict.set([], 1)).toThrow("unhashable type: 'list'");
  expect(dict.delete('1')).toBe(true);
  expect([...dict.entries()]).toHaveLength(2);
});

test.each([
  ['1.50', '1.50'],
  ['1E+3', '1E+3'],
  ['-0.00', '-0.00'],
  ['0.0000001', '1E-7'],
  ['123456789012345678901234567890.5', '123456789012345678901234567890.5'],
])('decimal %s', (text, expected) => {
  expect(toText(PyDecimal.parse(text))).toBe(expected);
});

test.each([
  ['f(a, b=2, *args, c=3, **rest)', [1], {}, [1, 2, '()', 3, '{}']],
  ['f(a, b=2, *args, c=3, **rest)', [1, 5, 6, 7], { c: 8, d: 9 }, [1, 5, '(6, 7)', 8, "{'d': 9}"]],
  ["f(a='x, y', b=None)", [], { b: 1 }, ['x, y', 1]],
])('%s', (declaration, args, kwargs, expected) => {
  const bound = bindArguments(signature(declaration), {
    args,
    kwargs: new Map(Object.entries(kwargs)),
  });
  expect(bound.map((value) => (typeof value === 'object' ? toRepr(value) : value))).toEqual(
    expected,
  );
});

test.each([
  ['f(a)', [], {}, "f() missing 1 required positional argument: 'a'"],
  ['f(a, b, c)', [], {}, "f() missing 3 required positional arguments: 'a', 'b', and 'c'"],
  ['f(a)', [1, 2], {}, 'f() takes 1 positional argument but 2 were given'],
  ['f(@env, a, b=1)', [1, 2, 3], {}, 'f() takes from 2 to 3 positional arguments but 4 were given'],
  ['f(a)', [1], { a: 2 }, "f() got multiple values for argument 'a'"],
  ['f(a)', [1], { z: 2 }, "f() got an unexpected keyword argument 'z'"],
  ['f(*, a)', [], {}, "f() missing 1 required keyword-only argument: 'a'"],
])('%s refuses', (declaration, args, kwargs, message) => {
  const call = { args, kwargs: new Map<string, Value>(Object.entries(kwargs)) };
  expect(() => bindArguments(signature(declaration), call)).toThrow(message);
});

test('a parsed template is plain data', () => {
  const text =
    '{% macro m(a, b=1.5) %}{{ a ~ b }}{% endmacro %}{% for i in [1, 2] if i %}{{ dbt_macro__m(i) }}{{ loop.last }}{% endfor %}{{ x }}{{ 12345678901234567890 }}';
  const template = parseTemplate(text);
  const copy = JSON.parse(JSON.stringify(template)) as typeof template;
  const environment = createEnvironment({ undefinedMode: 'text' });
  const context = { lookup: (name: string): Value | undefined => (name === 'x' ? 'X' : undefined) };
  expect(render(copy, context, environment)).toBe('11.5False21.5TrueX12345678901234567890');
  expect(render(template, context, environment)).toBe(render(copy, context, environment));
});

test('iterators are walked once', () => {
  const iterator = new PyIterator('generator', [1, 2][Symbol.iterator]());
  expect(toList(iterator)).toEqual([1, 2]);
  expect(toList(iterator)).toEqual([]);
  expect(() => iterate(5)).toThrow("'int' object is not iterable");
  expect(typeName(iterator)).toBe('generator');
});

test('a marked text is a text', () => {
  const text = new PyText('TextMarker', '1');
  expect([asText(text), equals(text, '1'), equals('1', text)]).toEqual(['1', true, true]);
  const environment = createEnvironment({ undefinedMode: 'native' });
  const context = { lookup: (): Value => '007' };
  expect(renderNative(parseTemplate('{{ x|as_text }}'), context, environment)).toBe('007');
  expect(renderNative(parseTemplate('{{ x }}'), context, environment)).toBe('007');
  expect(argumentsOf(1).args).toEqual([1]);
});

test.each([
  ['1.50', 'DecimalTuple(sign=0, digits=(1, 5, 0), exponent=-2) 0 False (3, 2) 1.50 -1.50'],
  ['-0', 'DecimalTuple(sign=1, digits=(0,), exponent=0) 0 True (0, 1) 0 0'],
  ['1E+3', 'DecimalTuple(sign=0, digits=(1,), exponent=3) 3 False (1000, 1) 1E+3 -1E+3'],
  ['0.001', 'DecimalTuple(sign=0, digits=(1,), exponent=-3) -3 False (1, 1000) 0.001 -0.001'],
  ['-12.5', 'DecimalTuple(sign=1, digits=(1, 2, 5), exponent=-1) 1 True (-25, 2) 12.5 12.5'],
  ['0.00', 'DecimalTuple(sign=0, digits=(0,), exponent=-2) -2 False (0, 1) 0.00 -0.00'],
])('the parts of Decimal %s are those of Python', (text, expected) => {
  const context = { lookup: () => PyDecimal.parse(text) };
  const template =
    '{{ d.as_tuple() }} {{ d.adjusted() }} {{ d.is_signed() }} {{ d.as_integer_ratio() }} {{ d.copy_abs() }} {{ d.copy_negate() }}';
  expect(
    render(parseTemplate(template), context, createEnvironment({ undefinedMode: 'text' })),
  ).toBe(expected);
});
