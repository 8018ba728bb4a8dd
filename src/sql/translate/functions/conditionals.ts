/** Conditions, nulls and safe division. */
import { writeText } from '../casts.js';
import { divide } from '../pieces.js';
import {
  type Call,
  type Rule,
  type Rules,
  argument,
  everyArgument,
  forms,
  numeric,
  rename,
} from '../rule.js';
import { type Scope, type Written, commonHint, unsupported } from '../scope.js';

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

/** Values that can be compared: a VARIANT becomes what stands beside it. */
function alike(args: readonly Written[], call: Call, scope: Scope): readonly Written[] {
  if (!args.some(({ hint }) => hint === 'variant')) return args;
  const others = args.map(({ hint }) => hint).filter((hint) => hint !== 'variant');
  if (others.length > 0 && others.every((hint) => hint === 'text'))
    return args.map((value) => ({ text: writeText(value), hint: 'text' }));
  if (others.some((hint) => hint === 'integer' || hint === 'decimal' || hint === 'float'))
    return args.map((value) => numeric(value));
  throw unsupported(scope, `${call.name} of VARIANT values without a cast`, call.node);
}

/** Null if any argument is null, which DuckDB's functions of that name pass over. */
function strict(name: string): Rule {
  return (call, scope) => {
    const given = alike(everyArgument(call, scope), call, scope);
    const args = given.map(({ text }) => text);
    const anyNull = args.map((text) => `(${text}) IS NULL`).join(' OR ');
    return {
      text: `CASE WHEN ${anyNull} THEN NULL ELSE ${name}(${args.join(', ')}) END`,
      hint: commonHint(given.map(({ hint }) => hint)),
    };
  };
}

const coalesce: Rule = (call, scope) => {
  const args = everyArgument(call, scope);
  const text = args.map((value) => value.text).join(', ');
  const hints = args.filter((value) => value.text !== 'NULL').map(({ hint }) => hint);
  // A text beside a column makes the whole a text, as the types must agree.
  const isText = !hints.includes('variant') && hints.includes('text');
  return { text: `coalesce(${text})`, hint: isText ? 'text' : commonHint(hints) };
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
    hint: commonHint([yes?.hint, no?.hint]),
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
