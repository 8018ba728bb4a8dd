/**
 * What `is` asks: Jinja2's tests.
 */
import { typeError } from '../error.js';
import { isCase } from '../methods/text-methods.js';
import { PyObject, type Value } from '../value.js';
import { operate } from '../values/arithmetic.js';
import { contains, equals, isOrdered } from '../values/compare.js';
import { PyDecimal } from '../values/decimal.js';
import { toText } from '../values/describe.js';
import { numberOf, PyFloat } from '../values/float.js';
import { iteratorOf, lengthOf } from '../values/iterate.js';
import { PyIterator } from '../values/iterator.js';
import { PySet } from '../values/set.js';
import { asText, PyText } from '../values/text.js';
import { PyTuple } from '../values/tuple.js';
import { Undefined } from '../values/undefined.js';
import { type Filter, filter } from './filter.js';
import { FILTER_NAMES, TEST_NAMES } from './names.js';

/** Operators take exactly two arguments, as C functions say it. */
function operatorTest(name: string, body: (a: Value, b: Value) => boolean): Filter {
  return filter(`${name}(*args)`, ([args = null]) => {
    const { length, 0: a = null, 1: b = null } = args instanceof PyTuple ? args.items : [];
    if (length !== 2) throw typeError(`${name} expected 2 arguments, got ${length}`);
    return body(a, b);
  });
}

const isInt = (value: Value): boolean => typeof value === 'number' || typeof value === 'bigint';
const remainder = (value: Value, divisor: Value, wanted: Value): boolean =>
  equals(operate('%', value, divisor), wanted);

function isSame(a: Value, b: Value): boolean {
  // Ints and texts are values in JavaScript; Python shares small ones, and no template should depend on it.
  return a === b || (a instanceof PyFloat && b instanceof PyFloat && a.value === b.value);
}

function isSequence(value: Value): boolean {
  if (lengthOf(value) === undefined) return false;
  return !(value instanceof PySet) && !(value instanceof PyIterator);
}

const eq = operatorTest('eq', equals);
const ne = operatorTest('ne', (a, b) => !equals(a, b));
const gt = operatorTest('gt', (a, b) => isOrdered('>', a, b));
const ge = operatorTest('ge', (a, b) => isOrdered('>=', a, b));
const lt = operatorTest('lt', (a, b) => isOrdered('<', a, b));
const le = operatorTest('le', (a, b) => isOrdered('<=', a, b));

/** By name. Each gives a bool. */
export const TESTS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ['!=', ne],
  ['<', lt],
  ['<=', le],
  ['==', eq],
  ['>', gt],
  ['>=', ge],
  ['boolean', filter('test_boolean(value)', ([value = null]) => typeof value === 'boolean')],
  [
    'callable',
    filter(
      'callable(value)',
      ([value = null]) => value instanceof PyObject && value.call !== undefined,
    ),
  ],
  ['defined', filter('test_defined(value)', ([value = null]) => !(value instanceof Undefined))],
  [
    'divisibleby',
    filter('test_divisibleby(value, num)', ([value = null, divisor = null]) =>
      remainder(value, divisor, 0),
    ),
  ],
  ['eq', eq],
  ['equalto', eq],
  [
    'escaped',
    filter(
      'test_escaped(value)',
      ([value = null]) => value instanceof PyText && value.typeName === 'Markup',
    ),
  ],
  ['even', filter('test_even(value)', ([value = null]) => remainder(value, 2, 0))],
  ['false', filter('test_false(value)', ([value = null]) => value === false)],
  [
    'filter',
    filter('test_filter(@env, value)', ([value = null]) => FILTER_NAMES.has(asText(value) ?? '')),
  ],
  ['float', filter('test_float(value)', ([value = null]) => value instanceof PyFloat)],
  ['ge', ge],
  ['greaterthan', gt],
  ['gt', gt],
  ['in', filter('test_in(value, seq)', ([value = null, items = null]) => contains(items, value))],
  ['integer', filter('test_integer(value)', ([value = null]) => isInt(value))],
  ['iterable', filter('test_iterable(value)', ([value = null]) => iteratorOf(value) !== undefined)],
  ['le', le],
  ['lessthan', lt],
  ['lower', filter('test_lower(value)', ([value = null]) => isCase(toText(value), 'lower'))],
  ['lt', lt],
  [
    'mapping',
    filter('test_mapping(value)', ([value = null]) => value instanceof PyObject && value.isMapping),
  ],
  ['ne', ne],
  ['none', filter('test_none(value)', ([value = null]) => value === null)],
  [
    'number',
    filter(
      'test_number(value)',
      ([value = null]) => numberOf(value) !== undefined || value instanceof PyDecimal,
    ),
  ],
  ['odd', filter('test_odd(value)', ([value = null]) => remainder(value, 2, 1))],
  [
    'sameas',
    filter('test_sameas(value, other)', ([value = null, other = null]) => isSame(value, other)),
  ],
  ['sequence', filter('test_sequence(value)', ([value = null]) => isSequence(value))],
  ['string', filter('test_string(value)', ([value = null]) => asText(value) !== undefined)],
  [
    'test',
    filter('test_test(@env, value)', ([value = null]) => TEST_NAMES.has(asText(value) ?? '')),
  ],
  ['true', filter('test_true(value)', ([value = null]) => value === true)],
  ['undefined', filter('test_undefined(value)', ([value = null]) => value instanceof Undefined)],
  ['upper', filter('test_upper(value)', ([value = null]) => isCase(toText(value), 'upper'))],
]);
