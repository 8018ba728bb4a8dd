/**
 * Expressions, by Jinja2's grammar: its precedences differ from Python's for signs, powers, filters and `~`.
 */
import type { ComparisonNode, ComparisonOperator, Expression } from './ast.js';
import { parseFilters, parsePostfix, parsePrimary } from './parse-primaries.js';
import type { ParseState } from './parse-state.js';

/** Parses one expression. `hasConditional` is off where an `if` belongs to the statement. */
export function parseExpression(state: ParseState, hasConditional = true): Expression {
  // Most arguments are a name or a literal: they need no walk down the precedences.
  if (state.stream.isAlone) return parsePrimary(state);
  return hasConditional ? parseConditional(state) : parseOr(state);
}

function parseConditional(state: ParseState): Expression {
  const { stream } = state;
  let yes = parseOr(state);
  while (stream.isName('if')) {
    const { at } = stream.advance();
    const test = parseOr(state);
    const no = stream.skipName('else') ? parseConditional(state) : null;
    yes = { kind: 'conditional', at, test, yes, no };
  }
  return yes;
}

function parseOr(state: ParseState): Expression {
  const { stream } = state;
  let left = parseAnd(state);
  while (stream.isName('or')) {
    const { at } = stream.advance();
    left = { kind: 'or', at, left, right: parseAnd(state) };
  }
  return left;
}

function parseAnd(state: ParseState): Expression {
  const { stream } = state;
  let left = parseNot(state);
  while (stream.isName('and')) {
    const { at } = stream.advance();
    left = { kind: 'and', at, left, right: parseNot(state) };
  }
  return left;
}

function parseNot(state: ParseState): Expression {
  if (!state.stream.isName('not')) return parseComparison(state);
  const { at } = state.stream.advance();
  return { kind: 'not', at, operand: parseNot(state) };
}

const COMPARISONS: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['==', '=='],
  ['!=', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

function parseComparison(state: ParseState): Expression {
  const { stream } = state;
  const { at } = stream.current;
  const first = parseSum(state);
  let rest: ComparisonNode[] | undefined;
  for (;;) {
    const { type, value } = stream.current;
    let operator: ComparisonOperator | undefined;
    if (type === 'operator') operator = COMPARISONS.get(value);
    else if (type === 'name') {
      if (value === 'in') operator = 'in';
      else if (value === 'not' && stream.next.type === 'name' && stream.next.value === 'in') {
        stream.advance();
        operator = 'not in';
      }
    }
    if (operator === undefined) break;
    stream.advance();
    rest ??= [];
    rest.push({ operator, right: parseSum(state) });
  }
  return rest === undefined ? first : { kind: 'compare', at, first, rest };
}

function parseSum(state: ParseState): Expression {
  const { stream } = state;
  let left = parseConcat(state);
  while (stream.isOperator('+') || stream.isOperator('-')) {
    const { at, value } = stream.advance();
    const operator = value === '+' ? '+' : '-';
    left = { kind: 'binary', at, operator, left, right: parseConcat(state) };
  }
  return left;
}

function parseConcat(state: ParseState): Expression {
  const { stream } = state;
  const { at } = stream.current;
  const first = parseProduct(state);
  if (!stream.isOperator('~')) return first;
  const parts = [first];
  while (stream.skipOperator('~')) parts.push(parseProduct(state));
  return { kind: 'concat', at, parts };
}

function parseProduct(state: ParseState): Expression {
  const { stream } = state;
  let left = parsePower(state);
  for (;;) {
    const { type, value, at } = stream.current;
    if (type !== 'operator') return left;
    if (value !== '*' && value !== '/' && value !== '//' && value !== '%') return left;
    stream.advance();
    left = { kind: 'binary', at, operator: value, left, right: parsePower(state) };
  }
}

function parsePower(state: ParseState): Expression {
  const { stream } = state;
  let left = parseUnary(state, true);
  while (stream.isOperator('**')) {
    const { at } = stream.advance();
    left = { kind: 'binary', at, operator: '**', left, right: parseUnary(state, true) };
  }
  return left;
}

function parseUnary(state: ParseState, hasFilters: boolean): Expression {
  const { type, value, at } = state.stream.current;
  let node: Expression;
  if (type === 'operator' && (value === '-' || value === '+')) {
    state.stream.advance();
    node = { kind: 'sign', at, operator: value, operand: parseUnary(state, false) };
  } else node = parsePrimary(state);
  node = parsePostfix(state, node);
  return hasFilters ? parseFilters(state, node) : node;
}
