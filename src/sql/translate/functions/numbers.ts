/** Arithmetic functions and random numbers. */
import {
  type Rule,
  type Rules,
  argument,
  everyArgument,
  forms,
  namedArguments,
  numeric,
  ofNumbers,
} from '../rule.js';
import { unsupported } from '../scope.js';
import { truncateDate } from './dates.js';
import { isUnit } from './units.js';

/** A scale is a whole number; a literal is one already. */
function wholeScale(text: string): string {
  return /^-?\d+$/u.test(text) ? text : `CAST(${text} AS INTEGER)`;
}

/** `CEIL(x, scale)` and `FLOOR(x, scale)`: to a power of ten. */
function toScale(name: 'ceil' | 'floor'): Rule {
  return (call, scope) => {
    const value = numeric(argument(call, 0, scope));
    if (call.args.length === 1) return { text: `${name}(${value.text})`, hint: value.hint };
    const scale = wholeScale(argument(call, 1, scope).text);
    return {
      text: `round(${name}((${value.text}) * pow(10, ${scale})) / pow(10, ${scale}), ${scale})`,
      hint: 'float',
    };
  };
}

const round: Rule = (call, scope) => {
  const [value, scale, mode] = namedArguments(call, ['EXPR', 'SCALE', 'ROUNDING_MODE'], scope);
  if (value === undefined) throw unsupported(scope, 'ROUND without arguments', call.node);
  const { text, hint } = numeric(value);
  if (mode === undefined || /HALF_AWAY_FROM_ZERO/u.test(mode.text))
    return {
      text: scale === undefined ? `round(${text})` : `round(${text}, (${scale.text})::INTEGER)`,
      hint,
    };
  if (!/HALF_TO_EVEN/u.test(mode.text)) throw unsupported(scope, 'This rounding mode', call.node);
  return { text: `round_even(${text}, ${scale?.text ?? '0'})`, hint };
};

/** DuckDB cuts a decimal to a constant scale only. */
function truncated(value: string, scale: string): string {
  if (/^-?\d+$/u.test(scale)) return `trunc(${value}, ${scale})`;
  return `(trunc(CAST(${value} AS DOUBLE) * pow(10, CAST(${scale} AS INTEGER))) / pow(10, CAST(${scale} AS INTEGER)))`;
}

/** `TRUNC` of a number, or of a date when its second argument is a unit. */
const truncate: Rule = (call, scope) => {
  const second = call.args[1];
  const unit = second?.length === 1 ? second[0] : undefined;
  if (call.args.length === 2 && (unit?.kind === 'string' || unit?.kind === 'word') && isUnit(unit))
    return truncateDate(argument(call, 0, scope), unit, scope);
  const value = numeric(argument(call, 0, scope));
  return {
    text:
      call.args.length === 1
        ? `trunc(${value.text})`
        : truncated(value.text, argument(call, 1, scope).text),
    hint: value.hint,
  };
};

/** `UNIFORM(low, high, generator)`: whole numbers if both ends are whole; the generator is evaluated once a row. */
const uniform: Rule = (call, scope) => {
  const [low, high, generator] = everyArgument(call, scope);
  if (low === undefined || high === undefined || generator === undefined)
    throw unsupported(scope, `UNIFORM with ${call.args.length} arguments`, call.node);
  const share = `((hash(${generator.text}) % 9007199254740992)::DOUBLE / 9007199254740992)`;
  const isWhole = [low, high].every(({ hint, text }) => hint === 'integer' || /^-\d+$/u.test(text));
  return isWhole
    ? {
        text: `CAST(floor((${low.text}) + ${share} * ((${high.text}) - (${low.text}) + 1)) AS BIGINT)`,
        hint: 'integer',
      }
    : {
        text: `((${low.text})::DOUBLE + ${share} * ((${high.text}) - (${low.text})))`,
        hint: 'float',
      };
};

