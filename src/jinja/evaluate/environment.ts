/**
 * What a render runs under: how undefined names behave, how much work it may do, and where chance comes from.
 */
import { JinjaError } from '../error.js';
import type { Context } from '../value.js';
import type { UndefinedMode } from '../values/undefined.js';

// A step is a statement, a call, a turn of a loop, or the handling of 32 characters or 4 items: some ten million a second.
const DEFAULT_FUEL = 5_000_000;

export interface EnvironmentOptions {
  /** `text` renders SQL, `native` yaml, `capture` is dbt's parse: undefined names can be called and chained. */
  readonly undefinedMode: UndefinedMode;
  /** Steps that one render may take before it is stopped. */
  readonly fuel?: number;
  /** The clock, in epoch milliseconds. No filter looks at it; host functions may. */
  readonly now?: () => number;
  /** A number from 0 up to 1, for `random` and `lipsum`; Math.random if left out. */
  readonly random?: () => number;
}

/** What renders share. It holds no state: any number of renders may use one. */
export interface Environment {
  readonly undefinedMode: UndefinedMode;
  readonly fuel: number;
  readonly random: () => number;
}

/** Makes an environment. */
export function createEnvironment(options: EnvironmentOptions): Environment {
  return {
    undefinedMode: options.undefinedMode,
    fuel: options.fuel ?? DEFAULT_FUEL,
    random: options.random ?? Math.random,
  };
}

/** What the renders of one context have left, together: a macro is charged to whoever calls it. */
export interface Meter {
  readonly fuel: number;
  left: number;
  /** Renders and macros that are running inside one another. */
  depth: number;
}

const meters = new WeakMap<Context, Meter>();

/** The meter of a context. Renders that run beside one another have contexts, and so meters, of their own. */
export function meterOf(context: Context, environment: Environment): Meter {
  let meter = meters.get(context);
  if (meter === undefined) {
    meter = { fuel: environment.fuel, left: environment.fuel, depth: 0 };
    meters.set(context, meter);
  }
  return meter;
}

/** Takes steps off the tank. @throws JinjaError when it is empty. */
export function spend(meter: Meter, steps: number): void {
  meter.left -= steps;
  if (meter.left < 0) {
    throw new JinjaError(
      'FuelError',
      `The template took more than ${meter.fuel} steps and was stopped`,
      { hint: 'Look for a loop that never ends, or for loops inside loops over long lists.' },
    );
  }
}

// Python stops near here: each macro call takes five of its thousand frames.
const MAX_DEPTH = 190;

/** Enters a render or a macro; the outermost one starts with a full tank. @throws RecursionError when too many are open. */
export function enter(meter: Meter): void {
  if (meter.depth >= MAX_DEPTH) {
    throw new JinjaError('RecursionError', 'maximum recursion depth exceeded');
  }
  if (meter.depth === 0) meter.left = meter.fuel;
  meter.depth += 1;
}

/** Leaves what `enter` entered. */
export function leave(meter: Meter): void {
  meter.depth -= 1;
}
