/** A function call as it was read, before its rule. */
import type { Leaf, SqlNode } from '../tree.js';

export interface Call {
  /** Upper case. */
  readonly name: string;
  /** The whole name, in stored case: more than one part for functions of the user's. */
  readonly parts: readonly string[];
  readonly node: Leaf;
  readonly args: readonly (readonly SqlNode[])[];
  /** Arguments given as `name => value`, by upper-case name. */
  readonly named: ReadonlyMap<string, readonly SqlNode[]>;
  readonly isDistinct: boolean;
  /** The translated list of `within group (order by …)`. */
  readonly order: string | undefined;
  readonly nulls: '' | ' IGNORE NULLS' | ' RESPECT NULLS';
  readonly over: Over | undefined;
}

/** A translated window. */
export interface Over {
  /** `(PARTITION BY … ORDER BY …)` without a frame, or a window's name. */
  readonly text: string;
  readonly hasOrder: boolean;
  /** The frame as written, or empty. */
  readonly frame: string;
}
