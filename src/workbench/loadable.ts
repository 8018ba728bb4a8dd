/** Something that is fetched while the screen is already there. */
import type { Diagnostic } from '../base/index.js';

export type Loadable<Value> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly sinceMs: number }
  | { readonly kind: 'ready'; readonly value: Value }
  | { readonly kind: 'failed'; readonly error: Diagnostic };

/** Nothing asked for yet. */
export const IDLE: Loadable<never> = { kind: 'idle' };
