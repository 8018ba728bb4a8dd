/* Made from ../effects/statements.ts by scripts/make-sync-evaluator.mjs: change that file, then run the script. */
/**
 * Statements, at once: what a template's body does.
 */
import type {
  BlockNode,
  CallBlockNode,
  ForNode,
  MacroDefinition,
  ScopeEntry,
  Statement,
  Target,
} from '../../language/ast.js';
import { JinjaError } from '../../error.js';
import type { CallArguments, Value } from '../../value.js';
import { isTruthy } from '../../values/describe.js';
import { iterate } from '../../values/iterate.js';
import { escaped } from '../../values/text.js';
import { Undefined } from '../../values/undefined.js';
import { writeConstant } from '../constants.js';
import { enter, leave, spend } from '../environment.js';
import {
  assign,
  checkTarget,
  createFrame,
  enterScope,
  type Frame,
  valueOfTarget,
  withFrame,
} from '../frame.js';
import { LoopContext, type Recursion } from '../loop.js';
import { Macro, openMacro } from '../macro.js';
import { charge, refuseLoad } from '../operations.js';
import { Output } from '../output.js';
import { blockReference, Jump, openBlock, templateReference } from '../references.js';
import { evaluate, evaluateCall, evaluateChain } from './expressions.js';
import { macroBodies, recursionOf } from './twin.js';

/** Runs statements one after the other. @returns how they ended: a `break` or `continue` leaves early. */
export function executeBody(body: readonly Statement[], frame: Frame): Jump {
  for (const statement of body) {
    switch (statement.kind) {
      case 'text':
        frame.output.writeText(statement.text);
        continue;
      case 'output':
        if (frame.output.isNative && writeConstant(statement.expression, frame)) continue;
        writeValue(evaluate(statement.expression, frame), frame);
        continue;
      case 'set': {
        spend(frame.run.meter, 1);
        checkTarget(statement.target, frame);
        const value = evaluate(statement.value, frame);
        frame.at = statement.at;
        assign(statement.target, value, frame);
        continue;
      }
      default: {
        spend(frame.run.meter, 1);
        frame.at = statement.at;
        const jump = executeCompound(statement, frame);
        if (jump !== Jump.None) return jump;
      }
    }
  }
  return Jump.None;
}

function writeValue(value: Value, frame: Frame): void {
  frame.output.write(frame.isEscaping ? escaped(charge(value, frame)) : charge(value, frame));
}

function executeCompound(statement: Statement, frame: Frame): Jump {
  switch (statement.kind) {
    case 'if':
      for (const branch of statement.branches) {
        const outcome = evaluate(branch.test, frame);
        if (isTruthy(outcome)) return executeBody(branch.body, frame);
      }
      return executeBody(statement.otherwise, frame);
    case 'for':
      return executeFor(statement, frame);
    case 'do':
      evaluate(statement.expression, frame);
      return Jump.None;
    case 'macro':
      defineMacro(statement, frame);
      return Jump.None;
    case 'call-block':
      executeCallBlock(statement, frame);
      return Jump.None;
    case 'set-block': {
      const [jump, text] = capture(statement.body, statement.entry, frame);
      if (jump !== Jump.None) return jump;
      const { filter } = statement;
      const value = filter === null ? text : evaluateChain(filter, text, frame);
      assign(statement.target, value, frame);
      return Jump.None;
    }
    case 'filter-block': {
      const [jump, text] = capture(statement.body, statement.entry, frame);
      if (jump !== Jump.None) return jump;
      frame.output.writeRaw(evaluateChain(statement.filter, text, frame));
      return Jump.None;
    }
    case 'with': {
      const values: Value[] = [];
      for (const value of statement.values) values.push(evaluate(value, frame));
      enterScope(frame, statement.entry);
      for (const [index, target] of statement.targets.entries()) {
        assign(target, values[index] ?? null, frame);
      }
      return executeBody(statement.body, frame);
    }
    case 'autoescape': {
      enterScope(frame, statement.entry);
      const outer = frame.isEscaping;
      frame.isEscaping = isTruthy(evaluate(statement.option, frame));
      const jump = executeBody(statement.body, frame);
      frame.isEscaping = outer;
      return jump;
    }
    case 'block':
      executeBlock(statement, frame);
      return Jump.None;
    case 'break':
      return Jump.Break;
    case 'continue':
      return Jump.Continue;
    case 'load':
      evaluate(statement.template, frame);
      throw refuseLoad();
    default:
      throw new Error(`Unknown statement ${statement.kind}`);
  }
}

/** Runs a body and keeps what it writes. */
function capture(
  body: readonly Statement[],
  entry: ScopeEntry,
  frame: Frame,
): readonly [Jump, string] {
  const outer = frame.output;
  enterScope(frame, entry);
  frame.output = new Output(outer.innerKind);
  try {
    const jump = executeBody(body, frame);
    return [jump, jump === Jump.None ? frame.output.finish() : ''];
  } finally {
    frame.output = outer;
  }
}

