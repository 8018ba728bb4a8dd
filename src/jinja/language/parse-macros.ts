/**
 * The tags that define something to call: `macro` and `call`, and dbt's `materialization`, `test` and `docs`.
 */
import { JinjaError } from '../error.js';
import type {
  CallBlockNode,
  CallableNode,
  Expression,
  MacroDefinition,
  ParameterNode,
  Statement,
} from './ast.js';
import { parseNameTarget } from './parse-targets.js';
import { type ParseState, takeNames, type Usage } from './parse-state.js';
import { positionIn } from './position.js';
import { NO_ENTRY } from './scope-entry.js';

/** Parses the statements up to an end tag, which it takes as well. */
export type ParseBody = (state: ParseState, ending: string) => readonly Statement[];

/** `{% macro name(a, b=1) %}`. */
export function parseMacro(state: ParseState, parseBody: ParseBody): MacroDefinition {
  const { at } = state.stream.advance();
  const { name } = parseNameTarget(state);
  const parameters = parseSignature(state);
  const usage = openBody(state);
  const body = parseBody(state, 'endmacro');
  return finish(state, usage, parameters, body, {
    at,
    type: 'macro',
    name,
    internalName: `dbt_macro__${name}`,
    adapter: null,
  });
}

/** `{% test name(model, column_name) %}`. */
export function parseTest(state: ParseState, parseBody: ParseBody): MacroDefinition {
  const { at, value } = state.stream.advance();
  const { name } = parseNameTarget(state);
  const parameters = parseSignature(state);
  const usage = openBody(state);
  const body = parseBody(state, `end${value}`);
  return finish(state, usage, parameters, body, {
    at,
    type: 'test',
    name,
    internalName: `dbt_macro__test_${name}`,
    adapter: null,
  });
}

/** `{% docs name %}`. */
export function parseDocs(state: ParseState, parseBody: ParseBody): MacroDefinition {
  const { at } = state.stream.advance();
  const { name } = parseNameTarget(state);
  const usage = openBody(state);
  const body = parseBody(state, 'enddocs');
  return finish(state, usage, [], body, {
    at,
    type: 'docs',
    name,
    internalName: `dbt_docs__${name}`,
    adapter: null,
  });
}

const SQL_ONLY: Expression = {
  kind: 'list',
  at: 0,
  items: [{ kind: 'const', at: 0, value: 'sql' }],
};

/** `{% materialization name, adapter='snowflake', supported_languages=['sql'] %}`. */
export function parseMaterialization(state: ParseState, parseBody: ParseBody): MacroDefinition {
  const { stream } = state;
  const { at } = stream.advance();
  const { name } = parseNameTarget(state);
  let adapter = 'default';
  let languages = SQL_ONLY;
  while (stream.skipOperator(',')) {
    const option = parseNameTarget(state);
    if (option.name === 'default') continue;
    if (option.name !== 'adapter' && option.name !== 'supported_languages') {
      throw new JinjaError(
        'MaterializationArgError',
        `materialization '${name}' received unknown argument '${option.name}'.`,
        { position: positionIn(stream.source, option.at) },
      );
    }
    stream.expectOperator('=');
    const value = state.parseExpression(true);
    if (option.name === 'supported_languages') languages = value;
    else if (value.kind === 'const') adapter = String(value.value);
    else stream.fail('The adapter of a materialization must be a text', option.at);
  }
  const parameters = [parameter('supported_languages', languages, null)];
  takeNames(state, parameters[0] ?? {});
  const usage = openBody(state);
  const body = parseBody(state, 'endmaterialization');
  return finish(state, usage, parameters, body, {
    at,
    type: 'materialization',
    name,
    internalName: `dbt_macro__materialization_${name}_${adapter}`,
    adapter,
  });
}

/** `{% call(a, b) callee(...) %}`. */
export function parseCallBlock(state: ParseState, parseBody: ParseBody): CallBlockNode {
  const { stream } = state;
  const { at } = stream.advance();
  const parameters = stream.isOperator('(') ? parseSignature(state) : [];
  state.callCount += 1;
  const call = state.parseExpression(true);
  if (call.kind !== 'call') return stream.fail('expected call', at);
  takeNames(state, call);
  const usage = openBody(state);
  const body = parseBody(state, 'endcall');
  closeBody(state);
  return { kind: 'call-block', at, call, ...callable(state, usage, parameters, body) };
}

function openBody(state: ParseState): Usage {
  const usage: Usage = new Map();
  state.usages.push(usage);
  // `break` cannot leave a macro for a loop around it.
  state.loopDepths.push(0);
  return usage;
}

function closeBody(state: ParseState): void {
  state.usages.pop();
  state.loopDepths.pop();
}

function finish(
  state: ParseState,
  usage: Usage,
  parameters: readonly ParameterNode[],
  body: readonly Statement[],
  rest: Pick<MacroDefinition, 'at' | 'type' | 'name' | 'internalName' | 'adapter'>,
): MacroDefinition {
  closeBody(state);
  return { kind: 'macro', ...rest, slot: -1, ...callable(state, usage, parameters, body, rest.at) };
}

/** Slots stay -1 for names that the body does not use; 0 marks those that the resolver has to place. */
function callable(
  state: ParseState,
  usage: Usage,
  parameters: readonly ParameterNode[],
  body: readonly Statement[],
  at: number = 0,
): CallableNode {
  const named = new Map(parameters.map((one) => [one.name, one]));
  const caller = named.get('caller');
  if (usage.get('caller') === 'read' && caller !== undefined && caller.fallback === null) {
    state.stream.fail(
      'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
      at,
      'TemplateAssertionError',
    );
  }
  const isWanted = (name: 'caller' | 'kwargs' | 'varargs'): boolean =>
    usage.get(name) === 'read' && !named.has(name);
  return {
    parameters,
    body,
    callerSlot: isWanted('caller') ? 0 : -1,
    kwargsSlot: isWanted('kwargs') ? 0 : -1,
    varargsSlot: isWanted('varargs') ? 0 : -1,
    entry: NO_ENTRY,
    slotCount: 0,
  };
}

function parameter(
  name: string,
  fallback: Expression | null,
  annotation: string | null,
): ParameterNode {
  return { name, fallback, annotation, slot: -1 };
}

/** `(a, b: int, c: list[str] = none)`. */
function parseSignature(state: ParseState): ParameterNode[] {
  const { stream } = state;
  const parameters: ParameterNode[] = [];
  stream.expectOperator('(');
  while (!stream.isOperator(')')) {
    if (parameters.length > 0) stream.expectOperator(',');
    const { name } = parseNameTarget(state);
    const annotation = stream.skipOperator(':') ? parseTypeName(state) : null;
    let fallback: Expression | null = null;
    if (stream.skipOperator('=')) fallback = state.parseExpression(true);
    else if (parameters.some((one) => one.fallback !== null)) {
      stream.fail('non-default argument follows default argument');
    }
    const node = parameter(name, fallback, annotation);
    takeNames(state, node);
    parameters.push(node);
  }
  stream.expectOperator(')');
  return parameters;
}

function parseTypeName(state: ParseState): string {
  const { stream } = state;
  const name = stream.expectType('name').value;
  if (!stream.skipOperator('[')) return name;
  const inner: string[] = [];
  while (!stream.isOperator(']')) {
    if (inner.length > 0) stream.expectOperator(',');
    inner.push(parseTypeName(state));
  }
  stream.expectOperator(']');
  return `${name}[${inner.join(', ')}]`;
}
