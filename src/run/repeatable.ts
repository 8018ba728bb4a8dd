/**
 * Whether a node may be run again from its first statement: only while nothing that it did counts twice.
 */
import { TransactionWatch } from '../compile/index.js';
import type { StatementClass } from '../sql/index.js';

/** Follows a node's statements. */
export class Repeatable {
  readonly #transactions = new TransactionWatch();
  #hasChangedRows = false;
  #hasCommitted = false;

  /** True while all that took effect can be done again without harm: reads, DDL that replaces, rows that were rolled back. */
  get isRepeatable(): boolean {
    return !this.#hasCommitted;
  }

  /** True while a transaction is open that the node, or its hooks, began. */
  get isInTransaction(): boolean {
    return this.#transactions.isOpen;
  }

  /** A statement that has succeeded. */
  did(statement: StatementClass): void {
    const { kind, verb, effect } = statement;
    this.#transactions.did(statement);
    if (kind === 'transaction') {
      if (this.isInTransaction) return;
      if (verb === 'commit' && this.#hasChangedRows) this.#hasCommitted = true;
      this.#hasChangedRows = false;
      return;
    }
    if (kind === 'dml') {
      if (this.isInTransaction) this.#hasChangedRows = true;
      else this.#hasCommitted = true;
    }
    // DDL commits what is open, and a rename finds its relation gone the second time.
    if (kind === 'ddl' && (this.#hasChangedRows || effect?.type === 'rename'))
      this.#hasCommitted = true;
  }
}
