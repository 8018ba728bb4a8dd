/**
 * The journal of a run: what is about to be sent is on disk before it is sent, how it ended after. A run that was cut off
 * can be told from it, statement by statement.
 *
 * It holds no SQL and no rows: a statement is its hash, its request id, and the relation that it makes or drops.
 */
import type { Json, JsonObject, NodeId } from '../base/index.js';
import type { NodeResult } from '../events/index.js';

/** `unknown`: the warehouse may have done it, and could not say so. */
export type Outcome = 'done' | 'failed' | 'cancelled' | 'unknown';

export type JournalEntry =
  | {
      readonly kind: 'run';
      readonly version: 1;
      readonly runId: string;
      readonly command: string;
      readonly target: string;
      readonly engine: string;
      readonly processId: number;
      readonly atMs: number;
      /** The arguments that run_results.json is written with. */
      readonly args: JsonObject;
      readonly nodeIds: readonly NodeId[];
    }
  | {
      readonly kind: 'sent';
      readonly requestId: string;
      readonly sessionId: string | null;
      readonly nodeId: NodeId | null;
      /** MD5 of the text as sent. */
      readonly hash: string;
      readonly verb: string;
      readonly isWrite: boolean;
      readonly atMs: number;
      /** The relation that it makes, stored case. */
      readonly makes: MadeRelation | null;
      readonly drops: readonly string[] | null;
    }
  | { readonly kind: 'accepted'; readonly requestId: string; readonly queryId: string }
  | {
      readonly kind: 'ended';
      readonly requestId: string;
      readonly outcome: Outcome;
      readonly queryId: string | null;
    }
  | { readonly kind: 'node'; readonly result: Omit<NodeResult, 'compiledSql'> }
  | { readonly kind: 'end'; readonly atMs: number; readonly isCancelled: boolean }
  | { readonly kind: 'recovered'; readonly atMs: number };

export interface MadeRelation {
  readonly kind: 'table' | 'view';
  /** Parts, outermost first. */
  readonly name: readonly string[];
}

/** Where a run's entries go. */
export interface Journal {
  /** Writes an entry; one with `isDurable` is on the disk when this returns. */
  note(entry: JournalEntry, options?: { readonly isDurable?: boolean }): void;
}

export const NO_JOURNAL: Journal = { note: () => undefined };

/**
 * Reads a journal. A torn last line, of a process that was killed while it wrote, is left out; so is what is no entry.
 */
export function readJournal(text: string): readonly JournalEntry[] {
  return text.split('\n').flatMap((line): readonly JournalEntry[] => {
    if (line === '') return [];
    try {
      const value: Json = JSON.parse(line);
      return isEntry(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

const KINDS = new Set(['run', 'sent', 'accepted', 'ended', 'node', 'end', 'recovered']);

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return typeof value.kind === 'string' && KINDS.has(value.kind);
}
