/**
 * What statements leave behind in their session: whether another session could go on in its place.
 */

/** State that a lost session takes with it. */
export interface SessionState {
  /** Something was set, used or made for the session alone: a variable, a warehouse, a temporary table. */
  readonly isMarked: boolean;
  readonly isInTransaction: boolean;
}

export const FRESH: SessionState = { isMarked: false, isInTransaction: false };

export function isFresh({ isMarked, isInTransaction }: SessionState): boolean {
  return !isMarked && !isInTransaction;
}

const LEADING = /^(?:\s+|--[^\n]*(?:\n|$)|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|;)+/u;
const MARKS =
  /^(?:use|alter\s+session|set|unset|call|execute|declare|put|create\s+(?:or\s+replace\s+)?(?:(?:local|global)\s+)?(?:temp|temporary|volatile)|with\s+\w+\s+as\s+procedure)\b/iu;

/** The state after a statement was sent. A transaction begins with what may have begun it, and ends with what surely ended it. */
export function stateAfter(state: SessionState, sql: string): SessionState {
  const text = sql.replace(LEADING, '');
  if (/^(?:begin\b(?!\s+\w+\s*:=)|start\s+transaction\b)/iu.test(text))
    return { ...state, isInTransaction: true };
  if (/^(?:commit|rollback)\b/iu.test(text)) return { ...state, isInTransaction: false };
  return MARKS.test(text) ? { ...state, isMarked: true } : state;
}
