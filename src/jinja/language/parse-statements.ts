/**
 * Statements: text, print and the tags of Jinja2 and dbt.
 */
import type { BlockNode, BranchNode, Expression, ForNode, Statement } from './ast.js';
import { parseFilter, parseTuple } from './parse-primaries.js';
import {
  parseCallBlock,
  parseDocs,
  parseMacro,
  parseMaterialization,
  parseTest,
} from './parse-macros.js';
import { type ParseState, takeNames, type Usage } from './parse-state.js';
import { copyTarget, parseTarget } from './parse-targets.js';
import { NO_ENTRY } from './scope-entry.js';
import type { TokenStream } from './token-stream.js';

/** Parses a whole template's statements. */
export function parseTemplateBody(state: ParseState): readonly Statement[] {
  return parseUntil(state, undefined);
}

/** Parses statements up to one of the end tags, which stays the current token. */
function parseUntil(
  state: ParseState,
  endings: readonly string[] | undefined,
): readonly Statement[] {
  const { stream } = state;
  const body: Statement[] = [];
  if (endings !== undefined) state.endings.push(endings);
  for (;;) {
    const { type, value, at } = stream.current;
    if (type === 'data') {
      stream.advance();
      pushText(body, value, at);
    } else if (type === 'variable_begin') {
      stream.advance();
      body.push(parseOutput(state));
      stream.expectType('variable_end');
    } else if (type === 'block_begin') {
      stream.advance();
      if (endings?.some((ending) => stream.isName(ending)) === true) break;
      const statement = parseStatement(state);
      if (Array.isArray(statement)) body.push(...statement);
      else body.push(statement);
      stream.expectType('block_end');
    } else break;
  }
  if (endings !== undefined) state.endings.pop();
  return body;
}

function pushText(body: Statement[], text: string, at: number): void {
  const last = body.at(-1);
  // A comment or raw tag splits text that is one in the output.
  if (last?.kind === 'text') body[body.length - 1] = { ...last, text: last.text + text };
  else body.push({ kind: 'text', at, text });
}

function parseOutput(state: ParseState): Statement {
  const before = state.callCount;
  const expression = parseTuple(state);
  takeNames(state, expression);
  return { kind: 'output', at: expression.at, expression, isPure: state.callCount === before };
}

/** The body of a tag: past its end, up to one of the end tags. */
function parseBodyUntil(state: ParseState, endings: readonly string[]): readonly Statement[] {
  const { stream } = state;
  // Python's colon is let through.
  stream.skipOperator(':');
  stream.expectType('block_end');
  const body = parseUntil(state, endings);
  if (stream.isType('eof')) failAtEnd(state, [...state.endings, endings]);
  return body;
}

function parseBody(state: ParseState, ending: string): readonly Statement[] {
  const body = parseBodyUntil(state, [ending]);
  state.stream.advance();
  return body;
}

function parseStatement(state: ParseState): Statement | Statement[] {
  const { stream } = state;
  const { type, value, at } = stream.current;
  if (type !== 'name') stream.fail('tag name expected');
  state.tags.push(value);
  const statement = parseTag(state, value);
  if (statement === undefined) {
    state.tags.pop();
    failAtEnd(state, state.endings, value, at);
  }
  state.tags.pop();
  return statement;
}

function parseTag(state: ParseState, tag: string): Statement | Statement[] | undefined {
  switch (tag) {
    case 'set':
      return parseSet(state);
    case 'if':
      return parseIf(state);
    case 'for':
      return parseFor(state);
    case 'do':
      return parseDo(state);
    case 'macro':
      return parseMacro(state, parseBody);
    case 'call':
      return parseCallBlock(state, parseBody);
    case 'test':
    case 'data_test':
      return parseTest(state, parseBody);
    case 'materialization':
      return parseMaterialization(state, parseBody);
    case 'docs':
      return parseDocs(state, parseBody);
    case 'filter':
      return parseFilterBlock(state);
    case 'with':
      return parseWith(state);
    case 'print':
      return parsePrint(state);
    case 'block':
      return parseBlock(state);
    case 'break':
    case 'continue':
      return parseJump(state, tag);
    case 'autoescape':
      return parseAutoescape(state);
    case 'extends':
    case 'include':
    case 'import':
    case 'from':
      return parseLoad(state, tag);
    default:
      return undefined;
  }
}

