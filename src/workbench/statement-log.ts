/**
 * The statements that this session has sent, exactly as sent: for whoever wants to know, or to repeat them by hand.
 */

export interface SentStatement {
  readonly sql: string;
  /** For what: a node's name, `query`. */
  readonly what: string;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

export interface StatementLog {
  add(statement: SentStatement): void;
  /** The latest first. */
  list(): readonly SentStatement[];
}

const MAX_STATEMENTS = 300;

export function createStatementLog(): StatementLog {
  const sent: SentStatement[] = [];
  return {
    add(statement) {
      sent.push(statement);
      if (sent.length > MAX_STATEMENTS) sent.shift();
    },
    list: () => sent.toReversed(),
  };
}
