/**
 * Python's `str()` and `repr()` of plain data: names and ids of tests are made of them.
 */
import { ExactNumber, isJsonObject, type Json } from '../base/index.js';

/** `str(value)`. */
export function pythonStr(value: Json): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/** `repr(value)` of what YAML gives. */
export function pythonRepr(value: Json): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return numberText(value);
  if (value instanceof ExactNumber) return value.text;
  if (typeof value === 'string') return textRepr(value);
  if (isJsonObject(value)) {
    const pairs = Object.entries(value).map(
      ([key, item]) => `${textRepr(key)}: ${pythonRepr(item)}`,
    );
    return `{${pairs.join(', ')}}`;
  }
  return `[${value.map(pythonRepr).join(', ')}]`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Number.isSafeInteger(value)) return String(value);
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
