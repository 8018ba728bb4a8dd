import type { ScopeEntry } from './ast.js';

/** A scope that has nothing to prepare; also what stands in the tree until the resolver has been there. */
export const NO_ENTRY: ScopeEntry = { pending: [], missing: [], aliases: [] };
