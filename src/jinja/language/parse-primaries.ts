/**
 * Names, literals and what follows them: attributes, items, calls, filters and tests.
 */
import { FILTER_NAMES, TEST_NAMES } from '../filters/names.js';
import { toInt } from '../values/float.js';
import type { ArgumentsNode, Expression, FilterNode, KeywordNode, NameNode } from './ast.js';
import { noteUse, type ParseState } from './parse-state.js';
import { describeToken } from './token-stream.js';

const NO_ARGUMENTS: ArgumentsNode = {
  positional: [],
  keywords: [],
  star: null,
  doubleStar: null,
  isPure: true,
};

/** A name or a literal. */
export function parsePrimary(state: ParseState): Expression {
  const { stream } = state;
  const token = stream.current;
  const { at, value } = token;
  switch (token.type) {
    case 'name':
      stream.advance();
      return parseName(state, value, at);
    case 'string': {
      stream.advance();
      let text = value;
      while (stream.isType('string')) text += stream.advance().value;
      return { kind: 'const', at, value: text };
    }
    case 'integer': {
      stream.advance();
      const int = toInt(BigInt(value.replaceAll('_', '')));
      return typeof int === 'number'
        ? { kind: 'const', at, value: int }
        : { kind: 'bigint', at, digits: String(int) };
    }
    case 'float':
      stream.advance();
      return { kind: 'float', at, value: Number(value.replaceAll('_', '')) };
    case 'operator':
      if (value === '(') {
        stream.advance();
        const inner = parseTuple(state, { hasParentheses: true });
        stream.expectOperator(')');
        return inner;
      }
      if (value === '[') return parseList(state);
      if (value === '{') return parseDict(state);
      break;
    default:
  }
  return stream.fail(`unexpected '${describeToken(token)}'`);
}

function parseName(state: ParseState, name: string, at: number): Expression {
  switch (name) {
    case 'true':
    case 'True':
      return { kind: 'const', at, value: true };
    case 'false':
    case 'False':
      return { kind: 'const', at, value: false };
    case 'none':
    case 'None':
      return { kind: 'const', at, value: null };
    default: {
      const node: NameNode = { kind: 'name', at, name, slot: -1, hops: 0 };
      state.names.push(node);
      noteUse(state, name, 'read');
      return node;
    }
  }
}

/** One expression, or a tuple if there is a comma. */
export function parseTuple(
  state: ParseState,
  options: {
    readonly hasConditional?: boolean;
    readonly hasParentheses?: boolean;
  } = {},
): Expression {
  const { stream } = state;
  const { at } = stream.current;
  const items: Expression[] = [];
  let isTuple = false;
  for (;;) {
    if (items.length > 0) stream.expectOperator(',');
    if (isTupleEnd(state)) break;
    items.push(state.parseExpression(options.hasConditional ?? true));
    if (!stream.isOperator(',')) break;
    isTuple = true;
  }
  const [first] = items;
  if (!isTuple) {
    if (first !== undefined) return first;
    if (options.hasParentheses !== true) {
      stream.fail(`Expected an expression, got '${describeToken(stream.current)}'`);
    }
  }
  return { kind: 'tuple', at, items };
}

/** Whether a tuple without brackets ends here. */
export function isTupleEnd({ stream }: ParseState): boolean {
  return stream.isType('variable_end') || stream.isType('block_end') || stream.isOperator(')');
}

function parseList(state: ParseState): Expression {
  const { stream } = state;
  const { at } = stream.expectOperator('[');
  const items: Expression[] = [];
  while (!stream.isOperator(']')) {
    if (items.length > 0) stream.expectOperator(',');
    if (stream.isOperator(']')) break;
    items.push(state.parseExpression(true));
  }
  stream.expectOperator(']');
  return { kind: 'list', at, items };
}

function parseDict(state: ParseState): Expression {
  const { stream } = state;
  const { at } = stream.expectOperator('{');
  const keys: Expression[] = [];
  const values: Expression[] = [];
  while (!stream.isOperator('}')) {
    if (keys.length > 0) stream.expectOperator(',');
    if (stream.isOperator('}')) break;
    keys.push(state.parseExpression(true));
    stream.expectOperator(':');
    values.push(state.parseExpression(true));
  }
  stream.expectOperator('}');
  return { kind: 'dict', at, keys, values };
}

/** What may follow any expression: attributes, items, calls. */
export function parsePostfix(state: ParseState, start: Expression): Expression {
  const { stream } = state;
  let node = start;
  for (;;) {
    if (stream.isOperator('.')) node = parseAttribute(state, node);
    else if (stream.isOperator('[')) node = parseSubscript(state, node);
    else if (stream.isOperator('(')) node = parseCall(state, node);
    else return node;
  }
}

/** Filters and tests, and calls of what they give. */
export function parseFilters(state: ParseState, start: Expression): Expression {
  const { stream } = state;
  let node = start;
  for (;;) {
    if (stream.isOperator('|')) {
      stream.advance();
      node = parseFilter(state, node);
    } else if (stream.isName('is')) node = parseTest(state, node);
    else if (stream.isOperator('(')) node = parseCall(state, node);
    else return node;
  }
}

