/**
 * Macros and callers: the callables that templates define.
 */
import { typeError } from '../error.js';
import type { CallableNode } from '../language/ast.js';
import type { CallArguments, EffectGenerator, Value } from '../value.js';
import { EffectfulObject } from '../values/call.js';
import { PyDict } from '../values/dict.js';
import { PyTuple } from '../values/tuple.js';
import { Undefined } from '../values/undefined.js';
import { createFrame, enterScope, type Frame } from './frame.js';
import { Output } from './output.js';

/** How a macro's body is run: at once, and with effects if its template is. */
export interface MacroBodies {
  readonly run: (macro: Macro, call: CallArguments) => Value;
  readonly runEffects: ((macro: Macro, call: CallArguments) => EffectGenerator) | undefined;
}

/** A macro, or the caller of a call block (which has no name). */
export class Macro extends EffectfulObject {
  readonly typeName = 'Macro';
  /** In the template's scope: `dbt_macro__NAME`. */
  readonly name: string | null;
  /** As written, for stacks of calls. */
  readonly title: string;
  readonly node: CallableNode;
  readonly frame: Frame;
  readonly #bodies: MacroBodies;

  constructor(
    name: string | null,
    title: string,
    node: CallableNode,
    frame: Frame,
    bodies: MacroBodies,
  ) {
    super();
    this.name = name;
    this.title = title;
    this.node = node;
    this.frame = frame;
    this.#bodies = bodies;
  }

  override get call(): (call: CallArguments) => Value {
    return (call) => this.#bodies.run(this, call);
  }

  override callEffects(call: CallArguments): EffectGenerator {
    const { run, runEffects } = this.#bodies;
    return runEffects?.(this, call) ?? atOnce(() => run(this, call));
  }

  override get description(): string {
    return 'jinja2.runtime.Macro object';
  }

  override getAttribute(name: string): Value | undefined {
    const { parameters, kwargsSlot, varargsSlot, callerSlot } = this.node;
    switch (name) {
      case 'name':
        return this.name;
      case 'arguments':
        return new PyTuple(parameters.map((parameter) => parameter.name));
      case 'catch_kwargs':
        return kwargsSlot !== -1;
      case 'catch_varargs':
        return varargsSlot !== -1;
      case 'caller':
        return callerSlot !== -1;
      default:
        return undefined;
    }
  }

  override toRepr(): string {
    return this.name === null ? '<Macro anonymous>' : `<Macro '${this.name}'>`;
  }
}

/** A macro of a template that was rendered at once has no effects. */
// oxlint-disable-next-line require-yield
function* atOnce(run: () => Value): EffectGenerator {
  return run();
}

/** Opens a macro's frame and puts the arguments of a call into it. @throws TypeError if they do not fit. */
export function openMacro(macro: Macro, call: CallArguments): Frame {
  const { node, frame: outer } = macro;
  const { parameters } = node;
  const { args } = call;
  const mode = outer.run.environment.undefinedMode;
  const frame = createFrame(
    outer.run,
    outer,
    node.slotCount,
    new Output(mode === 'native' ? 'pieces' : 'text'),
  );
  enterScope(frame, node.entry);
  const { slots } = frame;
  // Most calls name nothing: a map for each of them would cost more than the rest.
  const rest = call.kwargs.size === 0 ? undefined : new Map(call.kwargs);
  let at = 0;
  for (const { name, slot } of parameters) {
    if (at < args.length) slots[slot] = args[at];
    else {
      slots[slot] = rest?.get(name);
      rest?.delete(name);
    }
    at += 1;
  }
  if (node.callerSlot !== -1) {
    const caller = rest?.get('caller') ?? null;
    rest?.delete('caller');
    slots[node.callerSlot] =
      caller ?? new Undefined(mode, { hint: 'No caller defined', name: 'caller' });
  }
  if (node.kwargsSlot !== -1) slots[node.kwargsSlot] = PyDict.fromEntries(rest ?? []);
  else if (rest !== undefined && rest.size > 0) refuseKeyword(macro, rest);
  if (node.varargsSlot !== -1) slots[node.varargsSlot] = new PyTuple(args.slice(parameters.length));
  else if (args.length > parameters.length) {
    throw typeError(`macro ${shown(macro)} takes not more than ${parameters.length} argument(s)`);
  }
  return frame;
}

function refuseKeyword(macro: Macro, rest: ReadonlyMap<string, Value>): never {
  if (rest.has('caller')) {
    throw typeError(
      `macro ${shown(macro)} was invoked with two values for the special caller argument. This is most likely a bug.`,
    );
  }
  const [first = ''] = rest.keys();
  throw typeError(`macro ${shown(macro)} takes no keyword argument '${first}'`);
}

function shown(macro: Macro): string {
  return macro.name === null ? 'None' : `'${macro.name}'`;
}
