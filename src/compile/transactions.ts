/**
 * Transactions that a macro writes around its statements.
 */
import type { StatementClass } from '../sql/index.js';

/** Statements whose whole effect comes at once where nothing else is in their transaction. */
const AT_ONCE = new Set(['insert', 'update', 'delete', 'merge']);

/** Follows `begin` and `commit` of one connection. */
export class TransactionWatch {
  #isOpen = false;

  /** True from a `begin` to its end. A DDL statement, which ends one on Snowflake alone, is not taken for an end. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  did({ kind, verb }: StatementClass): void {
    if (kind === 'transaction') this.#isOpen = verb === 'begin' || verb === 'start';
  }
}

/** True for `begin`, one statement that takes effect at once, and `commit`. */
export function isOneInTransaction(statements: readonly StatementClass[]): boolean {
  const [begin, one, commit] = statements;
  return (
    statements.length === 3 &&
    begin?.kind === 'transaction' &&
    begin.verb !== 'rollback' &&
    one?.kind === 'dml' &&
    AT_ONCE.has(one.verb) &&
    commit?.verb === 'commit'
  );
}