function parseAttribute(state: ParseState, object: Expression): Expression {
  const { stream } = state;
  const { at } = stream.advance();
  const token = stream.advance();
  if (token.type === 'name') return { kind: 'getattr', at, object, name: token.value };
  if (token.type !== 'integer') stream.fail('expected name or number', token.at);
  const key: Expression = { kind: 'const', at: token.at, value: Number(token.value) };
  return { kind: 'getitem', at, object, key };
}

function parseSubscript(state: ParseState, object: Expression): Expression {
  const { stream } = state;
  const { at } = stream.advance();
  const keys: Expression[] = [];
  let slice: Expression | undefined;
  while (!stream.isOperator(']')) {
    if (keys.length > 0 || slice !== undefined) stream.expectOperator(',');
    const key = parseSubscribed(state, object);
    if (key.kind === 'slice' && key.object === object) slice = key;
    else keys.push(key);
  }
  stream.expectOperator(']');
  if (slice !== undefined) {
    // Jinja2 generates code here that Python cannot read.
    if (keys.length > 0) stream.fail('invalid syntax', at, 'SyntaxError');
    return slice;
  }
  const [first] = keys;
  const key: Expression =
    keys.length === 1 && first !== undefined ? first : { kind: 'tuple', at, items: keys };
  return { kind: 'getitem', at, object, key };
}

function parseSubscribed(state: ParseState, object: Expression): Expression {
  const { stream } = state;
  const { at } = stream.current;
  const start = stream.isOperator(':') ? null : state.parseExpression(true);
  if (start !== null && !stream.isOperator(':')) return start;
  stream.advance();
  const ends = (): boolean => stream.isOperator(']') || stream.isOperator(',');
  const stop = stream.isOperator(':') || ends() ? null : state.parseExpression(true);
  const step = stream.skipOperator(':') && !ends() ? state.parseExpression(true) : null;
  return { kind: 'slice', at, object, start, stop, step };
}

function parseCall(state: ParseState, callee: Expression): Expression {
  const { at } = state.stream.current;
  state.callCount += 1;
  return { kind: 'call', at, callee, arguments: parseArguments(state) };
}

function parseArguments(state: ParseState): ArgumentsNode {
  const { stream } = state;
  const open = stream.expectOperator('(');
  const before = state.callCount;
  const positional: Expression[] = [];
  const keywords: KeywordNode[] = [];
  let star: Expression | null = null;
  let doubleStar: Expression | null = null;
  let isFirst = true;
  const ensure = (isValid: boolean): void => {
    if (!isValid) stream.fail('invalid syntax for function call expression', open.at);
  };
  while (!stream.isOperator(')')) {
    if (!isFirst) {
      stream.expectOperator(',');
      if (stream.isOperator(')')) break;
    }
    isFirst = false;
    if (stream.isOperator('*')) {
      ensure(star === null && doubleStar === null);
      stream.advance();
      star = state.parseExpression(true);
    } else if (stream.isOperator('**')) {
      ensure(doubleStar === null);
      stream.advance();
      doubleStar = state.parseExpression(true);
    } else if (
      stream.isType('name') &&
      stream.next.type === 'operator' &&
      stream.next.value === '='
    ) {
      ensure(doubleStar === null);
      const name = stream.advance().value;
      stream.advance();
      if (keywords.some((keyword) => keyword.name === name)) {
        stream.fail(`keyword argument repeated: ${name}`, open.at, 'SyntaxError');
      }
      keywords.push({ name, value: state.parseExpression(true) });
    } else {
      ensure(star === null && doubleStar === null && keywords.length === 0);
      positional.push(state.parseExpression(true));
    }
  }
  stream.expectOperator(')');
  return { positional, keywords, star, doubleStar, isPure: state.callCount === before };
}

/** A filter's name and arguments; the `|` is behind. */
export function parseFilter(state: ParseState, target: Expression | null): FilterNode {
  const { stream } = state;
  const { at, value } = stream.expectType('name');
  let name = value;
  while (stream.skipOperator('.')) name += `.${stream.expectType('name').value}`;
  const args = stream.isOperator('(') ? parseArguments(state) : NO_ARGUMENTS;
  if (!FILTER_NAMES.has(name)) state.hasUnknown = true;
  return { kind: 'filter', at, target, name, arguments: args };
}

function parseTest(state: ParseState, target: Expression): Expression {
  const { stream } = state;
  const { at } = stream.advance();
  const isNegated = stream.skipName('not');
  let name = stream.expectType('name').value;
  while (stream.skipOperator('.')) name += `.${stream.expectType('name').value}`;
  let args = NO_ARGUMENTS;
  if (stream.isOperator('(')) args = parseArguments(state);
  else if (startsTestArgument(state)) {
    if (stream.isName('is')) stream.fail('You cannot chain multiple tests with is');
    args = { ...NO_ARGUMENTS, positional: [parsePostfix(state, parsePrimary(state))] };
  }
  if (!TEST_NAMES.has(name)) state.hasUnknown = true;
  const test: Expression = { kind: 'test', at, target, name, arguments: args };
  return isNegated ? { kind: 'not', at, operand: test } : test;
}

function startsTestArgument({ stream }: ParseState): boolean {
  const { type, value } = stream.current;
  switch (type) {
    case 'name':
      return value !== 'else' && value !== 'or' && value !== 'and';
    case 'string':
    case 'integer':
    case 'float':
      return true;
    default:
      return type === 'operator' && (value === '[' || value === '{');
  }
}
