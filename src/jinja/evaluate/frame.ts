/**
 * The running state of a template or macro: its slots, its output, and where it stands.
 */
import { JinjaError, typeError, valueError } from '../error.js';
import type { NameNode, ScopeEntry, Target, Template } from '../language/ast.js';
import { positionIn } from '../language/position.js';
import { type Context, PyObject, type Value } from '../value.js';
import { iteratorOf } from '../values/iterate.js';
import { typeName } from '../values/describe.js';
import { PyTuple } from '../values/tuple.js';
import { Undefined } from '../values/undefined.js';
import type { Environment, Meter } from './environment.js';
import { globalValue, Namespace } from './globals.js';
import type { Output } from './output.js';

/** What all frames of one template share. */
export interface Run {
  readonly template: Template;
  readonly environment: Environment;
  readonly context: Context;
  readonly meter: Meter;
  /** Names assigned at the top level, which blocks see; kept only if there are blocks. */
  readonly exported: Map<string, Value> | undefined;
}

/** One activation. */
export interface Frame {
  readonly run: Run;
  readonly parent: Frame | undefined;
  /** Whether names assigned here are seen by blocks. */
  readonly isTop: boolean;
  /** undefined: not assigned yet. */
  readonly slots: (Value | undefined)[];
  output: Output;
  /** Offset of what is being done, for errors. */
  at: number;
  isEscaping: boolean;
}

/** Stands in a slot whose name is still to be looked up in the context. */
class Pending extends PyObject {
  readonly typeName = 'pending';
}

const PENDING = new Pending();

/** Makes a frame with empty slots. */
export function createFrame(
  run: Run,
  parent: Frame | undefined,
  slotCount: number,
  output: Output,
  isTop: boolean = false,
): Frame {
  const slots: (Value | undefined)[] = [];
  for (let slot = 0; slot < slotCount; slot += 1) slots.push(undefined);
  return { run, parent, isTop, slots, output, at: 0, isEscaping: parent?.isEscaping ?? false };
}

/** Prepares the slots of a scope. */
export function enterScope(frame: Frame, entry: ScopeEntry): void {
  const { slots } = frame;
  for (const slot of entry.pending) slots[slot] = PENDING;
  for (const slot of entry.missing) slots[slot] = undefined;
  const { aliases } = entry;
  for (let index = 0; index < aliases.length; index += 3) {
    const outer = outwards(frame, aliases[index + 1] ?? 0);
    slots[aliases[index] ?? 0] = outer.slots[aliases[index + 2] ?? 0];
  }
}

/** The frame so many activations outwards. */
export function outwards(frame: Frame, hops: number): Frame {
  let at = frame;
  for (let hop = 0; hop < hops; hop += 1) {
    if (at.parent === undefined) throw new Error('A name is resolved beyond the outermost frame');
    at = at.parent;
  }
  return at;
}

/** The value of a name, undefined in Jinja's sense if nobody knows it. */
export function readName(node: NameNode, frame: Frame): Value {
  const holder = node.hops === 0 ? frame : outwards(frame, node.hops);
  let value = holder.slots[node.slot];
  if (value === PENDING) {
    value = lookup(node.name, frame.run);
    holder.slots[node.slot] = value;
  }
  return value === undefined
    ? new Undefined(frame.run.environment.undefinedMode, { name: node.name })
    : value;
}

function lookup(name: string, run: Run): Value | undefined {
  // Not `??`: None is found as any other value.
  const exported = run.exported?.get(name);
  if (exported !== undefined) return exported;
  const value = run.context.lookup(name);
  return value === undefined ? globalValue(name, run.environment) : value;
}

/** Assigns a value, unpacking it over several targets. */
export function assign(target: Target, value: Value, frame: Frame): void {
  if (target.kind === 'target') {
    frame.slots[target.slot] = value;
    if (frame.isTop) frame.run.exported?.set(target.name, value);
  } else if (target.kind === 'targets') {
    const items = unpack(value, target.items.length);
    for (const [index, item] of target.items.entries()) assign(item, items[index] ?? null, frame);
  } else namespaceOf(target, frame).set(target.attribute, value);
}

/** Checks, before the value is evaluated, that attributes are assigned on namespaces only. */
export function checkTarget(target: Target, frame: Frame): void {
  if (target.kind === 'attribute') namespaceOf(target, frame);
  else if (target.kind === 'targets') for (const item of target.items) checkTarget(item, frame);
}

function namespaceOf(target: Target & { readonly kind: 'attribute' }, frame: Frame): Namespace {
  const value = readName(
    { kind: 'name', at: target.at, name: target.name, slot: target.slot, hops: target.hops },
    frame,
  );
  if (value instanceof Namespace) return value;
  throw new JinjaError('TemplateRuntimeError', 'cannot assign attribute on non-namespace object');
}

function unpack(value: Value, count: number): readonly Value[] {
  const iterator = iteratorOf(value);
  if (iterator === undefined)
    throw typeError(`cannot unpack non-iterable ${typeName(value)} object`);
  const items: Value[] = [];
  for (let step = iterator.next(); step.done !== true; step = iterator.next()) {
    if (items.length === count) throw valueError(`too many values to unpack (expected ${count})`);
    items.push(step.value);
  }
  if (items.length < count) {
    throw valueError(`not enough values to unpack (expected ${count}, got ${items.length})`);
  }
  return items;
}

/** What a target holds now, several names as a tuple: what the test of a loop passes on. */
export function valueOfTarget(target: Target, frame: Frame): Value {
  if (target.kind === 'targets') {
    return new PyTuple(target.items.map((item) => valueOfTarget(item, frame)));
  }
  return frame.slots[target.slot] ?? null;
}

/** Notes on an error where it crossed a template or macro, and gives it back to be thrown. */
export function withFrame(error: unknown, name: string, frame: Frame): unknown {
  if (error instanceof JinjaError) {
    error.addFrame({ name, position: positionIn(frame.run.template, frame.at) });
    return error;
  }
  if (error instanceof RangeError) return withFrame(fromRangeError(error), name, frame);
  return error;
}

/** The engine's own limits: too deep a stack, too long a text. */
function fromRangeError(error: RangeError): JinjaError {
  return /call stack/u.test(error.message)
    ? new JinjaError('RecursionError', 'maximum recursion depth exceeded', { cause: error })
    : new JinjaError('MemoryError', error.message, { cause: error });
}
