/** MINHASH, and the states of APPROX_TOP_K and APPROX_PERCENTILE: aggregates that can be kept and combined. */
import {
  type Call,
  type Rule,
  type Rules,
  argument,
  everyArgument,
  numeric,
  rowArgument,
} from '../rule.js';
import { type Scope, type Written, unsupported } from '../scope.js';

function asVariant(json: string): Written {
  return { text: `(CAST(${json} AS JSON)::VARIANT)`, hint: 'variant' };
}

function mustNotWindow(call: Call, scope: Scope): void {
  if (call.over !== undefined) throw unsupported(scope, `${call.name} as a window`, call.node);
}

/** All rows' states as JSON texts. */
function states(call: Call, scope: Scope): string {
  mustNotWindow(call, scope);
  const state = argument(call, 0, scope).text;
  return `list(CAST(CAST(${state} AS JSON) AS VARCHAR)) FILTER (WHERE (${state}) IS NOT NULL)`;
}

/** `MINHASH(k, x [, …])`: k least hashes of the distinct rows. The hashes are DuckDB's, of 53 bits, so that JSON keeps them. */
const minHash: Rule = (call, scope) => {
  mustNotWindow(call, scope);
  const [count, ...args] = everyArgument(call, scope);
  if (count === undefined || args.length === 0)
    throw unsupported(scope, `${call.name} with ${call.args.length} arguments`, call.node);
  const row = args.map(({ text }) => rowArgument(text, call, scope) ?? text).join(', ');
  const least = `list_transform(range(CAST(${count.text} AS BIGINT)), lambda i: list_min(list_transform(list(DISTINCT hash(${row})), lambda h: hash(h, i) >> 11)))`;
  return asVariant(`{'state': ${least}, 'type': 'minhash', 'version': 1}`);
};

/** The hashes of all rows' states, a list of lists. */
function hashes(call: Call, scope: Scope): string {
  mustNotWindow(call, scope);
  const state = argument(call, 0, scope).text;
  const numbers = `CAST(variant_extract((${state})::VARIANT, 'state')::JSON AS UBIGINT[])`;
  return `list(${numbers}) FILTER (WHERE (${state}) IS NOT NULL)`;
}

const minHashCombine: Rule = (call, scope) => {
  const all = hashes(call, scope);
  const least = `list_transform(range(1, len((${all})[1]) + 1), lambda i: list_min(list_transform(${all}, lambda s: s[i])))`;
  return asVariant(
    `CASE WHEN ${all} IS NOT NULL THEN {'state': ${least}, 'type': 'minhash', 'version': 1} END`,
  );
};

/** The share of hashes that all states have in common. */
const similarity: Rule = (call, scope) => {
  const all = hashes(call, scope);
  const same = `list_filter(range(1, len((${all})[1]) + 1), lambda i: len(list_distinct(list_transform(${all}, lambda s: s[i]))) = 1)`;
  return { text: `(len(${same})::DOUBLE / nullif(len((${all})[1]), 0))`, hint: 'float' };
};

function counters(call: Call, index: number, otherwise: string, scope: Scope): string {
  const text = call.args.length > index ? argument(call, index, scope).text : otherwise;
  return `CAST(${text} AS BIGINT)`;
}

export const SKETCHES: Rules = {
  APPROXIMATE_JACCARD_INDEX: similarity,
  APPROXIMATE_SIMILARITY: similarity,
  APPROX_PERCENTILE_ACCUMULATE: (call, scope) => {
    mustNotWindow(call, scope);
    const value = numeric(argument(call, 0, scope)).text;
    return asVariant(
      `__digest(list(CAST(CAST(${value} AS DOUBLE) AS VARCHAR)) FILTER (WHERE (${value}) IS NOT NULL))`,
    );
  },
  APPROX_PERCENTILE_COMBINE: (call, scope) => asVariant(`__digest_merge(${states(call, scope)})`),
  APPROX_PERCENTILE_ESTIMATE: (call, scope) => ({
    text: `__digest_estimate(CAST(CAST(${argument(call, 0, scope).text} AS JSON) AS VARCHAR), CAST(${argument(call, 1, scope).text} AS DOUBLE))`,
    hint: 'float',
  }),
  APPROX_TOP_K_ACCUMULATE: (call, scope) => {
    mustNotWindow(call, scope);
    const value = argument(call, 0, scope).text;
    const values = `list(CAST(to_json(${value}) AS VARCHAR) ORDER BY ${value}) FILTER (WHERE (${value}) IS NOT NULL)`;
    return asVariant(`__top_k(${values}, ${counters(call, 1, '100000', scope)})`);
  },
  APPROX_TOP_K_COMBINE: (call, scope) =>
    asVariant(`__top_k_merge(${states(call, scope)}, ${counters(call, 1, '0', scope)})`),
  APPROX_TOP_K_ESTIMATE: (call, scope) => ({
    text: `CAST(CAST(__top_k_estimate(CAST(CAST(${argument(call, 0, scope).text} AS JSON) AS VARCHAR), ${counters(call, 1, '1', scope)}) AS JSON)::VARIANT AS VARIANT[])`,
  }),
  MINHASH: minHash,
  MINHASH_COMBINE: minHashCombine,
};
