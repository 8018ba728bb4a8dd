/**
 * What a check expects: as a query, and what its answer means.
 *
 * `rows > 0`, `no rows`, `<expression> not null`, `<expression> unique`; any other condition holds for what an aggregate
 * says (`max(minutes) < 600`), or for every row (`minutes >= 0`). A condition that is null does not hold.
 */
import { display } from '../../base/index.js';
import type { Row } from '../../warehouse/index.js';
import { isAggregate, withPercentiles } from './aggregates.js';
import { tokenize } from '../../sql/index.js';

const NO_ROWS = /^no\s+rows$/iu;
const ROWS = /^rows\s*(?<test>(?:<=|>=|<>|!=|=|<|>|between\b|in\b).*)$/iu;
const NOT_NULL = /^(?<what>.+?)\s+(?:is\s+)?not\s+null$/iu;
const UNIQUE = /^(?<what>.+?)\s+(?:is\s+)?unique$/iu;
const COMPARISON: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '=', '<>', '!=']);

export interface ExpectationQuery {
  /** A template over the cell. One row: how much is wrong (0 if nothing is), and what was seen. */
  readonly sql: string;
  /** How what was seen is told: `811 rows`. */
  readonly tell: (wrong: string, seen: string) => string;
}

export interface ExpectationResult {
  readonly text: string;
  /** 1-based line in the file. */
  readonly line: number;
  readonly isMet: boolean;
  /** What was found: `811 rows`, `3 of 811 rows do not`. */
  readonly found: string;
}

/** @param of name of the cell that the check looks at. */
export function expectationQuery(text: string, of: string): ExpectationQuery {
  const from = `from {{ cell('${of}') }}`;
  const rows = NO_ROWS.test(text) ? '= 0' : ROWS.exec(text)?.groups?.['test'];
  if (rows !== undefined) {
    return {
      sql: `select case when count(*) ${rows} then 0 else 1 end as wrong, count(*) as seen ${from}`,
      tell: (_, seen) => counted(seen, 'row'),
    };
  }
  const unique = UNIQUE.exec(text)?.groups?.['what'];
  if (unique !== undefined) {
    return {
      sql: [
        'select count(*) as wrong, max(check_value) as seen',
        `from (select ${unique} as check_value ${from} where ${unique} is not null group by 1 having count(*) > 1) as repeated`,
      ].join('\n'),
      tell: (wrong, seen) =>
        wrong === '0' ? 'no value twice' : `${counted(wrong, 'value')} more than once, as ${seen}`,
    };
  }
  const filled = NOT_NULL.exec(text)?.groups?.['what'];
  const condition = filled === undefined ? withPercentiles(text) : `(${filled}) is not null`;
  if (isAggregate(condition)) {
    return {
      sql: `select case when ${condition} then 0 else 1 end as wrong, ${leftOf(condition)} as seen ${from}`,
      tell: (_, seen) => `it is ${seen}`,
    };
  }
  return {
    sql: `select coalesce(sum(case when ${condition} then 0 else 1 end), 0) as wrong, count(*) as seen ${from}`,
    tell: (wrong, seen) =>
      wrong === '0'
        ? `all of ${counted(seen, 'row')}`
        : `not so in ${wrong} of ${counted(seen, 'row')}`,
  };
}

/** Reads the row that the query gave. */
export function expectationResult(
  { text, line }: { readonly text: string; readonly line: number },
  query: ExpectationQuery,
  row: Row | undefined,
): ExpectationResult {
  const wrong = String(row?.[0] ?? 1);
  const seen = row?.[1];
  const shown = seen === null || seen === undefined ? '∅' : display(String(seen));
  return { text, line, isMet: Number(wrong) === 0, found: query.tell(wrong, shown) };
}

/** The left side of a comparison; of anything else the whole. */
function leftOf(condition: string): string {
  let depth = 0;
  for (const { kind, text, offset } of tokenize(condition)) {
    if (kind !== 'operator') continue;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth === 0 && COMPARISON.has(text)) return condition.slice(0, offset).trim();
  }
  return condition;
}

function counted(count: string, what: string): string {
  return `${count} ${what}${count === '1' ? '' : 's'}`;
}
