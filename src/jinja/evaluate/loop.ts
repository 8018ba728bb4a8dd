/**
 * `loop`: what a body can ask of the loop around it.
 */
import { JinjaError, typeError } from '../error.js';
import { type CallArguments, type EffectGenerator, PyFunction, type Value } from '../value.js';
import { EffectfulObject } from '../values/call.js';
import { itemsEqual } from '../values/compare.js';
import { lengthOf } from '../values/iterate.js';
import { positional } from '../values/method.js';
import { Undefined, type UndefinedMode } from '../values/undefined.js';

/** How a recursive loop renders its body over inner items. */
export interface Recursion {
  readonly run: (items: Value, depth: number) => Value;
  readonly runEffects: ((items: Value, depth: number) => EffectGenerator) | undefined;
}

/** Fetches the next item that the loop's test lets through; undefined at the end. */
export type Fetch = () => Value | undefined;

/** The loop variable. It reads one item ahead when asked for `last` or `nextitem`, and all of them for `length`. */
export class LoopContext extends EffectfulObject {
  readonly typeName = 'LoopContext';
  readonly #mode: UndefinedMode;
  readonly #depth0: number;
  readonly #fetch: Fetch;
  readonly #recursion: Recursion | undefined;
  #ahead: Value[] = [];
  #length: number | undefined;
  #index0 = -1;
  #previous: Value | undefined;
  #current: Value | undefined;
  #changed: readonly Value[] | undefined;

  /**
   * @param items what is looped over, for its length; undefined if a test picks among them.
   * @param fetch how to read ahead.
   */
  constructor(
    mode: UndefinedMode,
    items: Value | undefined,
    fetch: Fetch,
    depth0: number,
    recursion: Recursion | undefined,
  ) {
    super();
    this.#mode = mode;
    this.#depth0 = depth0;
    this.#fetch = fetch;
    this.#recursion = recursion;
    this.#length = items === undefined ? undefined : lengthOf(items);
  }

  /** An item that was read ahead, if any: the loop takes it before it fetches. */
  takeAhead(): Value | undefined {
    return this.#ahead.shift();
  }

  /** The loop goes on to an item. */
  advance(item: Value): void {
    this.#index0 += 1;
    this.#previous = this.#current;
    this.#current = item;
  }

  #peek(): Value | undefined {
    if (this.#ahead.length === 0) {
      const item = this.#fetch();
      if (item === undefined) return undefined;
      this.#ahead.push(item);
    }
    return this.#ahead[0];
  }

  #count(): number {
    if (this.#length === undefined) {
      for (let item = this.#fetch(); item !== undefined; item = this.#fetch())
        this.#ahead.push(item);
      this.#length = this.#index0 + 1 + this.#ahead.length;
    }
    return this.#length;
  }

  override get description(): string {
    return 'jinja2.runtime.LoopContext object';
  }

  override length(): number {
    return this.#count();
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'index':
        return this.#index0 + 1;
      case 'index0':
        return this.#index0;
      case 'revindex':
        return this.#count() - this.#index0;
      case 'revindex0':
        return this.#count() - this.#index0 - 1;
      case 'first':
        return this.#index0 === 0;
      case 'last':
        return this.#peek() === undefined;
      case 'length':
        return this.#count();
      case 'depth':
        return this.#depth0 + 1;
      case 'depth0':
        return this.#depth0;
      case 'previtem':
        return this.#index0 === 0 ? this.#nothing('there is no previous item') : this.#previous;
      case 'nextitem':
        return this.#peek() ?? this.#endOf();
      case 'cycle':
        return new PyFunction('cycle', ({ args }) => this.#cycle(args));
      case 'changed':
        return new PyFunction('changed', ({ args }) => this.#hasChanged(args));
      default:
        return undefined;
    }
  }

  #endOf(): Value {
    const next = this.#peek();
    return next === undefined ? this.#nothing('there is no next item') : next;
  }

  #nothing(hint: string): Undefined {
    return new Undefined(this.#mode, { hint });
  }

  #cycle(args: readonly Value[]): Value {
    const item = args[this.#index0 % args.length];
    if (item === undefined) throw typeError('no items for cycling given');
    return item;
  }

  #hasChanged(values: readonly Value[]): boolean {
    if (this.#changed !== undefined && itemsEqual(this.#changed, values)) return false;
    this.#changed = values;
    return true;
  }

  override get call(): (call: CallArguments) => Value {
    return (call) => this.#recursive().run(innerItems(call), this.#depth0 + 1);
  }

  override *callEffects(call: CallArguments): EffectGenerator {
    const { run, runEffects } = this.#recursive();
    const [items, depth] = [innerItems(call), this.#depth0 + 1];
    return runEffects === undefined ? run(items, depth) : yield* runEffects(items, depth);
  }

  #recursive(): Recursion {
    if (this.#recursion !== undefined) return this.#recursion;
    throw new JinjaError(
      'TypeError',
      "The loop must have the 'recursive' marker to be called recursively.",
    );
  }

  override toRepr(): string {
    return `<LoopContext ${this.#index0 + 1}/${this.#count()}>`;
  }
}

function innerItems(call: CallArguments): Value {
  const [items = null] = positional(call, 'LoopContext.__call__', 1, 1);
  return items;
}
