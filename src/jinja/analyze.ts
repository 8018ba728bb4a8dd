/**
 * What can be read off a template without rendering it: calls with literal arguments, and whether there is anything else.
 */
import type { CallNode, Expression, Statement, Template } from './language/ast.js';
import type { Value } from './value.js';
import { signed } from './values/arithmetic.js';
import { PyDict } from './values/dict.js';
import { PyFloat } from './values/float.js';
import { PyTuple } from './values/tuple.js';

/** `{{ ref('a', v=2) }}` at the top level. */
export interface LiteralCall {
  /** The function's name, as written. */
  readonly name: string;
  readonly args: readonly Value[];
  readonly kwargs: ReadonlyMap<string, Value>;
  /** Offset in `Template.source`. */
  readonly at: number;
}

export interface TemplateAnalysis {
  /** In the order of the text. */
  readonly calls: readonly LiteralCall[];
  /** Whether the template is nothing but text and these calls: rendering it would find no more. */
  readonly isComplete: boolean;
}

/** Collects the literal calls that a template prints, or does, at its top level. */
export function analyzeTemplate(template: Template): TemplateAnalysis {
  const calls: LiteralCall[] = [];
  let isComplete = true;
  for (const statement of template.body) {
    if (statement.kind === 'text') continue;
    const call = callOf(statement);
    const literal = call === undefined ? undefined : literalCall(call);
    if (literal === undefined) isComplete = false;
    else calls.push(literal);
  }
  return { calls, isComplete };
}

function callOf(statement: Statement): CallNode | undefined {
  if (statement.kind !== 'output' && statement.kind !== 'do') return undefined;
  return statement.expression.kind === 'call' ? statement.expression : undefined;
}

function literalCall({ callee, arguments: given, at }: CallNode): LiteralCall | undefined {
  if (callee.kind !== 'name' || given.star !== null || given.doubleStar !== null) return undefined;
  const args = literals(given.positional);
  const values = literals(given.keywords.map(({ value }) => value));
  if (args === undefined || values === undefined) return undefined;
  const kwargs = new Map(given.keywords.map(({ name }, index) => [name, values[index] ?? null]));
  return { name: callee.name, args, kwargs, at };
}

function literals(nodes: readonly Expression[]): Value[] | undefined {
  const values: Value[] = [];
  for (const node of nodes) {
    const value = literal(node);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function literal(node: Expression): Value | undefined {
  switch (node.kind) {
    case 'const':
      return node.value;
    case 'float':
      return new PyFloat(node.value);
    case 'bigint':
      return BigInt(node.digits);
    case 'sign': {
      const isNumber = node.operand.kind === 'float' || typeof literal(node.operand) === 'number';
      const operand = isNumber ? literal(node.operand) : undefined;
      return operand === undefined ? undefined : signed(node.operator, operand);
    }
    case 'list':
      return literals(node.items);
    case 'tuple': {
      const items = literals(node.items);
      return items === undefined ? undefined : new PyTuple(items);
    }
    case 'dict':
      return literalDict(node.keys, node.values);
    default:
      return undefined;
  }
}

function literalDict(
  keyNodes: readonly Expression[],
  valueNodes: readonly Expression[],
): PyDict | undefined {
  // Only texts and numbers as keys: all others may be unhashable, which is for the render to say.
  if (keyNodes.some((node) => node.kind !== 'const')) return undefined;
  const [keys, values] = [literals(keyNodes), literals(valueNodes)];
  if (keys === undefined || values === undefined) return undefined;
  return PyDict.fromEntries(keys.map((key, index) => [key, values[index] ?? null] as const));
}
