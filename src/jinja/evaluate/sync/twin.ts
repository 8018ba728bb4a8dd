/**
 * Where the synchronous evaluator differs from its twin with effects; `../effects/twin.ts` is the other side.
 */
import type { ForNode } from '../../language/ast.js';
import type { CallArguments, Value } from '../../value.js';
import { callableOf, settle } from '../../values/call.js';
import type { Frame } from '../frame.js';
import type { Recursion } from '../loop.js';
import type { Macro, MacroBodies } from '../macro.js';

/** Calls a value. @throws JinjaError if it yields an effect. */
export function invoke(callee: Value, call: CallArguments): Value {
  return settle(callableOf(callee)(call));
}

/** A macro defined here runs at once. */
export function macroBodies(run: (macro: Macro, call: CallArguments) => Value): MacroBodies {
  return { run, runEffects: undefined };
}

/** A recursive loop here runs at once. */
export function recursionOf(
  statement: ForNode,
  outer: Frame,
  run: (statement: ForNode, items: Value, outer: Frame, depth: number) => string,
): Recursion {
  return {
    run: (items, depth) => run(statement, items, outer, depth),
    runEffects: undefined,
  };
}
