/**
 * Calling a value from the host's side, with and without effects.
 */
import { JinjaError, typeError } from '../error.js';
import {
  type CallArguments,
  type CallResult,
  type EffectGenerator,
  isEffectGenerator,
  PyObject,
  type Value,
} from '../value.js';
import { typeName } from './describe.js';

export const NO_ARGUMENTS: CallArguments = { args: [], kwargs: new Map() };

/** Positional arguments only. */
export function argumentsOf(...args: readonly Value[]): CallArguments {
  return { args, kwargs: NO_ARGUMENTS.kwargs };
}

/**
 * A callable with two entrances: a macro. `call` runs to its end at once; `callEffects` may yield on the way.
 */
export abstract class EffectfulObject extends PyObject {
  abstract override get call(): (call: CallArguments) => Value;
  abstract callEffects(call: CallArguments): EffectGenerator;
}

/** Calls a value. @throws TypeError if it is not callable, JinjaError if it needs an effect. */
export function callValue(callee: Value, call: CallArguments): Value {
  return settle(callableOf(callee)(call));
}

/** Calls a value and passes its effects on: for host functions that call macros. */
export function* callValueEffects(callee: Value, call: CallArguments): EffectGenerator {
  if (callee instanceof EffectfulObject) return yield* callee.callEffects(call);
  const result = callableOf(callee)(call);
  return isEffectGenerator(result) ? yield* result : result;
}

/** The function behind a value. @throws TypeError if it is not callable. */
export function callableOf(callee: Value): (call: CallArguments) => CallResult {
  const call = callee instanceof PyObject ? callee.call : undefined;
  if (call === undefined) throw typeError(`'${typeName(callee)}' object is not callable`);
  return call;
}

/** The value of a call that may not wait. @throws JinjaError if it yields an effect. */
export function settle(result: CallResult): Value {
  if (!isEffectGenerator(result)) return result;
  const step = result.next();
  if (step.done === true) return step.value;
  result.return(null);
  throw new JinjaError(
    'RuntimeError',
    'The template asked the warehouse for something where nothing can answer (it is rendered without a connection)',
  );
}