function parseSet(state: ParseState): Statement {
  const { stream } = state;
  const { at } = stream.advance();
  const target = parseTarget(state, { hasNamespaces: true });
  const before = state.callCount;
  if (stream.skipOperator('=')) {
    const value = parseTuple(state);
    takeNames(state, value);
    return { kind: 'set', at, target, value, isPure: state.callCount === before };
  }
  let filter = null;
  while (stream.skipOperator('|')) filter = parseFilter(state, filter);
  if (filter !== null) takeNames(state, filter);
  const body = parseBody(state, 'endset');
  return { kind: 'set-block', at, target, filter, body, entry: NO_ENTRY };
}

function parseIf(state: ParseState): Statement {
  const { stream } = state;
  const { at } = stream.current;
  const branches: BranchNode[] = [];
  let otherwise: readonly Statement[] = [];
  for (;;) {
    const start = stream.advance().at;
    const before = state.callCount;
    const test = parseTuple(state, { hasConditional: false });
    takeNames(state, test);
    const isPure = state.callCount === before;
    const body = parseBodyUntil(state, ['elif', 'else', 'endif']);
    branches.push({ at: start, test, isPure, body });
    if (stream.isName('elif')) continue;
    if (stream.advance().value === 'else') otherwise = parseBody(state, 'endif');
    return { kind: 'if', at, branches, otherwise };
  }
}

function parseFor(state: ParseState): ForNode {
  const { stream } = state;
  const { at } = stream.advance();
  state.forDepth += 1;
  const target = parseTarget(state);
  stream.expectName('in');
  const iterable = parseTuple(state, { hasConditional: false });
  takeNames(state, iterable);
  let test: Expression | null = null;
  if (stream.skipName('if')) {
    test = state.parseExpression(true);
    takeNames(state, test);
  }
  const isRecursive = stream.skipName('recursive');
  const usage: Usage = new Map();
  state.usages.push(usage);
  const depth = state.loopDepths.pop() ?? 0;
  state.loopDepths.push(depth + 1);
  const body = parseBodyUntil(state, ['endfor', 'else']);
  state.loopDepths.pop();
  state.loopDepths.push(depth);
  state.usages.pop();
  const hasElse = stream.advance().value === 'else';
  const otherwise = hasElse ? parseBody(state, 'endfor') : [];
  state.forDepth -= 1;
  return {
    kind: 'for',
    at,
    target,
    iterable,
    test,
    testTarget: test === null ? null : copyTarget(target),
    isRecursive,
    body,
    otherwise,
    loopSlot: isRecursive || usage.get('loop') === 'read' ? 0 : -1,
    entry: NO_ENTRY,
    testEntry: NO_ENTRY,
    otherwiseEntry: NO_ENTRY,
    slotCount: 0,
  };
}

function parseDo(state: ParseState): Statement {
  const { at } = state.stream.advance();
  const expression = parseTuple(state);
  takeNames(state, expression);
  return { kind: 'do', at, expression };
}

function parseFilterBlock(state: ParseState): Statement {
  const { stream } = state;
  const { at } = stream.advance();
  let filter = parseFilter(state, null);
  while (stream.skipOperator('|')) filter = parseFilter(state, filter);
  takeNames(state, filter);
  const body = parseBody(state, 'endfilter');
  return { kind: 'filter-block', at, filter, body, entry: NO_ENTRY };
}

function parseWith(state: ParseState): Statement {
  const { stream } = state;
  const { at } = stream.advance();
  const targets = [];
  const values = [];
  while (!stream.isType('block_end')) {
    if (targets.length > 0) stream.expectOperator(',');
    targets.push(parseTarget(state));
    stream.expectOperator('=');
    const value = state.parseExpression(true);
    takeNames(state, value);
    values.push(value);
  }
  const body = parseBody(state, 'endwith');
  return { kind: 'with', at, targets, values, body, entry: NO_ENTRY };
}

function parsePrint(state: ParseState): Statement[] {
  const { stream } = state;
  stream.advance();
  const statements: Statement[] = [];
  while (!stream.isType('block_end')) {
    if (statements.length > 0) stream.expectOperator(',');
    const before = state.callCount;
    const expression = state.parseExpression(true);
    takeNames(state, expression);
    const isPure = state.callCount === before;
    statements.push({ kind: 'output', at: expression.at, expression, isPure });
  }
  return statements;
}

