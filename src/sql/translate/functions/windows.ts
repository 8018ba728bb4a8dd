/** Window functions. FIRST_VALUE and its kin see the whole partition unless a frame is given, where DuckDB would stop at the current row. */
import { type Rule, type Rules, argument, everyArgument, overClause } from '../rule.js';
import { unsupported } from '../scope.js';

const WHOLE = 'ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING';
const SO_FAR = 'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW';

function ranking(name: string): Rule {
  return (call, scope) => {
    if (call.over === undefined) throw unsupported(scope, `${call.name} without OVER`, call.node);
    const args = everyArgument(call, scope).map(({ text }) => text);
    // Numbering without an order is Snowflake's order of the moment; DuckDB's is the order of its rows.
    return { text: `${name}(${args.join(', ')})${overClause(call)}`, hint: 'integer' };
  };
}

function value(name: string, frame: string): Rule {
  return (call, scope) => {
    if (call.over === undefined) throw unsupported(scope, `${call.name} without OVER`, call.node);
    const [first, second, third] = everyArgument(call, scope);
    if (first === undefined) throw unsupported(scope, `${call.name} without arguments`, call.node);
    const rest = [second, third]
      .filter((one) => one !== undefined)
      .map(({ text }) => `, ${text}`)
      .join('');
    return {
      text: `${name}(${first.text}${rest}${call.nulls})${overClause(call, frame)}`,
      hint: first.hint,
    };
  };
}

/** Counts the rows so far for which the condition held. */
const conditionalTrueEvent: Rule = (call, scope) => {
  if (call.over === undefined) throw unsupported(scope, `${call.name} without OVER`, call.node);
  return {
    text: `count(CASE WHEN ${argument(call, 0, scope).text} THEN 1 END)${overClause(call, SO_FAR)}`,
    hint: 'integer',
  };
};

export const WINDOWS: Rules = {
  CONDITIONAL_TRUE_EVENT: conditionalTrueEvent,
  CUME_DIST: ranking('cume_dist'),
  DENSE_RANK: ranking('dense_rank'),
  FIRST_VALUE: value('first_value', WHOLE),
  LAG: value('lag', ''),
  LAST_VALUE: value('last_value', WHOLE),
  LEAD: value('lead', ''),
  NTH_VALUE: value('nth_value', WHOLE),
  NTILE: ranking('ntile'),
  PERCENT_RANK: ranking('percent_rank'),
  RANK: ranking('rank'),
  ROW_NUMBER: ranking('row_number'),
};
