/**
 * Refuses filters and tests that do not exist: when the template is parsed, unless an `if` may never get there.
 */
import { FILTER_NAMES, TEST_NAMES } from '../filters/names.js';
import type { ArgumentsNode, Expression, Statement } from './ast.js';
import type { TokenStream } from './token-stream.js';

/**
 * @param isSoft inside an `if` or an inline `if`, where the check is left to the moment of use.
 * @throws TemplateAssertionError at the first unknown name, in the order of the text.
 */
export function checkNames(
  body: readonly Statement[],
  stream: TokenStream,
  isSoft: boolean = false,
): void {
  const check = (node: Expression | null, soft: boolean): void => {
    if (node !== null) checkExpression(node, stream, soft);
  };
  for (const statement of body) {
    switch (statement.kind) {
      case 'output':
      case 'do':
        check(statement.expression, isSoft);
        break;
      case 'set':
        check(statement.value, isSoft);
        break;
      case 'set-block':
        checkNames(statement.body, stream);
        check(statement.filter, false);
        break;
      case 'if':
        for (const branch of statement.branches) {
          check(branch.test, true);
          checkNames(branch.body, stream, true);
        }
        checkNames(statement.otherwise, stream, true);
        break;
      case 'for':
        check(statement.test, false);
        check(statement.iterable, isSoft);
        checkNames(statement.body, stream);
        checkNames(statement.otherwise, stream);
        break;
      case 'macro':
      case 'call-block':
        for (const { fallback } of statement.parameters) check(fallback, false);
        checkNames(statement.body, stream);
        if (statement.kind === 'call-block') check(statement.call, isSoft);
        break;
      case 'filter-block':
        checkNames(statement.body, stream);
        check(statement.filter, false);
        break;
      case 'with':
        for (const value of statement.values) check(value, isSoft);
        checkNames(statement.body, stream);
        break;
      case 'autoescape':
      case 'block':
        checkNames(statement.body, stream);
        break;
      case 'load':
        check(statement.template, isSoft);
        break;
      default:
    }
  }
}

function checkExpression(node: Expression, stream: TokenStream, isSoft: boolean): void {
  if (!isSoft) {
    if (node.kind === 'filter' && !FILTER_NAMES.has(node.name)) {
      stream.fail(`No filter named '${node.name}'.`, node.at, 'TemplateAssertionError');
    }
    if (node.kind === 'test' && !TEST_NAMES.has(node.name)) {
      stream.fail(`No test named '${node.name}'.`, node.at, 'TemplateAssertionError');
    }
  }
  const soft = isSoft || node.kind === 'conditional';
  for (const child of childrenOf(node)) checkExpression(child, stream, soft);
}

/** The expressions directly inside another, in the order of the text. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'call':
      return [node.callee, ...ofArguments(node.arguments)];
    case 'filter':
      return [...present([node.target]), ...ofArguments(node.arguments)];
    case 'test':
      return [node.target, ...ofArguments(node.arguments)];
    case 'getattr':
      return [node.object];
    case 'getitem':
      return [node.object, node.key];
    case 'slice':
      return present([node.object, node.start, node.stop, node.step]);
    case 'concat':
      return node.parts;
    case 'compare':
      return [node.first, ...node.rest.map(({ right }) => right)];
    case 'binary':
    case 'and':
    case 'or':
      return [node.left, node.right];
    case 'not':
    case 'sign':
      return [node.operand];
    case 'conditional':
      return present([node.yes, node.test, node.no]);
    case 'list':
    case 'tuple':
      return node.items;
    case 'dict':
      return [...node.keys, ...node.values];
    default:
      return [];
  }
}

function ofArguments(args: ArgumentsNode): readonly Expression[] {
  return [
    ...args.positional,
    ...args.keywords.map(({ value }) => value),
    ...present([args.star, args.doubleStar]),
  ];
}

function present(nodes: readonly (Expression | null)[]): readonly Expression[] {
  return nodes.filter((node) => node !== null);
}
