/** Functions of single bits, and bitmaps of distinct whole numbers. Numbers are 128 bits wide, as Snowflake's are. */
import { type Rule, type Rules, argument, forms, overClause } from '../rule.js';

/** Rounded to a whole number first; the third argument, which side to fill, is for binary values only and says nothing of numbers. */
function ofBits(operator: string): Rule {
  return forms(
    {
      2: `(CAST($1 AS HUGEINT) ${operator} CAST($2 AS HUGEINT))`,
      3: `(CAST($1 AS HUGEINT) ${operator} CAST($2 AS HUGEINT))`,
    },
    'integer',
  );
}

const exclusive: Rule = forms(
  {
    2: 'xor(CAST($1 AS HUGEINT), CAST($2 AS HUGEINT))',
    3: 'xor(CAST($1 AS HUGEINT), CAST($2 AS HUGEINT))',
  },
  'integer',
);
const not: Rule = forms({ 1: '(-CAST($1 AS HUGEINT) - 1)' }, 'integer');

function aggregateBits(name: string): Rule {
  return (call, scope) => ({
    text: `${name}(${call.isDistinct ? 'DISTINCT ' : ''}CAST(${argument(call, 0, scope).text} AS HUGEINT))${overClause(call)}`,
    hint: 'integer',
  });
}

const andAll = aggregateBits('bit_and');
const orAll = aggregateBits('bit_or');
const exclusiveAll = aggregateBits('bit_xor');

/** A bucket's numbers as 32,768 bits. */
const constructBitmap: Rule = (call, scope) => ({
  text: `CAST(bitstring_agg(CAST(${argument(call, 0, scope).text} AS INTEGER), 0, 32767) AS BLOB)`,
});

/** Of numbers, or of binary values, which keep their length. */
function shift(operator: '<<' | '>>'): Rule {
  return (call, scope) => {
    const value = argument(call, 0, scope);
    const count = argument(call, 1, scope).text;
    return value.hint === 'binary'
      ? {
          text: `__bit_shift(${value.text}, CAST(${operator === '<<' ? '' : '-'}(${count}) AS BIGINT))`,
          hint: 'binary',
        }
      : { text: `((${value.text}) ${operator} (${count}))`, hint: 'integer' };
  };
}

export const BITS: Rules = {
  BITAND: ofBits('&'),
  BITANDAGG: andAll,
  BITAND_AGG: andAll,
  BITMAP_BIT_POSITION: forms(
    {
      1: 'CASE WHEN $1 > 0 THEN (CAST($1 AS BIGINT) - 1) % 32768 ELSE abs(CAST($1 AS BIGINT)) % 32768 END',
    },
    'integer',
  ),
  BITMAP_BUCKET_NUMBER: forms(
    {
      1: 'CASE WHEN $1 > 0 THEN (CAST($1 AS BIGINT) - 1) // 32768 + 1 ELSE -(abs(CAST($1 AS BIGINT)) // 32768) END',
    },
    'integer',
  ),
  BITMAP_CONSTRUCT_AGG: constructBitmap,
  BITMAP_COUNT: forms({ 1: 'bit_count(CAST($1 AS BIT))' }, 'integer'),
  BITMAP_OR_AGG: (call, scope) => ({
    text: `CAST(bit_or(CAST(${argument(call, 0, scope).text} AS BIT)) AS BLOB)`,
  }),
  BITNOT: not,
  BITOR: ofBits('|'),
  BITORAGG: orAll,
  BITOR_AGG: orAll,
  BITSHIFTLEFT: shift('<<'),
  BITSHIFTRIGHT: shift('>>'),
  BITXOR: exclusive,
  BITXORAGG: exclusiveAll,
  BITXOR_AGG: exclusiveAll,
  BIT_AND: ofBits('&'),
  BIT_ANDAGG: andAll,
  BIT_AND_AGG: andAll,
  BIT_LENGTH: (call, scope) => {
    const { text } = argument(call, 0, scope);
    return {
      text: `(CASE typeof(${text}) WHEN 'BLOB' THEN octet_length(TRY_CAST(${text} AS BLOB)) ELSE strlen(CAST(${text} AS VARCHAR)) END * 8)`,
      hint: 'integer',
    };
  },
  BIT_NOT: not,
  BIT_OR: ofBits('|'),
  BIT_ORAGG: orAll,
  BIT_OR_AGG: orAll,
  BIT_SHIFTLEFT: forms({ 2: '($1 << $2)' }, 'integer'),
  BIT_SHIFTRIGHT: forms({ 2: '($1 >> $2)' }, 'integer'),
  BIT_XOR: exclusive,
  BIT_XORAGG: exclusiveAll,
  BIT_XOR_AGG: exclusiveAll,
  BOOLXOR: forms({ 2: '(($1 <> 0) <> ($2 <> 0))' }),
  BOOLXOR_AGG: (call, scope) => {
    const { text } = argument(call, 0, scope);
    return {
      text: `(count(CASE WHEN CAST(${text} AS BOOLEAN) THEN 1 END)${overClause(call)} = 1)`,
    };
  },
  GETBIT: forms({ 2: '((CAST($1 AS HUGEINT) >> CAST($2 AS INTEGER)) & 1)' }, 'integer'),
  RTRIMMED_LENGTH: forms({ 1: 'length(rtrim(CAST($1 AS VARCHAR)))' }, 'integer'),
};
