/** Aggregates. Each may be a window function as well. */
import { variantKey, writeText } from '../casts.js';
import { asNumber } from '../number-macro.js';
import { asList } from './arrays.js';
import {
  type Call,
  type Rule,
  type Rules,
  aggregate,
  argument,
  everyArgument,
  forms,
  overClause,
} from '../rule.js';
import { type Scope, unsupported } from '../scope.js';

const count: Rule = (call, scope) => {
  const [first, ...rest] = everyArgument(call, scope);
  if (first === undefined || (first.text === '*' && !call.isDistinct))
    return { text: `count(*)${overClause(call)}`, hint: 'integer' };
  const distinct = call.isDistinct ? 'DISTINCT ' : '';
  if (rest.length === 0)
    return { text: `count(${distinct}${first.text})${overClause(call)}`, hint: 'integer' };
  // Rows with a null in any of the columns do not count.
  const all = [first, ...rest].map(({ text }) => text);
  const some = all.map((text) => `(${text}) IS NULL`).join(' OR ');
  return {
    text: `count(${distinct}CASE WHEN ${some} THEN NULL ELSE row(${all.join(', ')}) END)${overClause(call)}`,
    hint: 'integer',
  };
};

/** Exact numbers average to at least six decimals: the type is taken from a sum that is never run. */
const average: Rule = (call, scope) => {
  const value = asNumber(argument(call, 0, scope));
  const distinct = call.isDistinct ? 'DISTINCT ' : '';
  const over = overClause(call);
  const plain = `avg(${distinct}${value.text})${over}`;
  if (value.hint === 'float') return { text: plain, hint: 'float' };
  return {
    text: `cast_to_type(${plain}, coalesce(min(${value.text})${over} * 1.000000::DECIMAL(38,6), 0))`,
  };
};

/** `LISTAGG([distinct] x [, separator]) [within group (order by …)]`: an empty text where there is no row. */
const listAggregate: Rule = (call, scope) => {
  const value = writeText(argument(call, 0, scope));
  const separator = call.args.length > 1 ? argument(call, 1, scope).text : "''";
  const order = orderOf(call, value);
  return {
    text: `coalesce(string_agg(${call.isDistinct ? 'DISTINCT ' : ''}${value}, ${separator}${order})${overClause(call)}, '')`,
    hint: 'text',
  };
};

/** The ORDER BY of a list. Distinct values sort by themselves only, the direction is kept; without one they still do, so that runs agree. */
function orderOf(call: Call, value: string): string {
  if (call.isDistinct)
    return ` ORDER BY ${value}${/\bDESC\b/u.test(call.order ?? '') ? ' DESC' : ''}`;
  return call.order === undefined ? '' : ` ORDER BY ${call.order}`;
}

/** Nulls are left out; no row is an empty array. */
const arrayAggregate: Rule = (call, scope) => {
  const value = argument(call, 0, scope).text;
  const order = orderOf(call, value);
  const list = `list(${call.isDistinct ? 'DISTINCT ' : ''}${value}${order}) FILTER (WHERE (${value}) IS NOT NULL)${overClause(call)}`;
  return { text: `coalesce(${list}, [])` };
};

const objectAggregate: Rule = (call, scope) => {
  const key = argument(call, 0, scope).text;
  const value = argument(call, 1, scope).text;
  const entries = `list({'k': CAST(${key} AS VARCHAR), 'v': (${value})::VARIANT} ORDER BY ${key}) FILTER (WHERE (${key}) IS NOT NULL AND (${value}) IS NOT NULL)${overClause(call)}`;
  return {
    text: `(CAST(map_from_entries(coalesce(${entries}, [])) AS JSON)::VARIANT)`,
    hint: 'variant',
  };
};

/** `PERCENTILE_CONT(p) WITHIN GROUP (ORDER BY x)`. */
function percentile(name: 'quantile_cont' | 'quantile_disc'): Rule {
  return (call, scope) => {
    if (call.order === undefined)
      throw unsupported(scope, `${call.name} without WITHIN GROUP`, call.node);
    const isDescending = /\s+DESC(?:\s+NULLS\s+\w+)?$/u.test(call.order);
    const value = call.order.replace(/(?:\s+(?:ASC|DESC))?(?:\s+NULLS\s+\w+)?$/u, '');
    const share = argument(call, 0, scope).text;
    const column = name === 'quantile_cont' ? `CAST(${value} AS DOUBLE)` : value;
    return {
      text: `${name}(${column}, ${isDescending ? `1 - (${share})` : share})${overClause(call)}`,
      hint: name === 'quantile_cont' ? 'float' : undefined,
    };
  };
}

/** Boolean aggregates over anything that can be true. */
function boolean(name: string): Rule {
  return (call, scope) => ({
    text: `${name}(CAST(${argument(call, 0, scope).text} AS BOOLEAN))${overClause(call)}`,
  });
}

const countIf: Rule = (call, scope) => ({
  text: `count(CASE WHEN ${argument(call, 0, scope).text} THEN 1 END)${overClause(call)}`,
  hint: 'integer',
});

const approximatePercentile: Rule = (call, scope) => ({
  text: `quantile_cont(CAST(${argument(call, 0, scope).text} AS DOUBLE), ${argument(call, 1, scope).text})${overClause(call)}`,
  hint: 'float',
});

