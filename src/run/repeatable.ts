/**
 * Whether a node may be run again from its first statement: only while nothing that it did counts twice.
 */
import type { StatementClass } from '../sql/index.js';

/** Follows a node's statements. */
export class Repeatable {
  #isInTransaction = false;
  #hasChangedRows = false;
  #hasCommitted = false;

  /** True while all that took effect can be done again without harm: reads, DDL that replaces, rows that were rolled back. */
  get isRepeatable(): boolean {
    return !this.#hasCommitted;
  }

  /** A statement that has succeeded. */
  did({ kind, verb, effect }: StatementClass): void {
    if (kind === 'transaction') {
      if (verb === 'begin' || verb === 'start') this.#isInTransaction = true;
      else {
        if (verb === 'commit' && this.#hasChangedRows) this.#hasCommitted = true;
        this.#isInTransaction = false;
        this.#hasChangedRows = false;
      }
      return;
    }
    if (kind === 'dml') {
      if (this.#isInTransaction) this.#hasChangedRows = true;
      else this.#hasCommitted = true;
    }
    // DDL commits what is open, and a rename finds its relation gone the second time.
    if (kind === 'ddl' && (this.#hasChangedRows || effect?.type === 'rename'))
      this.#hasCommitted = true;
  }
}
