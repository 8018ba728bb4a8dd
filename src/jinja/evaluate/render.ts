/**
 * The three ways to render a template, and the macros that other rooms call.
 */
import { JinjaError } from '../error.js';
import type { MacroDefinition, Template } from '../language/ast.js';
import type { Context, Value } from '../value.js';
import type { EffectfulObject } from '../values/call.js';
import { toText } from '../values/describe.js';
import { numberOf } from '../values/float.js';
import { PyText } from '../values/text.js';
import { executeBody as executeEffects, makeMacroObject } from './effects/statements.js';
import { type Environment, enter, leave, meterOf } from './environment.js';
import { createFrame, enterScope, type Frame, withFrame } from './frame.js';
import { readLiteral } from './literal.js';
import type { Macro } from './macro.js';
import { Output } from './output.js';
import { templateReference } from './references.js';
import { executeBody, renderBlock } from './sync/statements.js';

/**
 * Renders a template at once.
 *
 * @throws JinjaError with position and frames; also if a host function really yields an effect. Whatever else a host
 * function throws passes through untouched.
 */
export function render(template: Template, context: Context, environment: Environment): string {
  const frame = openTemplate(template, context, environment);
  return runSync(frame).finish();
}

/** Renders a template, yielding the effects of its host functions: what the driver sends back is their answer. */
export function* renderEffects(
  template: Template,
  context: Context,
  environment: Environment,
): Generator<unknown, string, unknown> {
  const frame = openTemplate(template, context, environment);
  const { meter } = frame.run;
  enter(meter);
  try {
    yield* executeEffects(template.body, frame);
    return frame.output.finish();
  } catch (error) {
    throw withFrame(error, template.name, frame);
  } finally {
    leave(meter);
  }
}

/**
 * Renders as dbt renders yaml: a template that is one expression gives its value, anything else text.
 *
 * @param environment with `undefinedMode: 'native'`.
 * @throws JinjaError, also when `as_bool` or `as_number` cannot convert.
 */
export function renderNative(
  template: Template,
  context: Context,
  environment: Environment,
): Value {
  const frame = openTemplate(template, context, environment);
  const { pieces } = runSync(frame);
  const [raw, ...rest] = pieces;
  if (raw === undefined) return '';
  if (rest.length > 0) return pieces.map(toText).join('');
  return raw instanceof PyText ? convertMarked(raw) : raw;
}

function convertMarked(raw: PyText): Value {
  if (raw.typeName === 'TextMarker' || raw.typeName === 'Markup') return raw.text;
  const literal = readLiteral(raw.text);
  const value = literal === undefined ? raw.text : literal;
  if (raw.typeName === 'BoolMarker' && typeof value !== 'boolean') {
    throw conversionError(raw.text, 'bool');
  }
  if (
    raw.typeName === 'NumberMarker' &&
    (typeof value === 'boolean' || numberOf(value) === undefined)
  ) {
    throw conversionError(raw.text, 'number');
  }
  return value;
}

function conversionError(text: string, type: string): JinjaError {
  return new JinjaError(
    'JinjaRenderingError',
    `Could not convert value '${text}' into type '${type}'`,
  );
}

function openTemplate(template: Template, context: Context, environment: Environment): Frame {
  const run = {
    template,
    environment,
    context,
    meter: meterOf(context, environment),
    exported: template.blocks.length === 0 ? undefined : new Map<string, Value>(),
  };
  const isNative = environment.undefinedMode === 'native';
  const frame = createFrame(
    run,
    undefined,
    template.slotCount,
    new Output(isNative ? 'native' : 'text'),
    true,
  );
  enterScope(frame, template.entry);
  if (template.selfSlot !== -1) {
    frame.slots[template.selfSlot] = templateReference(frame, renderBlock);
  }
  return frame;
}

function runSync(frame: Frame): Output {
  const { template, meter } = frame.run;
  enter(meter);
  try {
    executeBody(template.body, frame);
    if (!frame.output.isNative) frame.output.finish();
    return frame.output;
  } catch (error) {
    throw withFrame(error, template.name, frame);
  } finally {
    leave(meter);
  }
}

/**
 * Makes the macro of one definition, to be called from other templates. Its own name is known inside its template.
 *
 * @param definition one of `template.macros`.
 * @param context where its free names are looked up, each time it is called.
 * @returns what can be called at once, and with effects, which passes those of host functions on.
 */
export function makeMacro(
  definition: MacroDefinition,
  template: Template,
  context: Context,
  environment: Environment,
): EffectfulObject {
  const frame = openTemplate(template, context, environment);
  let wanted: Macro | undefined;
  for (const one of template.macros) {
    const macro = makeMacroObject(one, frame);
    frame.slots[one.slot] = macro;
    if (one === definition) wanted = macro;
  }
  const macro = wanted;
  if (macro === undefined) throw new Error(`No macro ${definition.name} in ${template.name}`);
  return macro;
}
