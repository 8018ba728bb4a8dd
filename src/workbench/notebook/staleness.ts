/**
 * Whether what is known of a cell still holds: a hash of its own text as sent and of everything that it stands on.
 */
import type { NodeId } from '../../base/index.js';
import { sha256 } from '../../platform/index.js';

/** What a cell's result depends on. */
export interface CellBasis {
  /** The compiled SQL, the value of a parameter, or the command of a run. */
  readonly text: string;
  /** Hashes of the cells that it needs, in the order of the file. */
  readonly parents: readonly string[];
  /** Nodes that it reads, each with the moment it was built last (milliseconds since the epoch), or null. */
  readonly nodes: readonly { readonly id: NodeId; readonly builtAtMs: number | null }[];
}

/** 64 hex digits; equal for equal results, as far as dagbook can know. */
export function cellHash(basis: CellBasis): string {
  const nodes = basis.nodes.map(({ id, builtAtMs }) => [id, builtAtMs]);
  return sha256(JSON.stringify([basis.text, basis.parents, nodes]));
}

/** Indexes of cells whose hash is another than the one of their last result; never run counts as stale. */
export function staleCells(
  hashes: readonly string[],
  lastHashes: ReadonlyMap<number, string>,
): readonly number[] {
  return hashes.flatMap((hash, index) => (lastHashes.get(index) === hash ? [] : [index]));
}
