/**
 * What may stand left of `=` and after `for`: names, tuples of them, and attributes of namespaces.
 */
import type { Expression, Target } from './ast.js';
import { isTupleEnd, parsePrimary } from './parse-primaries.js';
import { noteTarget, type ParseState } from './parse-state.js';

const CONSTANTS: ReadonlySet<string> = new Set(['true', 'false', 'none', 'True', 'False', 'None']);

/** A target with its slots to be resolved. */
export function nameTarget(name: string, at: number): Target {
  return { kind: 'target', at, name, slot: -1 };
}

/** Parses a single name. */
export function parseNameTarget({ stream }: ParseState): {
  readonly name: string;
  readonly at: number;
} {
  const { value, at } = stream.expectType('name');
  if (CONSTANTS.has(value)) stream.fail("can't assign to 'name'", at);
  return { name: value, at };
}

/** Parses an assignment target; `hasNamespaces` allows `ns.attribute`. */
export function parseTarget(
  state: ParseState,
  options: { readonly hasNamespaces?: boolean } = {},
): Target {
  const { stream } = state;
  const { at } = stream.current;
  const items: (Target | Expression)[] = [];
  let isTuple = false;
  for (;;) {
    if (items.length > 0) stream.expectOperator(',');
    if (isTupleEnd(state)) break;
    items.push(parseItem(state, options.hasNamespaces === true));
    if (!stream.isOperator(',')) break;
    isTuple = true;
  }
  const [first] = items;
  let target: Target;
  if (isTuple) {
    const targets = items.map((item) => toTarget(item));
    if (targets.some((item) => item === undefined)) stream.fail("can't assign to 'tuple'", at);
    target = { kind: 'targets', at, items: targets.filter((item) => item !== undefined) };
  } else {
    if (first === undefined)
      return stream.fail(`Expected an expression, got '${stream.described}'`);
    target = toTarget(first) ?? stream.fail(`can't assign to '${className(first)}'`, first.at);
  }
  noteTarget(state, target);
  return target;
}

function parseItem(state: ParseState, hasNamespaces: boolean): Target | Expression {
  const { stream } = state;
  const { type, value, at } = stream.current;
  if (type !== 'name' || CONSTANTS.has(value)) {
    // The names inside are assigned, not read.
    const mark = state.names.length;
    const node = parsePrimary(state);
    state.names.length = mark;
    return node;
  }
  stream.advance();
  if (!hasNamespaces || !stream.skipOperator('.')) return nameTarget(value, at);
  const attribute = stream.expectType('name').value;
  return { kind: 'attribute', at, name: value, attribute, slot: -1, hops: 0 };
}

function toTarget(node: Target | Expression): Target | undefined {
  switch (node.kind) {
    case 'target':
    case 'targets':
    case 'attribute':
      return node;
    case 'name':
      return nameTarget(node.name, node.at);
    case 'tuple': {
      const items = node.items.map((item) => toTarget(item));
      return items.some((item) => item === undefined)
        ? undefined
        : { kind: 'targets', at: node.at, items: items.filter((item) => item !== undefined) };
    }
    default:
      return undefined;
  }
}

/** Jinja2's class of a node, in lower case, as its message has it. */
function className(node: Target | Expression): string {
  switch (node.kind) {
    case 'const':
    case 'float':
    case 'bigint':
      return 'const';
    case 'conditional':
      return 'condexpr';
    default:
      return node.kind;
  }
}

/** The same target with slots of its own. */
export function copyTarget(target: Target): Target {
  return target.kind === 'targets'
    ? { ...target, items: target.items.map((item) => copyTarget(item)) }
    : { ...target };
}
