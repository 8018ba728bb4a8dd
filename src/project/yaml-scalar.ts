/**
 * What a plain scalar means in YAML 1.1 as PyYAML reads it: `yes` is true, `012` is 10, `1:30` is 90, `y` and `1e3` are text.
 */
import { ExactNumber } from '../base/index.js';

export type ScalarValue = null | boolean | number | string | ExactNumber;

const NULL = /^(?:~|null|Null|NULL|)$/u;
const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/u;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/u;
const INTEGER =
  /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/u;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/u;
const TIMESTAMP =
  /^(?<year>\d{4})-(?<month>\d\d?)-(?<day>\d\d?)(?:(?:[Tt]|[ \t]+)(?<hour>\d\d?):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d*))?(?:[ \t]*(?<zone>Z|(?<sign>[-+])(?<zoneHour>\d\d?)(?::(?<zoneMinute>\d\d))?))?)?$/u;
const SHORT_DATE = /^\d{4}-\d\d-\d\d$/u;

/** Resolves an untagged plain scalar. Dates come back as the text that Python's `str()` gives of them. */
export function resolvePlain(text: string): ScalarValue {
  // Most scalars are words: the first character rules out everything but text.
  switch (text.charAt(0)) {
    case '':
    case '~':
      return NULL.test(text) ? null : text;
    case 'n':
    case 'N':
      if (NULL.test(text)) return null;
      return FALSE.test(text) ? false : text;
    case 'f':
    case 'F':
      return FALSE.test(text) ? false : text;
    case 'o':
    case 'O':
      if (TRUE.test(text)) return true;
      return FALSE.test(text) ? false : text;
    case 'y':
    case 'Y':
    case 't':
    case 'T':
      return TRUE.test(text) ? true : text;
    default:
      return /^[-+.0-9]/u.test(text) ? resolveNumber(text) : text;
  }
}

/**
 * Resolves a scalar with an explicit tag of the YAML core (`str`, `int`, `float`, `bool`, `null`, `timestamp`, `binary`).
 *
 * @returns undefined if the text is not of that kind, or the tag is unknown.
 */
export function resolveTagged(kind: string, text: string): ScalarValue | undefined {
  switch (kind) {
    case 'str':
    case 'binary':
      return text;
    case 'null':
      return null;
    case 'bool':
      return TRUE.test(text) || FALSE.test(text) ? TRUE.test(text) : undefined;
    case 'int':
      return INTEGER.test(text) ? integer(text) : undefined;
    case 'float': {
      if (FLOAT.test(text)) return float(text);
      const number = Number(text.replaceAll('_', ''));
      return Number.isNaN(number) ? undefined : ExactNumber.float(number);
    }
    case 'timestamp':
      return timestamp(text) ?? text;
    default:
      return undefined;
  }
}

/** True if a bare text is read back as itself: nothing that YAML takes for a number, a date, a word of its own. */
export function isPlainText(text: string): boolean {
  return (
    typeof resolvePlain(text) === 'string' && !TIMESTAMP.test(text) && text !== '=' && text !== '<<'
  );
}

function resolveNumber(text: string): ScalarValue {
  if (FLOAT.test(text)) return float(text);
  if (INTEGER.test(text)) return integer(text);
  return timestamp(text) ?? text;
}

function integer(text: string): number | ExactNumber {
  const digits = text.replaceAll('_', '');
  const body = digits.replace(/^[-+]/u, '');
  const size = magnitude(body);
  return ExactNumber.integer(digits.startsWith('-') ? -size : size);
}

function magnitude(digits: string): bigint {
  if (digits.includes(':')) return BigInt(sexagesimal(digits));
  // What begins with 0 is octal, unless it says otherwise.
  return BigInt(/^0\d/u.test(digits) ? digits.replace(/^0/u, '0o') : digits);
}

function float(text: string): number | ExactNumber {
  const body = text.replaceAll('_', '').toLowerCase();
  const sign = body.startsWith('-') ? -1 : 1;
  const bare = body.replace(/^[-+]/u, '');
  if (bare === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (bare === '.nan') return Number.NaN;
  return ExactNumber.float(sign * (bare.includes(':') ? sexagesimal(bare) : Number(bare)));
}

function sexagesimal(text: string): number {
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

function timestamp(text: string): string | undefined {
  const groups = TIMESTAMP.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { year = '', month = '', day = '', hour, minute = '', second = '', fraction } = groups;
  // A date alone needs two digits everywhere; with a time of day one is enough.
  if (hour === undefined) return SHORT_DATE.test(text) ? text : undefined;
  const micros = (fraction ?? '').slice(0, 6).padEnd(6, '0');
  return [
    `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${hour.padStart(2, '0')}:${minute}:${second}`,
    micros === '000000' ? '' : `.${micros}`,
    zoneOf(groups),
  ].join('');
}

function zoneOf(groups: Readonly<Record<string, string | undefined>>): string {
  const { zone, sign, zoneHour = '', zoneMinute = '00' } = groups;
  if (zone === undefined) return '';
  return sign === undefined ? '+00:00' : `${sign}${zoneHour.padStart(2, '0')}:${zoneMinute}`;
}
