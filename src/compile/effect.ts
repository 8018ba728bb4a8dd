/**
 * What a render may ask of its driver: macros reach the warehouse through these and nothing else.
 */
import type { PyColumn, PyRelation } from '../context/index.js';
import type { Cell, StatementResult } from '../warehouse/index.js';

/** `dbt`: exactly dbt's statements in dbt's order; `fast`: the same effect in fewer round trips. */
export type PlanStyle = 'dbt' | 'fast';

export type Effect =
  | {
      /** Send one statement. Answer: StatementResult. */
      readonly kind: 'statement';
      readonly sql: string;
      /** What the text had behind it up to the next statement: white space and `;`. dbt sends that too. */
      readonly end?: string;
      readonly bindings: readonly Cell[];
      /** False where the caller will not look at the rows. */
      readonly readsRows: boolean;
    }
  | {
      /** Look a relation up in the cache. Answer: PyRelation or null. */
      readonly kind: 'relation';
      readonly database: string;
      readonly schema: string;
      readonly identifier: string;
    }
  | {
      /** Answer: all relations of a schema, as an array. */
      readonly kind: 'relations';
      readonly database: string;
      readonly schema: string;
    }
  | {
      /** Columns that the driver knows without asking (a relation that is only planned). Answer: PyColumn[] or null. */
      readonly kind: 'known-columns';
      readonly relation: PyRelation;
    }
  | {
      /** Whether questions that dbt asks twice are asked twice. Answer: PlanStyle. */
      readonly kind: 'plan-style';
    }
  | {
      /** Whether `begin` and `commit` around one statement are sent: it is a transaction by itself. Answer: boolean. */
      readonly kind: 'wraps-one-statement';
    }
  | { readonly kind: 'schema-exists'; readonly database: string; readonly schema: string }
  | { readonly kind: 'cache-dropped' | 'cache-added'; readonly relation: PyRelation }
  | { readonly kind: 'cache-renamed'; readonly from: PyRelation; readonly to: PyRelation };

/** What each kind of effect is answered with. */
export interface Answers {
  readonly statement: StatementResult;
  readonly relation: PyRelation | null;
  readonly relations: readonly PyRelation[];
  readonly 'known-columns': readonly PyColumn[] | null;
  readonly 'plan-style': PlanStyle;
  readonly 'wraps-one-statement': boolean;
  readonly 'schema-exists': boolean;
  readonly 'cache-dropped': null;
  readonly 'cache-added': null;
  readonly 'cache-renamed': null;
}

type Answer = Answers[keyof Answers];

/** Answers the effects of one render. */
export interface EffectDriver {
  /** @throws what the macro should see thrown at the place where it asked. */
  answer(effect: Effect, options: { readonly signal: AbortSignal }): Answer | Promise<Answer>;
}

/** Asks the driver from inside a generator: `const result = yield* ask(effect)`. */
export function* ask<Kind extends Effect['kind']>(
  effect: Extract<Effect, { kind: Kind | Effect['kind'] }> & { readonly kind: Kind },
): Generator<unknown, Answers[Kind], unknown> {
  // The driver's contract pairs every kind with its answer.
  return (yield effect) as Answers[Kind];
}

/**
 * Drives a render to its end, one effect at a time.
 *
 * What the driver throws is thrown inside the render, so that its `finally` blocks run and may ask again.
 * @throws the signal's reason once it is aborted.
 */
export async function drive<Result>(
  body: Generator<unknown, Result, unknown>,
  driver: EffectDriver,
  options: { readonly signal: AbortSignal },
): Promise<Result> {
  let step = body.next();
  while (step.done !== true) {
    let answer: Answer;
    try {
      options.signal.throwIfAborted();
      const given = driver.answer(step.value as Effect, options);
      answer = given instanceof Promise ? await given : given;
    } catch (error) {
      step = body.throw(error);
      continue;
    }
    step = body.next(answer);
  }
  return step.value;
}
