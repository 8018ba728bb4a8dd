/**
 * Where the evaluator with effects differs from its synchronous twin; `../sync/twin.ts` is the other side.
 */
import type { ForNode } from '../../language/ast.js';
import type { CallArguments, CallResult, Value } from '../../value.js';
import { callableOf, EffectfulObject } from '../../values/call.js';
import type { Frame } from '../frame.js';
import type { Recursion } from '../loop.js';
import type { Macro, MacroBodies } from '../macro.js';
import { runLoop as runLoopSync, runMacro as runMacroSync } from '../sync/statements.js';

/** A computation that may yield effects on the way to its result. */
export type Evaluation<Result> = Generator<unknown, Result, unknown>;

/** Calls a value, whose effects are to be passed on. */
export function invoke(callee: Value, call: CallArguments): CallResult {
  return callee instanceof EffectfulObject ? callee.callEffects(call) : callableOf(callee)(call);
}

/** A macro defined here can be called both ways. */
export function macroBodies(
  runEffects: (macro: Macro, call: CallArguments) => Evaluation<Value>,
): MacroBodies {
  return { run: runMacroSync, runEffects };
}

/** A recursive loop can be called both ways. */
export function recursionOf(
  statement: ForNode,
  outer: Frame,
  runEffects: (statement: ForNode, items: Value, outer: Frame, depth: number) => Evaluation<string>,
): Recursion {
  return {
    run: (items, depth) => runLoopSync(statement, items, outer, depth),
    runEffects: (items, depth) => runEffects(statement, items, outer, depth),
  };
}
