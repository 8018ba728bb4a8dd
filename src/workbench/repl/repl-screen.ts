/**
 * What the REPL's screen remembers: what was asked, what came of it, and what is being typed.
 */
import type { Diagnostic } from '../../base/index.js';
import { fieldOf, type TextField } from '../text-field.js';
import type { ReplAnswer } from './repl-engine.js';

/** One thing that was asked. */
export interface ReplTurn {
  /** Counts up over the session. */
  readonly id: number;
  readonly text: string;
  readonly answers: readonly ReplAnswer[];
  readonly error: Diagnostic | null;
  readonly isCancelled: boolean;
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  /** Null while it goes on. */
  readonly durationMs: number | null;
}

export interface ReplScreenState {
  /** The latest last. */
  readonly turns: readonly ReplTurn[];
  /** The turn under the cursor; null is the last one. */
  readonly index: number | null;
  /** Rows scrolled up from the end, while something is typed. */
  readonly scroll: number;
  /** What was typed and not asked when the prompt was left. */
  readonly draft: TextField;
}

export const EMPTY_REPL: ReplScreenState = {
  turns: [],
  index: null,
  scroll: 0,
  draft: fieldOf(''),
};

/** The turn under the cursor, or null. */
export function turnUnderCursor({ turns, index }: ReplScreenState): ReplTurn | null {
  return turns[index ?? turns.length - 1] ?? null;
}

/** The statement of the rows that a turn shows last, or null. */
export function rowsOfTurn(
  turn: ReplTurn | null,
): Extract<ReplAnswer, { readonly kind: 'rows' }> | null {
  const last = turn?.answers.findLast(({ kind }) => kind === 'rows');
  return last?.kind === 'rows' ? last : null;
}
