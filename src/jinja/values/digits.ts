/**
 * Decimal digits of doubles, rounded half to even on the exact value as C's printf does. JavaScript's own rounds ties up.
 */
import { PyDecimal } from './decimal.js';

/** `%.{places}f` of a finite double, without its sign. */
export function fixedDigits(value: number, places: number): string {
  const digits = magnitude(PyDecimal.ofDouble(value).quantize(places).coefficient);
  if (places === 0) return digits;
  const padded = digits.padStart(places + 1, '0');
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

/** The first `count` significant digits of a finite double, and the power of ten of the first. */
export function significantDigits(
  value: number,
  count: number,
): { readonly digits: string; readonly exponent: number } {
  if (value === 0) return { digits: '0'.repeat(count), exponent: 0 };
  const exact = PyDecimal.ofDouble(value);
  const exponent = magnitude(exact.coefficient).length - 1 - exact.scale;
  const scale = count - 1 - exponent;
  const digits = magnitude(exact.quantize(scale).coefficient);
  // Rounding up may have carried into one digit more: 9.99 to two digits is 10.
  return digits.length > count
    ? { digits: digits.slice(0, count), exponent: exponent + 1 }
    : { digits, exponent };
}

/** `round(x, places)`: a double; places may be negative. */
export function roundDouble(value: number, places: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const result = Number(PyDecimal.ofDouble(value).quantize(places).toText());
  return result === 0 && value < 0 ? -0 : result;
}

function magnitude(value: bigint): string {
  return (value < 0n ? -value : value).toString();
}
