/** The operator rewrites, in their order. */
import { rewriteComparisons } from './comparisons.js';
import { type Piece, castVariants, keepDates, rewriteDivision, rewritePatterns } from './pieces.js';
import type { Scope } from './scope.js';

/** Applies every rewrite that needs to see both sides of an operator: the ones that bind closest first. */
export function rewriteOperators(pieces: readonly Piece[], scope: Scope): readonly Piece[] {
  if (pieces.length < 2) return pieces;
  const computed = keepDates(rewriteDivision(castVariants(pieces)));
  return rewritePatterns(rewriteComparisons(computed, scope), scope);
}