function parseBlock(state: ParseState): BlockNode {
  const { stream } = state;
  const { at } = stream.advance();
  const name = stream.expectType('name').value;
  const isScoped = stream.skipName('scoped');
  const isRequired = stream.skipName('required');
  if (stream.isOperator('-')) {
    stream.fail(
      'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.',
    );
  }
  const usage: Usage = new Map();
  state.usages.push(usage);
  const body = parseBody(state, 'endblock');
  state.usages.pop();
  if (isRequired && body.some((one) => one.kind !== 'text' || one.text.trim() !== '')) {
    stream.fail('Required blocks can only contain comments or whitespace');
  }
  stream.skipName(name);
  const block: BlockNode = {
    kind: 'block',
    locals: [],
    at,
    name,
    isRequired,
    isScoped,
    body,
    selfSlot: usage.get('self') === 'read' ? 0 : -1,
    superSlot: usage.get('super') === 'read' ? 0 : -1,
    entry: NO_ENTRY,
    slotCount: 0,
  };
  state.blocks.push(block);
  return block;
}

function parseJump(state: ParseState, tag: 'break' | 'continue'): Statement {
  const { at } = state.stream.advance();
  if ((state.loopDepths.at(-1) ?? 0) === 0) {
    state.stream.fail(
      tag === 'break' ? "'break' outside loop" : "'continue' not properly in loop",
      at,
      'SyntaxError',
    );
  }
  return { kind: tag, at };
}

function parseAutoescape(state: ParseState): Statement {
  const { at } = state.stream.advance();
  const option = state.parseExpression(true);
  takeNames(state, option);
  const body = parseBody(state, 'endautoescape');
  return { kind: 'autoescape', at, option, body, entry: NO_ENTRY };
}

function parseLoad(state: ParseState, tag: string): Statement {
  const { stream } = state;
  const { at } = stream.advance();
  const template = state.parseExpression(true);
  takeNames(state, template);
  if (tag === 'import') {
    stream.expectName('as');
    stream.expectType('name');
  } else if (tag === 'from') parseImportedNames(state);
  else if (tag === 'include' && stream.isName('ignore')) {
    stream.advance();
    stream.expectName('missing');
  }
  if (tag !== 'extends' && startsContext(stream)) {
    stream.advance();
    stream.expectName('context');
  }
  return { kind: 'load', at, template };
}

/** `with context` or `without context`; alone, the words are names. */
function startsContext(stream: TokenStream): boolean {
  const isWord = stream.isName('with') || stream.isName('without');
  return isWord && stream.next.type === 'name' && stream.next.value === 'context';
}

function parseImportedNames({ stream }: ParseState): void {
  stream.expectName('import');
  for (let count = 0; ; count += 1) {
    if (count > 0) stream.expectOperator(',');
    if (startsContext(stream)) return;
    const { value, at } = stream.expectType('name');
    if (value.startsWith('_')) {
      stream.fail(
        'names starting with an underline can not be imported',
        at,
        'TemplateAssertionError',
      );
    }
    if (stream.skipName('as')) stream.expectType('name');
    if (startsContext(stream) || !stream.isOperator(',')) return;
  }
}

/** An unknown tag, or the end of the template inside a body: says what was looked for. */
function failAtEnd(
  state: ParseState,
  endings: readonly (readonly string[])[],
  tag?: string,
  at?: number,
): never {
  const quoted = (names: readonly string[]): string =>
    names.map((name) => `'${name}'`).join(' or ');
  const parts = [
    tag === undefined ? 'Unexpected end of template.' : `Encountered unknown tag '${tag}'.`,
  ];
  const innermost = endings.at(-1);
  if (innermost !== undefined) {
    parts.push(
      tag !== undefined && endings.flat().includes(tag)
        ? `You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${quoted(innermost)}.`
        : `Jinja was looking for the following tags: ${quoted(innermost)}.`,
    );
  }
  const open = state.tags.at(-1);
  if (open !== undefined) {
    parts.push(`The innermost block that needs to be closed is '${open}'.`);
  }
  return state.stream.fail(parts.join(' '), at);
}
