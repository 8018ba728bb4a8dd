/**
 * Python's `str()` and `repr()` of plain data: names and ids of tests are made of them.
 */
import { isJsonObject, type Json } from '../base/index.js';
import { isWholeFloat } from '../project/index.js';

/** `str(value)`. @param isFloat true for a whole number that Python holds as a float. */
export function pythonStr(value: Json, isFloat: boolean = false): string {
  return typeof value === 'string' ? value : pythonRepr(value, isFloat);
}

/** `repr(value)` of what YAML gives. @param isFloat as for `pythonStr`. */
export function pythonRepr(value: Json, isFloat: boolean = false): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return numberText(value, isFloat);
  if (typeof value === 'string') return textRepr(value);
  if (isJsonObject(value)) {
    const pairs = Object.entries(value).map(
      ([key, item]) => `${textRepr(key)}: ${pythonRepr(item, isWholeFloat(value, key))}`,
    );
    return `{${pairs.join(', ')}}`;
  }
  return `[${value.map((item, at) => pythonRepr(item, isWholeFloat(value, at))).join(', ')}]`;
}

/** `str()` of one value in a container, which knows whether a whole number was written with a point. */
export function pythonStrOf(container: object, key: string | number, value: Json): string {
  return pythonStr(value, isWholeFloat(container, key));
}

function numberText(value: number, isFloat: boolean): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Number.isInteger(value) && Math.abs(value) < 1e16)
    return isFloat ? `${value}.0` : String(value);
  // Python writes floats from 1e16 on with an exponent, JavaScript from 1e21 on.
  if (isFloat && Math.abs(value) >= 1e16) return shortExponent(value.toExponential());
  const text = String(value);
  // Python turns to an exponent below 0.0001 and writes it with two digits.
  if (Math.abs(value) < 1e-4 && !text.includes('e')) return shortExponent(value.toExponential());
  return shortExponent(text);
}

function shortExponent(text: string): string {
  return text.replace(/e(?<sign>[-+])(?<digit>\d)$/u, 'e$<sign>0$<digit>');
}

function textRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let result = '';
  for (const character of text) result += escaped(character, quote);
  return `${quote}${result}${quote}`;
}

// What Python's `str.isprintable` refuses: controls, surrogates, unassigned, and spaces other than ' '.
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

function escaped(character: string, quote: string): string {
  if (character === '\\' || character === quote) return `\\${character}`;
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  if (!UNPRINTABLE.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
