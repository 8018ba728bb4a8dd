/**
 * One question, answered by whom it concerns: the warehouse, or the project's own metadata.
 */
import { DagbookError } from '../../base/index.js';
import type { Session } from '../../session/index.js';
import { classifyStatement, splitStatements } from '../../sql/index.js';
import type { ResultPage, Row } from '../../warehouse/index.js';
import { MetadataDatabase, readsMetadata } from './metadata-database.js';

/** Rows of a question, up to a limit. */
export interface Answer extends ResultPage {
  /** True if there are more rows than were read. */
  readonly isCut: boolean;
}

export interface AskOptions {
  readonly signal: AbortSignal;
  readonly maxRows: number;
}

const PAGE_ROWS = 1000;

/** Where questions are asked. */
export class Desk {
  readonly #session: Session;
  readonly #metadata: MetadataDatabase;
  readonly #onStatement: (sql: string) => void;
  readonly #mayWrite: boolean;

  /**
   * @param options.onStatement hears of each statement that goes to the warehouse.
   * @param options.mayWrite sends what writes, too; in a protected target the session asks first.
   */
  constructor(
    session: Session,
    {
      onStatement = () => {},
      mayWrite = false,
    }: { readonly onStatement?: (sql: string) => void; readonly mayWrite?: boolean } = {},
  ) {
    this.#session = session;
    this.#onStatement = onStatement;
    this.#mayWrite = mayWrite;
    this.#metadata = new MetadataDatabase(session);
  }

  /**
   * Asks one compiled statement.
   *
   * @throws DagbookError ask/writes for one that writes where that may not be; ask/several for more than one; what the warehouse throws.
   */
  async ask(sql: string, { signal, maxRows }: AskOptions): Promise<Answer> {
    const pages = this.stream(sql, {
      signal,
      pageRows: Math.min(PAGE_ROWS, maxRows + 1),
      maxRows: maxRows + 1,
    });
    const rows: Row[] = [];
    let columns: ResultPage['columns'] = [];
    for await (const page of pages) {
      ({ columns } = page);
      rows.push(...page.rows);
      if (rows.length > maxRows) break;
    }
    return { columns, rows: rows.slice(0, maxRows), isCut: rows.length > maxRows };
  }

  /**
   * Asks one compiled statement and yields its rows page by page; leaving the loop ends the query.
   *
   * @param options.maxRows told to the warehouse, where it can be.
   * @throws as `ask`.
   */
  stream(
    sql: string,
    options: { readonly signal: AbortSignal; readonly pageRows: number; readonly maxRows?: number },
  ): AsyncIterable<ResultPage> {
    const statement = oneStatement(sql);
    if (!this.#mayWrite) refuseWrites(statement);
    if (readsMetadata(statement, hasSchema(this.#session, 'dbt'))) {
      return this.#metadataPages(statement, options);
    }
    this.#onStatement(statement);
    return this.#session.preview({ kind: 'sql', sql: statement, isTemplate: false }, options);
  }

  /** Lets go of the metadata. The session stays open: it is its maker's. */
  async close(): Promise<void> {
    await this.#metadata.close();
  }

  async *#metadataPages(
    sql: string,
    { signal, pageRows }: { readonly signal: AbortSignal; readonly pageRows: number },
  ): AsyncIterable<ResultPage> {
    const connection = await this.#metadata.connection(signal);
    try {
      yield* connection.stream(sql, { signal, pageRows });
    } catch (error) {
      if (!(error instanceof DagbookError) || signal.aborted) throw error;
      throw new DagbookError(error.code, error.message, {
        cause: error,
        exitCode: 1,
        hint: "The project's own metadata is a database apart, in DuckDB's SQL: it cannot be joined with the warehouse.",
      });
    }
  }
}

function hasSchema({ manifest }: Session, name: string): boolean {
  return [...manifest.nodes.values()].some(
    (node) => 'schema' in node && node.schema.toLowerCase() === name,
  );
}

function oneStatement(sql: string): string {
  const statements = splitStatements(sql);
  const [statement] = statements;
  if (statement === undefined)
    throw new DagbookError('ask/nothing', 'There is no query in this.', { exitCode: 1 });
  if (statements.length > 1) {
    throw new DagbookError('ask/several', 'This is more than one statement.', {
      hint: 'Ask them one at a time.',
      exitCode: 1,
    });
  }
  return statement;
}

/** @throws DagbookError ask/writes. */
function refuseWrites(statement: string): void {
  const { isRead, verb } = classifyStatement(statement);
  if (!isRead && !READS_OF_DUCKDB.has(verb)) {
    throw new DagbookError('ask/writes', `Questions only read, and this is ${articled(verb)}.`, {
      hint: 'What writes is sent by `dagbook repl`, `dagbook notebook run`, or a macro for `run-operation`.',
      exitCode: 1,
    });
  }
}

/** Reads by words that the classifier does not know. */
const READS_OF_DUCKDB: ReadonlySet<string> = new Set(['pivot', 'unpivot', '(', '']);

function articled(verb: string): string {
  return `${/^[aeiou]/u.test(verb) ? 'an' : 'a'} ${verb}`;
}