/** A 64-bit number. With a seed each row has its own number, and every run the same ones. */
const random: Rule = (call, scope) => {
  if (call.args.length === 0)
    return {
      text: 'CAST(floor((random() - 0.5) * 18446744073709551000) AS BIGINT)',
      hint: 'integer',
    };
  const row = scope.sequence.column ?? 'row_number() OVER ()';
  const seed = argument(call, 0, scope).text;
  return {
    text: `CAST(hash(${seed}, ${row})::HUGEINT - 9223372036854775808 AS BIGINT)`,
    hint: 'integer',
  };
};

const modulo: Rule = (call, scope) => {
  const left = numeric(argument(call, 0, scope));
  const right = numeric(argument(call, 1, scope));
  return {
    text: `((${left.text}) % (${right.text}))`,
    hint: left.hint === right.hint ? left.hint : undefined,
  };
};

const widthBucket: Rule = (call, scope) => {
  const [value, low, high, count] = everyArgument(call, scope).map(({ text }) => `(${text})`);
  return {
    text: `CASE WHEN ${value} < ${low} THEN 0 WHEN ${value} >= ${high} THEN ${count} + 1 ELSE CAST(floor((${value} - ${low})::DOUBLE / (${high} - ${low}) * ${count}) AS BIGINT) + 1 END`,
    hint: 'integer',
  };
};

export const NUMBERS: Rules = {
  ABS: ofNumbers('abs'),
  ACOS: ofNumbers('acos', 'float'),
  ACOSH: ofNumbers('acosh', 'float'),
  ASIN: ofNumbers('asin', 'float'),
  ASINH: ofNumbers('asinh', 'float'),
  ATAN: ofNumbers('atan', 'float'),
  ATANH: ofNumbers('atanh', 'float'),
  ATAN2: ofNumbers('atan2', 'float'),
  CBRT: ofNumbers('cbrt', 'float'),
  CEIL: toScale('ceil'),
  CEILING: toScale('ceil'),
  COS: ofNumbers('cos', 'float'),
  COSH: ofNumbers('cosh', 'float'),
  COT: ofNumbers('cot', 'float'),
  DEGREES: ofNumbers('degrees', 'float'),
  EXP: ofNumbers('exp', 'float'),
  FACTORIAL: forms({ 1: 'factorial($1::INTEGER)' }, 'integer'),
  FLOOR: toScale('floor'),
  HAVERSINE: forms(
    {
      4: '(2 * 6371 * asin(sqrt(pow(sin(radians($3 - $1) / 2), 2) + cos(radians($1)) * cos(radians($3)) * pow(sin(radians($4 - $2) / 2), 2))))',
    },
    'float',
  ),
  LN: ofNumbers('ln', 'float'),
  LOG: forms({ 2: '(ln($2) / ln($1))' }, 'float'),
  MOD: modulo,
  NORMAL: (call, scope) => ({
    text: `((${argument(call, 0, scope).text}) + (${argument(call, 1, scope).text}) * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))`,
    hint: 'float',
  }),
  PI: forms({ 0: 'pi()' }, 'float'),
  POW: ofNumbers('pow', 'float'),
  POWER: ofNumbers('pow', 'float'),
  RADIANS: ofNumbers('radians', 'float'),
  RANDOM: random,
  ROUND: round,
  SIGN: ofNumbers('sign', 'integer'),
  SIN: ofNumbers('sin', 'float'),
  SINH: ofNumbers('sinh', 'float'),
  SQRT: ofNumbers('sqrt', 'float'),
  SQUARE: forms({ 1: '($1 * $1)::DOUBLE' }, 'float'),
  TAN: ofNumbers('tan', 'float'),
  TANH: ofNumbers('tanh', 'float'),
  TRUNC: truncate,
  TRUNCATE: truncate,
  UNIFORM: uniform,
  WIDTH_BUCKET: widthBucket,
};
