/**
 * `self` and `super`, and how a body may end.
 */
import type { BlockNode } from '../language/ast.js';
import { PyFunction, PyObject, type Value } from '../value.js';
import { Undefined } from '../values/undefined.js';
import { createFrame, enterScope, type Frame, outwards } from './frame.js';
import { Output } from './output.js';

/** How a body ended. */
export const Jump = { None: 0, Break: 1, Continue: 2 } as const;
export type Jump = (typeof Jump)[keyof typeof Jump];

/** `self`: the template's blocks by name, each rendered when called. */
export function templateReference(
  frame: Frame,
  render: (block: BlockNode, frame: Frame) => string,
): Value {
  const { blocks } = frame.run.template;
  return new TemplateReference(
    new Map(
      blocks.map((block) => [block.name, new PyFunction(block.name, () => render(block, frame))]),
    ),
  );
}

class TemplateReference extends PyObject {
  readonly typeName = 'TemplateReference';
  readonly #blocks: ReadonlyMap<string, Value>;

  constructor(blocks: ReadonlyMap<string, Value>) {
    super();
    this.#blocks = blocks;
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.#blocks.get(key) : undefined;
  }
}

/** Opens a block's frame: it sees the top level's names, and its surroundings' if it is scoped. */
export function openBlock(block: BlockNode, outer: Frame): Frame {
  let { run } = outer;
  if (block.isScoped) {
    const exported = new Map(run.exported);
    for (const { name, slot, hops } of block.locals) {
      const value = outwards(outer, hops).slots[slot];
      if (value !== undefined) exported.set(name, value);
    }
    run = { ...run, exported };
  }
  const frame = createFrame(run, undefined, block.slotCount, new Output(outer.output.innerKind));
  enterScope(frame, block.entry);
  return frame;
}

/** `super`: there never is a parent template. */
export function blockReference(name: string, frame: Frame): Value {
  return new Undefined(frame.run.environment.undefinedMode, {
    hint: `there is no parent block called '${name}'.`,
    name: 'super',
  });
}