/** Runs a macro for one call. */
export function runMacro(macro: Macro, call: CallArguments): Value {
  const { environment, meter } = macro.frame.run;
  const frame = openMacro(macro, call);
  enter(meter);
  try {
    for (const { slot, name, fallback } of macro.node.parameters) {
      if (frame.slots[slot] !== undefined) continue;
      frame.slots[slot] =
        fallback === null
          ? new Undefined(environment.undefinedMode, {
              hint: `parameter '${name}' was not provided`,
              name,
            })
          : evaluate(fallback, frame);
    }
    executeBody(macro.node.body, frame);
    return frame.output.finish();
  } catch (error) {
    throw withFrame(error, macro.title, frame);
  } finally {
    leave(meter);
  }
}

/** Makes the macro of a definition, bound to the frame around it. */
function makeMacroObject(definition: MacroDefinition, frame: Frame): Macro {
  return new Macro(
    definition.internalName,
    definition.name,
    definition,
    frame,
    macroBodies(runMacro),
  );
}

function defineMacro(definition: MacroDefinition, frame: Frame): void {
  const macro = makeMacroObject(definition, frame);
  frame.slots[definition.slot] = macro;
  if (frame.isTop) frame.run.exported?.set(definition.internalName, macro);
}

function executeCallBlock(statement: CallBlockNode, frame: Frame): void {
  const caller = new Macro(null, 'caller', statement, frame, macroBodies(runMacro));
  frame.output.writeRaw(evaluateCall(statement.call, frame, caller));
}

function executeBlock(block: BlockNode, frame: Frame): void {
  if (block.isRequired) {
    throw new JinjaError('TemplateRuntimeError', `Required block '${block.name}' not found`);
  }
  frame.output.writeText(renderBlock(block, frame));
}

/** Renders a block in its own frame. */
export function renderBlock(block: BlockNode, outer: Frame): string {
  const frame = openBlock(block, outer);
  if (block.selfSlot !== -1) frame.slots[block.selfSlot] = templateReference(frame, renderBlock);
  if (block.superSlot !== -1) frame.slots[block.superSlot] = blockReference(block.name, frame);
  try {
    executeBody(block.body, frame);
  } catch (error) {
    throw withFrame(error, block.name, frame);
  }
  return frame.output.finish();
}

function executeFor(statement: ForNode, frame: Frame): Jump {
  const items = evaluate(statement.iterable, frame);
  frame.at = statement.at;
  if (!statement.isRecursive) {
    runItems(statement, items, frame, 0, undefined);
    return Jump.None;
  }
  frame.output.writeText(runLoop(statement, items, frame, 0));
  return Jump.None;
}

/** Renders a recursive loop over one level of items. */
export function runLoop(statement: ForNode, items: Value, outer: Frame, depth: number): string {
  const { meter } = outer.run;
  const frame = createFrame(
    outer.run,
    outer,
    statement.slotCount,
    new Output(outer.output.innerKind),
  );
  frame.at = outer.at;
  const recursion = recursionOf(statement, outer, runLoop);
  enter(meter);
  try {
    runItems(statement, items, frame, depth, recursion);
  } finally {
    outer.at = frame.at;
    leave(meter);
  }
  return frame.output.finish();
}

function runItems(
  statement: ForNode,
  items: Value,
  frame: Frame,
  depth: number,
  recursion: Recursion | undefined,
): void {
  const { environment, meter } = frame.run;
  const { loopSlot, test, testTarget } = statement;
  const iterator = iterate(items);
  const fetch = (): Value | undefined => {
    for (;;) {
      spend(meter, 1);
      const step = iterator.next();
      if (step.done === true) return undefined;
      if (test === null || testTarget === null) return step.value;
      enterScope(frame, statement.testEntry);
      assign(testTarget, step.value, frame);
      if (isTruthy(evaluate(test, frame))) return valueOfTarget(testTarget, frame);
    }
  };
  const loop =
    loopSlot === -1
      ? undefined
      : new LoopContext(
          environment.undefinedMode,
          test === null ? items : undefined,
          fetch,
          depth,
          recursion,
        );
  let isEmpty = true;
  for (;;) {
    let item = loop?.takeAhead();
    if (item === undefined) {
      spend(meter, 1);
      const step = iterator.next();
      if (step.done === true) break;
      item = step.value;
      if (test !== null && testTarget !== null) {
        enterScope(frame, statement.testEntry);
        assign(testTarget, item, frame);
        if (!isTruthy(evaluate(test, frame))) continue;
        item = valueOfTarget(testTarget, frame);
      }
    }
    enterScope(frame, statement.entry);
    if (loop !== undefined) {
      loop.advance(item);
      frame.slots[loopSlot] = loop;
    }
    assignItem(statement.target, item, frame);
    const jump = executeBody(statement.body, frame);
    if (jump === Jump.Break) break;
    // Jinja2 notes that there was an item at the end of the body, where `break` and `continue` do not come by.
    if (jump === Jump.None) isEmpty = false;
  }
  if (isEmpty && statement.otherwise.length > 0) {
    enterScope(frame, statement.otherwiseEntry);
    executeBody(statement.otherwise, frame);
  }
}

function assignItem(target: Target, item: Value, frame: Frame): void {
  if (target.kind === 'target') frame.slots[target.slot] = item;
  else assign(target, item, frame);
}
