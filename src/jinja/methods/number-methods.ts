/**
 * The methods and attributes of Python's int, bool and float.
 */
import { JinjaError } from '../error.js';
import type { Value } from '../value.js';
import { intOf, PyFloat, toInt, truncate } from '../values/float.js';
import { bindMethod, type MethodTable, methodTable } from '../values/method.js';
import { PyDecimal } from '../values/decimal.js';
import { PyTuple } from '../values/tuple.js';

type Int = number | bigint | boolean;

const INT_METHODS: MethodTable<Int> = methodTable<Int>({
  as_integer_ratio: (self) => new PyTuple([intOf(self) ?? 0, 1]),
  bit_count: (self) => bits(self).replaceAll('0', '').length,
  bit_length: (self) => bits(self).replace(/^0$/u, '').length,
  conjugate: (self) => intOf(self) ?? 0,
  is_integer: () => true,
});

function bits(self: Int): string {
  return BigInt(self).toString(2).replace('-', '');
}

const FLOAT_METHODS: MethodTable<PyFloat> = methodTable<PyFloat>({
  as_integer_ratio(self) {
    if (!Number.isFinite(self.value)) {
      throw new JinjaError('ValueError', 'cannot convert NaN or Infinity to integer ratio');
    }
    let denominator = 1n;
    let scaled = self.value;
    while (!Number.isInteger(scaled)) {
      scaled *= 2;
      denominator *= 2n;
    }
    return new PyTuple([truncate(scaled), toInt(denominator)]);
  },
  conjugate: (self) => self,
  hex: (self) => self.value.toString(16),
  is_integer: (self) => Number.isInteger(self.value),
});

/** An attribute of an int or bool. */
export function intAttribute(self: Int, name: string): Value | undefined {
  switch (name) {
    case 'real':
    case 'numerator':
      return intOf(self);
    case 'imag':
      return 0;
    case 'denominator':
      return 1;
    default:
      return bindMethod(INT_METHODS, self, name);
  }
}

/** An attribute of a float. */
export function floatAttribute(self: PyFloat, name: string): Value | undefined {
  switch (name) {
    case 'real':
      return self;
    case 'imag':
      return new PyFloat(0);
    default:
      return bindMethod(FLOAT_METHODS, self, name);
  }
}

/** The whole number nearest to zero in a number; undefined for anything else. */
export function wholeOf(value: Value): number | bigint | undefined {
  if (value instanceof PyFloat) return truncate(value.value);
  return value instanceof PyDecimal ? value.toInt() : intOf(value);
}
