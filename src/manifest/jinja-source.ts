/**
 * An expression of a template as text again, in the words that dbt keeps of a `config()` call to compare states.
 *
 * dbt writes the common kinds as they would be written by hand, and all others as Python shows the node of its syntax tree.
 */
import { assertNever, ExactNumber, type Json } from '../base/index.js';
import type { ArgumentsNode, Expression } from '../jinja/index.js';
import { pythonRepr } from './python-text.js';

type ComparisonOperator = Extract<Expression, { kind: 'compare' }>['rest'][number]['operator'];

/** One argument: plain text stands without quotes. */
export function argumentSource(value: Expression): string {
  return value.kind === 'const' && typeof value.value === 'string'
    ? value.value
    : expressionSource(value);
}

function expressionSource(node: Expression): string {
  switch (node.kind) {
    case 'const':
    case 'float':
    case 'bigint':
      return constantText(node);
    case 'name':
      return node.name;
    case 'call':
      return `${expressionSource(node.callee)}(${argumentList(node.arguments)})`;
    case 'list':
      return `[${node.items.map(expressionSource).join(', ')}]`;
    case 'tuple': {
      const items = node.items.map(expressionSource);
      return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
    }
    case 'dict':
      return `{${pairsOf(node)
        .map(([key, value]) => `${expressionSource(key)}: ${expressionSource(value)}`)
        .join(', ')}}`;
    case 'getattr':
      return `${expressionSource(node.object)}.${node.name}`;
    case 'getitem':
      return `${expressionSource(node.object)}[${expressionSource(node.key)}]`;
    case 'concat':
      return node.parts.map(expressionSource).join(' ~ ');
    case 'compare':
      return [
        expressionSource(node.first),
        ...node.rest.map((one) => `${one.operator} ${expressionSource(one.right)}`),
      ].join(' ');
    case 'not':
      return `not ${expressionSource(node.operand)}`;
    case 'and':
    case 'or':
      return `${expressionSource(node.left)} ${node.kind} ${expressionSource(node.right)}`;
    case 'sign':
      return node.operator === '-' ? `-${expressionSource(node.operand)}` : nodeText(node);
    default:
      return nodeText(node);
  }
}

function argumentList(given: ArgumentsNode): string {
  return [
    ...given.positional.map(expressionSource),
    ...given.keywords.map(({ name, value }) => `${name}=${expressionSource(value)}`),
    ...(given.star === null ? [] : [`*${expressionSource(given.star)}`]),
    ...(given.doubleStar === null ? [] : [`**${expressionSource(given.doubleStar)}`]),
  ].join(', ');
}

function constantText(node: Extract<Expression, { kind: 'const' | 'float' | 'bigint' }>): string {
  if (node.kind === 'bigint') return node.digits;
  return pythonRepr(node.kind === 'float' ? ExactNumber.float(node.value) : node.value);
}

const OPERATORS: Readonly<Record<ComparisonOperator, string>> = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'lteq',
  '>': 'gt',
  '>=': 'gteq',
  in: 'in',
  'not in': 'notin',
};
const ARITHMETIC: Readonly<Record<Extract<Expression, { kind: 'binary' }>['operator'], string>> = {
  '+': 'Add',
  '-': 'Sub',
  '*': 'Mul',
  '/': 'Div',
  '//': 'FloorDiv',
  '%': 'Mod',
  '**': 'Pow',
};

/** A node as Python's repr of Jinja's own tree. */
function nodeText(node: Expression): string {
  switch (node.kind) {
    case 'const':
    case 'float':
    case 'bigint':
      return `Const(value=${constantText(node)})`;
    case 'name':
      return `Name(name=${quoted(node.name)}, ctx='load')`;
    case 'call':
      return `Call(node=${nodeText(node.callee)}, ${argumentsText(node.arguments)})`;
    case 'filter':
      return `Filter(node=${optional(node.target)}, name=${quoted(node.name)}, ${argumentsText(node.arguments)})`;
    case 'test':
      return `Test(node=${nodeText(node.target)}, name=${quoted(node.name)}, ${argumentsText(node.arguments)})`;
    case 'slice': {
      const bounds = `start=${optional(node.start)}, stop=${optional(node.stop)}, step=${optional(node.step)}`;
      return `Getitem(node=${nodeText(node.object)}, arg=Slice(${bounds}), ctx='load')`;
    }
    case 'getattr':
      return `Getattr(node=${nodeText(node.object)}, attr=${quoted(node.name)}, ctx='load')`;
    case 'getitem':
      return `Getitem(node=${nodeText(node.object)}, arg=${nodeText(node.key)}, ctx='load')`;
    case 'concat':
      return `Concat(nodes=${listText(node.parts)})`;
    case 'compare': {
      const rest = node.rest.map(
        (one) => `Operand(op=${quoted(OPERATORS[one.operator])}, expr=${nodeText(one.right)})`,
      );
      return `Compare(expr=${nodeText(node.first)}, ops=[${rest.join(', ')}])`;
    }
    case 'binary':
      return `${ARITHMETIC[node.operator]}(left=${nodeText(node.left)}, right=${nodeText(node.right)})`;
    case 'and':
    case 'or': {
      const name = node.kind === 'and' ? 'And' : 'Or';
      return `${name}(left=${nodeText(node.left)}, right=${nodeText(node.right)})`;
    }
    case 'not':
      return `Not(node=${nodeText(node.operand)})`;
    case 'sign':
      return `${node.operator === '-' ? 'Neg' : 'Pos'}(node=${nodeText(node.operand)})`;
    case 'conditional':
      return `CondExpr(test=${nodeText(node.test)}, expr1=${nodeText(node.yes)}, expr2=${optional(node.no)})`;
    case 'list':
      return `List(items=${listText(node.items)})`;
    case 'tuple':
      return `Tuple(items=${listText(node.items)}, ctx='load')`;
    case 'dict':
      return `Dict(items=[${pairsOf(node)
        .map(([key, value]) => `Pair(key=${nodeText(key)}, value=${nodeText(value)})`)
        .join(', ')}])`;
    default:
      return assertNever(node);
  }
}

function argumentsText(given: ArgumentsNode): string {
  const keywords = given.keywords.map(
    ({ name, value }) => `Keyword(key=${quoted(name)}, value=${nodeText(value)})`,
  );
  return `args=${listText(given.positional)}, kwargs=[${keywords.join(', ')}], dyn_args=${optional(given.star)}, dyn_kwargs=${optional(given.doubleStar)}`;
}

function optional(node: Expression | null): string {
  return node === null ? 'None' : nodeText(node);
}

function listText(nodes: readonly Expression[]): string {
  return `[${nodes.map(nodeText).join(', ')}]`;
}

function quoted(text: Json): string {
  return pythonRepr(text);
}

function pairsOf(
  node: Extract<Expression, { kind: 'dict' }>,
): readonly (readonly [Expression, Expression])[] {
  return node.keys.flatMap((key, at) => {
    const value = node.values[at];
    return value === undefined ? [] : [[key, value] as const];
  });
}
