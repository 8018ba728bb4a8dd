/**
 * SQL expressions of charts and checks: which of them look at many rows at once, and our short word for percentiles.
 */
import { tokenize } from '../../sql/index.js';

const AGGREGATES =
  /^(?:count|count_if|sum|avg|min|max|median|mode|any_value|percentile_(?:cont|disc)|stddev\w*|variance|var_\w+|approx_\w+|corr|listagg|array_agg|boolor_agg|booland_agg|bool_or|bool_and|hll|kurtosis|skew|p\d{1,2})$/iu;

/** Whether an expression adds up rows: it calls an aggregate function that is no window function. */
export function isAggregate(expression: string): boolean {
  const tokens = tokenize(expression).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  if (tokens.some(({ kind, text }) => kind === 'word' && text.toLowerCase() === 'over'))
    return false;
  return tokens.some(
    ({ kind, text }, at) =>
      kind === 'word' && tokens[at + 1]?.text === '(' && AGGREGATES.test(text),
  );
}

/** Writes `p90(minutes)` as the percentile that it means, wherever it stands. */
export function withPercentiles(expression: string): string {
  const tokens = tokenize(expression);
  let text = '';
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const share = /^p(?<digits>\d{1,2})$/iu.exec(token.text)?.groups?.['digits'];
    const end = share === undefined ? -1 : closingOf(tokens, at + 1);
    if (share === undefined || end === -1) {
      text += token.text;
      continue;
    }
    const inner = tokens.slice(at + 2, end).map((one) => one.text);
    text += `percentile_cont(0.${share.padStart(2, '0')}) within group (order by ${inner.join('')})`;
    at = end;
  }
  return text;
}

/** Index of the bracket that closes the one at `open`; -1 if there is none. */
function closingOf(tokens: ReturnType<typeof tokenize>, open: number): number {
  if (tokens[open]?.text !== '(') return -1;
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.text === '(') depth += 1;
    if (tokens[at]?.text === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}
