/** Conditions, nulls and safe division. */
import { divide } from '../pieces.js';
import { type Rule, type Rules, argument, everyArgument, forms, numeric, rename } from '../rule.js';
import { type Written, unsupported } from '../scope.js';

const decode: Rule = (call, scope) => {
  if (call.args.length < 3)
    throw unsupported(scope, `DECODE with ${call.args.length} arguments`, call.node);
  const [subject, ...rest] = everyArgument(call, scope).map(({ text }) => text);
  const branches: string[] = [];
  let index = 0;
  for (; index + 1 < rest.length; index += 2)
    branches.push(
      `WHEN (${subject}) IS NOT DISTINCT FROM (${rest[index]}) THEN ${rest[index + 1]}`,
    );
  const last = rest[index];
  return { text: `CASE ${branches.join(' ')}${last === undefined ? '' : ` ELSE ${last}`} END` };
};

/** `DIV0`: zero for a zero divisor, null for a null one unless `isNullZero`. */
function safeDivision(isNullZero: boolean): Rule {
  return (call, scope) => {
    const left = numeric(argument(call, 0, scope));
    const right = numeric(argument(call, 1, scope));
    const nonZero: Written = {
      text: `nullif(${right.text}, 0)`,
      hint: right.hint === 'float' ? 'float' : 'nonzero',
    };
    const safe =
      nonZero.hint === 'float'
        ? { text: `((${left.text}) / ${nonZero.text})`, hint: 'float' as const }
        : divide(left, nonZero);
    const isZero = isNullZero ? `coalesce((${right.text}) = 0, true)` : `(${right.text}) = 0`;
    return {
      text: `CASE WHEN ${isZero} THEN CASE WHEN (${left.text}) IS NOT NULL THEN 0 END ELSE ${safe.text} END`,
      hint: safe.hint,
    };
  };
}

/** Null if any argument is null, which DuckDB's functions of that name pass over. */
function strict(name: string): Rule {
  return (call, scope) => {
    const args = everyArgument(call, scope).map(({ text }) => text);
    const anyNull = args.map((text) => `(${text}) IS NULL`).join(' OR ');
    return { text: `CASE WHEN ${anyNull} THEN NULL ELSE ${name}(${args.join(', ')}) END` };
  };
}

const coalesce: Rule = (call, scope) => {
  const args = everyArgument(call, scope);
  const isText = args.some(({ hint }) => hint === 'text');
  const text = args.map((value) => value.text).join(', ');
  return { text: `coalesce(${text})`, hint: isText ? 'text' : args[0]?.hint };
};

const nullif: Rule = (call, scope) => {
  const [left, right] = everyArgument(call, scope);
  if (left === undefined || right === undefined || call.args.length !== 2)
    throw unsupported(scope, `NULLIF with ${call.args.length} arguments`, call.node);
  const isNonZero = right.text === '0' && left.hint !== 'float';
  return { text: `nullif(${left.text}, ${right.text})`, hint: isNonZero ? 'nonzero' : left.hint };
};

const iff: Rule = (call, scope) => {
  if (call.args.length !== 3)
    throw unsupported(scope, `IFF with ${call.args.length} arguments`, call.node);
  const [condition, yes, no] = everyArgument(call, scope);
  return {
    text: `CASE WHEN ${condition?.text} THEN ${yes?.text} ELSE ${no?.text} END`,
    hint: yes?.hint === no?.hint ? yes?.hint : undefined,
  };
};

export const CONDITIONALS: Rules = {
  BOOLAND: forms({ 2: '($1 <> 0 AND $2 <> 0)' }),
  BOOLNOT: forms({ 1: '(NOT $1 <> 0)' }),
  BOOLOR: forms({ 2: '($1 <> 0 OR $2 <> 0)' }),
  COALESCE: coalesce,
  DECODE: decode,
  DIV0: safeDivision(false),
  DIV0NULL: safeDivision(true),
  EQUAL_NULL: forms({ 2: '($1 IS NOT DISTINCT FROM $2)' }),
  GREATEST: strict('greatest'),
  GREATEST_IGNORE_NULLS: rename('greatest'),
  IFF: iff,
  IFNULL: coalesce,
  LEAST: strict('least'),
  LEAST_IGNORE_NULLS: rename('least'),
  NULLIF: nullif,
  NULLIFZERO: forms({ 1: 'nullif($1, 0)' }, 'nonzero'),
  NVL: coalesce,
  NVL2: forms({ 3: 'CASE WHEN $1 IS NOT NULL THEN $2 ELSE $3 END' }),
  ZEROIFNULL: forms({ 1: 'coalesce($1, 0)' }),
};