/** Rows with a null in any of the columns do not count. */
const distinctCount: Rule = (call, scope) => {
  const args = everyArgument(call, scope).map(({ text }) => text);
  const some = args.map((text) => `(${text}) IS NULL`).join(' OR ');
  const value =
    args.length === 1 ? args[0] : `CASE WHEN ${some} THEN NULL ELSE row(${args.join(', ')}) END`;
  return { text: `approx_count_distinct(${value})${overClause(call)}`, hint: 'integer' };
};

/** `APPROX_TOP_K(x [, k [, counters]])`: counted exactly here, the most frequent first. */
const topValues: Rule = (call, scope) => {
  const value = argument(call, 0, scope).text;
  const count = call.args.length > 1 ? argument(call, 1, scope).text : '1';
  const entries = `list_sort(list_transform(map_entries(histogram(${value})), lambda e: {'n': -e.value, 'v': e.key}))`;
  return {
    text: `CAST(CAST(list_transform(list_slice(${entries}, 1, ${count}), lambda e: [to_json(e.v), to_json(-e.n)]) AS JSON)::VARIANT AS VARIANT[])`,
  };
};

/** A value's share of the sum over its window. */
const ratioToReport: Rule = (call, scope) => {
  const value = asNumber(argument(call, 0, scope)).text;
  return {
    text: `((${value})::DOUBLE / nullif(sum(${value})${overClause(call)}, 0))`,
    hint: 'float',
  };
};

const sum: Rule = (call: Call, scope: Scope) => {
  const value = asNumber(argument(call, 0, scope));
  return {
    text: `sum(${call.isDistinct ? 'DISTINCT ' : ''}${value.text})${overClause(call)}`,
    hint: value.hint === 'float' ? 'float' : undefined,
  };
};

/** MAX and MIN. Values of VARIANT compare as numbers where they are numbers, else as text. */
function extreme(name: 'max' | 'min'): Rule {
  return (call, scope) => {
    const value = argument(call, 0, scope);
    if (value.hint !== 'variant') return keeping(name)(call, scope);
    const key = variantKey(value.text);
    return { text: `${name}_by(${value.text}, ${key})${overClause(call)}`, hint: 'variant' };
  };
}

/** An aggregate that answers with one of its values. */
function keeping(name: string): Rule {
  return (call, scope) => ({
    ...aggregate(name)(call, scope),
    hint: argument(call, 0, scope).hint,
  });
}

const float = { isNumeric: true, hint: 'float' } as const;

export const AGGREGATES: Rules = {
  ANY_VALUE: keeping('any_value'),
  APPROX_COUNT_DISTINCT: distinctCount,
  APPROX_PERCENTILE: approximatePercentile,
  APPROX_TOP_K: topValues,
  ARRAYAGG: arrayAggregate,
  ARRAY_AGG: arrayAggregate,
  ARRAY_UNION_AGG: (call, scope) => {
    const lists = `list(${asList(argument(call, 0, scope))})`;
    return { text: `coalesce(list_distinct(flatten(${lists}${overClause(call)})), [])` };
  },
  ARRAY_UNIQUE_AGG: (call, scope) => arrayAggregate({ ...call, isDistinct: true }, scope),
  AVG: average,
  BOOLAND_AGG: boolean('bool_and'),
  BOOLOR_AGG: boolean('bool_or'),
  CORR: aggregate('corr', float),
  COUNT: count,
  COUNT_IF: countIf,
  COVAR_POP: aggregate('covar_pop', float),
  COVAR_SAMP: aggregate('covar_samp', float),
  GROUPING: aggregate('grouping', { hint: 'integer' }),
  GROUPING_ID: aggregate('grouping_id', { hint: 'integer' }),
  HLL: distinctCount,
  KURTOSIS: aggregate('kurtosis', float),
  LISTAGG: listAggregate,
  MAX: extreme('max'),
  MAX_BY: keeping('max_by'),
  MEDIAN: (call, scope) => ({
    text: `median(${asNumber(argument(call, 0, scope)).text})${overClause(call)}`,
  }),
  MIN: extreme('min'),
  MIN_BY: keeping('min_by'),
  MODE: keeping('mode'),
  OBJECT_AGG: objectAggregate,
  PERCENTILE_CONT: percentile('quantile_cont'),
  PERCENTILE_DISC: percentile('quantile_disc'),
  RATIO_TO_REPORT: ratioToReport,
  REGR_AVGX: aggregate('regr_avgx', float),
  REGR_AVGY: aggregate('regr_avgy', float),
  REGR_COUNT: aggregate('regr_count', { hint: 'integer' }),
  REGR_INTERCEPT: aggregate('regr_intercept', float),
  REGR_R2: aggregate('regr_r2', float),
  REGR_SLOPE: aggregate('regr_slope', float),
  REGR_SXX: aggregate('regr_sxx', float),
  REGR_SXY: aggregate('regr_sxy', float),
  REGR_SYY: aggregate('regr_syy', float),
  REGR_VALX: forms({ 2: 'CASE WHEN $1 IS NOT NULL THEN $2 END' }),
  REGR_VALY: forms({ 2: 'CASE WHEN $2 IS NOT NULL THEN $1 END' }),
  SKEW: aggregate('skewness', float),
  STDDEV: aggregate('stddev_samp', float),
  STDDEV_POP: aggregate('stddev_pop', float),
  STDDEV_SAMP: aggregate('stddev_samp', float),
  STRING_AGG: listAggregate,
  SUM: sum,
  VARIANCE: aggregate('var_samp', float),
  VARIANCE_POP: aggregate('var_pop', float),
  VARIANCE_SAMP: aggregate('var_samp', float),
  VAR_POP: aggregate('var_pop', float),
  VAR_SAMP: aggregate('var_samp', float),
};
