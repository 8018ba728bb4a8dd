/**
 * Finds calls in the tree of a template, in the order of its text.
 */
import type { CallNode, Expression } from '../jinja/index.js';

/** Every call of a tree, outer ones first. The tree is plain data whose members stand in the order of the text. */
export function* callsIn(tree: unknown): Generator<CallNode, void, undefined> {
  if (typeof tree !== 'object' || tree === null) return;
  if (isCall(tree)) yield tree;
  for (const part of Object.values(tree)) yield* callsIn(part);
}

/** `name` or `package.name` of what is called; undefined if it is anything else. */
export function calledName(callee: Expression): string | undefined {
  if (callee.kind === 'name') return callee.name;
  return callee.kind === 'getattr' && callee.object.kind === 'name'
    ? `${callee.object.name}.${callee.name}`
    : undefined;
}

function isCall(tree: object): tree is CallNode {
  return 'kind' in tree && tree.kind === 'call' && 'callee' in tree;
}
